/* Output that stays in memory: see hs_memory in hearsay.h. */
#include <stdlib.h>
#include <string.h>

#include "hearsay.h"

bool hs_memory_append(void *memory, const char *bytes, size_t n) {
    enum { LEAST = 4096 };
    hs_memory *m = memory;
    if (n > m->cap - m->n) {
        size_t cap = m->cap * 2 > m->n + n ? m->cap * 2 : m->n + n + LEAST;
        char *grown = realloc(m->v, cap);
        if (!grown) return false;
        m->v = grown;
        m->cap = cap;
    }
    if (n) memcpy(m->v + m->n, bytes, n);
    m->n += n;
    return true;
}
