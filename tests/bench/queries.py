#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Draws queries from a corpus: queries.py [-n N] [--seed S] [--stop] FILE.jsonl...

One "kind TAB query" a line: words alone, in twos and fours, phrases of two and
three, and boolean ones, in equal parts. Each is drawn from the text of one
article taken at random, so frequent words come more often, as they do in life.
Function words are left out of the single words unless --stop is given; phrases
hold whatever stood in the text.
"""
import argparse
import json
import random
import re

WORD = re.compile(r"[A-Za-z]{3,}")
STOP = set("""the and for that with was are this from which have has had not his her its they their them been
were would will could should may but our you your who whom what when where than then there these those one
any all also into upon about after before between under over such some other more most said""".split())
KINDS = ["one", "two", "four", "phrase2", "phrase3", "boolean"]


def load(paths):
    texts = []
    for path in paths:
        with open(path, encoding="utf-8") as f:
            for line in f:
                a = json.loads(line)
                words = WORD.findall((a.get("title") or "") + " . " + (a.get("body") or ""))
                if len(words) >= 20:
                    texts.append(a.get("body") or "")
    return texts


def draw(rng, texts, kind, stop):
    """A query of this kind, or None if the article has nothing for it."""
    text = rng.choice(texts)
    if kind.startswith("phrase"):
        n = int(kind[-1])
        runs = re.findall(r"(?:[A-Za-z]+ ){%d}[A-Za-z]+" % (n - 1), text)
        return '"%s"' % rng.choice(runs).lower() if runs else None
    words = [w.lower() for w in WORD.findall(text)]
    if not stop:
        words = [w for w in words if w not in STOP]
    n = {"one": 1, "two": 2, "four": 4, "boolean": 3}[kind]
    if len(set(words)) < n:
        return None
    chosen = []
    while len(chosen) < n:
        w = rng.choice(words)
        if w not in chosen:
            chosen.append(w)
    if kind != "boolean":
        return " ".join(chosen)
    shape = rng.choice(["{0} AND {1}", "{0} NOT {1}", "({0} OR {1}) AND {2}", "{0} AND {1} AND {2}"])
    return shape.format(*chosen)


def make(paths, n, seed, stop=False):
    rng = random.Random(seed)
    texts = load(paths)
    out = []
    while len(out) < n:
        kind = KINDS[len(out) % len(KINDS)]
        query = draw(rng, texts, kind, stop)
        if query:
            out.append((kind, query))
    return out


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("-n", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1815)
    parser.add_argument("--stop", action="store_true")
    parser.add_argument("files", nargs="+")
    opt = parser.parse_args()
    for kind, query in make(opt.files, opt.n, opt.seed, opt.stop):
        print("%s\t%s" % (kind, query))


if __name__ == "__main__":
    main()
