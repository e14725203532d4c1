#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Growth: articles and requests at random from pathological parts, in sizes that
double. The CPU time of the programs may grow as the size does; where it grows
as a square would, in every one of several tries, the part is told. Requests
are answered within their deadline, or with 451.

HOSTILE_SECONDS (20) says for how long, SEED repeats a run."""
import json
import os
import random
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "e2e"))
from harness import Daemon, Tap, index_build, program, run, tempdir  # noqa: E402

tap = Tap()
SECONDS = float(os.environ.get("HOSTILE_SECONDS", "20"))
SEED = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(1, 1 << 31)
SIZES = (32 << 10, 256 << 10)   # bytes: eight times as much takes eight times as long, or sixty-four times
FACTOR = SIZES[1] / SIZES[0]
STEEP = FACTOR ** 1.6           # growth that is told
LEAST = 0.3                     # seconds: less is noise
TRIES = 3

# Each stands for a stage of the analysis that would have to do with it.
ARTICLE_PARTS = (
    '"x" ', '"a ', '" ', "“x” ", "“", "”", "‘it’ ", "he said ", '"Never," he said. ', "though Brandt said it then ",
    "John Smith ", "Mr. John Smith said ", "Smith, ", "the minister ", "President Ford and ", "U.S. ", "U.S.A.F. ", "a. ",
    "Mr. ", "No. 5 ", "1. ", "(NATO) ", "North Atlantic Treaty Organization (NATO) ", "NATO (N. A. T. O.) ", "(", ") ", "AAA (AAA) ",
    "a-", "F-35", "F-35 ", "a-b ", "-", "x", "é", "e\u0301", "\u0301", "İ", "ß", "漢", "漢字 ", "Турция ", "١", "😀", "1", "1,",
    "Ankara ", "Türkiye and ", "CAATSA ", "the ", "elm ", ". ", "! ", ".\n", "\n\n", "Heading\n\n", "# ", "- ", "\t", "’s ", "'", "&amp;",
    "\u200b", "\u202e", "A", "A ", "Aa ", "AA. ")
QUERY_PARTS = (
    "elm ", "the ", "elm NEAR/99 ", "the NEAR/99 ", "elm ADJ/99 ", "the SAME/S ", "elm SAME/P ", "(elm ", "(elm OR ", "elm OR ",
    "elm AND ", "NOT elm ", "-elm ", "+elm ", "elm* ", "xyl* ", "=elm ", "a-b-", "F-35 ", "title:elm ", "section:elm ", "voice:quoted ",
    "speaker:smith ", "\"elm the elm\" ", "\"elm ", "atleast9(elm) ", "NATO ", "Türkiye ", "person:smith ", "since:9d ", "x", "(", "\"", ")")
VERBS = ("SEARCH limit=5", "SEARCH limit=1000 snippets=0", "SEARCH sort=date", "COUNT", "QUOTES", "EXPLAIN", "EXPLAIN id=a1", "SUGGEST",
         "SEARCH rank=recent", "SEARCH match=all", "SEARCH collapse=0 offset=100 limit=10")


def text_of(parts, size, rng):
    """Text of SIZE bytes: each of PARTS many times, one behind the other or mixed."""
    if rng is None:
        run_of = [p * (size // len(parts) // len(p.encode())) for p in parts]
        return "".join(run_of)
    out, n = [], 0
    while n < size:
        part = rng.choice(parts)
        out.append(part)
        n += len(part.encode())
    return "".join(out)


def cpu(argv):
    """Seconds of CPU that the program took."""
    before = os.times()
    done = run(argv, timeout=3600)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system, done


class Articles:
    def __init__(self, tmp, rng):
        self.tmp, self.rng, self.tried, self.rows = tmp, rng, 0, []
        self.empty = min(self.once(["x "], 100, None) for _ in range(3))

    def once(self, parts, size, mixed, title=False):
        path = os.path.join(self.tmp, "article.jsonl")
        text = text_of(parts, size, mixed)
        with open(path, "w", encoding="utf-8") as f:
            f.write(json.dumps({"id": "a", "title": text[:2000] if title else "T", "body": text, "lang": "en"}) + "\n")
        took, done = cpu([program("dragoman-index"), "build", "-q", "-j1", "-d", os.path.join(self.tmp, "hostile"), path])
        if done.returncode not in (0, 65):
            raise RuntimeError("%r: exit %d: %s" % (parts, done.returncode, done.stderr))
        return took

    def try_one(self):
        """One mixture; what is wrong with it, or None."""
        parts = self.rng.sample(ARTICLE_PARTS, self.rng.choice((1, 1, 2, 3, 4)))
        seed = self.rng.randrange(1 << 30) if self.rng.random() < 0.5 else None
        self.tried += 1
        for _ in range(TRIES):
            small, large = (max(self.once(parts, s, seed and random.Random(seed)) - self.empty, 0.001) for s in SIZES)
            if large < LEAST or large / small < STEEP:
                break
        else:
            return "%r (%s): %.2f s for %d bytes, %.2f s for %d" % (
                parts, "mixed" if seed else "in runs", small, SIZES[0], large, SIZES[1])
        self.rows.append((large, parts))
        return None


def test_articles(tmp, rng, seconds):
    articles, wrong, end = Articles(tmp, rng), [], time.monotonic() + seconds
    while time.monotonic() < end and len(wrong) < 5:
        bad = articles.try_one()
        wrong += [bad] if bad else []
    for took, parts in sorted(articles.rows, reverse=True)[:5]:
        print("# %6.2f s  %r" % (took, parts))
    tap.ok(not wrong and articles.tried, "%d kinds of articles take time by their size" % articles.tried, "\n".join(wrong))


def make_index(tmp, rng):
    path = os.path.join(tmp, "requests.jsonl")
    with open(path, "w", encoding="utf-8") as f:
        for i in range(60):
            body = text_of(["elm ", "the ", "“elm the elm,” John Smith said. ", "xylophone ", "F-35 ", "a-b ", ".\n\n"], 20000, rng)
            f.write(json.dumps({"id": "a%d" % i, "title": "elm the %d" % i, "body": body, "date": "2025-03-27"}) + "\n")
    return index_build(tmp, [path])


def test_requests(tmp, rng, seconds):
    end, asked, late, wrong, most = time.monotonic() + seconds, 0, 0, [], 0
    with Daemon(tmp, make_index(tmp, rng), ["--workers", "2", "--deadline", "1"]) as d, d.connect() as c:
        while time.monotonic() < end and len(wrong) < 5:
            size = rng.choice((100, 1000, 3000, 6000))
            rest = text_of(rng.sample(QUERY_PARTS, rng.choice((1, 1, 2, 3, 4))), size, rng if rng.random() < 0.5 else None)
            if rng.random() < 0.7:
                rest += "elm" + ")" * min(rest.count("("), 40)
            line = "%s -- %s" % (rng.choice(VERBS), rest)
            begin = time.monotonic()
            reply = c.ask(line)
            took = time.monotonic() - begin
            asked += 1
            if reply is None:
                wrong.append("the connection ended: " + line)
                break
            late += reply.code == 451
            most = max(most, took)
            if reply.code not in (250, 451, 504, 510, 550, 552):
                wrong.append("%r: %s" % (reply, line))
            if asked % 7 == 0:
                assert c.ask("PING").code == 250     # ten errors in a row would end the connection
    print("# %d requests, %d of them 451; the longest took %.3f s of 1" % (asked, late, most))
    tap.ok(not wrong and asked, "%d requests are answered" % asked, "\n".join(wrong))


print("# SEED=%d HOSTILE_SECONDS=%g" % (SEED, SECONDS))
for test in (test_articles, test_requests):
    with tempdir(True) as folder:
        test(folder, random.Random(SEED), SECONDS / 2)
tap.done()
