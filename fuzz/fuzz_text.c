/* Words of any bytes: spans are ordered, within the text and on character boundaries, and so are the normal forms. */
#include <stdlib.h>

#include "base/utf8.h"
#include "text/words.h"

static void require(bool holds) {
    if (!holds) abort();
}

static bool is_boundary(hs_str s, size_t at) {
    return at == s.n || ((unsigned char)s.p[at] & 0xC0) != 0x80;
}

static void check(const hs_words *words, hs_str text, const uint8_t *quotes) {
    size_t end = 0, norm_end = 0;
    for (size_t i = 0; i < words->n; i++) {
        const hs_word *w = &words->v[i];
        require(w->start >= end && w->end > w->start && w->end <= text.n);
        require(is_boundary(text, w->start) && is_boundary(text, w->end));
        require(w->norm == norm_end && w->norm_end > w->norm && w->norm_end <= words->norm.n);
        require(is_boundary(words->norm, w->norm));
        require(w->shape < 7 && w->place < 4 && w->quote == quotes[w->start]);
        end = w->end;
        norm_end = w->norm_end;
    }
    require(norm_end == words->norm.n && hs_utf8_valid(words->norm));
    for (size_t i = 0; i < text.n; i++) {
        require(quotes[i] <= HS_QUOTE_CLOSE);
        require(is_boundary(text, i) || quotes[i] == quotes[i - 1]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* The first byte says whether the text begins with a title. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    if (n == 0) return 0;
    hs_arena arena;
    hs_arena_init(&arena, (size_t)1 << 28);
    if (setjmp(arena.full) == 0) {
        hs_str text = hs_utf8_repair(&arena, (hs_str){(const char *)bytes + 1, n - 1});
        hs_words words = hs_words_of(&arena, text, bytes[0] & 1);
        check(&words, text, hs_quote_states(&arena, text));
    }
    hs_arena_free(&arena);
    return 0;
}
