#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Who said what: how often quotations are given to the right speaker, on those
of tests/data/quotes.labels. A speaker is right that overlaps the one labelled,
or ends in the same word (Akturk for Rear Admiral Zeki Akturk). Precision is
over all to whom a quotation was given, those that nobody is named for included;
recall over all that somebody is named for. It fails only far below what was
measured when the rules were written."""
import os
import sys

from harness import BUILDDIR, SAMPLE, SHARED, SRCDIR, Tap, corpus, run

LABELS = os.path.join(SRCDIR, "tests", "data", "quotes.labels")
PRECISION, RECALL = 0.75, 0.65   # the floor


def unescape(text):
    out, at = [], 0
    while at < len(text):
        if text[at] != "\\":
            out.append(text[at])
            at += 1
        elif text[at + 1] == "x":
            out.append(chr(int(text[at + 2:at + 4], 16)))
            at += 4
        else:
            out.append({"n": "\n", "t": "\t", "r": "\r"}.get(text[at + 1], text[at + 1]))
            at += 2
    return "".join(out)


def read_labels():
    labels = []
    with open(LABELS, encoding="utf-8") as f:
        for line in f:
            if line.startswith("#"):
                continue
            parts = line.rstrip("\n").split("\t")
            at = [int(p) for p in parts[1:]]
            labels.append((parts[0], at[0], at[1], list(zip(at[2::2], at[3::2]))))
    return labels


def read_found(paths, wanted):
    """Bodies of the articles WANTED, and where their quotations and speakers are."""
    done = run([os.path.join(BUILDDIR, "tests/e2e/list_quotes"), *paths])
    assert done.returncode == 0, done.stderr
    bodies, found = {}, {}
    for line in done.stdout.split("\n"):
        parts = line.split("\t")
        if len(parts) < 3 or parts[1] not in wanted:
            continue
        if parts[0] == "B":
            bodies[parts[1]] = unescape(parts[2]).encode()
        elif parts[0] == "Q":
            found[(parts[1], int(parts[2]), int(parts[3]))] = (int(parts[4]), int(parts[5]))
    return bodies, found


def last_word(text):
    words = text.decode(errors="replace").lower().replace("’s", "").replace("'s", "").split()
    return words[-1].strip(".,") if words else ""


def right(body, got, labels):
    return any(end and got[1] and (got[0] < end and start < got[1] or
                                   last_word(body[got[0]:got[1]]) == last_word(body[start:end]))
               for start, end in labels)


def measure(name, labels, bodies, found):
    named = given = good = 0
    for id_, start, end, speakers in labels:
        got = found.get((id_, start, end), (0, 0))
        named += speakers[0][1] > 0
        given += got[1] > 0
        good += right(bodies[id_], got, speakers)
    precision, recall = good / max(given, 1), good / max(named, 1)
    print("# %-14s %3d quotations, %3d with a speaker, %3d given one: precision %.2f, recall %.2f" % (
        name, len(labels), named, given, precision, recall))
    return precision, recall


def main():
    tap = Tap()
    labels = read_labels()
    parts = [("reuters", corpus("reuters.jsonl.gz"), "reuters/"), ("frus", corpus("frus.jsonl.gz"), "frus"),
             ("time", corpus("time.jsonl.gz"), "time/"), ("sample", SAMPLE, ("20", "briefs/")),
             ("seed-article", os.path.join(SHARED, "seed-article.txt"), "seed-")]
    parts = [p for p in parts if p[1] and os.path.exists(p[1])]
    bodies, found = read_found([p[1] for p in parts], {label[0] for label in labels})
    for name, _, begin in parts:
        measure(name, [x for x in labels if x[0].startswith(begin)], bodies, found)
    labels = [x for x in labels if x[0] in bodies]
    if len(parts) < 5:
        tap.skip("precision and recall", "without the shared corpora")
    else:
        precision, recall = measure("all", labels, bodies, found)
        tap.ok(len(labels) >= 150, "150 quotations at least", len(labels))
        tap.ok(precision >= PRECISION, "precision of attribution", precision)
        tap.ok(recall >= RECALL, "recall of attribution", recall)
    tap.done()


if __name__ == "__main__":
    sys.exit(main())
