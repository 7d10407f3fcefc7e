/* The word lists by which pages are read: parts of class names and short lines that pages repeat. Only tables and look-ups; what
 * follows from a hit is decided elsewhere. Nothing here allocates. */
#ifndef HS_PAGE_RULES_H
#define HS_PAGE_RULES_H

#include "base/str.h"

/* What a class, an id or a role says of its element; a set of these. */
enum {
    HS_MARK_NAV = 1 << 0,     /* menus, breadcrumbs, page turners */
    HS_MARK_ASIDE = 1 << 1,   /* related links, promotion, sharing, advertising */
    HS_MARK_COMMENT = 1 << 2, /* readers' comments and the forms for them */
    HS_MARK_FOOT = 1 << 3,    /* footers, copyright, terms */
    HS_MARK_BYLINE = 1 << 4,  /* author, date, section, tags: about the article */
    HS_MARK_CAPTION = 1 << 5,
    HS_MARK_HIDDEN = 1 << 6,
    HS_MARK_CONTENT = 1 << 7, /* the article or its body */
    HS_MARK_AUTHOR = 1 << 8,
    HS_MARK_DATE = 1 << 9,
    HS_MARK_FOLD = 1 << 10, /* text that opens at a click */
    HS_MARK_DROP =
        HS_MARK_NAV | HS_MARK_ASIDE | HS_MARK_COMMENT | HS_MARK_FOOT | HS_MARK_BYLINE | HS_MARK_CAPTION | HS_MARK_HIDDEN
};

/* The marks of the attributes and names met so far; start with an empty one for each page. */
enum { HS_CLASS_SLOTS = 512 };
typedef struct hs_class_slot {
    hs_str key;
    unsigned marks;
} hs_class_slot;
typedef struct hs_class_marks {
    hs_class_slot values[HS_CLASS_SLOTS], names[HS_CLASS_SLOTS];
} hs_class_marks;

unsigned hs_rules_class(hs_class_marks *kept, hs_str names);

typedef enum hs_phrase {
    HS_PHRASE_END,     /* a heading behind which no article goes on: "Related articles" */
    HS_PHRASE_UI,      /* a whole line of page furniture: "Your Comment", "captcha" */
    HS_PHRASE_PROMO,   /* a line that begins so leads away from the article: "Read more:" */
    HS_PHRASE_PITCH,   /* a line that begins so may lead away from the article, or may not: "Ready to" */
    HS_PHRASE_RIGHTS,  /* a short line that holds this is about rights: "All rights reserved" */
    HS_PHRASE_WALL,    /* a page that holds this and little else wants a login */
    HS_PHRASE_COOKIES, /* likewise for consent */
    HS_PHRASE_MISSING, /* likewise says that there is no such page */
    HS_PHRASE_ROLE,    /* a "name" that holds this word is no person's */
    HS_PHRASE_BY       /* what stands before an author's name */
} hs_phrase;

/* The whole line, without marks at its ends, is one of the list. */
bool hs_rules_is(hs_phrase list, hs_str line);
/* The line begins with one of the list, at a word's end; *n is its length. */
bool hs_rules_starts(hs_phrase list, hs_str line, size_t *n);
/* The list's entries one after another, from *at = 0 on; false at its end. */
bool hs_rules_next(hs_phrase list, size_t *at, hs_str *out);
/* One of the list stands in the line as whole words; *at and *n say where. */
bool hs_rules_holds(hs_phrase list, hs_str line, size_t *at, size_t *n);

/* 1 to 12 for the name of a month in the languages that pages are read in (months.c), else 0. */
int hs_rules_month(hs_str word);

#endif
