#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""How good the ranking is: dragomand over its socket, on judged topics and on
known items.

relevance.py --bin DIR --corpora DIR --work DIR [-n N] [--seed S] [--depth D]

TIME: an index of the TIME collection alone; its topics as plain words (small
letters, without the marks around words), against its relevance judgements, to
depth D. Known items: FRUS and Reuters, indexed without their headlines; the words
of N headlines as queries, each one's article as the only answer.
"""
import argparse
import gzip
import json
import math
import os
import random
import re
import socket
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import search  # noqa: E402

HEADLINE_WORDS = 4   # a headline with fewer names no article


def plain(text):
    """TEXT as words that the query language reads as nothing else."""
    words = (re.sub(r"^\W+|\W+$", "", word) for word in text.lower().split())
    return " ".join(re.sub(r"[^\w.'-]", " ", word) for word in words if word)


class Asker:
    def __init__(self, path):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(path)
        self.file = self.sock.makefile("r", encoding="utf-8", newline="\n")
        self.file.readline()

    def ids(self, query, depth):
        """The ids of the first DEPTH articles, and the microseconds that they took."""
        self.sock.sendall(("SEARCH limit=%d snippets=0 collapse=0 -- %s\n" % (depth, query)).encode())
        found = []
        for line in self.file:
            if line.startswith("R\t"):
                found.append(line.split("\t")[2])
            elif line.startswith(". "):
                if not line.startswith(". 250 "):
                    sys.exit("%s: %s" % (query, line.strip()))
                return found, int(re.search(r" us=(\d+)", line).group(1))
        sys.exit("the daemon hung up")


class Daemon:
    def __init__(self, opt, index):
        self.folder = tempfile.TemporaryDirectory()
        self.proc, path = search.start_daemon(os.path.join(opt.bin, "dragomand"), index, self.folder.name)
        self.asker = Asker(path)

    def __enter__(self):
        return self.asker

    def __exit__(self, *_):
        self.proc.terminate()
        self.proc.wait()
        self.folder.cleanup()


def build(opt, name, paths):
    index = os.path.join(opt.work, name)
    subprocess.run([os.path.join(opt.bin, "dragoman-index"), "build", "-q", "-d", index] + paths, check=True)
    return index


def judge(found, relevant):
    """Average precision, nDCG at 10, precision at 5, recall at 50."""
    at = [i for i, ident in enumerate(found) if ident in relevant]
    gain = sum(1 / math.log2(i + 2) for i in at if i < 10)
    best = sum(1 / math.log2(i + 2) for i in range(min(10, len(relevant))))
    return (sum((n + 1) / (i + 1) for n, i in enumerate(at)) / len(relevant), gain / best,
            sum(i < 5 for i in at) / 5, sum(i < 50 for i in at) / len(relevant))


def mean(values):
    return sum(values) / len(values)


def topics(opt):
    path = os.path.join(opt.corpora, "time.")
    relevant = {}
    with open(path + "qrels", encoding="utf-8") as f:
        for topic, _, ident, grade in (line.split() for line in f):
            if int(grade) > 0:
                relevant.setdefault(topic, set()).add(ident)
    with open(path + "topics.tsv", encoding="utf-8") as f:
        asked = [line.rstrip("\n").split("\t") for line in f]
    with Daemon(opt, build(opt, "relevance-time", [path + "jsonl.gz"])) as asker:
        answers = [asker.ids(plain(text), opt.depth) for _, text in asked]
    rows = [judge(found, relevant[topic]) for (topic, _), (found, _) in zip(asked, answers)]
    print("\n%-22s %6s %8s %6s %6s %9s" % ("TIME", "MAP", "nDCG@10", "P@5", "R@50", "us/query"))
    took = mean([us for _, us in answers])
    for name, part in (("all %d topics" % len(rows), rows), ("every other, first", rows[::2]),
                       ("every other, second", rows[1::2])):
        print("%-22s %6.3f %8.3f %6.3f %6.3f %9s" % ((name,) + tuple(mean(column) for column in zip(*part)) +
                                                     ("%.0f" % took if part is rows else "",)))


def bare_articles(opt, to):
    """Writes the articles without headlines to TO; the headlines that only one article has, by id."""
    by_title = {}
    for name in ("frus", "reuters"):
        with gzip.open(os.path.join(opt.corpora, name + ".jsonl.gz"), "rt", encoding="utf-8") as f:
            for a in map(json.loads, f):
                title = plain(a.pop("title", "") or "")
                if not (a.get("body") or "").strip():
                    continue
                by_title.setdefault(title, []).append(a["id"])
                to.write(json.dumps(a) + "\n")
    return {ids[0]: title for title, ids in by_title.items()
            if len(ids) == 1 and len(title.split()) >= HEADLINE_WORDS}


def known_items(opt):
    path = os.path.join(opt.work, "relevance.jsonl")
    with open(path, "w", encoding="utf-8") as to:
        titles = bare_articles(opt, to)
    drawn = random.Random(opt.seed).sample(sorted(titles), min(opt.n, len(titles)))
    ranks = {}
    with Daemon(opt, build(opt, "relevance-known", [path])) as asker:
        for ident in drawn:
            found, us = asker.ids(titles[ident], 100)
            ranks[ident] = (found.index(ident) + 1 if ident in found else math.inf, us)
    print("\n%-22s %6s %6s %6s %6s %9s" % ("known items", "MRR", "R@1", "R@10", "R@100", "us/query"))
    for name in ("", "frus", "reuters"):
        part = [r for ident, r in ranks.items() if ident.startswith(name)]
        print("%-22s %6.3f %6.3f %6.3f %6.3f %9.0f" %
              (("%s %d" % (name or "all", len(part)), mean([1 / rank for rank, _ in part])) +
               tuple(mean([rank <= k for rank, _ in part]) for k in (1, 10, 100)) + (mean([us for _, us in part]),)))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", required=True)
    parser.add_argument("--corpora", required=True)
    parser.add_argument("--work", required=True)
    parser.add_argument("-n", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1815)
    parser.add_argument("--depth", type=int, default=423)
    opt = parser.parse_args()
    if not os.path.exists(os.path.join(opt.corpora, "time.qrels")):
        print("1..0 # SKIP no corpora at %s" % opt.corpora)
        return
    os.makedirs(opt.work, exist_ok=True)
    topics(opt)
    known_items(opt)


if __name__ == "__main__":
    main()
