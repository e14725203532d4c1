#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Bit rot: one byte of an index's files changes, anywhere. Either check --deep
finds it, or it is harmless: the daemon gives the very answers that it gives from
the whole index, to a fixed set of queries, to GET of every article and to a probe
of the vocabulary. The daemon never ends by a signal, never hangs, and never
shows a text that is not the article's own.

FLIPS (200, or 60 under a sanitizer) says how many, half of them on an index as it was built and half on
one that got updates since; SEED repeats a run, CASE runs one of its flips alone."""
import concurrent.futures
import json
import os
import random
import re
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "e2e"))
from harness import SAMPLE, Client, Daemon, Tap, index_build, program, run, sanitized, tempdir  # noqa: E402

tap = Tap()
FLIPS = int(os.environ.get("FLIPS", "60" if sanitized() else "200"))
SEED = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(1, 1 << 31)
DRAW = SEED + sanitized()   # under a sanitizer, which takes several times as long, other bytes change, and fewer
CASE = os.environ.get("CASE")
LANES = 2
SOURCES = ("Sample Wire", "Reuters", "Anadolu", "Le Monde")
VOLATILE = re.compile(rb" us=\d+|request \d+")


def make_articles(rng, numbers, words, version):
    for n in numbers:
        body = "\n".join(" ".join(rng.choice(words) for _ in range(rng.randrange(20, 90)))
                         for _ in range(rng.randrange(1, 5)))
        yield {"id": "made/%d" % n, "title": "Article %d %s" % (n, " ".join(rng.sample(words, 4))),
               "date": "20%02d-%02d-%02d" % (n % 25, n % 12 + 1, n % 28 + 1), "source": SOURCES[n % 4],
               "lang": ("en", "tr", "fr", "en")[n % 4], "place": rng.choice(words),
               "persons": [" ".join(rng.sample(words, 2))], "body": "%s version%d" % (body, version)}


def write(path, articles):
    with open(path, "w") as f:
        for article in articles:
            f.write(json.dumps(article) + "\n")
    return path


class Index:
    """A whole index, the requests that are made of it, and the answers."""

    def __init__(self, tmp, path, words):
        self.path = path
        with Daemon(tmp, path) as d, d.connect() as c:
            found = c.ask("SEARCH limit=1000 snippets=0 collapse=0 sort=date -- since:9999d OR date:1900..2100 OR the OR of OR version1 OR version2")
            self.ids = sorted(set(found.ids()))
            self.requests = list(self.queries(words))
            self.answers = ask(d.socket, self.requests)
            self.text = {}
            self.row = {}
            for wanted in self.ids:
                reply = c.ask("GET " + wanted)
                assert reply.code == 250, reply
                field = {row[1]: row[2] for row in reply.of("K")}
                self.row[wanted] = [field.get(k, "") for k in ("date", "source", "title")]
                self.text[wanted] = " ".join(" ".join(row[2] for row in reply.of("T")).split())
        assert len(self.answers) == len(self.requests)
        wrong = [w for request, reply in zip(self.requests, self.answers) for w in untrue(self, request, reply)]
        assert not wrong, wrong

    def queries(self, words):
        yield from ("SEARCH limit=20 -- defense cooperation", "SEARCH -- caatsa sanctions",
                    'SEARCH limit=50 -- "%s %s"' % tuple(words[:2]), "SEARCH match=all -- %s %s" % tuple(words[2:4]),
                    "SEARCH sort=-date limit=100 -- %s" % words[4], "SEARCH sort=date -- source:reuters %s" % words[5],
                    "SEARCH -- %s NEAR/5 %s" % tuple(words[6:8]), "SEARCH -- %s ADJ/3 %s" % tuple(words[8:10]),
                    "SEARCH -- %s* NEAR/9 %s" % (words[18][:3], words[19]), "SEARCH -- title:%s" % words[10], "SEARCH -- person:%s" % words[11], "SEARCH -- place:%s" % words[12],
                    "SEARCH limit=100 -- lang:tr", "SEARCH -- =%s" % words[13], "SEARCH -- %s*" % words[14][:3],
                    "SEARCH from=2010 to=2015 limit=200 -- %s" % words[15], "COUNT -- source:anadolu OR lang:fr",
                    "SEARCH limit=1000 snippets=0 collapse=0 -- date:1900..2100", "SUGGEST limit=100 -- %s" % words[16][:2],
                    "EXPLAIN -- %s" % words[17], "EXPLAIN id=%s -- version1 version2" % self.ids[0])
        for i, word in enumerate(words):
            if i % 8 == 0:
                yield "PING"     # ten errors in a row would end the connection
            yield "SEARCH limit=5 -- %s" % word
        for i, wanted in enumerate(self.ids):
            if i % 8 == 0:
                yield "PING"
            yield "GET " + wanted


def ask(address, requests):
    """The replies to all requests, as bytes without what differs from run to run; fewer where the connection ended."""
    with Client(address) as c:
        c.send("".join(r + "\n" for r in requests))
        c.half_close()
        lines = VOLATILE.sub(b"", c.rest()).split(b"\n")
    replies, now = [], []
    for line in lines:
        now.append(line)
        if line.startswith(b". "):
            replies.append(now)
            now = []
    return replies


def fields(line):
    return [f.decode("utf-8", "replace") for f in line.split(b"\t")]


def untrue(index, request, reply):
    """What REPLY shows of an article that is not its own."""
    shown = None
    if request.startswith("GET ") and reply[-1].startswith(b". 250"):
        rows = [fields(line) for line in reply[:-1]]
        asked = request[4:]
        texts = " ".join(" ".join(r[2] for r in rows if r[0] == "T").split())
        if ["K", "id", asked] not in rows or texts != index.text[asked]:
            yield "%s shows another text" % request
    for line in reply[:-1]:
        row = fields(line)
        if row[0] == "R":
            shown = row[2]
            if row[4:7] != index.row.get(shown):
                yield "%s shows a row that is not that of %s: %r" % (request, shown, row)
        elif row[0] == "S":
            for piece in re.sub(r"</?b>", "", row[1]).split("..."):
                if " ".join(piece.split()) not in index.text.get(shown, ""):
                    yield "%s shows a text that is not that of %s: %r" % (request, shown, piece)


def choose(rng, index):
    """A byte of the index's files: mostly any, so that the largest files have most, else any of any file."""
    files = [os.path.join(at, name) for at, _, names in os.walk(index) for name in sorted(names)]
    files = sorted((os.path.relpath(f, index), os.path.getsize(f)) for f in files if os.path.getsize(f) > 0)
    weights = [size for _, size in files] if rng.random() < 0.8 else None
    name, size = rng.choices(files, weights)[0]
    return name, rng.randrange(size), 1 << rng.randrange(8) if rng.random() < 0.5 else rng.randrange(1, 256)


