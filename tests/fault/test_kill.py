#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The kill loop: the indexer and the daemon end by SIGKILL, at random moments
and beside each rename, fsync and unlink. What was acknowledged stays, what was
not is there wholly or not at all, the daemon answers with one state of many,
and the next run of the same command completes the work.

KILLS (100) says how many kills of the indexer, SEED repeats a run."""
import os
import random
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from inject import ASAN, INDEX, differ, environment, inject, leftovers, seen, shell_line  # noqa: E402
from lane import COMMANDS, Lane  # noqa: E402
from harness import SAMPLE, SHARED, Daemon, Tap, clean_env, corpus, run, tempdir  # noqa: E402

tap = Tap()
KILLS = int(os.environ.get("KILLS", "100"))
SEED = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(1, 1 << 31)
LANES = 4       # updates wait between their commits
SIDES = ("before", "after")
NAMED = ("rename", "fsync", "unlink")      # all of them are points
FIRST_OPENS = 16       # before and after the folder is made that a signal removes
RANDOM = ("malloc", "write", "open")       # a random one of these is a random moment


def stopped(plan):
    """Whether PLAN is SIGTERM's, which a program handles, and not SIGKILL's."""
    return bool(plan) and plan.startswith("stop:")


class Killed(Lane):
    def __init__(self, tmp, rng):
        super().__init__(tmp, rng)
        self.seconds = {}

    def points(self, command):
        """Runs COMMAND to its end, and names the moments at which it can be killed."""
        work = getattr(self, command)()
        begin = time.monotonic()
        done = inject(self.tmp, work.argv)
        self.seconds[command] = time.monotonic() - begin
        if done.code not in work.codes:
            raise RuntimeError("%s\n%s" % (" ".join(work.argv), done))
        self.state = work.states[-1]
        return done.calls

    def kill(self, command, plan):
        """One case; what is wrong goes to faults. False where it ended before it could be killed."""
        work = getattr(self, command)()
        wrong = []
        code, out = self.run_watched(work, plan, command, wrong)
        if stopped(plan):
            wrong += ["stopped, and left behind: " + n for n in leftovers(self.index) if n.startswith("tmp.")]
        self.look_after(work, out, wrong)
        self.finish(work, wrong)
        if wrong:
            self.faults.append("%s\n%s" % (shell_line(plan, work.argv), "\n".join(wrong)))
        return code != 0

    def run_watched(self, work, plan, command, wrong):
        """Runs and kills WORK while a client asks; its exit code and standard output."""
        env = clean_env(environment(plan) if plan else {})
        proc = subprocess.Popen(work.argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, env=env, universal_newlines=True)
        timer = None
        if not plan:
            timer = threading.Timer(self.rng.uniform(0, self.seconds[command]), proc.kill)
            timer.start()
        ended = threading.Event()
        watcher = threading.Thread(target=self.watch, args=(work, ended, wrong))
        watcher.start()
        out, err = proc.communicate()
        ended.set()
        watcher.join()
        if timer:
            timer.cancel()
            timer.join()
        if proc.returncode not in (-15 if stopped(plan) else -9, 0):
            wrong.append("exit %d: %s" % (proc.returncode, err))
        return proc.returncode, out

    def watch(self, work, ended, wrong):
        """Asks until ENDED: each reply shows one of the states, and never an earlier one again."""
        at = 0
        try:
            with self.daemon.connect() as client:
                while not ended.is_set():
                    state = seen(client)
                    if state not in work.states[at:]:
                        wrong.append("meanwhile a reply showed no state: " + differ(state, work.states[at]))
                        return
                    at += work.states[at:].index(state)
        except (ValueError, OSError, AssertionError) as e:
            wrong.append("meanwhile: %s" % e)


def cases(rng, calls):
    """The kills of one round: every named point once and as many random moments."""
    named = [(c, "kill:%s:%d:%s" % (kind, n, side)) for c in COMMANDS for kind in NAMED
             for n in range(1, calls[c][kind] + 1) for side in SIDES]
    moments = []
    for _ in named:
        c = rng.choice(COMMANDS)
        kind = rng.choice(RANDOM + ("time",))
        moments.append((c, None if kind == "time" or not calls[c][kind] else
                        "kill:%s:%d:%s" % (kind, rng.randint(1, calls[c][kind]), rng.choice(SIDES))))
    both = named + moments
    rng.shuffle(both)
    return both


def test_indexer(tmp):
    print("# SEED=%d KILLS=%d" % (SEED, KILLS))
    done = []

    def work(number):
        rng = random.Random(SEED * LANES + number)
        folder = os.path.join(tmp, "lane%d" % number)
        os.mkdir(folder)
        lane = Killed(folder, rng)
        try:
            calls = {c: lane.points(c) for c in COMMANDS}
            while len(done) < KILLS and len(lane.faults) < 5:
                for command, plan in cases(rng, calls):
                    if len(done) >= KILLS or len(lane.faults) >= 5:
                        break
                    if lane.kill(command, plan):
                        done.append(command)
        except Exception as e:
            lane.faults.append("%s: %s" % (type(e).__name__, e))
        lane.close()
        lanes.append(lane)

    lanes = []
    threads = [threading.Thread(target=work, args=(n,)) for n in range(LANES)]
    begin = time.monotonic()
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    faults = [f for lane in lanes for f in lane.faults]
    tap.ok(len(lanes) == LANES and len(done) >= KILLS and not faults,
           "%d kills of the indexer (%s) in %.0f s" % (len(done), ", ".join(
               "%s %d" % (c, done.count(c)) for c in COMMANDS), time.monotonic() - begin),
           "SEED=%d\n" % SEED + "\n".join(faults))


def test_stopped(tmp):
    """SIGTERM, unlike SIGKILL, leaves no folder behind."""
    lane = Killed(tmp, random.Random(SEED))
    count = 0
    for command in ("build", "compact"):
        calls = lane.points(command)
        plans = [(kind, n) for kind in ("open", "rename") for n in range(1, calls[kind] + 1)]
        first = [p for p in plans if p[0] == "rename" or p[1] <= FIRST_OPENS]
        for kind, n in first + lane.rng.sample(plans, 4):
            count += lane.kill(command, "stop:%s:%d:%s" % (kind, n, lane.rng.choice(SIDES)))
    lane.close()
    tap.ok(count and not lane.faults, "%d times stopped, no folder left behind" % count,
           "SEED=%d\n" % SEED + "\n".join(lane.faults))


class Load:
    """Clients that ask as fast as they are answered, until the daemon is gone.
    Each reply that comes whole must be the right one."""
    REQUEST = "SEARCH limit=10 -- treaty sanctions\n"

    def __init__(self, daemon, want, clients=4):
        self.wrong = []
        self.threads = [threading.Thread(target=self.ask, args=(daemon.connect(), want)) for _ in range(clients)]
        for t in self.threads:
            t.start()

    def ask(self, client, want):
        with client:
            try:
                while True:
                    client.send(self.REQUEST * 8)
                    for _ in range(8):
                        reply = client.reply()
                        if reply is None:
                            return
                        if reply.code != 250 or reply.ids() != want:
                            self.wrong.append(reply)
            except (OSError, AssertionError):
                return       # cut off in the middle of a line or of a reply

    def join(self):
        for t in self.threads:
            t.join()
        return self.wrong


def test_daemon(tmp):
    paths = [corpus(n + ".jsonl.gz") for n in ("frus", "reuters", "time")] + [os.path.join(SHARED, "seed-article.txt")]
    # A sanitizer takes minutes to build the large index, of which only the times below are wanted, and they are skipped.
    shared = None not in paths and not ASAN and not os.environ.get("DRAGOMAN_TEST_QUICK")
    index = os.path.join(tmp, "index")
    built = run([INDEX, "build", "-q", "-d", index, *(paths if shared else [SAMPLE])], timeout=900)
    if built.returncode not in (0, 65):
        raise RuntimeError(built.stderr)
    rng = random.Random(SEED)
    times, wrong = [], []
    daemon = Daemon(tmp, index)
    with daemon.connect() as client:
        want = client.ask(Load.REQUEST.strip()).ids()
    for _ in range(20):
        load = Load(daemon, want)
        threading.Event().wait(rng.uniform(0, 0.2))       # a random moment under load
        daemon.proc.kill()
        daemon.proc.wait()
        wrong += load.join()
        begin = time.monotonic()
        daemon.start()
        with daemon.connect() as client:
            if client.ask(Load.REQUEST.strip()).ids() != want:
                wrong.append("after a restart")
        times.append(time.monotonic() - begin)
    code = daemon.stop()
    tap.ok(code == 0 and not wrong and want, "20 kills of the daemon under load", "exit %d\n%s" % (code, wrong))
    what = "restart to first answer: %.2f s at most, %s" % (max(times), "shared corpora" if shared else "sample")
    if ASAN:
        tap.skip(what, "sanitizers take their time")
    else:
        tap.ok(max(times) < 1, what, times)


for test, memory in ((test_indexer, True), (test_stopped, True), (test_daemon, False)):
    with tempdir(memory) as folder:
        test(folder)
tap.done()
