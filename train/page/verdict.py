#!/usr/bin/env python3
"""Works out the weights by which src/page/verdict.c tells pages that hold an article from lists of other pages or goods.

usage: train/page/verdict.py PAGE-SIGNS DATA [TABLE]

PAGE-SIGNS is the program build/train/page/page-signs; DATA holds wcxb-articles/html, multilingual/html (pages with an article) and
wcxb-listings/html (pages without). Logistic regression on standardised signs, nothing but the standard library. Prints what ten-fold
cross-validation says at several limits, then writes the table (src/page/verdict_weights.inc) from all pages: each sign's weight, and
its mean over the pages with an article, which a page is compared with when the verdict names its chief reason.
"""
import hashlib
import math
import os
import subprocess
import sys

ARTICLES, OTHERS, LISTS = "wcxb-articles", "multilingual", "wcxb-listings"
FOLDS, RIDGE = 10, 10.0
COST = 3  # a refused article, whose whole text is lost, weighs as much as this many lists that are taken for articles


def read(program, folder):
    lines = subprocess.run([program, folder], check=True, capture_output=True, text=True).stdout.splitlines()
    names = lines[0].split("\t")[1:]
    return names, [(os.path.basename(f[0]), [float(x) for x in f[1:]]) for f in (x.split("\t") for x in lines[1:])]


def solve(a, b):
    """Gauss elimination; `a` is symmetric and positive."""
    n = len(b)
    rows = [list(r) + [y] for r, y in zip(a, b)]
    for i in range(n):
        pivot = rows[i][i]
        for j in range(i + 1, n):
            factor = rows[j][i] / pivot
            if factor:
                rows[j] = [x - factor * y for x, y in zip(rows[j], rows[i])]
    out = [0.0] * n
    for i in reversed(range(n)):
        out[i] = (rows[i][n] - sum(rows[i][j] * out[j] for j in range(i + 1, n))) / rows[i][i]
    return out


def fit(pages, labels):
    """Newton's method; the last weight is the bias. Returned weights are for signs as they are, not standardised."""
    n = len(pages[0])
    mean = [sum(p[j] for p in pages) / len(pages) for j in range(n)]
    spread = [math.sqrt(sum((p[j] - mean[j]) ** 2 for p in pages) / len(pages)) or 1.0 for j in range(n)]
    rows = [[(p[j] - mean[j]) / spread[j] for j in range(n)] + [1.0] for p in pages]
    w = [0.0] * (n + 1)
    for _ in range(12):
        gradient = [-RIDGE * x for x in w[:n]] + [0.0]
        hessian = [[0.0] * (n + 1) for _ in range(n + 1)]
        for j in range(n):
            hessian[j][j] = RIDGE
        for row, label in zip(rows, labels):
            p = 1 / (1 + math.exp(-max(-30.0, min(30.0, sum(x * y for x, y in zip(w, row))))))
            h = p * (1 - p)
            for j, x in enumerate(row):
                gradient[j] += (label - p) * x
                if x and h > 1e-9:
                    hx, line = h * x, hessian[j]
                    for k in range(j, n + 1):
                        line[k] += hx * row[k]
        for j in range(n + 1):
            for k in range(j):
                hessian[j][k] = hessian[k][j]
        w = [x + d for x, d in zip(w, solve(hessian, gradient))]
    scaled = [w[j] / spread[j] for j in range(n)]
    return scaled + [w[n] - sum(s * m for s, m in zip(scaled, mean))]


def score(w, page):
    return sum(x * y for x, y in zip(w, page)) + w[-1]


def fold_of(name):
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % FOLDS


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    sets, pages, labels, groups, folds = {}, [], [], [], []
    for group in (ARTICLES, OTHERS, LISTS):
        names, sets[group] = read(sys.argv[1], os.path.join(sys.argv[2], group, "html"))
        for name, signs in sets[group]:
            pages.append(signs)
            labels.append(group == LISTS)
            groups.append(group)
            folds.append(fold_of(name))
    scores = [0.0] * len(pages)
    for fold in range(FOLDS):
        inside = [i for i, f in enumerate(folds) if f != fold]
        w = fit([pages[i] for i in inside], [labels[i] for i in inside])
        for i, f in enumerate(folds):
            if f == fold:
                scores[i] = score(w, pages[i])
    of = {g: sorted((s for s, x in zip(scores, groups) if x == g), reverse=True) for g in sets}

    def refused(at):
        return {g: sum(s > at for s in of[g]) for g in of}

    def worth(at):
        n = refused(at)
        return n[LISTS] - COST * (n[ARTICLES] + n[OTHERS])

    limits = [of[ARTICLES][k] + 1e-9 for k in range(40)]
    limit = max(limits, key=worth)
    print("cross-validation: articles refused, other pages with an article refused, lists refused, right of articles and lists")
    for at in limits[:16]:
        n = refused(at)
        share = 100 * (len(of[ARTICLES]) - n[ARTICLES] + n[LISTS]) / (len(of[ARTICLES]) + len(of[LISTS]))
        print(f"  limit {at:6.2f}: {n[ARTICLES]:4} {n[OTHERS]:4} {n[LISTS]:4}  {share:.2f} %{' <' if at == limit else ''}")
    if len(sys.argv) < 4:
        return
    w = fit(pages, labels)
    articles = [p for p, x in zip(pages, labels) if not x]
    with open(sys.argv[3], "w", encoding="utf-8") as f:
        f.write("/* Written by train/page/verdict.py: sign, weight, mean over the pages with an article. A page whose sum and bias\n")
        f.write(" * are above 0 is a list. */\n")
        f.write(f"#define HS_VERDICT_BIAS {w[-1] - limit:.4f}\n/* clang-format off */\n#define HS_VERDICT_WEIGHTS(X) \\\n")
        rows = [f"    X({name}, {w[j]:.4f}, {sum(p[j] for p in articles) / len(articles):.4f})" for j, name in enumerate(names)]
        f.write(" \\\n".join(rows) + "\n/* clang-format on */\n")


if __name__ == "__main__":
    main()
