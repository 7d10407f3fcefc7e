/* Errors: see error.h. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

hs_status hs_fail(hs_error *error, hs_status code, const char *format, ...) {
    if (!error) return code;
    error->code = code;
    va_list args;
    va_start(args, format);
    vsnprintf(error->message, sizeof error->message, format, args);
    va_end(args);
    for (char *c = error->message; *c; c++)
        if ((unsigned char)*c < ' ' || *c == 0x7F) *c = '?';
    return code;
}
