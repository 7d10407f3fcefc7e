/* Inputs: a file, a folder or standard input as one page after another. Holds one page at a time, and a folder's list
 * of names; both belong to the hs_inputs. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/str.h"

typedef struct names {
    char **v;
    size_t n, cap;
} names;

struct hs_inputs {
    names files; /* of a folder: sorted; else the one name */
    size_t next;
    size_t max_bytes;
    char *bytes;
    size_t cap;
};

/* File name endings that pages have; a name without an ending counts as well (saved addresses seldom have one). */
static const char *const page_endings[] = {".html", ".htm", ".xhtml", ".shtml", ".php", ".asp",
                                           ".aspx", ".jsp", ".txt",   ".text",  ".md"};

static bool looks_like_page(const char *name) {
    const char *dot = strrchr(name, '.');
    if (!dot) return true;
    for (size_t i = 0; i < sizeof page_endings / sizeof *page_endings; i++)
        if (hs_str_eq_nocase(hs_str_of(dot), hs_str_of(page_endings[i]))) return true;
    return false;
}

/* Takes over `name`; false when there is no memory (the name is freed). */
static bool names_add(names *list, char *name) {
    if (!name) return false;
    if (list->n == list->cap) {
        size_t cap = list->cap ? list->cap * 2 : 16;
        char **v = realloc(list->v, cap * sizeof *v);
        if (!v) {
            free(name);
            return false;
        }
        list->v = v;
        list->cap = cap;
    }
    list->v[list->n++] = name;
    return true;
}

static void names_free(names *list) {
    for (size_t i = 0; i < list->n; i++) free(list->v[i]);
    free(list->v);
}

static char *path_join(const char *folder, const char *name) {
    size_t n = strlen(folder);
    bool slash = n && folder[n - 1] == '/';
    size_t size = n + strlen(name) + 2;
    char *path = malloc(size);
    if (!path) return NULL;
    memcpy(path, folder, n);
    if (!slash) path[n++] = '/';
    memcpy(path + n, name, strlen(name) + 1);
    return path;
}

/* One folder's entries go to `files` and `folders`. A link to a folder is not followed: it may lead in circles. */
static bool list_folder(names *files, names *folders, const char *path) {
    DIR *dir = opendir(path);
    if (!dir) return names_add(files, strdup(path)); /* reading it as a file reports the reason */
    bool ok = true;
    for (struct dirent *e; ok && (e = readdir(dir));) {
        if (e->d_name[0] == '.') continue;
        char *full = path_join(path, e->d_name);
        struct stat st;
        bool seen = full && lstat(full, &st) == 0;
        bool link = seen && S_ISLNK(st.st_mode) && stat(full, &st) == 0;
        if (full && (!seen || (S_ISREG(st.st_mode) && looks_like_page(e->d_name)))) {
            ok = names_add(files, full);
        } else if (full && S_ISDIR(st.st_mode) && !link) {
            ok = names_add(folders, full);
        } else {
            ok = full != NULL;
            free(full);
        }
    }
    closedir(dir);
    return ok;
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool walk(names *files, const char *root) {
    names folders = {0};
    bool ok = names_add(&folders, strdup(root));
    for (size_t i = 0; ok && i < folders.n; i++) ok = list_folder(files, &folders, folders.v[i]);
    names_free(&folders);
    if (files->n) qsort(files->v, files->n, sizeof *files->v, by_name);
    return ok;
}

static hs_status fill(hs_inputs *inputs, const char *input, hs_error *error) {
    struct stat st;
    bool standard = strcmp(input, "-") == 0;
    if (!standard && stat(input, &st) != 0) return hs_fail(error, HS_ERR_MISSING, "%s: %s", input, strerror(errno));
    bool folder = !standard && S_ISDIR(st.st_mode);
    bool ok = folder ? walk(&inputs->files, input) : names_add(&inputs->files, strdup(input));
    if (!ok) return hs_fail(error, HS_ERR_LIMIT, "%s: no memory for the list of files", input);
    if (inputs->files.n == 0) return hs_fail(error, HS_ERR_EMPTY, "%s: no pages in this folder", input);
    return HS_OK;
}

hs_status hs_inputs_open(hs_inputs **out, const char *input, size_t max_bytes, hs_error *error) {
    if (!out || !input) return hs_fail(error, HS_ERR_ARGUMENT, "hs_inputs_open: no place for the inputs or no name");
    *out = NULL;
    hs_inputs *inputs = calloc(1, sizeof *inputs);
    if (!inputs) return hs_fail(error, HS_ERR_LIMIT, "%s: no memory", input);
    inputs->max_bytes = max_bytes;
    hs_status status = fill(inputs, input, error);
    if (status != HS_OK) {
        hs_inputs_free(inputs);
        return status;
    }
    *out = inputs;
    return HS_OK;
}

void hs_inputs_free(hs_inputs *inputs) {
    if (!inputs) return;
    names_free(&inputs->files);
    free(inputs->bytes);
    free(inputs);
}

static bool more_room(hs_inputs *inputs, size_t want) {
    if (want <= inputs->cap) return true;
    char *bytes = realloc(inputs->bytes, want);
    if (!bytes) return false;
    inputs->bytes = bytes;
    inputs->cap = want;
    return true;
}

/* Reads to the end, one byte past the limit at most: that one tells a page of just the limit from a larger one. */
static hs_status read_all(size_t *n, hs_inputs *inputs, int fd, const char *name, hs_error *error) {
    struct stat st;
    size_t expect = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0 ? (size_t)st.st_size : 65536;
    for (*n = 0;;) {
        if (*n > inputs->max_bytes)
            return hs_fail(error, HS_ERR_LIMIT, "%s: larger than the limit of %zu MiB", name, inputs->max_bytes >> 20);
        if (*n == inputs->cap || *n == 0) {
            size_t want = *n ? *n * 2 : expect + 1;
            if (want > inputs->max_bytes) want = inputs->max_bytes + 1;
            if (!more_room(inputs, want)) return hs_fail(error, HS_ERR_LIMIT, "%s: no memory", name);
        }
        ssize_t got = read(fd, inputs->bytes + *n, inputs->cap - *n);
        if (got == 0) return HS_OK;
        if (got < 0 && errno != EINTR) return hs_fail(error, HS_ERR_IO, "%s: %s", name, strerror(errno));
        if (got > 0) *n += (size_t)got;
    }
}

hs_status hs_inputs_next(hs_page *page, bool *more, hs_inputs *inputs, hs_error *error) {
    if (!page || !more || !inputs) return hs_fail(error, HS_ERR_ARGUMENT, "hs_inputs_next: an argument is missing");
    *more = inputs->next < inputs->files.n;
    if (!*more) return HS_OK;
    const char *name = inputs->files.v[inputs->next++];
    bool standard = strcmp(name, "-") == 0;
    int fd = standard ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return hs_fail(error, HS_ERR_MISSING, "%s: %s", name, strerror(errno));
    size_t n;
    hs_status status = read_all(&n, inputs, fd, name, error);
    if (!standard) close(fd);
    if (status != HS_OK) return status;
    *page = (hs_page){name, inputs->bytes, n};
    return HS_OK;
}
