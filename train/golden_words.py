"""Golden vectors for the C tests of words and word pieces: test/golden/words.jsonl, from the texts below.

One JSON object a line: text, has_title, and words as [byte start, byte end, shape, quote, place, [piece ids]]. The texts are
invented for the purpose. The ids are also checked against the reference `tokenizers` here, so that the golden file cannot
carry a mistake of words.py.
"""
import json
import os

from tokenizers import Tokenizer

import base
import words

TITLED = [
    "Council backs new bridge\n\nThe council has backed a bridge over the Wend, its chairwoman said.\n\nWork begins in May.",
    "\"No more delays\", says mayor\n\n\"We are done waiting,\" Mayor Ida Ferrow said.",
    "  Title after blanks \r\n\r\nSecond paragraph.\r\nThird.",
    "One line only",
    "\n\nLine feeds before the title\nand a paragraph",
]

PLAIN = [
    # blank and nearly blank
    "", " ", "\n", "\r\n\r\n", "\t \u00a0\u2003\n\u2028", "\u200b\u00ad\ufeff", "\u0301", "x",
    # accents, composed and decomposed
    "Zoë Brûlé naïvely déclared an Ångström façade.",
    "Zoe\u0308 Bru\u0302le\u0301 de\u0301clara\u0301 a\u030angstro\u0308m",
    "e\u0301\u0323 \u0301e q\u0307\u0323uay a\u0301, \u0300b", "\u1ec7\u1eb1 Nguy\u1ec5n V\u0103n \u0110\u1ee9c",
    "\u212bngstr\u00f6m \u2126 and \u00c5", "co\u00adope\u00adrate co\u200bope\u200drate \u2060join\u2060ed",
    # languages
    "Die Bürgermeisterin von Österwieck, Käthe Weiß, sagte: „Größere Straßen brauchen wir nicht.“",
    "Le maire d’Étréval a déclaré : « Nous n’avons pas été prévenus », selon L’Écho.",
    "Wójt gminy Żółkwin powiedział: „Łąki są już zalane”.", "İZMİR'de ığdır ÇİĞ DIŞ İ i I ı dedi.",
    "Мэр Ёлкино Пётр Йовчев заявил: «Дорогу откроют в срок».",
    "Ο δήμαρχος Οδυσσέας είπε: «ΟΔΟΣ ΤΗΣ ΕΛΠΙΔΑΣ είναι ο δρόμος μας».",
    "市长李明表示：“新桥将于五月开工。”他说。", "町長は「橋は必要だ」と語った。カタカナ ｶﾀｶﾅ が", "시장은 \"다리가 필요하다\"고 말했다. 각각",
    "قال رئيس البلدية: «سَيُفْتَحُ الجسر في مايو»، وأضاف ١٢٣.", "हिन्दी में महापौर ने कहा: \"पुल बनेगा\" १२",
    "נָשִׂיא העיר אמר: \"הגשר ייפתח\".",
    "\uf900\ufa0e\U0002f800\U00020000a\u3400b 漢a字1",
    # symbols
    "Great news 🙂👍🏽 for 🇫🇷 and 👩‍👩‍👧!", "Up ½ or ¼ of 3⁄4; x² + y² ≠ z³ ≥ 5°C, №7 ™ © €5.50 $3 £2 50%",
    "ﬁnance oﬀice ﬂow ǆ ǅ Ǆ Ⅷ ⅷ ⑦",
    "ＦＵＬＬ　ｗｉｄｔｈ　１２３！", "a\u00a0b\u202fc\u2009d\u3000e\u1680f\u2029g\u0085h\u000bi",
    "bell\u0007 es\u001bc \u007fdel \u0001\u001f\ufffd\ue000 end",
    "\u037e \u1fef \u00b4a \u00a8b \u0344c \u1fbf",
    "dots... dash\u2014dash\u2013dash\u2010hyphen-ated under_score a/b\\c <p> {x} [y] ~ ^ | `q`",
    # words that are too long or do not divide
    "a" * 100, "a" * 101, "é" * 100 + " " + "é" * 101, "e\u0301" * 100,
    "Donaudampfschifffahrtsgesellschaftskapitaensanwaerterprüfung",
    "antidisestablishmentarianism unfathomableness zqxjkvbq", "ab🙂cd ☃x x☃ \U0001d54f\U0001d550 \u16a0\u16a1",
    "각" * 34 + " " + "각" * 33,
    # shapes
    "a A AA Aa aA AaA McKay eBay NASA's iPhone15 15 1st F16 1A ١A ÉCOLE École éCOLE ß ẞ ª Ⅳ ʰ ǅ -- Dž",
    # quotation marks
    "\"It works,\" she said. \"It does,\" he said.",
    "He said “it works” and «it does» and »it did« and „it will“ and „or not”.",
    "‹single› and ›turned‹ and ‚low‘ and ‘curly’ and 'straight' ones.",
    "“Outer ‘inner’ and 'inner' outer,” she said.",
    "‘Outer “inner” outer,’ she said. 'Outer \"inner\" outer.'",
    "„Außen ‚innen‘ außen“, sagte sie. «dehors ‹dedans› dehors»",
    "It’s the ’90s and the '90s: rock 'n' roll, rock ’n’ roll, James' car, James’ car, o'clock.",
    "'Tis James' turn, he said: 'it's James’ turn'. The dogs' 'bark'.",
    "A stray \" in a line and an end\" too. “Never closed here.\nNext \"fine\".",
    "He said \"one \"two\" three\" and \"four\n\"Five,\" she said.",
    "\" spaced \" and “ spaced ” and \"\" and “” and «» and ''.",
    "“Runs on for a paragraph.\n\n“And is closed here,” she said.",
    "She said “it runs on.\n\n“And is closed here.” Then no more.",
    "She said “it is stray here.\n\nNo mark opens this one.” Then no more.",
    "\"Begins its paragraph and never ends\n\nOutside again.",
    " \u00a0\u001f\"Begins after blanks\nx \"does not\n \n  “but here",
    "\"Tagged,\" he said, \"and tagged again\nplain 'left open\nplain' end",
    "»Deutsch«, sagte er, »und „innen“ weiter«. «Suisse» ‟old” ‟x",
    "\"a\"b \"c\"\"d\" e\"f \"g h\"i \"j“ „k\" «l“ “m» “n «o „p” ‟q\"", "x\"\r\n\"y\r\n'z'\r\n‘\r\n’",
    "l’“homme”, d'«or» (‘a’) ‘(b)’ '(c)' [“d”]—“e”—f",
    "”not open” he said, ”nor this”.", "He said 'not ' yet' and ‘not ’ yet’.", "x ›not open› and ’nor this’.",
    "‛Reversed‛ marks ‘are ‛ no’ marks ‛.", "“‛odd‛” '‛x‛'",
    "The 6' 2\" guard said 5'10\" was “short” for the ’80s’ teams.",
]


