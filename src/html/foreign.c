/* SVG and MathML inside a page (the HTML Standard, 13.2.6.5): see builder.h. Names are put in the case that these languages have. */
#include <string.h>

#include "html/builder.h"

/* Each word stands here as SVG has it; the page's is in lower case. */
#define WORD(text) \
    { text, sizeof(text) - 1 }
static const hs_str SVG_ELEMENTS[] = {WORD("altGlyph"),
                                      WORD("altGlyphDef"),
                                      WORD("altGlyphItem"),
                                      WORD("animateColor"),
                                      WORD("animateMotion"),
                                      WORD("animateTransform"),
                                      WORD("clipPath"),
                                      WORD("feBlend"),
                                      WORD("feColorMatrix"),
                                      WORD("feComponentTransfer"),
                                      WORD("feComposite"),
                                      WORD("feConvolveMatrix"),
                                      WORD("feDiffuseLighting"),
                                      WORD("feDisplacementMap"),
                                      WORD("feDistantLight"),
                                      WORD("feDropShadow"),
                                      WORD("feFlood"),
                                      WORD("feFuncA"),
                                      WORD("feFuncB"),
                                      WORD("feFuncG"),
                                      WORD("feFuncR"),
                                      WORD("feGaussianBlur"),
                                      WORD("feImage"),
                                      WORD("feMerge"),
                                      WORD("feMergeNode"),
                                      WORD("feMorphology"),
                                      WORD("feOffset"),
                                      WORD("fePointLight"),
                                      WORD("feSpecularLighting"),
                                      WORD("feSpotLight"),
                                      WORD("feTile"),
                                      WORD("feTurbulence"),
                                      WORD("foreignObject"),
                                      WORD("glyphRef"),
                                      WORD("linearGradient"),
                                      WORD("radialGradient"),
                                      WORD("textPath")};

static const hs_str SVG_ATTRIBUTES[] = {WORD("attributeName"),
                                        WORD("attributeType"),
                                        WORD("baseFrequency"),
                                        WORD("baseProfile"),
                                        WORD("calcMode"),
                                        WORD("clipPathUnits"),
                                        WORD("diffuseConstant"),
                                        WORD("edgeMode"),
                                        WORD("filterUnits"),
                                        WORD("glyphRef"),
                                        WORD("gradientTransform"),
                                        WORD("gradientUnits"),
                                        WORD("kernelMatrix"),
                                        WORD("kernelUnitLength"),
                                        WORD("keyPoints"),
                                        WORD("keySplines"),
                                        WORD("keyTimes"),
                                        WORD("lengthAdjust"),
                                        WORD("limitingConeAngle"),
                                        WORD("markerHeight"),
                                        WORD("markerUnits"),
                                        WORD("markerWidth"),
                                        WORD("maskContentUnits"),
                                        WORD("maskUnits"),
                                        WORD("numOctaves"),
                                        WORD("pathLength"),
                                        WORD("patternContentUnits"),
                                        WORD("patternTransform"),
                                        WORD("patternUnits"),
                                        WORD("pointsAtX"),
                                        WORD("pointsAtY"),
                                        WORD("pointsAtZ"),
                                        WORD("preserveAlpha"),
                                        WORD("preserveAspectRatio"),
                                        WORD("primitiveUnits"),
                                        WORD("refX"),
                                        WORD("refY"),
                                        WORD("repeatCount"),
                                        WORD("repeatDur"),
                                        WORD("requiredExtensions"),
                                        WORD("requiredFeatures"),
                                        WORD("specularConstant"),
                                        WORD("specularExponent"),
                                        WORD("spreadMethod"),
                                        WORD("startOffset"),
                                        WORD("stdDeviation"),
                                        WORD("stitchTiles"),
                                        WORD("surfaceScale"),
                                        WORD("systemLanguage"),
                                        WORD("tableValues"),
                                        WORD("targetX"),
                                        WORD("targetY"),
                                        WORD("textLength"),
                                        WORD("viewBox"),
                                        WORD("viewTarget"),
                                        WORD("xChannelSelector"),
                                        WORD("yChannelSelector"),
                                        WORD("zoomAndPan")};

static hs_str in_case(hs_str name, const hs_str *list, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (name.n == list[i].n && name.p[0] == list[i].p[0] && hs_str_eq_nocase(name, list[i])) return list[i];
    return name;
}

#define IN_CASE(name, list) in_case((name), (list), sizeof(list) / sizeof *(list))

static void adjust_attributes(hs_node *node) {
    for (size_t i = 0; i < node->n_attrs; i++) {
        hs_str *name = &node->attrs[i].name;
        if (node->space == HS_NAMESPACE_SVG) *name = IN_CASE(*name, SVG_ATTRIBUTES);
        else if (hs_str_eq(*name, HS_STR("definitionurl"))) *name = HS_STR("definitionURL");
    }
}

