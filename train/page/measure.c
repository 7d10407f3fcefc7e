/* What train.py learns from: the blocks of pages with all that is measured of them, a page a line, as JSON:
 * {"path", "title", "blocks": [[text, "measure measure …" or null], …]}. Blocks that are never scored have no measures.
 *
 * usage: measure-blocks FILE…   or   measure-blocks --names
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formats/json_writer.h"
#include "html/charset.h"
#include "page/features.h"

static bool to_stdout(void *state, const char *bytes, size_t n) {
    (void)state;
    return fwrite(bytes, 1, n, stdout) == n;
}

static void print_names(void) {
#define NAME(id) puts(#id);
    HS_FEATURES(NAME)
#undef NAME
}

/* The file's content, in the arena; absent when it cannot be read. */
static hs_str read_file(hs_arena *arena, const char *path) {
    char piece[1 << 14];
    hs_buf bytes = {0};
    FILE *file = fopen(path, "rb");
    if (!file) return (hs_str){0};
    for (size_t n; (n = fread(piece, 1, sizeof piece, file)) > 0;) hs_buf_add(arena, &bytes, (hs_str){piece, n});
    fclose(file);
    return hs_buf_str(&bytes);
}

static void write_block(hs_json *json, hs_measurer *m, const hs_block *block, size_t i) {
    char line[HS_FEATURE_COUNT * 7 + 1];
    hs_json_open(json, '[');
    hs_json_string(json, block->text);
    if (hs_measurer_open(m, i)) {
        hs_features features = {0};
        size_t n = 0;
        hs_measurer_read(&features, m, i);
        for (size_t k = 0; k < HS_FEATURE_COUNT; k++)
            n += (size_t)snprintf(line + n, sizeof line - n, k ? " %d" : "%d", features.v[k]);
        hs_json_string(json, (hs_str){line, n});
    } else hs_json_null(json);
    hs_json_close(json, ']');
}

static void write_page(hs_json *json, hs_arena *arena, const char *path) {
    hs_str text, bytes = read_file(arena, path);
    if (!bytes.p || hs_charset_decode(&text, arena, bytes, (hs_str){0}, hs_str_of(path), NULL) != HS_OK) return;
    hs_html_page page = {.arena = arena, .tree = hs_tree_of(arena, text)};
    page.marks = hs_marks_of(arena, page.tree);
    page.blocks = hs_blocks_of(arena, page.tree, page.marks);
    hs_meta_read(&page);
    hs_title_read(&page);
    hs_rough_body rough = hs_body_rough(&page);
    hs_measurer *m = hs_measurer_of(&page, &rough);
    hs_json_open(json, '{');
    hs_json_key(json, HS_STR("path"));
    hs_json_string(json, hs_str_of(path));
    hs_json_key(json, HS_STR("title"));
    hs_json_string(json, page.title.p ? page.title : HS_STR(""));
    hs_json_key(json, HS_STR("blocks"));
    hs_json_open(json, '[');
    for (size_t i = 0; i < page.blocks.n; i++) write_block(json, m, &page.blocks.v[i], i);
    hs_json_close(json, ']');
    hs_json_close(json, '}');
    hs_json_line_end(json);
    hs_json_flush(json);
}

int main(int argc, char **argv) {
    if (argc < 2) {
        fprintf(stderr, "usage: measure-blocks FILE...   or   measure-blocks --names\n");
        return 2;
    }
    if (strcmp(argv[1], "--names") == 0) {
        print_names();
        return 0;
    }
    static hs_json json;
    hs_json_init(&json, to_stdout, NULL);
    for (volatile int i = 1; i < argc; i++) {
        hs_arena arena;
        hs_arena_init(&arena, (size_t)1 << 30);
        if (!setjmp(arena.full)) write_page(&json, &arena, argv[i]);
        hs_arena_free(&arena);
    }
    return 0;
}
