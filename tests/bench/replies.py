#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether two builds answer alike: seeded requests of every kind, and what
each build replies to them, to the byte but for figures of time.

replies.py record --bin DIR --index INDEX --requests FILE --replies FILE
replies.py draw --corpora DIR [-n N] [--seed S] > FILE
replies.py compare OLD NEW [--show N]

INDEX is one that the same build made of the same articles, since an index is
refused by a build whose analysis differs. compare prints a table of how many
replies differ, by verb, and the first of them whole; its status is 1 if any does.
"""
import argparse
import collections
import gzip
import json
import os
import random
import re
import socket
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import queries  # noqa: E402

TIME = re.compile(r" us=\d+|\"us\": ?\d+,?")
FUNCTION = "the of to and in a for that on with".split()
FIELDS = """title:{0} lead:{0} source:reuters place:washington place:london person:kissinger org:opec topic:trade
 country:turkey country:france org:un office:president weapon:f-16 date:1987 date:1969..1972 since:1987-06 lang:en
 section:{0} speaker:nixon voice:quoted voice:reporter""".split()


def unit(rng, word):
    """One of a query's parts, from the words of a text."""
    a, b, c = word(), word(), word()
    return rng.choice([
        a, a, a, '"%s %s"' % (a, b), "=%s" % a, "%s*" % a[:max(3, len(a) - 2)], a.capitalize(), a.upper(),
        "%s NEAR/%d %s" % (a, rng.choice([1, 3, 8, 40]), b), "%s ADJ/%d %s" % (a, rng.choice([1, 2, 6]), b),
        "%s NEAR/20 %s NEAR/20 %s" % (a, b, c), "%s SAME/S %s" % (a, b), "%s SAME/P %s" % (a, b),
        '"%s %s" NEAR/15 %s' % (a, b, c), "atleast/2 %s" % a, "(%s OR %s)" % (a, b), "%s AND %s" % (a, b),
        "%s NOT %s" % (a, b), "+%s %s" % (a, b), "-%s %s" % (a, b), rng.choice(FIELDS).format(a),
        a[:-2] + a[-1:] + a[-2:-1] if len(a) > 4 else a])


def query(rng, texts):
    text = rng.choice(texts)
    words = queries.WORD.findall(text)
    telling = [w.lower() for w in words if w.lower() not in queries.STOP] or ["treaty"]
    word = lambda: rng.choice(telling) if rng.random() < 0.9 else rng.choice(FUNCTION)
    if rng.random() < 0.25:
        at = rng.randrange(max(1, len(words) - 4))
        run = " ".join(words[at:at + rng.choice([2, 3, 4])])
        return '"%s"' % run if rng.random() < 0.5 else run
    return " ".join(unit(rng, word) for _ in range(rng.choice([1, 1, 2, 2, 3, 4])))


def options(rng, *more):
    """At most two options, each key once."""
    some = ["match=" + rng.choice(["any", "all"]), "alias=0", "correct=0", "collapse=0", "meto=1", "from=1970", "to=1987-03", "format=json"]
    more = [m for m in more if m != rng.choice(["sort=date", "sort=-date"])]
    picked = rng.sample(some + list(more), rng.choice([0, 0, 1, 1, 2]))
    return "".join(p + " " for p in picked)


def request(rng, verb, articles):
    ids, texts = articles
    if verb in ("GET", "VERSIONS"):
        return "%s %s" % (verb, rng.choice(ids))
    if verb == "SUGGEST":
        word = rng.choice(queries.WORD.findall(rng.choice(texts)))
        return "SUGGEST limit=%d -- %s" % (rng.choice([5, 10]), word[:rng.randint(2, 6)])
    q = query(rng, texts)
    if verb == "SEARCH":
        return "SEARCH %s-- %s" % (options(rng, "limit=30", "offset=10", "sort=date", "sort=-date", "rank=recent",
                                           "snippets=0", "mark=[,]"), q)
    if verb == "QUOTES":
        return "QUOTES %s%s-- %s" % (options(rng, "limit=30", "sort=-date"), rng.choice(["", "speaker=nixon ", "speaker=reagan "]), q)
    if verb == "EXPLAIN" and rng.random() < 0.5:
        at = rng.randrange(len(ids))
        return "EXPLAIN id=%s -- %s" % (ids[at], query(rng, texts[at:at + 1]))
    return "%s %s-- %s" % (verb, options(rng) if verb == "COUNT" else "", q)


