# SPDX-License-Identifier: GPL-2.0-or-later
"""An index with its daemon, the commands that change it, and the model of what
it may hold before, during and after each of them."""
import os
import re

from inject import INDEX, check, differ, leftovers, seen, texts_wrong, write
from harness import Daemon, index_build, run

ARTICLES = 24
COMMANDS = ("build",)


class Work:
    """One run of a command: its words, and the states that the index may be in
    on the way, the one before it first."""

    def __init__(self, argv, states):
        self.argv, self.states = argv, states

    def acknowledged(self, _):
        """Where in states the index must have come to, by what was printed."""
        return 0


class Lane:
    """Each command is a method that makes its input and returns the Work."""

    def __init__(self, tmp, rng, articles=ARTICLES, **daemon):
        self.tmp, self.rng = tmp, rng
        self.index = os.path.join(tmp, "index")
        self.file = os.path.join(tmp, "articles.jsonl")
        self.version = 1
        self.state = {"a%d" % i: 1 for i in range(articles)}
        self.faults = []
        index_build(tmp, [write(self.file, self.state)])
        self.daemon = Daemon(tmp, self.index, **daemon)
        self.client = self.daemon.connect()

    def close(self):
        self.client.close()
        code = self.daemon.stop()
        if code != 0:
            self.faults.append("dragomand: exit %d\n%s" % (code, self.daemon.log()))

    def build(self):
        """Half of the articles in a new version, one more, one less."""
        self.version += 1
        new = {n: self.rng.choice((v, self.version)) for n, v in self.state.items()}
        del new[self.rng.choice(sorted(new))]
        new["b%d" % self.version] = self.version
        return Work([INDEX, "build", "-j1", "-d", self.index, write(self.file, new)], [self.state, new])

    def finish(self, work, wrong):
        """Runs WORK once more, undisturbed: all of it must then be there."""
        again = run(work.argv)
        if again.returncode != 0:
            wrong.append("the next run: exit %d: %s%s" % (again.returncode, again.stdout, again.stderr))
        self.state = work.states[-1]
        self.look(work.states[-1:], wrong, "after the next run")
        if leftovers(self.index):
            wrong.append("left over: %s" % leftovers(self.index))

    def look_after(self, work, out, wrong):
        """What a killed run left behind."""
        try:
            with open(os.path.join(self.index, "CURRENT")) as f:
                current = f.read()
            if not re.fullmatch(r"g\d{6}\n", current) or not os.path.isdir(os.path.join(self.index, current.strip())):
                wrong.append("CURRENT is %r" % current)
        except OSError as e:
            wrong.append(str(e))
        self.look(work.states[work.acknowledged(out):], wrong, "after the kill")

    def look(self, states, wrong, when):
        """The index is sound, and its daemon shows one of STATES, with the texts that belong to it."""
        bad = check(self.index)
        if bad:
            wrong.append("%s check says: %s" % (when, bad))
        try:
            state = seen(self.client)
            if state not in states:
                wrong.append("%s: none of the states: %s" % (when, differ(state, states[0])))
            wrong += ["%s: the text of %s" % (when, w) for w in texts_wrong(self.client, state)]
        except (ValueError, OSError, AssertionError) as e:
            wrong.append("%s: %s" % (when, e))
