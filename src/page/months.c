/* Names of months: see rules.h and months.def. */
#include "base/utf8.h"
#include "page/fold.h"
#include "page/rules.h"
#include "page/word_lists.h"

#include "page/months.inc"

int hs_rules_month(hs_str word) {
    enum { LONGEST = 48 };
    char name[LONGEST + 8];
    size_t n = 0;
    for (size_t at = 0; at < word.n;) {
        if (n >= LONGEST) return 0;
        uint32_t cp = hs_fold(hs_utf8_decode(word, at, &at));
        n += hs_utf8_encode(name + n, cp == ' ' ? '_' : cp);
    }
    return (int)hs_word_value(&MONTHS, (hs_str){name, n}, 0);
}
