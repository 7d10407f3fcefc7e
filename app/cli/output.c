/* Standard output and standard error. Data goes straight to the descriptor: an error shows where it happens, not at exit. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

/* Standard output is one for the whole program, and so is its having failed. */
static bool failed;

bool output_write(const char *bytes, size_t n) {
    while (n && !failed) {
        ssize_t wrote = write(STDOUT_FILENO, bytes, n);
        if (wrote < 0 && errno != EINTR) {
            failed = true;
            complain("cannot write to standard output: %s", strerror(errno));
        } else if (wrote > 0) {
            bytes += wrote;
            n -= (size_t)wrote;
        }
    }
    return !failed;
}

bool output_print(const char *format, ...) {
    char line[1024];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    if (n < 0) return false;
    return output_write(line, (size_t)n < sizeof line ? (size_t)n : sizeof line - 1);
}

/* One write a line, so that lines of several processes do not mix. */
void complain(const char *format, ...) {
    char line[1024] = "hearsay: ";
    size_t head = strlen(line);
    va_list args;
    va_start(args, format);
    int n = vsnprintf(line + head, sizeof line - head - 1, format, args);
    va_end(args);
    if (n < 0) return;
    size_t end = strlen(line);
    line[end++] = '\n';
    /* There is nowhere left to report that standard error cannot be written. */
    if (write(STDERR_FILENO, line, end) < 0) return;
}
