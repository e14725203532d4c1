#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Growth: articles, commits that are watched, and requests, at random from
pathological parts, articles in sizes that double. The CPU time of the programs
may grow as the size does; where it grows as a square would, in every one of
several tries, the part is told. Requests are answered within their deadline, or
with 451. At the end a table: how much longer than its deadline a request of each
verb took at worst, growth for each doubling, and memory.

HOSTILE_SECONDS (20) says for how long, SEED repeats a run."""
import json
import math
import os
import random
import re
import resource
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "e2e"))
from harness import Daemon, Tap, index_build, program, run, tempdir  # noqa: E402

tap = Tap()
SECONDS = float(os.environ.get("HOSTILE_SECONDS", "20"))
SEED = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(1, 1 << 31)
# Bytes: eight times as much takes eight times as long, or sixty-four times.
SIZES = (256 << 10, 2 << 20) if SECONDS > 60 else (32 << 10, 256 << 10)
FACTOR = SIZES[1] / SIZES[0]
STEEP = FACTOR ** 1.6           # growth that is told
LEAST = 0.3                     # seconds: less is noise
LONGEST = 8 << 20 if SECONDS > 60 else 200000   # bytes of the longest article that is searched
DEADLINE = 1
TABLE = []                      # rows that are printed at the end: name, figures
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
BY_ID = ("GET -- a0", "VERSIONS -- a0", "GET -- a1", "VERSIONS -- a1")
WATCHES = ("\"elm oak\"", "elm NEAR/9 oak", "elm NEAR/99 oak NEAR/99 elm NEAR/99 ash", "elm SAME/S oak", "elm ADJ/2 ash", "elm* SAME/P oak",
           "voice:quoted elm", "elm")
WATCHED_PARTS = ("elm ", "oak ", "elm oak ", "oak, elm. ", "ash ", "elms ", "“elm oak,” John Smith said. ", "elm-oak ", "\n\n", ". ", "x ")


def text_of(parts, size, rng):
    """Text of SIZE bytes: each of PARTS many times, one behind the other or, with RNG, mixed."""
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


def steps_to(small, large):
    """By how much the time grows with each doubling of the size."""
    return (large / small) ** (1 / math.log2(FACTOR))


def told(rows):
    """Prints ROWS of the table: name, figures."""
    for name, figures in rows:
        print("# %-34s %s" % (name, figures))


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
        self.rows.append((large, steps_to(small, large), parts))
        return None


def test_articles(tmp, rng, seconds):
    articles, wrong, end = Articles(tmp, rng), [], time.monotonic() + seconds
    while time.monotonic() < end and len(wrong) < 5:
        bad = articles.try_one()
        wrong += [bad] if bad else []
    for took, grows, parts in sorted(articles.rows, reverse=True)[:5]:
        print("# %6.2f s, %.2f times as much for each doubling: %r" % (took, grows, parts))
    slow = [r[1] for r in articles.rows if r[0] >= LEAST]
    TABLE.append(("articles of %d kinds" % articles.tried, "longest %.2f s, growth for each doubling %s, indexer's memory %d MiB" % (
        max(articles.rows)[0], "%.2f at most" % max(slow) if slow else "too short to tell",
        resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10)))
    tap.ok(not wrong and articles.tried, "%d kinds of articles take time by their size" % articles.tried, "\n".join(wrong))


def make_index(tmp, rng):
    path = os.path.join(tmp, "requests.jsonl")
    with open(path, "w", encoding="utf-8") as f:
        for i in range(60):
            body = text_of(["elm ", "the ", "“elm the elm,” John Smith said. ", "xylophone ", "F-35 ", "a-b ", ".\n\n"],
                           20000 if i > 0 else LONGEST, rng)
            f.write(json.dumps({"id": "a%d" % i, "title": "elm the %d" % i, "body": body, "date": "2025-03-27"}) + "\n")
    return index_build(tmp, [path])


def test_requests(tmp, rng, seconds):
    asked, late, wrong, most = 0, 0, [], {}
    with Daemon(tmp, make_index(tmp, rng), ["--workers", "2", "--deadline", str(DEADLINE)]) as d, d.connect() as c:
        end = time.monotonic() + seconds
        while time.monotonic() < end and len(wrong) < 5:
            size = rng.choice((100, 1000, 3000, 6000))
            rest = text_of(rng.sample(QUERY_PARTS, rng.choice((1, 1, 2, 3, 4))), size, rng if rng.random() < 0.5 else None)
            if rng.random() < 0.7:
                rest += "elm" + ")" * min(rest.count("("), 40)
            line = rng.choice(BY_ID) if rng.random() < 0.05 else "%s -- %s" % (rng.choice(VERBS), rest)
            begin = time.monotonic()
            reply = c.ask(line)
            took = time.monotonic() - begin
            asked += 1
            if reply is None:
                wrong.append("the connection ended: " + line)
                break
            late += reply.code == 451
            verb = line.split()[0]
            most[verb] = max(most.get(verb, (0, "")), (took, line))
            if reply.code not in (250, 451, 504, 510, 550, 552):
                wrong.append("%r: %s" % (reply, line))
            if asked % 7 == 0:
                assert c.ask("PING").code == 250     # ten errors in a row would end the connection
        TABLE.append(("%d requests" % asked, "%d of them 451, daemon's memory %d MiB at most" % (late, most_memory(d))))
    for verb, (took, line) in sorted(most.items()):
        TABLE.append((verb, "longest %.3f s, %d ms over its deadline: %s" % (took, max(0, (took - DEADLINE) * 1000), line[:60])))
    tap.ok(not wrong and asked, "%d requests are answered" % asked, "\n".join(wrong))


def most_memory(d):
    """MiB that the daemon ever took."""
    with open("/proc/%d/status" % d.proc.pid) as f:
        return int(re.search(r"VmHWM:\s+(\d+)", f.read()).group(1)) >> 10


def used(d):
    """Seconds of CPU that the daemon took."""
    with open("/proc/%d/stat" % d.proc.pid) as f:
        return sum(int(x) for x in f.read().rsplit(")", 1)[1].split()[11:13]) / os.sysconf("SC_CLK_TCK")


def pushed(tmp, d, c, index, text, serial):
    """Commits an article; seconds of CPU that the daemon took to tell of it, and the watches that were late."""
    path, before, late, rev = os.path.join(tmp, "pushed.jsonl"), used(d), 0, {}
    with open(path, "w", encoding="utf-8") as f:
        f.write(json.dumps({"id": "p%d" % serial, "title": "T", "body": text, "lang": "en"}) + "\n")
    index_build(tmp, [path], os.path.basename(index), verb="update")
    while len(rev) < len(WATCHES) and late == 0:
        line = c.line()
        if line is None:
            raise RuntimeError("the connection ended after a commit of %d bytes" % len(text))
        if line.startswith("* "):
            figures = dict(f.split("=", 1) for f in line.split(" ")[1:])
            late += "late" in figures
            rev[figures["watch"]] = figures["rev"]
    return used(d) - before, late


def test_pushes(tmp, rng, seconds):
    tried, late, wrong, rows, serial = 0, 0, [], [], 0
    index = make_index(tmp, rng)
    end = time.monotonic() + seconds
    while time.monotonic() < end and len(wrong) < 5:
        parts = ["elm ", *rng.sample(WATCHED_PARTS, rng.choice((0, 1, 2, 3)))]
        seed = rng.randrange(1 << 30) if rng.random() < 0.5 else None
        tried += 1
        for _ in range(TRIES):
            took = []
            for size in SIZES:
                with Daemon(tmp, index, ["--workers", "2"]) as d, d.connect() as c:
                    for watch in WATCHES:
                        assert c.ask("WATCH -- " + watch).code == 250
                    seconds_of, n = pushed(tmp, d, c, index, text_of(parts, size, seed and random.Random(seed)), serial)
                    took.append(max(seconds_of, 0.01))
                    late, serial = late + n, serial + 1
                    memory = most_memory(d)
            if took[1] < LEAST or took[1] / took[0] < STEEP:
                break
        else:
            wrong.append("%r (%s): %.2f s for %d bytes, %.2f s for %d" % (
                parts, "mixed" if seed else "in runs", took[0], SIZES[0], took[1], SIZES[1]))
        rows.append((took[1], steps_to(*took), memory))
    TABLE.append(("pushes of %d kinds of articles" % tried, "longest %.2f s for %d watches, %s times as much for each doubling, %d late, "
                  "daemon's memory %d MiB" % (max(rows)[0], len(WATCHES), "%.2f" % max(rows)[1], late, max(r[2] for r in rows))))
    tap.ok(not wrong and tried, "pushes of %d kinds of articles take time by their size" % tried, "\n".join(wrong))


print("# SEED=%d HOSTILE_SECONDS=%g" % (SEED, SECONDS))
for test in (test_articles, test_pushes, test_requests):
    with tempdir(True) as folder:
        test(folder, random.Random(SEED), SECONDS / 3)
told(TABLE)
tap.done()
