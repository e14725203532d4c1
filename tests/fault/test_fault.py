#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Calls that fail, one after the other until a run passes untouched: whatever
an indexer's command or a daemon's query asks of the system is refused once.
The indexer says so and exits by sysexits(3), or does its work all the same;
the index stays sound, old or new; the next run completes the work. The daemon
answers with an error or rightly, and lives on. A disk that fills up, and one
that is read-only.

MALLOCS (300, or 150 under a sanitizer; "all") says how many of the allocations fail, SEED repeats a run."""
import contextlib
import errno
import os
import random
import re
import shutil
import sys
import threading

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from inject import (ASAN, CRASHES, INDEX, Live, check, environment, inject, leftovers, seen,  # noqa: E402
                    shell_line, texts_wrong, write)
from lane import COMMANDS, Lane  # noqa: E402
from harness import Daemon, Tap, index_build, run, tempdir  # noqa: E402

tap = Tap()
MALLOCS = os.environ.get("MALLOCS", "150" if ASAN else "300")
SEED = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(1, 1 << 31)
DRAW = SEED + bool(ASAN)   # under a sanitizer, which takes several times as long, other calls fail, and fewer
ALL = MALLOCS == "all"
KINDS = (("write", "ENOSPC", "EIO"), ("fsync", "EIO"), ("rename", "EIO"), ("open", "EMFILE", "EIO"), ("read", "EIO"),
         ("unlink", "EIO"), ("mmap", "ENOMEM"))
WHOLLY = () if ASAN else ("update",)     # each call of it in every run; of the others some
ONE_OF = 16 if ASAN else 8
LANES = 6                # updates wait between their commits

# What is read, opened, removed or allocated may fail with exit 0, since what
# came of the run is looked at. Of what is written only this may.
HARMLESS = re.compile(
    r"fdatasync \S*/tmp\.\w+/"                     # libxapian does not look at it; fsync by us comes after
    r"|\w+ \S*/g\d{6}(/sums(\.new)?)?\Z")          # the sums, which the index can do without
# A report that a full disk has no room for is written over the one before.
REPORT = re.compile(r"write \S*/job(-good)?\.json\.new\Z")
# Input that cannot be read is told as bad data.
INPUT = re.compile(r"(open|read) \S*/articles\.jsonl\Z")
# The address sanitizer ends the program where it has no memory itself to look at a new thread's stack.
SANITIZER = re.compile(r"CHECK failed: sanitizer_\w+\.cpp\S* .*pthread_getattr_np")


class Faulty(Lane):
    failing = None     # the kind of the calls of which one fails

    def case(self, command, kind, nth, error):
        """One failure of one run; whether it befell the run."""
        self.failing = kind
        work = getattr(self, command)()
        plan = "fail:%s:%d:%s" % (kind, nth, error)
        done = inject(self.tmp, work.argv, plan)
        wrong = []
        if done.at is None:
            if done.code != 0 and not SANITIZER.search(done.err):
                wrong.append("untouched: %s" % done)
        elif done.code == 0:
            if kind in ("write", "fsync", "rename") and not HARMLESS.match(done.at) and not (
                    error == "ENOSPC" and REPORT.match(done.at)):
                wrong.append("%s failed, which nobody noticed" % done.at)
        else:
            self.judge(done, kind, wrong)
        if done.code == 65:
            self.state = self.partly(work, wrong)
        else:
            self.look(work.states if done.code else work.states[-1:], wrong, "after the fault")
        self.finish(work, wrong)
        if wrong:
            self.faults.append("%s\n%s\n%s" % (shell_line(plan, work.argv), done.at, "\n".join(wrong)))
        return done.at is not None

    def check(self):
        """A read that fails just where libxapian begins another block of its
        list of free blocks makes it write a damaged list while it undoes the
        commit. Nothing is lost, but no commit is taken any more: a rebuild is
        the cure, and check tells of it."""
        said = super().check()
        if self.failing != "read" or not said or "freelist" not in said or "rebuild" not in said:
            return said
        print("# libxapian damaged its list of free blocks")
        done = run([INDEX, "rebuild", "-q", "-d", self.index])
        return "not to be cured: %s" % done if done.returncode != 0 else super().check()

    def partly(self, work, wrong):
        """Where input could not be read, what could be read is there."""
        old, new = work.states[0], work.states[-1]
        state = seen(self.client)
        if any(v not in (old.get(n), new.get(n)) for n, v in state.items()):
            wrong.append("neither old nor new: %s" % state)
        self.look([state], wrong, "with a part of the input")
        return state

    def judge(self, done, kind, wrong):
        """How a run may fail."""
        if done.code < 0 or CRASHES.search(done.err):
            wrong.append("it crashed: %s" % done)
            return
        codes = (71,) if kind in ("malloc", "mmap") else (73, 74)
        if INPUT.match(done.at):
            codes += (65, 66)
        if done.argv[1] == "restore" and kind in ("open", "read"):
            codes += (65,)     # to libxapian's check what cannot be read is damage
        if done.code not in codes:
            wrong.append("%s: %s" % (done.at, done))
        if not done.err or not all(line.startswith("dragoman-index: ") for line in done.err.splitlines()):
            wrong.append("it did not say clearly what was wrong: %s" % done)


def in_lanes(tmp, jobs):
    """Does JOBS, functions of a lane, in lanes side by side; what was wrong."""
    todo, faults = list(jobs), []
    todo.reverse()

    def work(number):
        folder = os.path.join(tmp, "lane%d" % number)
        os.mkdir(folder)
        lane = Faulty(folder, random.Random(DRAW + number))
        try:
            while todo and len(lane.faults) < 5:
                todo.pop()(lane)
        except Exception as e:
            lane.faults.append("%s: %s" % (type(e).__name__, e))
        lane.close()
        faults.extend(lane.faults)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(LANES)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return faults


def sweep(command, kind, error, first, step, count):
    """Lets every STEPth call fail until a run passes untouched."""
    def job(lane):
        nth = first
        while lane.case(command, kind, nth, error) and len(lane.faults) < 5:
            count[command] += 1
            nth += step
    return job


def test_calls(tmp):
    print("# SEED=%d MALLOCS=%s" % (SEED, MALLOCS))
    rng = random.Random(DRAW)
    count = dict.fromkeys(COMMANDS, 0)
    jobs = []
    for command in COMMANDS:
        for kind, *names in KINDS:
            step = 1 if ALL else len(names) * (1 if command in WHOLLY else ONE_OF)
            firsts = rng.sample(range(1, step + 1), len(names)) if step > 1 else [1] * len(names)
            jobs += [sweep(command, kind, e, first, step, count) for e, first in zip(names, firsts)]
    faults = in_lanes(tmp, jobs)
    tap.ok(not faults and all(count.values()), "calls of the indexer that failed: " +
           ", ".join("%s %d" % c for c in count.items()), "\n".join(faults))


def allocations(tmp):
    """The number of allocations of each command."""
    folder = os.path.join(tmp, "count")
    os.mkdir(folder)
    lane = Faulty(folder, random.Random(DRAW))
    total = {}
    for command in COMMANDS:
        work = getattr(lane, command)()
        total[command] = inject(folder, work.argv).calls["malloc"]
        lane.state = work.states[-1]
    lane.close()
    return total


def test_mallocs(tmp):
    rng = random.Random(DRAW)
    jobs = []
    total = allocations(tmp)
    for command, n in total.items():
        picks = range(1, n + 1) if ALL else rng.sample(range(1, n + 1), int(MALLOCS) // len(COMMANDS))
        jobs += [lambda lane, c=command, n=n: lane.case(c, "malloc", n, "ENOMEM") for n in picks]
    faults = in_lanes(tmp, jobs)
    tap.ok(not faults, "%d allocations that failed, of %s" % (len(jobs), ", ".join("%s %d" % c for c in total.items())),
           "\n".join(faults))


REQUESTS = (
    'SEARCH limit=5 -- "everyword stands" report',
    "SEARCH format=json limit=3 sort=date from=2001 -- word1* NEAR/30 everyword",
    "COUNT -- report NOT title:a3",
    "GET a3",
    "SUGGEST limit=5 -- wor",
    "EXPLAIN -- everyword AND stand*",
    "EXPLAIN id=a3 -- everyword report",
    "STATUS",
    "METRICS",
)
QUERY_KINDS = (("open", "EIO"), ("open", "EMFILE"), ("read", "EIO"), ("write", "EIO"), ("fsync", "EIO"),
               ("rename", "EIO"), ("mmap", "ENOMEM"))
# busy (also: no memory), deadline, no space, internal error
ERRORS = (421, 451, 452, 554)


def comparable(reply):
    """A reply without what is another each time; the figures of STATUS and
    METRICS are that as a whole."""
    if reply.lines[0].startswith(("K\tversion\t", "M\t")):
        return reply.code
    return [re.sub(r'us=\d+|"us":\d+', "", line) for line in reply.lines]


class Questioned(Lane):
    """A daemon with one worker, of which single calls can be made to fail."""

    def __init__(self, tmp, rng):
        self.live = Live(os.path.join(tmp, "live"))
        super().__init__(tmp, rng, args=["--workers", "1"], env=environment(live=self.live.path))
        self.want = {r: comparable(self.client.ask(r)) for r in REQUESTS}

    def ask(self, request, kind, nth, error):
        """Asks while a call fails, and again when none does; whether one failed."""
        self.live.arm(kind, nth, getattr(errno, error))
        reply = self.question(request)
        failed = self.live.stop()
        what = "%s %d %s (%s): %s: " % (kind, nth, error, self.live.at(), request)
        if reply is None or (reply.code not in ERRORS and comparable(reply) != self.want[request]):
            self.faults.append(what + repr(reply))
        if reply is None:
            self.again()
        reply = self.question(request)
        if reply is None or comparable(reply) != self.want[request]:
            self.faults.append(what + "and asked again: %r" % reply)
            self.again()
        return failed

    def question(self, request):
        """The reply; None when the connection ended before it."""
        try:
            return self.client.ask(request)
        except (OSError, AssertionError):
            return None

    def again(self):
        """A new connection; a new daemon where it died."""
        try:
            self.client = self.daemon.connect()
        except OSError:
            self.faults.append("the daemon died: exit %s\n%s" % (self.daemon.proc.wait(), self.daemon.log()))
            self.daemon.start()
            self.client = self.daemon.connect()

    def each(self, request, kind, error, before=lambda: None):
        """One call after the other until none failed; how many did."""
        nth = 0
        while len(self.faults) < 5:
            before()
            if not self.ask(request, kind, nth + 1, error):
                break
            nth += 1
        return nth

    def count(self, request, kind):
        self.live.start()
        self.client.ask(request)
        self.live.stop()
        return self.live.counts()[kind]

    def picks(self, request, n, before=lambda: None):
        before()
        total = self.count(request, "malloc")
        for nth in range(1, total + 1) if ALL else sorted(self.rng.sample(range(1, total + 1), min(n, total))):
            if len(self.faults) < 5:
                before()
                self.ask(request, "malloc", nth, "ENOMEM")
        return total

    def switch(self):
        """What the daemon takes for a new generation."""
        name = os.path.join(self.index, "CURRENT")
        with open(name) as f:
            current = f.read()
        with open(name + ".new", "w") as f:
            f.write(current)
        os.rename(name + ".new", name)


def test_queries(tmp):
    lane = Questioned(tmp, random.Random(DRAW))
    calls = sum(lane.each(r, *k) for r in REQUESTS for k in QUERY_KINDS)
    tap.ok(not lane.faults and calls, "each call of a query that failed: %d" % calls, "\n".join(lane.faults))
    lane.faults.clear()
    calls = sum(lane.each(REQUESTS[0], *k, before=lane.switch) for k in QUERY_KINDS)
    tap.ok(not lane.faults and calls, "each call of opening a generation that failed: %d" % calls,
           "\n".join(lane.faults))
    lane.faults.clear()
    half = 0 if ALL else int(MALLOCS) // 2
    total = sum(lane.picks(r, half // len(REQUESTS)) for r in REQUESTS)
    total += lane.picks(REQUESTS[0], half, before=lane.switch)
    tap.ok(not lane.faults, "allocations of %d of a query that failed" % total, "\n".join(lane.faults))
    lane.faults.clear()
    lane.close()
    tap.ok(not lane.faults, "the daemon ends well", "\n".join(lane.faults))


@contextlib.contextmanager
def small_disk(folder, size):
    """A file system of its own at FOLDER; None where that may not be had."""
    os.mkdir(folder)
    done = None
    if os.geteuid() == 0 and shutil.which("mount"):
        done = run(["mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder])
    if done is None or done.returncode != 0:
        yield None
        return
    try:
        yield folder
    finally:
        run(["umount", folder])


def test_full_disk(tmp):
    """An update that fills the disk: what was committed stays, queries go on."""
    with small_disk(os.path.join(tmp, "small"), "24m") as disk:
        if disk is None:
            tap.skip("a full disk", "no tmpfs can be mounted here")
            return
        old = {"a%d" % i: 1 for i in range(50)}
        index = index_build(disk, [write(os.path.join(tmp, "old.jsonl"), old)])
        ballast = os.path.join(disk, "ballast")
        with open(ballast, "wb") as f:
            f.write(bytes(14 << 20))
        new = {"a%d" % i: 2 for i in range(3000)}
        order = sorted(new)
        argv = [INDEX, "update", "-v", "--commit-every", "250", "-d", index,
                write(os.path.join(tmp, "new.jsonl"), new, order)]
        with Daemon(tmp, index) as daemon, daemon.connect() as client:
            done = run(argv)
            tap.ok(done.returncode == 74 and "No space left on device" in done.stderr, "a full disk is 74", done)
            told = [int(n) for n in re.findall(r"committed (\d+) articles", done.stdout)]
            safe = {**old, **{n: 2 for n in order[:told[-1] if told else 0]}}
            total = int(client.ask('COUNT -- "everyword stands"').figures["total"])
            tap.ok(told and total == len(safe) < len(new), "queries go on, with what was committed", (told, total))
            tap.equal(texts_wrong(client, safe), [], "the texts are those")
            tap.equal(check(index), None, "the index is sound")
            os.unlink(ballast)
            done = run(argv)
            tap.ok(done.returncode == 0 and
                   int(client.ask('COUNT -- "everyword stands"').figures["total"]) == len(new),
                   "with room the next update succeeds", done)
            tap.equal((texts_wrong(client, new), check(index), leftovers(index)), ([], None, []), "and all is there")


def test_read_only(tmp):
    """An index on a file system that nobody may write to."""
    with small_disk(os.path.join(tmp, "disk"), "24m") as disk:
        if disk is None:
            tap.skip("a read-only index", "no tmpfs can be mounted here")
            return
        state = {"a%d" % i: 1 for i in range(20)}
        index = index_build(disk, [write(os.path.join(tmp, "old.jsonl"), state)])
        new = write(os.path.join(tmp, "new.jsonl"), {"a1": 2})
        done = run(["mount", "-o", "remount,ro", disk])
        if done.returncode != 0:
            tap.skip("a read-only index", done.stderr)
            return
        with Daemon(tmp, index) as daemon, daemon.connect() as client:
            tap.ok(seen(client) == state and not texts_wrong(client, state), "the daemon serves it")
            for verb, *args in (("update", new), ("remove", "a1"), ("build", new), ("rebuild",)):
                done = run([INDEX, verb, "-d", index, *args])
                tap.ok(done.returncode in (73, 74) and "Read-only file system" in done.stderr and
                       len(done.stderr.splitlines()) == 1, "%s says that it is read-only" % verb, done)
            tap.ok(seen(client) == state, "and nothing changed")


for test, memory in ((test_calls, True), (test_mallocs, True), (test_queries, True), (test_full_disk, False),
                     (test_read_only, False)):
    with tempdir(memory) as folder:
        test(folder)
tap.done()