def flip(index, name, at, bits):
    with open(os.path.join(index, name), "r+b") as f:
        f.seek(at)
        byte = f.read(1)[0]
        f.seek(at)
        f.write(bytes([byte ^ bits]))


class Outcome:
    def __init__(self):
        self.faults = []
        self.found = self.refused = self.same = False


def suffer(tmp, index, where):
    """One flip on a copy of the index: what comes of it."""
    out = Outcome()
    name, at, bits = where
    copy = os.path.join(tmp, "index")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(index.path, copy)
    flip(copy, name, at, bits)
    try:
        done = run([program("dragoman-index"), "check", "--deep", "-d", copy], timeout=60, errors="replace")
        out.found = done.returncode > 0
        if done.returncode < 0 or (out.found and not done.stderr):
            out.faults.append("check --deep ends with %d: %s" % (done.returncode, done.stderr))
    except subprocess.TimeoutExpired:
        out.faults.append("check --deep does not end")
    d = Daemon(tmp, copy, start=False)
    try:
        d.start()
    except RuntimeError:
        out.refused = True
    try:
        if not out.refused:
            replies = ask(d.socket, index.requests)
            out.same = replies == index.answers
            if len(replies) != len(index.answers):
                out.faults.append("%d of %d replies" % (len(replies), len(index.answers)))
            for request, reply, whole in zip(index.requests, replies, index.answers):
                if reply != whole:
                    out.faults += untrue(index, request, reply)
    except (OSError, AssertionError) as e:
        out.faults.append("no answers: %s" % e)
    code = d.stop() if d.proc.poll() is None else d.proc.returncode
    d.reader.join()
    if code < 0 or (code != 0 and not out.refused):
        out.faults.append("dragomand ends with %d: %s" % (code, d.log()[-600:]))
    if not out.found and not out.same:
        out.faults.append("check --deep finds nothing, and the answers differ")
    return out


