"""Text to words, word pieces and input features: the Python side of docs/model-format.md, sections 2 and 3.

The C side is src/text and src/model; test/golden holds what this file makes of the golden texts, and the C tests
compare it exactly.
"""
import unicodedata

MAX_WORD_CHARS = 100

SHAPE_OTHER, SHAPE_LOWER, SHAPE_CAPITAL, SHAPE_UPPER, SHAPE_MIXED, SHAPE_DIGITS, SHAPE_ALNUM = range(7)
QUOTE_OUT, QUOTE_DOUBLE, QUOTE_SINGLE, QUOTE_OPEN, QUOTE_CLOSE = range(5)
PLACE_IN, PLACE_PARAGRAPH, PLACE_TITLE, PLACE_FIRST = range(4)
N_SHAPES, N_QUOTES, N_PLACES = 7, 5, 4


def is_cjk(cp):
    return (0x4E00 <= cp <= 0x9FFF or 0x3400 <= cp <= 0x4DBF or 0x20000 <= cp <= 0x2A6DF or 0x2A700 <= cp <= 0x2B73F
            or 0x2B740 <= cp <= 0x2B81F or 0x2B820 <= cp <= 0x2CEAF or 0xF900 <= cp <= 0xFAFF or 0x2F800 <= cp <= 0x2FA1F)


def is_space(ch):
    return ch in "\t\n\r" or unicodedata.category(ch) in ("Zs", "Zl", "Zp")


def is_dropped(ch):
    """Characters that BERT's normaliser throws away before it looks for white space."""
    if ch in "\t\n\r":
        return False
    return ch == "\ufffd" or unicodedata.category(ch) in ("Cc", "Cf", "Co", "Cs")


def is_punct(ch):
    cp = ord(ch)
    if 33 <= cp <= 47 or 58 <= cp <= 64 or 91 <= cp <= 96 or 123 <= cp <= 126:
        return True
    return unicodedata.category(ch)[0] == "P"


def words(text):
    """[(start, end, normalised)]: BERT's pre-tokens with their code point offsets in the text as it stands."""
    out, start, end, norm = [], None, None, []

    def flush():
        nonlocal start, norm
        if norm:
            out.append((start, end, "".join(norm)))
        start, norm = None, []

    for i, ch in enumerate(text):
        if "a" <= ch <= "z":
            if start is None:
                start = i
            norm.append(ch)
            end = i + 1
            continue
        if is_dropped(ch):
            continue
        if is_space(ch):
            flush()
            continue
        if is_cjk(ord(ch)):
            flush()
            out.append((i, i + 1, "".join(c for c in unicodedata.normalize("NFD", ch) if unicodedata.category(c) != "Mn")))
            continue
        marks = True
        for c in unicodedata.normalize("NFD", ch):
            if unicodedata.category(c) == "Mn":
                continue
            marks = False
            for low in c.lower():
                if is_punct(low):
                    flush()
                    out.append((i, i + 1, low))
                else:
                    if start is None:
                        start = i
                    norm.append(low)
                    end = i + 1
        if marks and norm:
            end = i + 1
    flush()
    return out


def pieces(norm, vocab):
    """Ids of a word's pieces, longest match first; [UNK] when it has over 100 characters or does not divide."""
    if len(norm) > MAX_WORD_CHARS:
        return [vocab["[UNK]"]]
    ids, at = [], 0
    while at < len(norm):
        for stop in range(len(norm), at, -1):
            piece = vocab.get(("##" if at else "") + norm[at:stop])
            if piece is not None:
                break
        else:
            return [vocab["[UNK]"]]
        ids.append(piece)
        at = stop
    return ids


def shape(word):
    """The letter shape of a word as it stands in the text."""
    upper = lower = digit = 0
    first_upper = False
    for i, ch in enumerate(word):
        cat = unicodedata.category(ch)
        if cat in ("Lu", "Lt"):
            upper += 1
            first_upper |= i == 0
        elif cat == "Ll":
            lower += 1
        elif cat == "Nd":
            digit += 1
    if digit:
        return SHAPE_ALNUM if upper or lower else SHAPE_DIGITS
    if upper == 0:
        return SHAPE_LOWER if lower else SHAPE_OTHER
    if lower == 0:
        return SHAPE_UPPER if upper > 1 else SHAPE_CAPITAL
    return SHAPE_CAPITAL if first_upper and upper == 1 else SHAPE_MIXED


