#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What stands beside an index, and what is put in the place of its files: nothing
that is not ours is removed, followed or waited for."""
import fcntl
import grp
import json
import os
import re
import shutil
import stat
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from harness import Tap, clean_env, in_folders, program, run, wait_until  # noqa: E402

tap = Tap()
INDEX = program("dragoman-index")
MARKER = "dragoman-temporary"
LOCKS = ("LOCK", "job.lock", "pin", "flintlock")


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
                          ("web page", ["g000001/manifest.json", "g000001/index.html"]),
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
    write(where + "/g000077/manifest.json", '{"name": "A web page"}')
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


def ends(done, code, words, what):
    return tap.ok(done.returncode == code and words in done.stderr, what, done)


def test_links(tmp):
    """A link or a FIFO in the place of a file of ours is not followed or waited for."""
    where, path = tmp + "/index", articles(tmp + "/in/a.jsonl")
    good(index("build", where, path), "an index")
    changed = articles(tmp + "/in/changed.jsonl", 6)
    precious = {name: write("%s/outside/%s" % (tmp, name), "precious " + name) for name in ("CURRENT", "job", "LOCK", "v.tmp")}
    for name, to in (("CURRENT.new", "CURRENT"), ("job.json.new", "job"), ("job-good.json.new", "job")):
        os.symlink(precious[to], os.path.join(where, name))
    good(index("build", where, path), "a build where the temporary names are links")
    tap.ok(not os.path.islink(where + "/CURRENT") and not os.path.islink(where + "/job.json"), "replaces the links")
    for odd, make in (("a link", lambda p, to: os.symlink(to, p)), ("a FIFO", lambda p, _: os.mkfifo(p))):
        for name in ("LOCK", "CURRENT", "g000002/pin", "g000002/manifest.json", "g000002/dictionary",
                     "g000002/postlist.glass", "g000002/iamglass", "g000002/v.tmp"):
            file, kept = os.path.join(where, name), tmp + "/kept"
            if os.path.exists(file):
                os.rename(file, kept)
            make(file, precious.get(os.path.basename(name), kept))
            why = name + ": not a regular file"
            ends(index("update", where, changed), 74 if name == "LOCK" else 65, why, "%s as %s: update says so" % (name, odd))
            if name != "LOCK":
                ends(index("info", where), 65, why, "so does info")
                ends(index("check", where), 65, why, "so does check")
                ends(run([program("dragomand"), "-d", where, "--socket", tmp + "/socket"]), 65, why, "so does the daemon")
                for verb, *args in (("compact",), ("snapshot", tmp + "/copy")):
                    done = index(verb, where, *args)
                    tap.ok(done.returncode == 65 and why in done.stderr and "cure" in done.stderr,
                           "%s tells the cure, too" % verb, done)
            os.unlink(file)
            if not name.endswith("v.tmp"):
                os.rename(kept, file)
    for odd, make in (("a link", lambda p: os.symlink(precious["CURRENT"], p)), ("a FIFO", os.mkfifo)):
        os.unlink(where + "/CURRENT")
        make(where + "/CURRENT")
        good(index("build", where, path), "CURRENT as %s: a build cures it" % odd)
    os.rename(where + "/g000004", tmp + "/generation")
    os.symlink(tmp + "/generation", where + "/g000004")
    theirs = tree(tmp + "/generation")
    for verb, *args in (("info",), ("check",), ("update", changed), ("remove", "a1"), ("compact",), ("rebuild",)):
        done = index(verb, where, *args)
        tap.ok(done.returncode in (65, 73) and "g000004" in done.stderr, "a generation that is a link: %s says so" % verb, done)
    tap.equal(tree(tmp + "/generation"), theirs, "and nothing changed in it")
    for name, path in precious.items():
        with open(path) as f:
            tap.equal(f.read(), "precious " + name, "what %s led to is as it was" % name)


def test_switch(tmp):
    """Nothing in a generation's folder is waited for as its files are synced."""
    where, path = tmp + "/index", articles(tmp + "/in/a.jsonl")
    good(index("build", where, path), "an index")
    with open(where + "/g000001/pin") as pin:
        fcntl.flock(pin, fcntl.LOCK_SH)
        good(index("build", where, path), "another generation, while the first is read")
    os.mkfifo(where + "/g000001/fifo")
    os.symlink(tmp + "/missing", where + "/g000001/link")
    good(index("switch", where, "1"), "back to the first, which a FIFO and a link were put into")


