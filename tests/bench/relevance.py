#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""How good the ranking is: dragomand over its socket, on judged topics and on
known items.

relevance.py --bin DIR --corpora DIR --work DIR [--against DIR] [--whole] [-n N] [--seed S]

FRUS-index: the headings of the printed indexes of FRUS' volumes as topics, each asked of its volume,
against the documents that the editors named there; the index holds all corpora. The drawn ones, with --whole
all. TIME: an index of that collection alone, its topics as plain words. Headlines: the words of N headlines, each
one's article as the only answer; known items: the same of articles that were indexed without their headlines.

With --against, the daemon and indexer of another build are asked the same; the table then ends with the difference of
the means of average precision (reciprocal rank of one answer is the same), with its 95 % interval by topic.
Rankings are left in WORK as SET.run: topic, TAB, ids."""
import argparse
import json
import os
import re
import socket
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import judged  # noqa: E402
import search  # noqa: E402

DEPTH = 100
DEPTH_TIME = 423   # all of it


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


class Side:
    """One build, and the indexes that it makes."""

    def __init__(self, binaries, work):
        self.binaries, self.work = binaries, work
        os.makedirs(work, exist_ok=True)

    def index(self, name, path):
        index = os.path.join(self.work, "relevance-" + name)
        done = subprocess.run([os.path.join(self.binaries, "dragoman-index"), "build", "-q", "-d", index, path],
                              stderr=subprocess.PIPE, text=True)
        if done.returncode not in (0, 65):   # Reuters has articles without a text
            sys.exit(done.stderr)
        return index

    def answers(self, index, name, topics):
        """Of each topic its measures, and the microseconds that it took."""
        out = []
        with tempfile.TemporaryDirectory() as folder, open(os.path.join(self.work, name + ".run"), "w") as run:
            proc, path = search.start_daemon(os.path.join(self.binaries, "dragomand"), index, folder)
            asker = Asker(path)
            for topic, _, query, answer in topics:
                found, us = asker.ids(query, DEPTH_TIME if name == "TIME" else DEPTH)
                run.write("%s\t%s\n" % (topic, " ".join(found)))
                out.append(judged.measure(found, answer) + (us,))
            proc.terminate()
            proc.wait()
        return out


def write_corpora(opt):
    """The corpora as three files: all, with FRUS' volumes as topics; all without headlines; TIME alone."""
    paths = {name: os.path.join(opt.work, "relevance-%s.jsonl" % name) for name in ("all", "bare", "time")}
    with open(paths["all"], "w") as whole, open(paths["bare"], "w") as bare, open(paths["time"], "w") as time:
        for name in ("frus", "reuters", "time"):
            for a in judged.articles(opt.corpora, name):
                if name == "time":
                    time.write(json.dumps(a) + "\n")
                if name == "frus":
                    a["topics"] = a.get("topics", []) + [judged.volume_of(a["id"])]
                whole.write(json.dumps(a) + "\n")
                if name != "time" and (a.get("body") or "").strip():
                    a.pop("title", None)
                    bare.write(json.dumps(a) + "\n")
    return paths


def table(name, topics, sides):
    print("\n%-22s %6s %s %9s%s" % ((name, "topics", " ".join("%8s" % m for m in judged.MEASURES), "us/query",
                                     "  MAP against the other build" if len(sides) > 1 else "")))
    for kind in ["all"] + sorted({kind for _, kind, _, _ in topics}):
        at = [i for i, topic in enumerate(topics) if kind in ("all", topic[1])]
        means = [sum(sides[0][i][m] for i in at) / len(at) for m in range(len(judged.MEASURES) + 1)]
        line = "%-22s %6d %s %9.0f" % (kind, len(at), " ".join("%8.4f" % m for m in means[:-1]), means[-1])
        if len(sides) > 1:
            line += "  %+.4f +- %.4f" % judged.interval([sides[0][i][0] - sides[1][i][0] for i in at])
        print(line, flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", required=True)
    parser.add_argument("--against")
    parser.add_argument("--corpora", required=True)
    parser.add_argument("--work", required=True)
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("-n", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1815)
    opt = parser.parse_args()
    if not os.path.exists(os.path.join(opt.corpora, "frus-index")):
        print("1..0 # SKIP no corpora at %s" % opt.corpora)
        return
    os.makedirs(opt.work, exist_ok=True)
    paths = write_corpora(opt)
    sides = [Side(opt.bin, opt.work)] + ([Side(opt.against, os.path.join(opt.work, "against"))] if opt.against else [])
    drawn = list(judged.headlines(opt.corpora, opt.n, opt.seed))
    sets = (("FRUS-index", "all", list(judged.frus_index(opt.corpora, opt.whole))),
            ("headlines", "all", drawn), ("known items", "bare", drawn), ("TIME", "time", list(judged.time_topics(opt.corpora))))
    indexes = {name: [side.index(name, path) for side in sides] for name, path in paths.items()}
    for name, index, topics in sets:
        table(name, topics, [side.answers(i, name.replace(" ", "-"), topics) for side, i in zip(sides, indexes[index])])


if __name__ == "__main__":
    main()
