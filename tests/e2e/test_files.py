#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What stands beside an index, and what is put in the place of its files: nothing
that is not ours is removed, followed or waited for."""
import fcntl
import json
import os
import re
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from harness import Tap, clean_env, program, run, tempdir, wait_until  # noqa: E402

tap = Tap()
INDEX = program("dragoman-index")
MARKER = "dragoman-temporary"


def index(verb, where, *args, **more):
    return run([INDEX, verb, "-d", where, *args], **more)


def good(done, what):
    return tap.ok(done.returncode == 0, what, "exit %d\n%s%s" % (done.returncode, done.stdout, done.stderr))


def write(path, text=""):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as f:
        f.write(text)
    return path


def articles(path, n=5):
    return write(path, "".join(json.dumps({"id": "a%d" % i, "title": "Envoy %d" % i, "body": "Of talks."}) + "\n"
                               for i in range(n)))


def tree(where):
    """All that is in a folder: path, and contents or what a link says."""
    found = {}
    for folder, folders, names in os.walk(where):
        for name in folders + names:
            path = os.path.join(folder, name)
            if os.path.islink(path):
                found[path] = os.readlink(path)
            elif os.path.isfile(path):
                with open(path, "rb") as f:
                    found[path] = f.read()
            else:
                found[path] = None
    return found


def generations(where):
    return sorted(n for n in os.listdir(where) if re.fullmatch(r"g\d{6}", n))


def test_other_folder(tmp):
    """An index is not made among other things, and nothing of them is touched."""
    path = articles(tmp + "/in/a.jsonl")
    good(index("build", tmp + "/real", path), "an index")
    good(index("snapshot", tmp + "/real", tmp + "/copy"), "and its snapshot")
    for name, entries in (("temporary", ["tmp.Xy12ab/precious"]), ("numbered", ["g000001/precious"]),
                          ("ours by name", ["tmp.dragoman_a1b2c3/precious", "notes"]),
                          ("CURRENT", ["CURRENT", "g000001/precious"]), ("LOCK", ["LOCK/precious"])):
        where = os.path.join(tmp, "other", name)
        for entry in entries:
            write(os.path.join(where, entry), "g000001\n")
        before = tree(where)
        for verb, *args in (("build", path), ("build", "--replace", path), ("update", path), ("update", "-"),
                            ("restore", tmp + "/copy")):
            done = index(verb, where, *args)
            tap.ok(done.returncode == 73 and where in done.stderr and "empty" in done.stderr and tree(where) == before,
                   "%s: %s is 73, and all is as it was" % (name, verb), (done, tree(where)))
        for verb, *args in (("rebuild",), ("compact",), ("remove", "a1"), ("check",), ("build", tmp + "/missing")):
            done = index(verb, where, *args)
            tap.ok(done.returncode != 0 and tree(where) == before, "%s: %s fails, and leaves nothing" % (name, verb),
                   (done, tree(where)))
        done = index("snapshot", tmp + "/real", where)
        tap.ok(done.returncode == 73 and tree(where) == before, "%s: no snapshot goes there" % name, done)
    os.mkdir(tmp + "/empty")
    good(index("build", tmp + "/empty", path), "an empty folder will do")
    os.symlink("empty", tmp + "/link")
    good(index("build", tmp + "/link", path), "and an index by another name")
    os.makedirs(tmp + "/failed")
    tap.equal(index("rebuild", tmp + "/failed").returncode, 66, "a command that failed")
    good(index("build", tmp + "/failed", path), "does not stand in the way")


def test_beside(tmp):
    """What others put into the folder of an index stays there."""
    where, path, outside = tmp + "/index", articles(tmp + "/in/a.jsonl"), tmp + "/outside"
    good(index("build", where, path), "an index")
    write(where + "/README", "Whose index it is.")
    write(where + "/tmp.Xy12ab/precious")
    os.mkdir(where + "/tmp.empty1")
    write(where + "/tmp.dragoman_filled/precious")
    write(where + "/g000077/precious")
    shutil.copytree(where + "/g000001", outside + "/generation")
    write(outside + "/temporary/" + MARKER)
    write(outside + "/temporary/precious")
    write(outside + "/file", "precious")
    os.symlink(outside + "/temporary", where + "/tmp.dragoman_folder")
    os.symlink(outside + "/generation", where + "/g000042")
    write(where + "/tmp.dragoman_linked/precious")
    os.symlink(outside + "/file", where + "/tmp.dragoman_linked/" + MARKER)
    mine = {p: c for p, c in tree(where).items() if not re.search(r"/g000001|/CURRENT|/job|/LOCK", p)}
    theirs = tree(outside)
    for verb, *args in (("build", path), ("update", articles(tmp + "/in/a.jsonl", 7)), ("compact",), ("rebuild",)):
        good(index(verb, where, *args), verb)
        now = tree(where)
        tap.ok(all(now.get(p, "gone") == c for p, c in mine.items()) and tree(outside) == theirs,
               "nothing of others is gone", sorted(p for p in mine if p not in now))
    tap.equal(generations(where), ["g000042", "g000077", "g000080"], "and one generation is there, of the next free number")


def test_dead(tmp):
    """What a dead process left goes, what a living one holds stays."""
    where, path = tmp + "/index", articles(tmp + "/in/a.jsonl")
    good(index("build", where, path), "an index")
    write(where + "/tmp.dragoman_killed/" + MARKER)
    write(where + "/tmp.dragoman_killed/new/postlist.glass")
    os.symlink(write(tmp + "/precious", "x"), where + "/tmp.dragoman_killed/new/link")
    os.mkdir(where + "/tmp.dragoman_early1")
    with open(write(where + "/tmp.dragoman_living/" + MARKER)) as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        good(index("build", where, path), "another build")
        tap.equal(sorted(n for n in os.listdir(where) if n.startswith("tmp.")), ["tmp.dragoman_living"],
                  "what a dead process left is gone, what a living one holds is not")
    tap.ok(os.path.exists(tmp + "/precious"), "and nothing that a link led to")
    good(index("update", where, articles(tmp + "/in/a.jsonl", 6)), "an update")
    tap.ok(not [n for n in os.listdir(where) if n.startswith("tmp.")], "tidies up, too", os.listdir(where))
    proc = subprocess.Popen([INDEX, "build", "-d", where, "-"], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL,
                            stdout=subprocess.DEVNULL, env=clean_env())
    wait_until(lambda: [n for n in os.listdir(where) if os.path.exists(os.path.join(where, n, MARKER))])
    proc.kill()
    proc.communicate()
    left = [n for n in os.listdir(where) if n.startswith("tmp.")]
    good(index("build", where, path), "a build after one that was killed")
    tap.ok(left and not [n for n in os.listdir(where) if n.startswith("tmp.")], "removes what that left", left)
    os.unlink(where + "/CURRENT")
    good(index("build", where, path), "a build where one was killed before its switch")
    tap.equal(generations(where)[-1], "g000004", "takes the next number")


def main():
    for test in (test_other_folder, test_beside, test_dead):
        if len(sys.argv) > 1 and test.__name__ not in sys.argv[1:]:
            continue
        with tempdir() as tmp:
            test(tmp)
    tap.done()


main()