VERBS = ["SEARCH"] * 5 + ["COUNT"] * 2 + ["QUOTES", "SUGGEST", "EXPLAIN", "VERSIONS", "GET"]


def draw(opt):
    rng = random.Random(opt.seed)
    texts, ids = [], []
    for name in ("frus", "reuters", "time"):
        with gzip.open(os.path.join(opt.corpora, name + ".jsonl.gz"), "rt", encoding="utf-8") as f:
            for line in f:
                a = json.loads(line)
                if len(a.get("body") or "") > 200:
                    ids.append(a["id"])
                    texts.append(a["body"])
    for i in range(opt.n):
        print(request(rng, VERBS[i % len(VERBS)], (ids, texts)))


def record(opt):
    path = opt.replies + ".socket"
    daemon = subprocess.Popen([os.path.join(opt.bin, "dragomand"), "-d", opt.index, "--socket", path],
                              stderr=subprocess.PIPE, text=True)
    try:
        while "ready on" not in (line := daemon.stderr.readline()):
            if not line:
                raise SystemExit("the daemon did not start")
        c = socket.socket(socket.AF_UNIX)
        c.connect(path)
        stream = c.makefile("rwb")
        stream.readline()
        with open(opt.requests, encoding="utf-8") as asked, open(opt.replies, "w", encoding="utf-8") as out:
            for line in asked:
                stream.write(line.encode())
                stream.flush()
                rows = []
                while True:
                    row = stream.readline().decode()
                    rows.append(TIME.sub("", row))
                    if row.startswith(". ") or not row or row.startswith("{") and json.loads(row)["t"] == ".":
                        break
                out.write(json.dumps([line.strip(), "".join(rows)], ensure_ascii=False) + "\n")
                if rows[-1].startswith(". 5") and opt.bad:
                    print(line.strip(), rows[-1].strip(), sep="\t")
    finally:
        daemon.terminate()
        daemon.wait()


def compare(opt):
    asked, differ = collections.Counter(), collections.Counter()
    shown = 0
    with open(opt.old, encoding="utf-8") as a, open(opt.new, encoding="utf-8") as b:
        for one, two in zip(a, b, strict=True):
            (request_a, old), (request_b, new) = json.loads(one), json.loads(two)
            if request_a != request_b:
                raise SystemExit("the two were asked different requests")
            verb = request_a.split(" ")[0]
            asked[verb] += 1
            if old == new:
                continue
            differ[verb] += 1
            if shown < opt.show:
                shown += 1
                print("%s\n%s" % (request_a, "".join(
                    "%s %s" % (sign, row) for sign, row in changed(old.splitlines(True), new.splitlines(True)))))
    print("%-10s %8s %8s" % ("verb", "asked", "differ"))
    for verb in sorted(asked):
        print("%-10s %8d %8d" % (verb, asked[verb], differ[verb]))
    print("%-10s %8d %8d" % ("all", sum(asked.values()), sum(differ.values())))
    sys.exit(1 if differ else 0)


def changed(old, new):
    """The rows of which the other reply has none: ("-" or "+", row)."""
    yield from (("-", row) for row in old if row not in new)
    yield from (("+", row) for row in new if row not in old)


def main():
    parser = argparse.ArgumentParser()
    verbs = parser.add_subparsers(required=True)
    p = verbs.add_parser("draw")
    p.set_defaults(run=draw)
    p.add_argument("-n", type=int, default=3000)
    p.add_argument("--seed", type=int, default=1815)
    p.add_argument("--corpora", required=True)
    p = verbs.add_parser("record")
    p.set_defaults(run=record)
    for name in ("--bin", "--index", "--requests", "--replies"):
        p.add_argument(name, required=True)
    p.add_argument("--bad", action="store_true", help="print the requests that are refused")
    p = verbs.add_parser("compare")
    p.set_defaults(run=compare)
    p.add_argument("old")
    p.add_argument("new")
    p.add_argument("--show", type=int, default=5)
    opt = parser.parse_args()
    opt.run(opt)


if __name__ == "__main__":
    main()
