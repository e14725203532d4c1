# SPDX-License-Identifier: GPL-2.0-or-later
"""The other side of inject.c, and what the tests of faults share: articles of
which each version can be told apart, and what an index is seen to hold.

A state is a dictionary from id to version. Every answer of a daemon and every
index that is left behind must be one of the states that it may be in.
"""
import ctypes
import json
import mmap
import os
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "e2e"))
from harness import BUILDDIR, clean_env, program, run  # noqa: E402

SHIM = os.path.join(BUILDDIR, "tests", "fault", "inject.so")
KINDS = ("open", "read", "write", "fsync", "rename", "unlink", "mmap", "malloc")
INDEX = program("dragoman-index")
CRASHES = re.compile("AddressSanitizer|LeakSanitizer|runtime error|terminate called")


def sanitizer():
    """The library of the address sanitizer that the programs are linked with, or None."""
    out = subprocess.run(["ldd", INDEX], stdout=subprocess.PIPE, universal_newlines=True).stdout
    found = re.search(r"=> (\S*libasan\S*)", out)
    return found.group(1) if found else None


ASAN = sanitizer()
if ASAN:
    # Only runs under the shim are searched for leaks (environment()). The search takes more than half of a short
    # run, and the tests of tests/e2e search undisturbed runs.
    os.environ["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"


def environment(plan=None, count=None, live=None):
    """What a program needs to run under the shim. It stands before the
    sanitizer's own functions, so that allocations are seen as well."""
    env = {"LD_PRELOAD": SHIM + (" " + ASAN if ASAN else "")}
    if ASAN:
        env["ASAN_OPTIONS"] = os.environ["ASAN_OPTIONS"] + ":verify_asan_link_order=0:detect_leaks=1"
    for name, value in (("INJECT", plan), ("INJECT_COUNT", count), ("INJECT_LIVE", live)):
        if value:
            env[name] = value
    return env


def shell_line(plan, argv):
    """What repeats a run by hand."""
    env = environment(plan)
    return " ".join("%s='%s'" % item for item in sorted(env.items())) + " " + " ".join(argv)


class Outcome:
    """A run under the shim: code (negative: by that signal), out, err, calls
    by kind (None where it was killed), and at: what was made to fail."""

    def __init__(self, argv, code, out, err, count):
        self.argv, self.code, self.out, self.err = argv, code, out, err
        self.calls, self.at = None, None
        if os.path.exists(count):
            with open(count) as f:
                lines = [line.rstrip("\n").split(" ", 1) for line in f]
            self.calls = {k: int(n) for k, n in lines if k in KINDS}
            self.at = dict(lines).get("at")
            os.unlink(count)

    def __str__(self):
        return "exit %d\n%s%s" % (self.code, self.out, self.err)


def inject(tmp, argv, plan=None, **more):
    """Runs ARGV to its end under the shim."""
    count = os.path.join(tmp, "count")
    done = run(argv, env=environment(plan, count), **more)
    return Outcome(argv, done.returncode, done.stdout, done.stderr, count)


class _Page(ctypes.Structure):
    _fields_ = [(n, ctypes.c_uint64) for n in ("counting", "mode", "kind", "nth", "fired", "error")] + [
        ("calls", ctypes.c_uint64 * len(KINDS)), ("at", ctypes.c_char * 256)]


class Live:
    """The plan of a program that runs: arm() lets the Nth call from now on
    fail; counts() are the calls since arm() or start()."""

    def __init__(self, path):
        self.path = path
        with open(path, "wb") as f:
            f.truncate(mmap.PAGESIZE)
        with open(path, "r+b") as f:
            self.memory = mmap.mmap(f.fileno(), mmap.PAGESIZE)
        self.page = _Page.from_buffer(self.memory)

    def start(self):
        self.page.counting = self.page.mode = self.page.fired = 0
        for i in range(len(KINDS)):
            self.page.calls[i] = 0
        self.page.counting = 1

    def arm(self, kind, nth, error):
        self.start()
        self.page.kind, self.page.nth, self.page.error = KINDS.index(kind), nth, error
        self.page.mode = 1

    def stop(self):
        """Whether the plan was carried out."""
        self.page.counting = self.page.mode = 0
        return bool(self.page.fired)

    def counts(self):
        return dict(zip(KINDS, self.page.calls))

    def at(self):
        return self.page.at.decode()


def article(name, version, words=40):
    """One article as a line of JSON; its version stands in headline and text."""
    seed = sum(name.encode()) * 7919 + version * 104729
    body = " ".join("word%d" % ((seed + k * 31337) % 50021) for k in range(words))
    return json.dumps({"id": name, "title": "Report %s version %d" % (name, version),
                       "body": "everyword stands %s and %s." % (mark(name, version), body),
                       "date": "20%02d-01-02" % (version % 30)}) + "\n"


def mark(name, version):
    return "mark%sx%d" % (name.replace(".", "z"), version)


def write(path, state, order=None):
    """The articles of STATE as a file of JSON Lines."""
    with open(path, "w") as f:
        for name in order or sorted(state):
            f.write(article(name, state[name]))
    return path


TITLE = re.compile(r"Report ([\w.]+) version (\d+)\Z")


class State(dict):
    """What a reply showed, and of which revision it was."""
    rev = 0


def seen(client):
    """The state that one reply shows. An id that shows twice, or a reply that
    is an error, is a ValueError."""
    reply = client.ask('SEARCH limit=1000 snippets=0 collapse=0 -- "everyword stands"')
    if reply is None or reply.code != 250:
        raise ValueError("SEARCH: %r" % reply)
    state = State()
    state.rev = int(reply.figures["rev"])
    for row in reply.of("R"):
        found = TITLE.match(row[6])
        if not found or found.group(1) != row[2] or row[2] in state:
            raise ValueError("a row of its own: %r" % row)
        state[row[2]] = int(found.group(2))
    if int(reply.figures["total"]) != len(state):
        raise ValueError("total=%s of %d rows" % (reply.figures["total"], len(state)))
    return state


def texts_wrong(client, state):
    """Asks for the text of each article; the ids where it is not that of STATE."""
    names = sorted(state)
    wrong = []
    for at in range(0, len(names), 32):
        some = names[at:at + 32]
        client.send("".join("GET %s\n" % name for name in some))
        for name in some:
            reply = client.reply()
            if reply is None:
                raise ValueError("GET %s: the connection ended" % name)
            text = " ".join(row[2] for row in reply.of("T")) if reply.code == 250 else ""
            if "everyword stands %s and " % mark(name, state[name]) not in text:
                wrong.append("%s: %r" % (name, reply))
    return wrong


def differ(got, want):
    """Where two states differ, in words."""
    return " ".join("%s:%s/%s" % (n, got.get(n, "-"), want.get(n, "-"))
                    for n in sorted(set(got) | set(want)) if got.get(n) != want.get(n))


def leftovers(index):
    """Temporary folders and files in INDEX and its current generation (one
    before it goes, with all in it, when its last reader does)."""
    with open(os.path.join(index, "CURRENT")) as f:
        current = f.read().strip()
    return sorted(n for d in ("", current) for n in os.listdir(os.path.join(index, d))
                  if n.startswith("tmp.") or n.endswith((".new", ".tmp")))


def check(index, deep=False):
    """None where dragoman-index check finds the index sound, else what it says."""
    done = run([INDEX, "check", "-d", index] + (["--deep"] if deep else []))
    return None if done.returncode == 0 else str(done)


def copy(index, to):
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(index, to)
    return to


__all__ = ["ASAN", "CRASHES", "INDEX", "KINDS", "SHIM", "Live", "Outcome", "article", "check", "clean_env", "copy",
           "differ", "environment", "inject", "leftovers", "mark", "seen", "shell_line", "texts_wrong", "write"]
