# SPDX-License-Identifier: GPL-2.0-or-later
"""Who writes, in test_together.py: each tells the model which articles it was
told are in the index, and as which revision."""
import collections
import json
import os
import random
import re
import shutil
import subprocess
import threading
import time

from harness import PATIENCE, clean_env, program
from model import spelled
from world import Actor


class Feed(Actor):
    """dragoman-index update with a pipe that stays open: each second some articles more, others changed, one as it was."""

    SIZE = 400   # articles, about, that come by it

    def __init__(self, world):
        super().__init__(world)
        self.sent = collections.deque()   # (article, whether it is another than before, when)
        self.told, self.delay, self.commits = 0, 0.0, 0
        self.number = 0
        self.more = threading.Condition()
        self.proc = subprocess.Popen([program("dragoman-index"), "update", "-d", world.index, "--wait", "60", "-"],
                                     stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                     env=clean_env())
        self.err = []
        self.readers = [threading.Thread(target=self.read, daemon=True),
                        threading.Thread(target=lambda: self.err.extend(self.proc.stderr), daemon=True)]
        for r in self.readers:
            r.start()

    def read(self):
        for line in self.proc.stdout:
            found = re.match(rb"committed (\d+) articles, revision (\d+)$", line)
            if found:
                self.committed(int(found[1]), int(found[2]))
            elif not line.startswith(b"updated "):
                self.world.problem("the feed said: %r" % line)

    def committed(self, count, rev):
        """The first COUNT lines are safe."""
        with self.more:
            n = min(count - self.told, len(self.sent))
            some = [self.sent[i] for i in range(n)]
            self.told += n
            self.commits += 1
            self.delay = max([self.delay] + [time.monotonic() - since for _, _, since in some])
            changes = {a.id: a for a, changed, _ in some if changed}
            if changes:
                self.world.learn(rev, changes)
            self.world.free([a.id for a, changed, _ in some if not changed])
            for _ in some:
                self.sent.popleft()
            self.more.notify_all()

    def send(self):
        w = self.world
        ours, gone = w.present("f/"), w.gone("f/")
        changing, same = w.draw(ours, w.rng.randint(1, 6)) + w.draw(gone, 1), w.draw(ours, 1)
        now = w.history.now().articles
        batch = [(w.article(i, now.get(i)), True) for i in changing]
        batch += [(now[i], False) for i in same if i in now]
        w.free([i for i in same if i not in now])
        if len(ours) < self.SIZE:
            for _ in range(w.rng.randint(1, 5)):
                self.number += 1
                batch.append((w.article("f/%06d" % self.number), True))
        w.rng.shuffle(batch)
        with self.more:
            self.sent.extend((a, changed, time.monotonic()) for a, changed in batch)
        self.proc.stdin.write("".join(a.line() for a, _ in batch).encode())
        self.proc.stdin.flush()
        with self.more:
            if not self.more.wait_for(lambda: not self.sent or self.proc.poll() is not None, PATIENCE):
                raise RuntimeError("no word of %d articles" % len(self.sent))

    def act(self):
        try:
            for _ in self.every(1, 0):
                self.send()
        finally:
            self.proc.stdin.close()
            code = self.proc.wait(PATIENCE)
            for r in self.readers:
                r.join(PATIENCE)
            self.proc.stdout.close()
            self.proc.stderr.close()
            if code != 0:
                self.world.problem("the feed: exit %d: %s" % (code, b"".join(self.err).decode()))


