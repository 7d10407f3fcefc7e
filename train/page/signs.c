/* Prints what the verdict weighs of pages: a line with the signs' names, then one line a page: its file's name and a number for each sign.
 *
 * usage: page-signs FOLDER…
 */
#include <setjmp.h>
#include <stdio.h>

#include "page/signs.h"

static const char *const NAMES[] = {
#define NAME(id) #id,
    HS_SIGNS(NAME)
#undef NAME
};

static void print_signs(const hs_page *page) {
    hs_arena arena;
    hs_arena_init(&arena, (size_t)1 << 30);
    hs_error error;
    hs_signs signs;
    if (setjmp(arena.full) == 0 &&
        hs_page_signs(&signs, &arena, (hs_str){page->bytes, page->n}, hs_str_of(page->name), &error) == HS_OK) {
        printf("%s", page->name);
        for (int i = 0; i < HS_SIGN_COUNT; i++) printf("\t%.6g", signs.v[i]);
        printf("\n");
    }
    hs_arena_free(&arena);
}

static int read_folder(const char *folder) {
    hs_error error;
    hs_inputs *inputs;
    if (hs_inputs_open(&inputs, folder, NULL, &error) != HS_OK) {
        fprintf(stderr, "page-signs: %s\n", error.message);
        return 1;
    }
    hs_page page;
    for (bool more = true; more;)
        if (hs_inputs_next(&page, &more, inputs, &error) == HS_OK && more) print_signs(&page);
    hs_inputs_free(inputs);
    return 0;
}

int main(int argc, char **argv) {
    printf("page");
    for (int i = 0; i < HS_SIGN_COUNT; i++) printf("\t%s", NAMES[i]);
    printf("\n");
    int status = 0;
    for (int i = 1; i < argc; i++) status |= read_folder(argv[i]);
    return status;
}
