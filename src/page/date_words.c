/* Labels of dates: see date_words.h. */
#include "page/date_words.h"

#include "page/fold.h"

/* In lower case; they match at the beginning of a word and may be followed by anything, so stems will do. */
static const char *const PUBLISHED[] = {"publish",
                                        "posted",
                                        "submitted",
                                        "added on",
                                        "gespeichert",
                                        "first publ",
                                        "originally publ",
                                        "issued",
                                        "date:",
                                        "created on",
                                        "written on",
                                        "veröffentlicht",
                                        "erstellt",
                                        "erschienen",
                                        "publiziert",
                                        "eingestellt",
                                        "datum:",
                                        "pressemitteilung vom",
                                        "meldung vom",
                                        "publié",
                                        "mis en ligne",
                                        "paru le",
                                        "publicad",
                                        "publicación",
                                        "fecha",
                                        "postado",
                                        "data de publica",
                                        "pubblicat",
                                        "data:",
                                        "gepubliceerd",
                                        "geplaatst",
                                        "opublikowan",
                                        "data publikacji",
                                        "dodano",
                                        "опубликован",
                                        "дата публикации",
                                        "опубліковано",
                                        "yayın",
                                        "giriş tarihi",
                                        "publicerad",
                                        "publiceret",
                                        "publisert",
                                        "julkaistu",
                                        "megjelen",
                                        "közzétéve",
                                        "publicat",
                                        "δημοσ",
                                        "نشر",
                                        "تاريخ النشر",
                                        "פורסם",
                                        "diterbitkan",
                                        "dipublikasikan",
                                        "đăng lúc",
                                        "ngày đăng",
                                        "发布",
                                        "發布",
                                        "公開日",
                                        "掲載日",
                                        "投稿日",
                                        "입력",
                                        "등록",
                                        "प्रकाशित",
                                        "objavljeno",
                                        "vydáno",
                                        "publikováno"};

static const char *const UPDATED[] = {"updat",         "last modif",
                                      "modified",      "last reviewed",
                                      "reviewed",      "revised",
                                      "last edit",     "edited",
                                      "last change",   "changed",
                                      "as of",         "verified",
                                      "fact checked",  "medically reviewed",
                                      "current as of", "aktualisiert",
                                      "stand",         "letzte änderung",
                                      "zuletzt",       "geändert",
                                      "überarbeitet",  "mis à jour",
                                      "mise à jour",   "màj",
                                      "modifié",       "dernière modif",
                                      "actualizad",    "actualización",
                                      "última actual", "modificad",
                                      "atualizad",     "atualização",
                                      "aggiornat",     "ultimo aggiorn",
                                      "modificat",     "bijgewerkt",
                                      "laatst",        "gewijzigd",
                                      "aktualizacj",   "zaktualizowan",
                                      "обновлен",      "оновлен",
                                      "güncelle",      "son güncelleme",
                                      "uppdaterad",    "opdateret",
                                      "oppdatert",     "päivitetty",
                                      "frissít",       "actualizat",
                                      "ενημ",          "تحديث",
                                      "آخر تحديث",     "עודכן",
                                      "به روز",        "diperbarui",
                                      "cập nhật",      "更新",
                                      "수정",          "अपडेट",
                                      "aktualizov"};

static const char *const OTHER[] = {"born",
                                    "founded",
                                    "deadline",
                                    "effective",
                                    "expire",
                                    "valid",
                                    "until",
                                    "starts",
                                    "event",
                                    "webinar",
                                    "©",
                                    "copyright",
                                    "accessed",
                                    "retrieved",
                                    "archived",
                                    "through",
                                    "due",
                                    "member since",
                                    "before",
                                    "after",
                                    "since",
                                    "ends",
                                    "begins",
                                    "geboren",
                                    "bis",
                                    "ab ",
                                    "seit",
                                    "gültig",
                                    "last active",
                                    "released",
                                    "release date",
                                    "joined",
                                    "registriert",
                                    "next",
                                    "registration",
                                    "conference",
                                    "opens",
                                    "closes"};

typedef struct words {
    const char *const *v;
    size_t n;
    hs_date_label label;
} words;

#define WORDS(list, label) \
    { list, sizeof list / sizeof *list, label }
static const words LISTS[] = {WORDS(PUBLISHED, HS_DATE_PUBLISHED), WORDS(UPDATED, HS_DATE_UPDATED),
                              WORDS(OTHER, HS_DATE_OTHER)};
#undef WORDS

static bool boundary(hs_str s, size_t at) {
    if (at == 0) return true;
    unsigned char before = (unsigned char)s.p[at - 1], own = (unsigned char)s.p[at];
    if ((own & 0xC0) == 0x80) return false;
    /* scripts without spaces have no boundaries */
    return own >= 0xE3 || !((before | 32) >= 'a' && (before | 32) <= 'z') || before >= 0x80;
}

hs_date_label hs_date_label_of(hs_str before) {
    enum { FARTHEST = 48 };
    size_t from = before.n > FARTHEST ? before.n - FARTHEST : 0;
    for (size_t at = before.n; at-- > from;) {
        if (!boundary(before, at)) continue;
        hs_str rest = hs_str_slice(before, at, before.n);
        for (size_t i = 0; i < sizeof LISTS / sizeof *LISTS; i++)
            for (size_t k = 0; k < LISTS[i].n; k++)
                if (hs_fold_starts(rest, hs_str_of(LISTS[i].v[k]))) return LISTS[i].label;
    }
    return HS_DATE_BARE;
}