def _wordish(ch):
    return ch != "" and unicodedata.category(ch)[0] in "LN"


def _blank(ch):
    return ch == "" or is_space(ch)


def quote_states(text):
    """One QUOTE_ value for each code point. A stray mark never reaches beyond its own paragraph.

    Within a paragraph (a maximal run without a line feed), marks are read from left to right. A double mark opens when
    nothing is open and the next character is not blank, and closes what is open otherwise; of typographic marks only the
    ones that can do so open or close. A double quotation left open at the paragraph's end stands if the next
    paragraph begins with an opening mark (a quotation that runs on) or if it began the paragraph; otherwise its
    mark is stray and its paragraph's rest is outside. Single quotations need their closing mark in the paragraph.
    """
    out = [QUOTE_OUT] * len(text)
    begin = 0
    while begin <= len(text):
        stop = text.find("\n", begin)
        if stop < 0:
            stop = len(text)
        _paragraph(text, begin, stop, out)
        begin = stop + 1
    return out


OPEN_DOUBLE, CLOSE_DOUBLE = "\u201c\u201e\u00ab\u201f", "\u201d\u00bb"


def _paragraph(text, begin, stop, out):
    at = lambda i: text[i] if begin <= i < stop else ""
    opened = -1
    for i in range(begin, stop):
        ch = text[i]
        if ch == '"' or ch in OPEN_DOUBLE or ch in CLOSE_DOUBLE:
            if opened >= 0:
                ends = ch != "\u201e" and not (ch == "\u00ab" and text[opened] != "\u00bb") and ch != "\u201f"
                ends = ends and not (ch == "\u201c" and text[opened] != "\u201e")
                again = ch == '"' and _blank(at(i - 1)) and _wordish(at(i + 1))
                if ends and not again:
                    out[opened], out[i] = QUOTE_OPEN, QUOTE_CLOSE
                    for k in range(opened + 1, i):
                        out[k] = QUOTE_DOUBLE
                    opened = -1
                elif again or ch in OPEN_DOUBLE:
                    opened = i
            elif ch != "\u201d" and not _blank(at(i + 1)):
                opened = i
    if opened >= 0 and (_blank(text[begin:opened]) if opened == begin else not text[begin:opened].strip()):
        out[opened] = QUOTE_OPEN
        for k in range(opened + 1, stop):
            out[k] = QUOTE_DOUBLE
    elif opened >= 0:
        nxt = stop
        while nxt < len(text) and is_space(text[nxt]):
            nxt += 1
        if nxt < len(text) and (text[nxt] == '"' or text[nxt] in OPEN_DOUBLE):
            out[opened] = QUOTE_OPEN
            for k in range(opened + 1, stop):
                out[k] = QUOTE_DOUBLE
    opened = -1
    for i in range(begin, stop):
        ch = text[i]
        if ch not in "'\u2018\u2019\u201a\u2039\u203a" or out[i] in (QUOTE_OPEN, QUOTE_CLOSE):
            continue
        before, after = at(i - 1), at(i + 1)
        if opened < 0 or ch in "\u2018\u201a\u2039":
            if ch not in "\u2019\u203a" and not _wordish(before) and not _blank(after):
                opened = i
        elif not _blank(before) and not _wordish(after):
            out[opened], out[i] = QUOTE_OPEN, QUOTE_CLOSE
            for k in range(opened + 1, i):
                if out[k] == QUOTE_OUT or out[k] == QUOTE_DOUBLE:
                    out[k] = QUOTE_SINGLE
            opened = -1


def features(text, word_list, has_title):
    """[(shape, quote, place)] for each word."""
    quotes = quote_states(text)
    out, last_end, paragraph = [], 0, 0
    for n, (start, end, _) in enumerate(word_list):
        fresh = n == 0 or "\n" in text[last_end:start]
        if n and fresh:
            paragraph += 1
        place = PLACE_PARAGRAPH if fresh else PLACE_IN
        if has_title and paragraph == 0:
            place = PLACE_FIRST if n == 0 else PLACE_TITLE
        out.append((shape(text[start:end]), quotes[start], place))
        last_end = end
    return out
