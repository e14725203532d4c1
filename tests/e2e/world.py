# SPDX-License-Identifier: GPL-2.0-or-later
"""What those share who are at work on one index in test_together.py, each a
thread: askers.py, writers.py."""
import collections
import random
import threading
import time

from harness import PATIENCE, program, run
from model import Article


class World:
    """The index, its history, and who may change which article."""

    def __init__(self, index, history, seed):
        self.index, self.history = index, history
        self.lock = threading.RLock()
        self.rng = random.Random(seed)
        self.serial = len(history.changed)
        self.busy = set()            # ids of changes under way
        self.watchers = []
        self.acknowledged = history.last   # what the writers were told is in the index
        self.acknowledged_at = {}
        self.generations = {}        # revision: generation, as replies name them
        self.problems = []
        self.jobs = collections.Counter()
        self.ended = threading.Event()

    def problem(self, text):
        with self.lock:
            self.problems.append(text)

    def learn(self, rev, changes):
        """A writer was told that its CHANGES are revision REV."""
        with self.lock:
            self.history.learn(rev, changes)
            self.busy.difference_update(changes)
            self.acknowledged_at.setdefault(rev, time.monotonic())
            self.acknowledged = max(self.acknowledged, rev)

    def ripe(self, ids):
        """Those of IDS that may go: every watcher knows what became of them the last time. It would not be
        told of one that is gone when it comes to that."""
        floor = min((w.known() for w in self.watchers), default=self.history.last)
        return [i for i in ids if self.history.changed.get(i, 0) <= floor]

    def draw(self, ids, most, to_go=False):
        """Up to MOST of IDS, which no other will change until learn(): what they are now is to be looked up
        after this. TO_GO: they are to be removed."""
        with self.lock, self.history.lock:
            taken = self.busy.union(*self.history.coming.values())
            chosen = [i for i in (self.ripe(ids) if to_go else ids) if i not in taken]
            chosen = self.rng.sample(chosen, min(most, len(chosen)))
            self.busy.update(chosen)
            return chosen

    def free(self, ids):
        """They were drawn, and stay as they were."""
        with self.lock:
            self.busy.difference_update(ids)

    def present(self, begin):
        """Ids of articles that are there and begin so."""
        return [i for i in self.history.now().articles if i.startswith(begin)]

    def gone(self, begin):
        """Ids of articles that were there once."""
        with self.history.lock:
            now = self.history.now().articles
            return [i for i in self.history.changed if i.startswith(begin) and i not in now]

    def article(self, i, former=None):
        """A new version of article I."""
        with self.lock:
            self.serial += 1
            return former.again(self.rng, self.serial) if former else Article(self.rng, i, self.serial)

    def saw(self, gen, rev):
        if self.generations.setdefault(rev, gen) != gen:
            self.problem("revision %d in generations %d and %d" % (rev, gen, self.generations[rev]))

    def command(self, *words):
        """dragoman-index; what it printed, or None when that was an error."""
        done = run([program("dragoman-index"), words[0], "-d", self.index, *words[1:]], timeout=10 * PATIENCE)
        self.jobs[words[0]] += 1
        if done.returncode != 0:
            self.problem("%s: exit %d: %s%s" % (" ".join(words), done.returncode, done.stdout, done.stderr))
            return None
        return done.stdout


class Actor(threading.Thread):
    """Does one thing again and again until the world ends; what goes wrong ends with it, and is told."""

    def __init__(self, world):
        super().__init__(daemon=True)
        self.world = world

    def run(self):
        try:
            self.act()
        except Exception as e:
            self.world.problem("%s: %r" % (type(self).__name__, e))

    def every(self, seconds, first=None):
        """Yields until the end, once in so many seconds."""
        begin = time.monotonic() + (seconds if first is None else first)
        while not self.world.ended.wait(max(0, begin - time.monotonic())):
            yield
            begin = max(begin + seconds, time.monotonic())