def test_restore(tmp):
    """A snapshot from elsewhere: what restore copies is the files of a generation, and no others."""
    where, copy = tmp + "/index", tmp + "/copy"
    good(index("build", where, articles(tmp + "/in/a.jsonl")), "an index")
    good(index("snapshot", where, copy), "a snapshot")
    secret = write(tmp + "/outside/secret", "secret")
    os.symlink(secret, copy + "/g000001/loot")
    os.mkfifo(copy + "/g000001/fifo")
    write(copy + "/g000001/huge")
    os.mkdir(copy + "/g000001/folder")
    good(index("restore", where, copy), "restored from a folder with more in it")
    names = os.listdir(where + "/g000002")
    tap.ok(not set(names) & {"loot", "fifo", "huge", "folder"} and "postlist.glass" in names, "without it", names)
    good(index("check", where), "and sound")
    for name in ("dictionary", "position.glass", "sums"):
        file = os.path.join(copy, "g000001", name)
        os.rename(file, tmp + "/kept")
        for odd, make in (("a link", lambda p: os.symlink(secret, p)), ("a FIFO", os.mkfifo)):
            make(file)
            ends(index("restore", where, copy), 65, "not a regular file", "%s as %s: refused" % (name, odd))
            os.unlink(file)
        os.rename(tmp + "/kept", file)
    good(index("restore", tmp + "/fresh", copy), "the snapshot as it was is restored")


def modes(where):
    """The modes of an index: of its folders, and of its files but for the locks."""
    folders, files = set(), set()
    for folder, _, names in os.walk(where):
        folders.add("%o" % (os.stat(folder).st_mode & 0o7777))
        files |= {"%o" % (os.lstat(os.path.join(folder, n)).st_mode & 0o7777) for n in names if n not in LOCKS}
    return folders, files


def test_modes(tmp):
    """An index is private to its owner and his group, or as --mode says, and stays so."""
    path = articles(tmp + "/in/a.jsonl")

    def made(name, umask, *args, verb="build", at=None):
        where = os.path.join(tmp, name)
        good(run([INDEX, verb, "-d", where, *args, path], preexec_fn=lambda: os.umask(umask)), "%s: %s" % (name, verb))
        return modes(at or where)
    tap.equal(made("usual", 0o022), ({"750"}, {"640"}), "750 and 640 by default")
    tap.equal(made("open", 0), ({"750"}, {"640"}), "whatever the umask leaves open")
    tap.equal(made("closed", 0o077), ({"700"}, {"600"}), "but what it closes is closed")
    tap.equal(made("fed", 0o022, verb="update"), ({"750"}, {"640"}), "an update makes it so, too")
    for name, more in (("700", "600"), ("755", "644"), ("711", "600")):
        tap.equal(made("m" + name, 0o077, "--mode", name), ({name}, {more}), "--mode %s" % name)
        articles(path, 9)
        for verb in ("update", "build", "rebuild", "compact"):
            tap.ok(run([INDEX, verb, "-d", tmp + "/m" + name] + [path] * (verb in ("update", "build"))).returncode == 0 and
                   modes(tmp + "/m" + name) == ({name}, {more}), "and it stays so after %s" % verb, modes(tmp + "/m" + name))
    os.mkdir(tmp + "/there", 0o700)
    tap.equal(made("there", 0), ({"700"}, {"600"}), "a folder that is there makes nothing more open than itself")
    os.mkdir(tmp + "/public")
    os.chmod(tmp + "/public", 0o755)
    tap.equal(made("public", 0), ({"755", "750"}, {"640"}), "and is left as it is")
    good(index("snapshot", tmp + "/m755", tmp + "/s750"), "a snapshot")
    tap.equal(modes(tmp + "/s750"), ({"750"}, {"640"}), "is as private as any new index")
    good(index("snapshot", tmp + "/m755", "--mode", "755", tmp + "/s755"), "a snapshot with --mode")
    tap.equal(modes(tmp + "/s755"), ({"755"}, {"644"}), "is as open as that says")
    good(index("restore", tmp + "/r700", "--mode", "700", tmp + "/s755"), "restored with --mode")
    tap.equal(modes(tmp + "/r700"), ({"700"}, {"600"}), "is as open as that says")
    for bad in ("7", "0600", "770", "752", "1755", "x", "755x", "-1", ""):
        tap.equal(index("build", tmp + "/bad", "--mode", bad, path).returncode, 64, "--mode %s is refused" % bad)
    tap.ok(not os.path.exists(tmp + "/bad"), "and makes nothing")


def locks(where):
    """The modes of the files in an index that are locked."""
    return {os.path.relpath(os.path.join(folder, n), where): "%o" % (os.stat(os.path.join(folder, n)).st_mode & 0o7777)
            for folder, _, names in os.walk(where) for n in names if n in LOCKS}


