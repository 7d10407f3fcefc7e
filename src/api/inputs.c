/* Inputs: a file, a folder, an address or standard input as one page after another. Holds a folder's list of names and the one input
 * that is open; src/input knows what is in it. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "input/input.h"

/* Errors without a page between them, after which the rest of an input is not tried any more. */
enum { MOST_ERRORS = 100 };

typedef struct names {
    char **v;
    size_t n, cap;
} names;

struct hs_inputs {
    names files; /* of a folder: sorted; else the one name */
    size_t next;
    hs_inputs_options options;
    hs_fetcher *fetcher; /* of an address */
    hs_fetched fetched;
    hs_input *open;
    size_t errors; /* since the last page of the open input */
};

/* Endings that pages and what holds pages have; a name without an ending counts as well (saved addresses seldom have one). */
static const char *const page_endings[] = {".html",  ".htm",    ".xhtml", ".shtml", ".php", ".asp",
                                           ".aspx",  ".jsp",    ".txt",   ".text",  ".md",  ".warc",
                                           ".jsonl", ".ndjson", ".rss",   ".atom",  ".xml"};
static const char *const packed_endings[] = {".gz", ".zst"};

static bool ends_in(hs_str name, const char *const *endings, size_t n) {
    for (size_t i = 0; i < n; i++) {
        hs_str ending = hs_str_of(endings[i]);
        if (name.n >= ending.n && hs_str_eq_nocase(hs_str_slice(name, name.n - ending.n, name.n), ending)) return true;
    }
    return false;
}

#define ENDS_IN(name, table) ends_in((name), (table), sizeof(table) / sizeof *(table))

static bool looks_like_page(const char *file) {
    hs_str name = hs_str_of(file);
    if (ENDS_IN(name, packed_endings)) name.n = (size_t)(strrchr(file, '.') - file);
    return !memchr(file, '.', name.n) || ENDS_IN(name, page_endings);
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

static bool is_address(const char *input) {
    hs_str s = hs_str_of(input);
    return hs_str_starts_nocase(s, HS_STR("http://")) || hs_str_starts_nocase(s, HS_STR("https://"));
}

static hs_status fill(hs_inputs *inputs, const char *input, hs_error *error) {
    struct stat st;
    bool named = strcmp(input, "-") != 0 && !is_address(input);
    if (named && stat(input, &st) != 0) {
        bool scheme = errno == ENOENT && strstr(input, "://");
        return hs_fail(error, HS_ERR_MISSING, "%s: %s", input,
                       scheme ? "neither a file nor an http or https address" : strerror(errno));
    }
    bool folder = named && S_ISDIR(st.st_mode);
    bool ok = folder ? walk(&inputs->files, input) : names_add(&inputs->files, strdup(input));
    if (!ok) return hs_fail(error, HS_ERR_LIMIT, "%s: no memory for the list of files", input);
    if (inputs->files.n == 0) return hs_fail(error, HS_ERR_EMPTY, "%s: no pages in this folder", input);
    return HS_OK;
}

void hs_inputs_options_init(hs_inputs_options *options) {
    if (!options) return;
    *options = (hs_inputs_options){.size = sizeof *options, .max_bytes = (size_t)64 << 20, .timeout = 30};
}

hs_status hs_inputs_open(hs_inputs **out, const char *input, const hs_inputs_options *options, hs_error *error) {
    if (!out) return hs_fail(error, HS_ERR_ARGUMENT, "hs_inputs_open: no place for the inputs");
    *out = NULL;
    if (!input) return hs_fail(error, HS_ERR_ARGUMENT, "hs_inputs_open: no name");
    hs_inputs_options o;
    hs_inputs_options_init(&o);
    if (options && options->size != sizeof o)
        return hs_fail(error, HS_ERR_ARGUMENT, "hs_inputs_open: options of another version");
    if (options) o = *options;
    if (o.max_bytes > SIZE_MAX / 64) o.max_bytes = SIZE_MAX / 64; /* so that no sum or product of it overflows */
    hs_inputs *inputs = calloc(1, sizeof *inputs);
    if (!inputs) return hs_fail(error, HS_ERR_LIMIT, "%s: no memory", input);
    inputs->options = o;
    hs_status status = fill(inputs, input, error);
    if (status != HS_OK) {
        hs_inputs_free(inputs);
        return status;
    }
    *out = inputs;
    return HS_OK;
}

static void close_input(hs_inputs *inputs) {
    hs_input_free(inputs->open);
    inputs->open = NULL;
    hs_fetched_free(&inputs->fetched);
}

void hs_inputs_free(hs_inputs *inputs) {
    if (!inputs) return;
    close_input(inputs);
    hs_fetcher_free(inputs->fetcher);
    names_free(&inputs->files);
    free(inputs);
}

static hs_status open_address(hs_source **out, hs_inputs *inputs, const char *address, hs_error *error) {
    const hs_inputs_options *o = &inputs->options;
    if (!inputs->fetcher) inputs->fetcher = hs_fetcher_new(o->max_bytes, o->timeout, o->allow_private);
    if (!inputs->fetcher) return hs_fail(error, HS_ERR_LIMIT, "%s: no memory", address);
    hs_error cause;
    if (hs_fetch(&inputs->fetched, inputs->fetcher, address, &cause) != HS_OK)
        return hs_fail_in(error, address, &cause);
    *out = hs_source_memory(&inputs->fetched.body);
    return HS_OK;
}

static hs_status open_file(hs_source **out, const char *name, hs_error *error) {
    int fd = strcmp(name, "-") == 0 ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return hs_fail(error, HS_ERR_MISSING, "%s: %s", name, strerror(errno));
    *out = hs_source_file(fd);
    return HS_OK;
}

static hs_status open_next(hs_inputs *inputs, hs_error *error) {
    const char *name = inputs->files.v[inputs->next++];
    hs_source *source = NULL;
    bool address = is_address(name);
    inputs->errors = 0;
    hs_status status = address ? open_address(&source, inputs, name, error) : open_file(&source, name, error);
    if (status != HS_OK) return status;
    hs_input_options o = {.name = name, .max_bytes = inputs->options.max_bytes, .records = inputs->options.records};
    if (address) {
        o.fetcher = inputs->fetcher;
        o.fetched = &inputs->fetched;
    }
    return hs_input_open(&inputs->open, source, &o, error);
}

/* One error more; too many of them end the input. */
static hs_status count_error(hs_inputs *inputs, hs_status status, hs_error *error) {
    if (++inputs->errors <= MOST_ERRORS) return status;
    close_input(inputs);
    return hs_fail(error, status, "%s: too many errors one after another; the rest is not read",
                   inputs->files.v[inputs->next - 1]);
}

hs_status hs_inputs_next(hs_page *page, bool *more, hs_inputs *inputs, hs_error *error) {
    if (!page || !more || !inputs) return hs_fail(error, HS_ERR_ARGUMENT, "hs_inputs_next: an argument is missing");
    for (;;) {
        *more = inputs->open || inputs->next < inputs->files.n;
        if (!*more) return HS_OK;
        hs_status status = inputs->open ? HS_OK : open_next(inputs, error);
        if (status != HS_OK) return status;
        bool found = false;
        *page = (hs_page){0};
        status = inputs->open->next(inputs->open, page, &found, error);
        if (status != HS_OK) return count_error(inputs, status, error);
        inputs->errors = 0;
        if (found) return HS_OK;
        close_input(inputs);
    }
}