def campaign(tmp, index, flips, what):
    tally = {"found": 0, "harmless": 0, "refused": 0}
    bad = []
    with concurrent.futures.ThreadPoolExecutor(LANES) as pool:
        def one(lane, mine):
            at = os.path.join(tmp, "lane%d" % lane)
            os.makedirs(at, exist_ok=True)
            return [(n, where, suffer(at, index, where)) for n, where in mine]
        jobs = [pool.submit(one, lane, flips[lane::LANES]) for lane in range(LANES)]
        for job in jobs:
            for n, where, out in job.result():
                tally["found"] += out.found
                tally["harmless"] += not out.found
                tally["refused"] += out.refused
                bad += ["CASE=%d: %s byte %d, ^ 0x%02x: %s" % (n, *where, f) for f in out.faults[:3]]
    tap.ok(not bad, "%s: %d flips, %d found, %d harmless; the daemon refused %d" % (
        what, len(flips), tally["found"], tally["harmless"], tally["refused"]), "\n".join(bad))


def damaged(tmp, built, name, at, bits):
    """A copy of an index, of which one byte is another."""
    copy = os.path.join(tmp, "damaged")
    for folder in (copy, copy + ".copy"):
        shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(built, copy)
    flip(copy, "g000001/" + name, at, bits)
    return copy


def tells(done, name):
    """Whether a command told of the damage to a file, and what cures it."""
    return done.returncode == 65 and name in done.stderr and re.search("dragoman-index (re)?build -d", done.stderr)


def endless(tmp, built):
    """A block whose directory has an odd end is one that libxapian would search for ever."""
    for name in ("postlist.glass", "docdata.glass", "termlist.glass", "position.glass"):
        copy = damaged(tmp, built, name, 10, 1)
        done = run([program("dragomand"), "-d", copy, "--socket", tmp + "/endless.socket"], timeout=30)
        tap.ok(tells(done, name), "dragomand refuses a %s without end" % name, done)
        for verb, *args in (("check",), ("check", "--deep"), ("update", SAMPLE), ("remove", "made/1"), ("compact",),
                            ("snapshot", copy + ".copy"), ("info",), ("build", SAMPLE), ("rebuild",)):
            copy = damaged(tmp, built, name, 10, 1)
            done = run([program("dragoman-index"), verb, "-d", copy, *args], timeout=60)
            if verb == "build" or (verb in ("rebuild", "info", "snapshot") and name in ("termlist.glass", "position.glass")):
                tap.ok(done.returncode == 0, "%s does without it" % verb, done)
            else:
                tap.ok(tells(done, name), "%s finds it" % verb, done)


def misled(tmp, built):
    """libxapian believes the revision of a block, where its directory ends, and the lengths of items. Nothing of that ends
    a command by a signal, or makes it tell a bug or ask to try again."""
    commands = (("update", "--prune", SAMPLE), ("remove", "made/1", "made/250"), ("compact",), ("rebuild",), ("build", SAMPLE))
    for name in ("postlist.glass", "docdata.glass", "termlist.glass", "position.glass"):
        blocks = os.path.getsize(built + "/g000001/" + name) // 8192
        for byte, bits, what in ((2, 0x10, "revision"), (10, 0x18, "end of the directory"), (12, 0x1F, "place of an item")):
            for verb, *args in commands:
                copy = damaged(tmp, built, name, blocks // 2 * 8192 + byte, bits)
                done = run([program("dragoman-index"), verb, "-d", copy, *args], timeout=60)
                tap.ok(done.returncode == 0 or tells(done, "") or (done.returncode == 65 and verb in ("build", "rebuild")),
                       "%s, %s: %s ends with %d" % (name, what, verb, done.returncode), done)


def main():
    rng = random.Random(DRAW)
    print("# SEED=%d" % SEED)
    words = ["".join(rng.choice("bdfgklmnprst") + rng.choice("aeiou") for _ in range(rng.randrange(2, 5)))
             for _ in range(160)]
    with tempdir() as tmp:
        first = write(tmp + "/first.jsonl", make_articles(rng, range(300), words, 1))
        built = index_build(tmp, [first, SAMPLE], name="built")
        updated = index_build(tmp, [first, SAMPLE], name="updated")
        for step in range(4):
            more = write(tmp + "/more.jsonl", make_articles(rng, range(step * 20, 280 + step * 25, 3), words, 2))
            done = run([program("dragoman-index"), "update", "-d", updated, more])
            assert done.returncode == 0, done
        assert run([program("dragoman-index"), "remove", "-d", updated, "made/7", "made/70"]).returncode == 0
        endless(tmp, built)
        misled(tmp, built)
        for path, what in ((built, "as built"), (updated, "updated")):
            index = Index(tmp, path, words)
            flips_rng = random.Random("%d %s" % (DRAW, what))
            flips = [(n, choose(flips_rng, path)) for n in range(FLIPS // 2)]
            if CASE:
                flips = [flips[int(CASE)]]
            campaign(tmp, index, flips, what)
    tap.done()


main()