class Hold:
    """All locks there are on all that anybody may open in an index, and on its folders."""

    def __init__(self, where):
        paths = [where] + list(tree(where))
        self.fds = [os.open(p, os.O_RDONLY) for p in paths if os.stat(p).st_mode & 0o004]
        for fd in self.fds:
            fcntl.flock(fd, fcntl.LOCK_EX)
            if not stat.S_ISDIR(os.fstat(fd).st_mode):
                fcntl.lockf(fd, fcntl.LOCK_SH)

    def __enter__(self):
        return self.fds

    def __exit__(self, *_):
        for fd in self.fds:
            os.close(fd)


def test_locks(tmp):
    """Who may only read an index holds nobody up, and what is held is told as held."""
    where, path = tmp + "/index", articles(tmp + "/in/a.jsonl")
    good(index("update", where, "--mode", "755", path), "an index that everybody may read")
    good(index("build", where, path), "a build of it")
    good(index("snapshot", where, "--mode", "755", tmp + "/copy"), "its snapshot")
    for verb, *args in (("update", path), ("build", path), ("compact",), ("rebuild",), ("restore", tmp + "/copy")):
        for name in (where, tmp + "/copy"):
            found = locks(name)
            tap.ok(set(found.values()) == {"660"} and {os.path.basename(n) for n in found} >= {"LOCK", "pin", "flintlock"},
                   "before %s: locks are open to no others" % verb, found)
        with Hold(where) as held:
            articles(path, 7)
            done = index(verb, where, *args)
            tap.ok(len(held) > 8 and done.returncode == 0 and not done.stderr,
                   "%s while all that can be opened is locked" % verb, done)
    os.chmod(where + "/LOCK", 0o644)
    good(index("update", where, articles(path, 8)), "an update of an index with a LOCK of before")
    tap.equal(locks(where)["LOCK"], "660", "closes it")
    run(["chmod", "-R", "a+rX", where])
    tap.equal(set(locks(where).values()), {"664"}, "locks that were opened with all the rest")
    good(index("update", where, articles(path, 9)), "and an update")
    tap.equal(set(locks(where).values()), {"660"}, "are closed")


def test_held(tmp):
    """A pin that somebody holds is no damage: try again later."""
    where, path = tmp + "/index", articles(tmp + "/in/a.jsonl")
    good(index("build", where, path), "an index")
    with open(where + "/g000001/pin") as pin:
        fcntl.flock(pin, fcntl.LOCK_EX)
        why = "g000001/pin: held by another process"
        for verb, *args in (("update", path), ("build", path), ("remove", "a1"), ("compact",), ("rebuild",), ("check",), ("info",),
                            ("snapshot", tmp + "/copy")):
            done = index(verb, where, *args)
            tap.ok(done.returncode == 75 and why in done.stderr and "damaged" not in done.stderr, "%s is told so" % verb, done)
        ends(run([program("dragomand"), "-d", where, "--socket", tmp + "/socket"]), 75, why, "so is the daemon")
    good(index("update", where, path), "and goes on when it is let go")


def test_outsider(tmp):
    """Who is not in the group of an index is told so."""
    where, path = tmp + "/index", articles(tmp + "/in/a.jsonl")
    good(index("build", where, path), "a private index")
    good(index("build", tmp + "/open", "--mode", "755", path), "and one that everybody may read")
    os.mkdir(tmp + "/sockets")
    os.chmod(tmp, 0o755)
    os.chmod(tmp + "/sockets", 0o777)
    other = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
    try:
        may = bool(other) and run([INDEX, "--version"], **other).returncode == 0
    except PermissionError:
        may = False
    if not may:
        tap.skip("another user, who is told so", "another user cannot run the program here")
        return
    group = grp.getgrgid(os.stat(where).st_gid).gr_name
    why = "Permission denied: the index is open to its owner and to the group %s\n" % group
    for name, file in ((where, "/CURRENT: "), (tmp + "/open", "/g000001/pin: ")):
        ends(run([INDEX, "info", "-d", name], **other), 74, name + file + why, "another user is told so")
        ends(run([program("dragomand"), "-d", name, "--socket", tmp + "/sockets/one"], **other), 74, name + file + why,
             "and his daemon")
    member = {"user": 65534, "group": os.stat(where).st_gid, "extra_groups": []}
    tap.equal(run([INDEX, "info", "-d", where], **member).returncode, 0, "who is in the group reads it")


in_folders(test_other_folder, test_beside, test_dead, test_links, test_switch, test_restore, test_modes,
           test_locks, test_held, test_outsider)
tap.done()
