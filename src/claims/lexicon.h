/* What words say of a claim, looked up in the table that tools/lexicon_tables.py makes of lexicon.def. Knows words, not claims. */
#ifndef HS_CLAIMS_LEXICON_H
#define HS_CLAIMS_LEXICON_H

#include "text/words.h"

/* The classes of lexicon.def. Those up to APPEAR say what a cue does: an entry of several words decides that for its first word. */
#define HS_LEXICON(X) \
    X(SAY)            \
    X(TWEET)          \
    X(REPORT)         \
    X(ANNOUNCE)       \
    X(CLAIM)          \
    X(ADMIT)          \
    X(DENY)           \
    X(ACCUSE)         \
    X(CRITICISE)      \
    X(SUPPORT)        \
    X(THINK)          \
    X(KNOW)           \
    X(URGE)           \
    X(ASK)            \
    X(INTEND)         \
    X(WANT)           \
    X(REFUSE)         \
    X(DECLINE)        \
    X(RESPOND)        \
    X(SHOW)           \
    X(GUESS)          \
    X(CALL)           \
    X(APPEAR)         \
    X(EXPECT)         \
    X(HEDGE)          \
    X(POSSIBLE)       \
    X(NEG)            \
    X(NEVER)          \
    X(FALSE)          \
    X(WRONG)          \
    X(FUTURE)         \
    X(SHOULD)         \
    X(WH)             \
    X(I)              \
    X(YOU)            \
    X(PRONOUN)        \
    X(BE)             \
    X(HAVE)           \
    X(DO)             \
    X(POLL)           \
    X(STUDY)          \
    X(DATA)           \
    X(DOCUMENT)       \
    X(FOOTAGE)        \
    X(EYEWITNESS)     \
    X(INTELLIGENCE)   \
    X(UNNAMED)        \
    X(EVIDENCE)       \
    X(STATUS)         \
    X(RATED)          \
    X(CHANNEL)        \
    X(PLATFORM)       \
    X(OUTLET)

typedef enum hs_lex_class {
#define HS_LEX_NUMBER(name) HS_LEX_AT_##name,
    HS_LEXICON(HS_LEX_NUMBER)
#undef HS_LEX_NUMBER
        HS_LEX_CLASSES
} hs_lex_class;

/* A set of classes: one bit each. */
typedef uint64_t hs_lex;

#define HS_LEX_OF(name) ((hs_lex)1 << HS_LEX_AT_##name)
#define HS_LEX_ACTS (HS_LEX_OF(EXPECT) * 2 - 1) /* what cues do */

/* For each word its classes. */
hs_lex *hs_lexicon_look_up(hs_arena *arena, const hs_words *words);

#endif
