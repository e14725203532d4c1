#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""64 clients at once with pipelining while the index is built again every few
seconds, from one and the other of two corpora: every reply is that of the
generation that it names, none is refused, memory and descriptors stay flat.

LOAD_SECONDS (20) and LOAD_CLIENTS (64) change the run.
"""
import os
import re
import shutil
import subprocess
import sys
import threading
import time

from harness import SAMPLE, Daemon, Tap, index_build, program, sanitized, tempdir, wait_until

SECONDS = int(os.environ.get("LOAD_SECONDS", "20"))
CLIENTS = int(os.environ.get("LOAD_CLIENTS", "64"))
SWITCH = 3.0   # seconds from one generation to the next

WORDS = """caatsa sanctions nato ankara türkiye turkiye defense cooperation minister talks f-35 s-400 oil export
ceasefire parliament agreement security council ambassador visit treaty border summit us eu trade gas policy
president foreign statement delegation élysée москва"""
QUERIES = ['"defense cooperation"', '"foreign minister"', "caatsa AND s-400", "talks NOT oil", "f-3*", "sanction*",
           "title:türkiye", "lang:fr", "date:2025", "minister NEAR/5 talks", "security ADJ/1 council", "=US",
           "(caatsa OR sanctions) AND ankara", "+nato -oil summit", "zebrafish", "place:ankara"]


def requests(ids):
    words = WORDS.split()
    lines = ["SEARCH -- " + w for w in words]
    lines += ["SEARCH limit=5 snippets=0 -- %s %s" % pair for pair in zip(words, words[7:])]
    lines += ["SEARCH match=all limit=20 -- %s %s" % pair for pair in zip(words, words[3:])]
    lines += ["SEARCH sort=-date offset=3 -- " + q for q in QUERIES]
    lines += ["SEARCH format=json limit=3 -- " + q for q in QUERIES]
    lines += ["@t%d COUNT -- %s" % pair for pair in enumerate(QUERIES)]
    lines += ["SEARCH limit=1000 snippets=0 -- the of", "SEARCH limit=100 -- nato", "SEARCH -- ("]
    lines += ["GET " + i for i in ids]
    return lines + ["PING", "HELP", "SUGGEST -- sanc", "SUGGEST limit=3 -- min"]


def variants(tmp):
    """Two folders of articles: the sample, and the sample with a third of it
    gone and others changed."""
    one, two = os.path.join(tmp, "one"), os.path.join(tmp, "two")
    shutil.copytree(SAMPLE, one)
    shutil.copytree(SAMPLE, two)
    texts = sorted(os.path.join(folder, name) for folder, _, names in os.walk(two)
                   for name in names if name.endswith(".txt"))
    for n, path in enumerate(texts):
        if n % 3 == 0:
            os.unlink(path)
        elif n % 3 == 1:
            with open(path, "a", encoding="utf-8") as f:
                f.write("\nThe minister added that caatsa sanctions and nato talks go on.\n")
    return one, two


def shared_ids(tmp, index):
    """Articles that both variants have: GET of another would be an error,
    and ten of those in a row close a connection."""
    with Daemon(tmp, index) as d, d.connect() as c:
        return c.ask("SEARCH limit=8 snippets=0 -- minister talks").ids()


def answers(tmp, index, lines):
    """The reply to each line, without what differs from run to run."""
    got = []
    with Daemon(tmp, index) as d, d.connect() as c:
        for line in lines:
            c.send(line + "\n")
            text = "\n".join(c.reply().lines)
            got.append(re.split(r' gen=|,"gen":', text)[0])
    return got


def write_file(path, lines, first, second):
    with open(path, "wb") as f:
        for line, a, b in zip(lines, first, second):
            f.write(line.encode() + b"\n")
            for text in (a.encode(), b.encode()):
                f.write(b"%d\n%s" % (len(text), text))


class Switcher(threading.Thread):
    """Builds generation after generation until told to stop."""

    def __init__(self, tmp, folders):
        super().__init__()
        self.tmp, self.folders = tmp, folders
        self.ended = threading.Event()
        self.built, self.failure = 1, None

    def run(self):
        while not self.ended.wait(SWITCH):
            try:
                index_build(self.tmp, [self.folders[self.built % 2]], args=["--replace"])
            except Exception as e:   # shown by the test
                self.failure = e
                return
            self.built += 1


def watch(d, proc):
    """Memory and descriptors of the daemon while PROC runs."""
    memory, descriptors = [], []
    while proc.poll() is None:
        memory.append(d.resident())
        descriptors.append(d.descriptors())
        time.sleep(0.25)
    return memory, descriptors


def run_load(tap, tmp, folders, file):
    index = index_build(tmp, [folders[0]])
    slow = sanitized()
    args = ["--deadline", "20"] if slow else []
    with Daemon(tmp, index, args + ["--log-level", "info"]) as d:
        # Each worker opens its files at its first request: count after that.
        with d.connect() as c:
            for _ in range(50):
                c.ask("SEARCH -- nato")
        before = d.descriptors()
        switcher = Switcher(tmp, folders)
        switcher.start()
        load = subprocess.Popen([program("tests/e2e/load"), d.socket, file, str(CLIENTS), str(SECONDS)],
                                stdout=subprocess.PIPE, universal_newlines=True)
        out = []
        reader = threading.Thread(target=lambda: out.extend(load.stdout))
        reader.start()
        memory, descriptors = watch(d, load)
        reader.join()
        load.stdout.close()
        switcher.ended.set()
        switcher.join()
        summary = dict(re.findall(r"(\w+)=(\d+)", out[-1] if out else ""))
        detail = "".join(out)[:6000] + d.log()[-2000:]
        tap.ok(load.returncode == 0 and int(summary.get("wrong", 1)) == 0,
               "%s requests of %d clients answered correctly" % (summary.get("requests"), CLIENTS), detail)
        tap.equal(summary.get("refused"), "0", "none refused")
        tap.ok(switcher.failure is None and int(summary.get("switches", 0)) >= (1 if slow else 3),
               "over %s switches of generation (%d built)" % (summary.get("switches"), switcher.built),
               switcher.failure)
        print("# " + (out[-1].strip() if out else "no summary"))
        with d.connect() as c:
            tap.ok(wait_until(lambda: ["K", "connections", "1"] in c.ask("STATUS").rows), "all clients are gone again")
        tap.ok(wait_until(lambda: d.descriptors() <= before), "descriptors are back where they were",
               "before %d, most %d, after %d" % (before, max(descriptors), d.descriptors()))
        third = len(memory) // 3
        early, late = max(memory[third // 2:third + 1]), max(memory[-third - 1:])
        flat = "%.1f MB in the first third, %.1f MB in the last" % (early / 1e6, late / 1e6)
        if slow:
            tap.skip("memory is flat", "sanitizers keep freed memory")
        else:
            tap.ok(late < early * 1.15 + 4e6, "memory is flat: " + flat)


def main():
    tap = Tap()
    with tempdir() as tmp:
        folders = variants(tmp)
        pair = [index_build(tmp, [folder], name="only%d" % n) for n, folder in enumerate(folders)]
        lines = requests(shared_ids(tmp, pair[1]))
        first, second = (answers(tmp, index, lines) for index in pair)
        tap.ok(sum(a != b for a, b in zip(first, second)) > len(lines) // 3, "the two variants answer differently")
        file = os.path.join(tmp, "requests")
        write_file(file, lines, first, second)
        run_load(tap, tmp, folders, file)
    tap.done()


if __name__ == "__main__":
    sys.exit(main())
