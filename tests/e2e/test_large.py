#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Large articles: one at a time has a build's memory, an update that ends with one in hand is
told by the next update, which passes over that article alone."""
import itertools
import json
import os
import re
import resource
import signal
import string
import subprocess

from harness import Daemon, Tap, clean_env, program, run, sanitized, tempdir, wait_until

tap = Tap()
INDEX = program("dragoman-index")
LARGE = 2 << 20   # bytes


def costly(name, size=LARGE):
    """An article that takes much memory: many different names, then many short quotations."""
    names = itertools.islice(itertools.product(string.ascii_lowercase, repeat=4), size // 40)
    body = " ".join("B" + "".join(n) for n in names) + " "
    return json.dumps({"id": name, "title": "About " + name, "body": body + '"a" ' * ((size - len(body)) // 4)}) + "\n"


def small(name):
    return json.dumps({"id": name, "title": "About " + name, "body": "text of " + name}) + "\n"


def write(path, text):
    with open(path, "w") as f:
        f.write(text)
    return path


def update(index, path, limit=None):
    """LIMIT: of the memory, in bytes."""
    return run([INDEX, "update", "-q", "-d", index, path],
               preexec_fn=limit and (lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit))))


def held(index):
    with Daemon(os.path.dirname(index), index) as d, d.connect() as c:
        return sorted(c.ask("SEARCH limit=100 snippets=0 collapse=0 -- text OR about").ids())


def peak(*argv):
    """The most memory that a command had, in KiB."""
    process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, env=clean_env())
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, argv
    return usage.ru_maxrss


def passed_over(index, path, what, limit=None):
    """The update after one that ended with "large" in hand, and the one after that."""
    tap.ok(held(index) == ["first"], "%s: what was committed before stays" % what, held(index))
    done = update(index, path, limit)
    tap.ok(done.returncode == 65 and "large: an update ended with this large article in hand" in done.stderr and
           path + ":2" in done.stderr, "%s: the next update names the article and where it is, exit 65" % what, done)
    tap.ok(held(index) == ["first", "last"], "%s: the rest is in" % what, held(index))
    done = update(index, path)
    tap.ok(done.returncode == 0 and held(index) == ["first", "large", "last"], "%s: the one after tries again" % what, done)


def begun(tmp, name):
    """An index with one article, and a file in which a large one follows it."""
    index = os.path.join(tmp, name)
    path = write(os.path.join(tmp, name + ".jsonl"), small("first"))
    assert update(index, path).returncode == 0
    return index, write(path, small("first") + costly("large") + small("last"))


def killed(tmp):
    index, path = begun(tmp, "killed")
    process = subprocess.Popen([INDEX, "update", "-q", "-d", index, path], stdin=subprocess.DEVNULL, env=clean_env())
    note = os.path.join(index, "hand")
    wait_until(lambda: process.poll() is not None or (os.path.exists(note) and os.path.getsize(note)))
    process.send_signal(signal.SIGKILL)
    tap.ok(process.wait() == -signal.SIGKILL, "killed while a large article is in hand", process.returncode)
    passed_over(index, path, "killed")
    done = run([INDEX, "check", "--deep", "-d", index])
    tap.ok(done.returncode == 0, "killed: the index is sound", done)


def starved(tmp):
    index, path = begun(tmp, "starved")
    limit = 120 << 20
    if sanitized():
        tap.skip("no memory for a large article", "sanitizers reserve more memory than there is")
        return
    done = update(index, path, limit)
    tap.ok(done.returncode == 71 and "out of memory" in done.stderr, "no memory for a large article: the update says so", done)
    passed_over(index, path, "no memory", limit)


def late(tmp):
    """What takes longer than its deadline to read is told so."""
    index, path = begun(tmp, "late")
    assert update(index, path).returncode == 0
    with Daemon(tmp, index, ["--deadline", "0.001"]) as d, d.connect() as c:
        tap.equal(c.ask("GET -- large").code, 451, "GET of a large article has a deadline, too")


def in_turn(tmp):
    if sanitized():
        tap.skip("large articles in turn", "sanitizers keep freed memory")
        return
    one = write(os.path.join(tmp, "one.jsonl"), costly("a"))
    many = write(os.path.join(tmp, "many.jsonl"), "".join(costly(c) for c in "abcdef"))
    index = os.path.join(tmp, "built")
    of_one = peak(INDEX, "build", "-q", "-j", "4", "-d", index, one)
    of_many = peak(INDEX, "build", "-q", "-j", "4", "-d", index, many)
    # The texts of some of them wait in memory.
    tap.ok(of_many < 1.5 * of_one, "four workers with six large articles need little more memory than one with one",
           "%d KiB, %d KiB" % (of_one, of_many))


def given_back(tmp):
    """A feed may run for months."""
    if sanitized():
        tap.skip("a feed gives memory back", "sanitizers keep freed memory")
        return
    with subprocess.Popen([INDEX, "update", "-d", os.path.join(tmp, "fed"), "-"], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, env=clean_env(), text=True) as feed:
        feed.stdin.write(costly("a"))
        feed.stdin.flush()
        told = feed.stdout.readline()

        def memory(key):
            with open("/proc/%d/status" % feed.pid) as f:
                return int(re.search(key + r":\s+(\d+)", f.read()).group(1))

        most = memory("VmHWM")
        left = wait_until(lambda: memory("VmRSS") < most / 3)
        tap.ok(told.startswith("committed 1 ") and left, "a feed gives back the memory that a large article took",
               (told, memory("VmRSS"), most))
        feed.stdin.close()
        feed.stdout.read()


with tempdir() as tmp:
    for part in (killed, starved, late, in_turn, given_back):
        part(tmp)
tap.done()
