/* Languages: see language.h. A count of function words for those in Latin script, of letters for the others. */
#include "page/language.h"

#include <string.h>

#include "base/utf8.h"

static const struct language {
    hs_str tag;
    const char *words; /* parted and ended by spaces */
} LANGUAGES[] = {
    {{"en", 2}, " the of and to in that is for was with on as it by at from his have has are be this said he they "},
    {{"de", 2}, " der die das und ist von den mit zu im nicht ein eine auf für dem des sich auch als es wird sind "},
    {{"fr", 2}, " le la les des et est une du dans que pour qui sur pas au avec plus par ce sont aux cette "},
    {{"es", 2}, " el la los las de que y en un una por con para del se es su lo como más al pero "},
    {{"it", 2}, " il la di che e un una per non in del della sono con le gli dei nel alla anche più è "},
    {{"pt", 2}, " o a os as de que e em um uma para com não do da no na por mais ao dos foi é "},
    {{"nl", 2}, " de het een van en in is dat op te zijn met voor niet aan er ook door maar bij wordt "},
    {{"pl", 2}, " w i na z do się nie jest że to o jak przez po od za dla są tym oraz "},
    {{"sv", 2}, " och att det i en på är som för av med den till inte har ett om de var "},
    {{"da", 2}, " og at det i en på er som for af med den til ikke har et om de var fra "},
    {{"no", 2}, " og at det i en på er som for av med den til ikke har et om de var fra "},
    {{"fi", 2}, " ja on ei se että oli hän mutta ovat kun niin myös joka mukaan tai sen "},
    {{"cs", 2}, " a v na se je že s z do o to i za pro ale by jsou jeho jako podle "},
    {{"tr", 2}, " ve bir bu da de için ile olarak çok daha olan gibi ne kadar sonra var "},
    {{"ro", 2}, " și de la în a cu pe că nu o un este din pentru care mai fost sunt "},
    {{"hu", 2}, " a az és hogy nem is egy van de meg volt csak már ki mint "},
    {{"id", 2}, " yang dan di dari untuk dengan pada tidak ini itu dalam akan oleh adalah "},
    {{"vi", 2}, " và của là có cho không được với trong một các những đã người này "},
};

enum { N_LANGUAGES = sizeof LANGUAGES / sizeof *LANGUAGES, SAMPLE = 2000 };

/* Scripts that one language writes more than all others do. */
static const struct script {
    uint32_t first, last;
    hs_str tag;
} SCRIPTS[] = {
    {0x3040, 0x30FF, {"ja", 2}}, {0xAC00, 0xD7AF, {"ko", 2}}, {0x4E00, 0x9FFF, {"zh", 2}}, {0x0400, 0x04FF, {"ru", 2}},
    {0x0600, 0x06FF, {"ar", 2}}, {0x0590, 0x05FF, {"he", 2}}, {0x0370, 0x03FF, {"el", 2}}, {0x0E00, 0x0E7F, {"th", 2}},
    {0x0900, 0x097F, {"hi", 2}}, {0x0980, 0x09FF, {"bn", 2}},
};

enum { N_SCRIPTS = sizeof SCRIPTS / sizeof *SCRIPTS };

/* Letters that tell a language from another one in its script: Ukrainian from Russian, Persian from Arabic. */
static const struct telling {
    hs_str script, tag;
    uint32_t letters[6];
} TELLING[] = {
    {{"ru", 2}, {"uk", 2}, {0x404, 0x454, 0x406, 0x456, 0x407, 0x457}},
    {{"ar", 2}, {"fa", 2}, {0x67E, 0x686, 0x698, 0x6AF, 0x6A9, 0x6CC}},
};

enum { N_TELLING = sizeof TELLING / sizeof *TELLING };

static hs_str told_apart(hs_str tag, const size_t *told, size_t letters) {
    enum { RARE = 50 }; /* foreign names hold such letters too */
    for (size_t i = 0; i < N_TELLING; i++)
        if (hs_str_eq(TELLING[i].script, tag) && told[i] * RARE > letters) return TELLING[i].tag;
    return tag;
}

static hs_str by_script(hs_str text) {
    size_t counts[N_SCRIPTS] = {0}, told[N_TELLING] = {0}, letters = 0;
    for (size_t at = 0, next; at < text.n; at = next) {
        uint32_t cp = hs_utf8_decode(text, at, &next);
        letters += cp > 0x7F || (cp | 32) - 'a' < 26;
        for (size_t i = 0; cp > 0x36F && i < N_SCRIPTS; i++)
            counts[i] += cp >= SCRIPTS[i].first && cp <= SCRIPTS[i].last;
        for (size_t i = 0; cp >= 0x404 && cp <= 0x6CC && i < N_TELLING; i++)
            for (size_t k = 0; k < 6; k++) told[i] += cp == TELLING[i].letters[k];
    }
    /* kana stand between the Chinese characters of Japanese */
    if (counts[0] * 10 > letters) return SCRIPTS[0].tag;
    for (size_t i = 1; i < N_SCRIPTS; i++)
        if (counts[i] * 2 > letters) return told_apart(SCRIPTS[i].tag, told, letters);
    return (hs_str){0};
}

static bool listed(const char *words, hs_str word) {
    for (const char *at = words; (at = memchr(at, ' ', strlen(at))) && at[1]; at++)
        if (strncmp(at + 1, word.p, word.n) == 0 && at[1 + word.n] == ' ') return true;
    return false;
}

static bool letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static hs_str by_words(hs_str text) {
    size_t counts[N_LANGUAGES] = {0}, all = 0;
    for (size_t at = 0; at < text.n;) {
        size_t start = at;
        while (at < text.n && letter(text.p[at])) at++;
        hs_str word = hs_str_slice(text, start, at);
        at += word.n == 0;
        if (!word.n) continue;
        all++;
        for (size_t i = 0; i < N_LANGUAGES && word.n < 8; i++) counts[i] += listed(LANGUAGES[i].words, word);
    }
    size_t best = 0;
    for (size_t i = 1; i < N_LANGUAGES; i++)
        if (counts[i] > counts[best]) best = i;
    return counts[best] * 12 > all && counts[best] >= 2 ? LANGUAGES[best].tag : (hs_str){0};
}

hs_str hs_language_of(hs_str text) {
    size_t cut = text.n < SAMPLE ? text.n : SAMPLE;
    while (cut && cut < text.n && ((unsigned char)text.p[cut] & 0xC0) == 0x80) cut--;
    text.n = cut;
    hs_str script = by_script(text);
    return script.n ? script : by_words(text);
}

hs_str hs_language_tag(hs_arena *arena, hs_str said) {
    size_t n = 0;
    while (n < said.n && ((said.p[n] | 32) >= 'a' && (said.p[n] | 32) <= 'z')) n++;
    if (n < 2 || n > 3 || (n < said.n && said.p[n] != '-' && said.p[n] != '_' && said.p[n] != ',')) return (hs_str){0};
    hs_str tag = hs_str_copy(arena, hs_str_slice(said, 0, n));
    for (size_t i = 0; i < n; i++) ((char *)tag.p)[i] = (char)(tag.p[i] | 32);
    return tag;
}