static unsigned math_flags(const hs_node *node, hs_tag tag) {
    switch (tag) {
    case HS_TAG_MI:
    case HS_TAG_MN:
    case HS_TAG_MO:
    case HS_TAG_MS:
    case HS_TAG_MTEXT: return HS_ELEMENT_SPECIAL | HS_ELEMENT_SCOPE | HS_ELEMENT_MATH_TEXT;
    case HS_TAG_ANNOTATION_XML: {
        hs_str encoding = hs_node_attr(node, HS_STR("encoding"));
        bool html = hs_str_eq_nocase(encoding, HS_STR("text/html")) ||
                    hs_str_eq_nocase(encoding, HS_STR("application/xhtml+xml"));
        return HS_ELEMENT_SPECIAL | HS_ELEMENT_SCOPE | (html ? HS_ELEMENT_HTML_TEXT : 0);
    }
    default: return 0;
    }
}

static unsigned svg_flags(hs_tag tag) {
    bool html = tag == HS_TAG_FOREIGNOBJECT || tag == HS_TAG_DESC || tag == HS_TAG_TITLE;
    return html ? HS_ELEMENT_SPECIAL | HS_ELEMENT_SCOPE | HS_ELEMENT_HTML_TEXT : 0;
}

hs_node *hs_insert_foreign(hs_builder *b, hs_namespace space) {
    hs_tag tag = b->in.token.tag;
    bool empty = b->in.token.self_closing;
    hs_node *node = hs_make_element(b);
    node->space = (uint8_t)space;
    node->flags = (uint16_t)(space == HS_NAMESPACE_SVG ? svg_flags(tag) : math_flags(node, tag));
    if (tag != HS_TAG_SVG && tag != HS_TAG_MATH) node->tag = HS_TAG_OTHER;
    if (space == HS_NAMESPACE_SVG) node->name = IN_CASE(node->name, SVG_ELEMENTS);
    adjust_attributes(node);
    hs_insert_at(hs_appropriate_place(b, NULL), node);
    if (!empty) hs_push(b, node);
    return node;
}

/* 13.2.6, "tree construction dispatcher" */
bool hs_foreign_next(const hs_builder *b) {
    if (!b->n) return false;
    const hs_node *node = hs_adjusted_current(b);
    const hs_token *token = &b->in.token;
    if (node->space == HS_NAMESPACE_HTML || token->kind == HS_TOKEN_EOF) return false;
    bool start = token->kind == HS_TOKEN_START, text = token->kind == HS_TOKEN_TEXT;
    if (node->flags & HS_ELEMENT_MATH_TEXT &&
        (text || (start && token->tag != HS_TAG_MGLYPH && token->tag != HS_TAG_MALIGNMARK)))
        return false;
    if (start && token->tag == HS_TAG_SVG && node->space == HS_NAMESPACE_MATHML &&
        hs_str_eq(node->name, HS_STR("annotation-xml")))
        return false;
    return !(node->flags & HS_ELEMENT_HTML_TEXT && (start || text));
}

static void insert_foreign_text(hs_builder *b) {
    hs_str text = b->in.token.text;
    if (b->frameset_ok)
        for (size_t i = 0; i < text.n && b->frameset_ok; i++)
            b->frameset_ok = !text.p[i] || hs_all_space(hs_str_slice(text, i, i + 1));
    if (b->in.token.has_nul) text = hs_str_replace_nuls(b->arena, text, HS_STR("\xEF\xBF\xBD"));
    hs_insert_text(b, text);
}

static bool breaks_out(const hs_token *token) {
    if (token->kind == HS_TOKEN_END) return token->tag == HS_TAG_BR || token->tag == HS_TAG_P;
    if (hs_tag_flags(token->tag) & HS_ELEMENT_BREAKOUT) return true;
    return token->tag == HS_TAG_FONT &&
           (hs_token_attr(token, HS_STR("color")).p || hs_token_attr(token, HS_STR("face")).p ||
            hs_token_attr(token, HS_STR("size")).p);
}

static bool break_out(hs_builder *b) {
    while (b->n > 1 && hs_current(b)->space != HS_NAMESPACE_HTML &&
           !(hs_current(b)->flags & (HS_ELEMENT_MATH_TEXT | HS_ELEMENT_HTML_TEXT)))
        hs_pop(b);
    return hs_mode_take(b);
}

static bool end_foreign(hs_builder *b) {
    const hs_token *token = &b->in.token;
    for (size_t i = b->n; i > 1; i--) {
        const hs_node *node = b->stack[i - 1];
        if (node->space == HS_NAMESPACE_HTML) return hs_mode_take(b);
        if (hs_str_eq_nocase(node->name, token->name)) {
            hs_pop_to(b, i - 1);
            return false;
        }
    }
    return false;
}

bool hs_foreign_take(hs_builder *b) {
    const hs_token *token = &b->in.token;
    switch (token->kind) {
    case HS_TOKEN_TEXT: insert_foreign_text(b); return false;
    case HS_TOKEN_COMMENT: hs_insert_comment(b, NULL); return false;
    case HS_TOKEN_START:
        if (breaks_out(token)) return break_out(b);
        hs_insert_foreign(b, hs_adjusted_current(b)->space);
        return false;
    case HS_TOKEN_END: return breaks_out(token) ? break_out(b) : end_foreign(b);
    default: return false;
    }
}