def encode(text, has_title, vocab, reference):
    at = [0]
    for ch in text:
        at.append(at[-1] + len(ch.encode()))
    word_list = words.words(text)
    ids = [words.pieces(norm, vocab) for _, _, norm in word_list]
    expected = reference.encode(text, add_special_tokens=False).ids
    if [i for p in ids for i in p] != expected:
        raise SystemExit(f"golden_words: the reference tokenises otherwise: {text!r}")
    features = words.features(text, word_list, has_title)
    rows = [[at[s], at[e], *f, p] for (s, e, _), f, p in zip(word_list, features, ids)]
    return {"text": text, "has_title": has_title, "words": rows}


def main():
    vocab, _ = base.load()
    reference = Tokenizer.from_file(os.path.join(base.folder(), "tokenizer.json"))
    reference.no_truncation()
    reference.no_padding()
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    out = os.path.join(root, "test", "golden", "words.jsonl")
    os.makedirs(os.path.dirname(out), exist_ok=True)
    rows = [encode(t, True, vocab, reference) for t in TITLED] + [encode(t, False, vocab, reference) for t in PLAIN]
    with open(out, "w", encoding="ascii") as f:
        for row in rows:
            f.write(json.dumps(row, separators=(",", ":")) + "\n")
    print(f"{out}: {len(rows)} texts, {sum(len(r['words']) for r in rows)} words")


if __name__ == "__main__":
    main()
