/* Runs a fuzz target over the files of a folder: fuzz corpora as ordinary tests. Each file is also tried cut in half. */
#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* An exact copy on the heap, so that the sanitizers see a read past its end. */
static void run(const uint8_t *bytes, size_t n) {
    uint8_t *copy = malloc(n ? n : 1);
    if (!copy) abort();
    for (size_t i = 0; i < n; i++) copy[i] = bytes[i];
    LLVMFuzzerTestOneInput(copy, n);
    free(copy);
}

static bool run_file(const char *path) {
    FILE *file = fopen(path, "rb");
    struct stat st;
    if (!file || fstat(fileno(file), &st) != 0) return false;
    uint8_t *bytes = malloc((size_t)st.st_size + 1);
    size_t n = bytes ? fread(bytes, 1, (size_t)st.st_size, file) : 0;
    fclose(file);
    run(bytes, n);
    run(bytes, n / 2);
    free(bytes);
    return true;
}

int main(int argc, char **argv) {
    size_t passed = 0, failed = 0;
    for (int i = 1; i < argc; i++) {
        DIR *dir = opendir(argv[i]);
        for (struct dirent *e; dir && (e = readdir(dir));) {
            char path[4096];
            if (e->d_name[0] == '.') continue;
            snprintf(path, sizeof path, "%s/%s", argv[i], e->d_name);
            if (run_file(path)) passed++;
            else failed++;
        }
        if (dir) closedir(dir);
    }
    printf("%zu inputs read, %zu not\n", passed, failed);
    return passed > 0 && failed == 0 ? 0 : 1;
}
