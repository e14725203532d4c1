# SPDX-License-Identifier: GPL-2.0-or-later
"""An index with its daemon, the commands that change it, and the model of what
it may hold before, during and after each of them."""
import fcntl
import os
import re
import shutil

from inject import INDEX, check, differ, leftovers, seen, texts_wrong, write
from harness import Daemon, index_build, run

ARTICLES = 24
EVERY = 9      # articles a commit of "commits"
COMMANDS = ("update", "prune", "commits", "remove", "build", "rebuild", "compact", "switch", "restore",
            "snapshot")
COMMITTED = re.compile(r"committed (\d+) articles, revision (\d+)$", re.M)


class Work:
    """One run of a command: its words, the states that the index may be in on
    the way, the one before it first, and what is run to complete it.
    ACKNOWLEDGED: for so many articles of the input the number of the state.
    CLEARS: it clears away what dead processes left."""

    def __init__(self, argv, states, again=None, codes=(0,), acknowledged=(), clears=True):
        self.argv, self.states, self.again, self.codes = argv, states, again or argv, codes
        self.of_articles = dict(acknowledged)
        self.clears = clears

    def acknowledged(self, out):
        """Number of the state and revision that the index must have reached, by what was printed."""
        told = COMMITTED.findall(out)
        if not told:
            return 0, 0
        return self.of_articles[int(told[-1][0])], int(told[-1][1])


class Lane:
    """Each command is a method that makes its input and returns the Work."""

    def __init__(self, tmp, rng, articles=ARTICLES, **daemon):
        self.tmp, self.rng = tmp, rng
        self.index = os.path.join(tmp, "index")
        self.file = os.path.join(tmp, "articles.jsonl")
        self.copy = os.path.join(tmp, "copy")
        self.version = 1
        self.state = self.copied = {"a%d" % i: 1 for i in range(articles)}
        self.rev = 0
        self.faults = []
        self.pin = None
        index_build(tmp, [write(self.file, self.state)])
        shutil.copytree(self.index, self.copy)
        self.daemon = Daemon(tmp, self.index, **daemon)
        self.client = self.daemon.connect()

    def close(self):
        self.client.close()
        if self.pin:
            self.pin.close()
        code = self.daemon.stop()
        if code != 0:
            self.faults.append("dragomand: exit %d\n%s" % (code, self.daemon.log()))

    # ---- the commands ----

    def new_versions(self, more=1):
        """Half of the articles in a new version, and so many more that they are ARTICLES or, with MORE, one more."""
        self.version += 1
        new = {n: self.rng.choice((v, self.version)) for n, v in self.state.items()}
        for i in range(max(more, ARTICLES + more - len(new))):
            new["b%d.%d" % (self.version, i)] = self.version
        return new

    def command(self, verb, *args):
        return [INDEX, verb, "-d", self.index, *args]

    def build(self):
        new = self.new_versions()
        del new[self.rng.choice(sorted(new))]
        return Work(self.command("build", "-j1", write(self.file, new)), [self.state, new])

    def rebuild(self):
        return Work(self.command("rebuild", "-j1"), [self.state])

    def compact(self):
        return Work(self.command("compact"), [self.state])

    def switch(self):
        """Back to a generation that a reader held while another was built."""
        with open(os.path.join(self.index, "CURRENT")) as f:
            gen = f.read().strip()
        if self.pin:
            self.pin.close()
        self.pin = open(os.path.join(self.index, gen, "pin"))
        fcntl.flock(self.pin, fcntl.LOCK_SH)
        behind, work = self.state, self.build()
        run(work.argv)
        self.state = work.states[-1]
        return Work(self.command("switch", gen), [self.state, behind], codes=(0, 65), clears=False)

    def update(self):
        new = self.new_versions(more=0)
        return Work(self.command("update", "-v", write(self.file, new)), [self.state, new],
                    acknowledged=[(len(new), 1)])

    def prune(self):
        """One commit for what is new and changed, another for what is gone."""
        added = self.new_versions()
        new = dict(added)
        del new[self.rng.choice(sorted(self.state))]
        added.update((n, v) for n, v in self.state.items() if n not in new)
        return Work(self.command("update", "-v", "--prune", write(self.file, new)), [self.state, added, new],
                    acknowledged=[(len(new), 1)])

    def commits(self):
        """Several commits, in the order of the input."""
        new = self.new_versions(more=0)
        order = sorted(new)
        states, told = [self.state], [(0, 0)]
        for at in list(range(EVERY, len(order), EVERY)) + [len(order)]:
            states.append({**self.state, **{n: new[n] for n in order[:at]}})
            told.append((at, len(states) - 1))
        return Work(self.command("update", "-v", "--commit-every", str(EVERY), write(self.file, new, order)), states,
                    acknowledged=told)

    def remove(self):
        """Two articles; what the first run removed the next one does not find."""
        if len(self.state) < ARTICLES / 2:
            work = self.commits()
            run(work.argv)
            self.state = work.states[-1]
        gone = self.rng.sample(sorted(self.state), 2)
        new = {n: v for n, v in self.state.items() if n not in gone}
        return Work(self.command("remove", *gone), [self.state, new], codes=(0, 66))

    def restore(self):
        return Work(self.command("restore", self.copy), [self.state, self.copied])

    def snapshot(self):
        self.version += 1
        name = os.path.join(self.tmp, "snapshot%d" % self.version)
        return Work(self.command("snapshot", name), [self.state], again=self.command("snapshot", name + "again"),
                    clears=False)

    # ---- what there is afterwards ----

    def finish(self, work, wrong):
        """Runs WORK once more, undisturbed: all of it must then be there."""
        again = run(work.again)
        if again.returncode not in work.codes:
            wrong.append("the next run: exit %d: %s%s" % (again.returncode, again.stdout, again.stderr))
        self.state = work.states[-1]
        self.look(work.states[-1:], wrong, "after the next run")
        if work.clears and leftovers(self.index):
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
        at, rev = work.acknowledged(out)
        self.look(work.states[at:], wrong, "after the kill", rev)

    def check(self):
        return check(self.index)

    def look(self, states, wrong, when, rev=0):
        """The index is sound, and its daemon shows one of STATES, with the
        texts that belong to it, of no earlier revision than before, nor than REV."""
        bad = self.check()
        if bad:
            wrong.append("%s check says: %s" % (when, bad))
        try:
            state = seen(self.client)
            if state not in states:
                wrong.append("%s: none of the states: %s" % (when, differ(state, states[0])))
            if state.rev < max(rev, self.rev):
                wrong.append("%s: revision %d after %d" % (when, state.rev, max(rev, self.rev)))
            self.rev = state.rev
            wrong += ["%s: the text of %s" % (when, w) for w in texts_wrong(self.client, state)]
        except (ValueError, OSError, AssertionError) as e:
            wrong.append("%s: %s" % (when, e))
        for name in os.listdir(self.tmp):
            folder = os.path.join(self.tmp, name)
            if name.startswith("snapshot"):
                if os.path.exists(os.path.join(folder, "CURRENT")) and check(folder):
                    wrong.append("%s: %s: %s" % (when, name, check(folder)))
                shutil.rmtree(folder)