class Remover(Actor):
    """dragoman-index remove of what came by the feed, and update --prune of a folder of JSON Lines."""

    def __init__(self, world, folder):
        super().__init__(world)
        self.folder, self.number = folder, 0

    def remove(self):
        w = self.world
        ours = w.present("f/")
        ids = w.draw(ours, w.rng.randint(1, max(1, len(ours) // 12)), to_go=True)
        out = w.command("remove", "--wait", "60", *ids) if ids else None
        if out is not None:
            w.learn(revision(out), {i: None for i in ids})

    def prune(self):
        w = self.world
        gone = w.draw(w.present("b/"), 2, to_go=True)
        changed, back = w.draw(w.present("b/"), 4), w.draw(w.gone("b/"), 1)
        now = {i: a for i, a in w.history.now().articles.items() if i.startswith("b/")}
        changes = {i: w.article(i, now.get(i)) for i in changed + back}
        for _ in range(2):
            self.number += 1
            changes["b/n%05d" % self.number] = w.article("b/n%05d" % self.number)
        now.update(changes)
        folder_of_lines(self.folder, {i: a for i, a in now.items() if i not in gone})
        out = w.command("update", "-v", "--prune", "--wait", "60", self.folder)
        if out is None:
            return
        revs = [int(r) for r in re.findall(r"^committed \d+ articles, revision (\d+)$", out, re.M)]
        w.learn(revs[0], changes)
        if gone:
            w.learn(revision(out), {i: None for i in gone})

    def act(self):
        while True:
            for _ in self.every(self.world.rng.uniform(2, 4)):
                self.remove()
                break
            for _ in self.every(self.world.rng.uniform(2, 4)):
                self.prune()
                break
            else:
                return


class Timer(Actor):
    """Makes a new generation every ten seconds: of a folder that changed, of the stored texts, merged."""

    def __init__(self, world, folder, seconds):
        super().__init__(world)
        self.folder, self.seconds = folder, seconds
        self.number = 0
        self.longest = 0.0

    def build(self):
        w = self.world
        gone = w.draw(w.present("a-"), 3, to_go=True)
        changed, back = w.draw(w.present("a-"), 5), w.draw(w.gone("a-"), 1)
        now = {i: a for i, a in w.history.now().articles.items() if i.startswith("a-")}
        changes = {i: w.article(i, now.get(i)) for i in changed + back}
        for _ in range(2):
            self.number += 1
            changes["a-n%05d.txt" % self.number] = w.article("a-n%05d.txt" % self.number)
        now.update(changes)
        folder_of_texts(self.folder, {i: a for i, a in now.items() if i not in gone})
        out = w.command("build", self.folder)
        changes.update((i, None) for i in gone)
        return out, changes

    def act(self):
        turn = 0
        for _ in self.every(self.seconds, self.seconds / 2):
            begin = time.monotonic()
            which = ("build", "rebuild", "build", "compact")[turn % 4]
            turn += 1
            out, changes = self.build() if which == "build" else (self.world.command(which), {})
            self.longest = max(self.longest, time.monotonic() - begin)
            if out is not None:
                self.world.learn(self.switched(out), changes)

    def switched(self, out):
        """The revision of the generation that OUT names."""
        name = re.search(r"generation (g\d+)", out).group(1)
        with open(os.path.join(self.world.index, name, "manifest.json")) as f:
            return json.load(f)["rev"]


def revision(out):
    """What a summary says."""
    return int(re.search(r", revision (\d+), generation", out).group(1))


def folder_of_texts(folder, articles):
    """A folder of plain texts, one for each article."""
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    for i, a in articles.items():
        with open(os.path.join(folder, i), "w") as f:
            f.write(a.text())


def folder_of_lines(folder, articles):
    """Four files of JSON Lines; an article stays in its file."""
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    files = [open(os.path.join(folder, "%d.jsonl" % n), "w") for n in range(4)]
    for i, a in sorted(articles.items()):
        files[sum(i.encode()) % 4].write(a.line())
    for f in files:
        f.close()


def ballast(path, count):
    """Articles that no query finds, so that work on the whole index takes its time."""
    rng = random.Random(7)
    with open(path, "w") as f:
        for n in range(count):
            body = " ".join("x" + spelled(rng.randrange(20000)) for _ in range(500))
            f.write(json.dumps({"id": "c/%d" % n, "title": "xballast", "body": body}) + "\n")
