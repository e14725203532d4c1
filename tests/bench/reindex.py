#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Reindexing while the daemon serves, in one run: what an update costs, how
soon it is seen, and what queries feel of a rebuild.

reindex.py --bin DIR --corpora DIR --work DIR [-n N] [--seed S]

Builds WORK/reindex anew and prints a table of what was measured beside what is asked.
"""
import argparse
import fcntl
import glob
import gzip
import json
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import queries  # noqa: E402
from search import start_daemon  # noqa: E402


class Bench:
    def __init__(self, opt):
        self.opt = opt
        self.index = os.path.join(opt.work, "reindex")
        self.sources = sorted(glob.glob(os.path.join(opt.corpora, "*.jsonl.gz")))
        self.rows = []

    def index_command(self, *words, **more):
        """Seconds that dragoman-index took, and what it said."""
        begin = time.monotonic()
        argv = [os.path.join(self.opt.bin, "dragoman-index"), words[0], "-d", self.index, *words[1:]]
        done = subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more)
        took = time.monotonic() - begin
        if done.returncode not in (0, 65):
            sys.exit("%s: exit %d\n%s" % (" ".join(argv), done.returncode, done.stderr))
        return took, done.stdout.strip()

    def row(self, what, got, asked=""):
        self.rows.append((what, got, asked))
        print("%-58s %14s  %s" % (what, got, asked))
        sys.stdout.flush()


def files(folder):
    """What tells whether a file below FOLDER was written."""
    found = {}
    for where, _, names in os.walk(folder):
        for name in names:
            sb = os.stat(os.path.join(where, name))
            found[os.path.join(where, name)] = (sb.st_ino, sb.st_size, sb.st_mtime_ns)
    return found


class Holds(threading.Thread):
    """Tries INDEX/LOCK again and again, to see for how long others hold it."""

    def __init__(self, index):
        super().__init__(daemon=True)
        self.fd = os.open(os.path.join(index, "LOCK"), os.O_RDWR | os.O_CREAT)
        self.ended = threading.Event()
        self.longest = 0.0
        self.start()

    def run(self):
        since = None
        while not self.ended.wait(0.0005):
            try:
                fcntl.flock(self.fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
                fcntl.flock(self.fd, fcntl.LOCK_UN)
                since = None
            except BlockingIOError:
                since = since or time.monotonic()
                self.longest = max(self.longest, time.monotonic() - since)

    def end(self):
        self.ended.set()
        self.join()
        os.close(self.fd)
        return self.longest


class Asker:
    """A plain connection to the daemon."""

    def __init__(self, path):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(path)
        self.file = self.sock.makefile("r", encoding="utf-8")
        self.file.readline()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.file.close()
        self.sock.close()

    def ask(self, line):
        """The rows, and the end line."""
        self.sock.sendall(line.encode() + b"\n")
        rows = []
        while True:
            got = self.file.readline()
            if got.startswith(". ") or not got:
                return rows, got
            rows.append(got)


def changed_articles(b, count, rng, path):
    """Some articles of the corpora, changed, in a file of their own; the word that tells of the change."""
    word = "zq" + "".join(rng.choice("abcdefgh") for _ in range(10))
    lines = []
    for source in b.sources:
        with gzip.open(source, "rt", encoding="utf-8") as f:
            lines += f
    with open(path, "w", encoding="utf-8") as f:
        for line in rng.sample(lines, count):
            a = json.loads(line)
            a["body"] = (a.get("body") or "") + "\n" + word
            f.write(json.dumps(a, ensure_ascii=False) + "\n")
    return word


def measure_update(b, build_took):
    """The same files again."""
    before = files(b.index)
    took, said = b.index_command("update", *b.sources)
    b.row("update of the same files", "%.2f s" % took, "under a third of the build: %.2f s" % (build_took / 3))
    skip = ("job.json", "job-good.json")   # the report of the job
    differ = [f for f, stamp in files(b.index).items() if before.get(f) != stamp and os.path.basename(f) not in skip]
    b.row("  files of the index written by it", "%d" % len(differ), "none " + " ".join(differ))
    print("  " + said)


def measure_changes(b, sock, rng):
    """From the start of an update of 100 changed articles until the last is found."""
    path = os.path.join(b.opt.work, "changed.jsonl")
    word = changed_articles(b, 100, rng, path)
    with Asker(sock) as a:
        begin = time.monotonic()
        proc = subprocess.Popen([os.path.join(b.opt.bin, "dragoman-index"), "update", "-q", "-d", b.index, path])
        while True:
            _, end = a.ask("COUNT -- " + word)
            found = re.search(r"total=(\d+)", end)
            if found and int(found[1]) == 100:
                break
            if proc.poll() not in (None, 0, 65) or time.monotonic() - begin > 60:
                sys.exit("the changed articles are not found: %s" % end)
            time.sleep(0.002)
        took = time.monotonic() - begin
        proc.wait()
    b.row("100 changed articles: start of the update to the last found", "%.2f s" % took, "under 3 s")


class Load(threading.Thread):
    """One client that asks the same queries in turn, each for ten hits, and notes the time of each."""

    def __init__(self, b, sock, text):
        super().__init__(daemon=True)
        self.argv, self.text = [os.path.join(b.opt.bin, "tests/bench/ask"), sock], text
        self.rounds = []
        self.ended = threading.Event()

    def once(self):
        out = subprocess.run(self.argv, input=self.text, stdout=subprocess.PIPE, check=True, text=True).stdout
        rows = [line.split() for line in out.splitlines()]
        bad = [row for row in rows if row[2] != "250"]
        if bad:
            sys.exit("a request failed: %s" % bad[0])
        return [float(row[0]) for row in rows]

    def run(self):
        while not self.ended.is_set():
            self.rounds.append(self.once())


def percentile(times, percent):
    times = sorted(times)
    return times[min(len(times) - 1, len(times) * percent // 100)]


def measure_rebuild(b, sock, text):
    """Queries at rest, during a rebuild, and at rest again."""
    load = Load(b, sock, text)
    load.once()
    rest = [t for _ in range(4) for t in load.once()]
    hold = Holds(b.index)
    load.start()
    took, said = b.index_command("rebuild")
    load.ended.set()
    longest = hold.end()
    load.join()
    # The last round may go on after its end.
    busy = [t for r in load.rounds[:-1] or load.rounds for t in r]
    rest += [t for _ in range(4) for t in load.once()]
    b.row("rebuild, with queries beside it", "%.1f s" % took, said)
    for percent in (50, 99):
        a, c = percentile(rest, percent), percentile(busy, percent)
        b.row("query time, p%d: at rest, during it, ratio" % percent, "%.0f %.0f us %.2f" % (a, c, c / a),
              "%d and %d queries%s" % (len(rest), len(busy), "; ratio under 3" if percent == 99 else ""))
    b.row("LOCK held at once, at most, during it", "%.0f ms" % (longest * 1000))


def measure_restart(b, folder):
    """From the start of the daemon to its first answer."""
    begin = time.monotonic()
    proc, sock = start_daemon(os.path.join(b.opt.bin, "dragomand"), b.index, folder)
    with Asker(sock) as a:
        _, end = a.ask("SEARCH -- treaty")
    took = time.monotonic() - begin
    if " 250 " not in end:
        sys.exit("no answer: %s" % end)
    b.row("start of the daemon to its first answer", "%.3f s" % took, "under 1 s")
    return proc, sock


def measure(b):
    drawn = queries.make([plain_text(b)], b.opt.n, b.opt.seed)
    rng = random.Random(b.opt.seed)
    build_took, said = b.index_command("build", *b.sources)
    hold = Holds(b.index)
    again, _ = b.index_command("build", *b.sources)
    longest = hold.end()
    b.row("build", "%.2f s" % min(build_took, again), said)
    b.row("LOCK held at once, at most, during it", "%.0f ms" % (longest * 1000))
    measure_update(b, min(build_took, again))
    with tempfile.TemporaryDirectory() as folder:
        proc, sock = measure_restart(b, folder)
        try:
            measure_changes(b, sock, rng)
            measure_rebuild(b, sock, "".join(q + "\n" for _, q in drawn))
        finally:
            proc.terminate()
            proc.wait()


def plain_text(b):
    """The articles as JSON Lines that are not packed."""
    path = os.path.join(b.opt.work, "reindex.jsonl")
    with open(path, "wb") as out:
        for source in b.sources:
            with gzip.open(source) as f:
                shutil.copyfileobj(f, out)
    return path


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", required=True)
    parser.add_argument("--corpora", required=True)
    parser.add_argument("--work", required=True)
    parser.add_argument("-n", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1815)
    opt = parser.parse_args()
    b = Bench(opt)
    if not b.sources:
        print("1..0 # SKIP no corpora at %s" % opt.corpora)
        return
    os.makedirs(opt.work, exist_ok=True)
    shutil.rmtree(b.index, ignore_errors=True)
    measure(b)


if __name__ == "__main__":
    main()
