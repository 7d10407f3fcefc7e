"""Which blocks of a page are its article's, by the text that people marked: a share for each block, 0 to 1."""
import collections
import re

RUN = 6  # words in a row that are no accident


def words(text):
    return re.findall(r"\w+", (text or "").lower())


def flat(text):
    return re.sub(r"\s+", " ", text or "").strip().lower()


def runs_of(block, gold, places, used, near):
    """Runs of gold words in one block: [(start, end) in gold], each gold word taken once, the nearest to `near` first."""
    runs, i = [], 0
    while i + RUN <= len(block):
        free = [p for p in places.get(tuple(block[i:i + RUN]), ()) if not used[p]]
        if not free:
            i += 1
            continue
        start = min(free, key=lambda p: abs(p - near))
        n = 0
        while i + n < len(block) and start + n < len(gold) and block[i + n] == gold[start + n] and not used[start + n]:
            n += 1
        if n < RUN:
            i += 1
            continue
        runs.append((start, start + n))
        i, near = i + n, start + n
    return runs


def heaviest_chain(anchors, blocks):
    """Of the blocks that were found, those that stand in gold's order: the chain of most words."""
    best, before, order = {}, {}, sorted(anchors)
    for k, b in enumerate(order):
        best[b], before[b] = len(blocks[b]), None
        for a in order[max(0, k - 60):k]:
            if anchors[a][1] <= anchors[b][0] + 2 and best[a] + len(blocks[b]) > best[b]:
                best[b], before[b] = best[a] + len(blocks[b]), a
    chain, at = set(), max(best, key=best.get) if best else None
    while at is not None:
        chain.add(at)
        at = before[at]
    return chain


def shares(texts, main):
    """Long blocks by runs of words; short ones where they stand between the long ones around them."""
    gold, blocks = words(main), [words(t) for t in texts]
    places = collections.defaultdict(list)
    for i in range(len(gold) - RUN + 1):
        places[tuple(gold[i:i + RUN])].append(i)
    used, share, anchors, near = bytearray(len(gold)), [0.0] * len(blocks), {}, 0
    for b, block in enumerate(blocks):
        runs = runs_of(block, gold, places, used, near)
        if not runs:
            continue
        share[b] = sum(z - a for a, z in runs) / len(block)
        if share[b] >= 0.5:
            anchors[b] = (runs[0][0], runs[-1][1])
            near = runs[-1][1]
            for a, z in runs:
                used[a:z] = b"\1" * (z - a)
    chain = heaviest_chain(anchors, blocks)
    following, after = [0] * len(blocks), len(gold)
    for b in range(len(blocks) - 1, -1, -1):
        following[b] = after
        after = anchors[b][0] if b in chain else after
    near = 0
    for b, block in enumerate(blocks):
        if b in chain:
            near = anchors[b][1]
        if b in anchors or not block or share[b]:
            continue
        n = len(block)
        for p in range(near, min(following[b], near + 400) - n + 1):
            if gold[p:p + n] == block and not any(used[p:p + n]):
                share[b], near, used[p:p + n] = 1.0, p + n, b"\1" * n
                break
    return share
