#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""dragoman-index check: a sound index is sound, also while others write to it;
every byte of a fresh one is looked at; what is wrong is named."""
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from harness import SAMPLE, Tap, clean_env, index_build, program, run, tempdir, wait_until  # noqa: E402

tap = Tap()
INDEX = program("dragoman-index")
WHOLE = ", every byte as written\n"


def check(index, *args):
    return run([INDEX, "check", "-d", index, *args])


def line(number, version):
    return json.dumps({"id": "a%d" % number, "title": "Notes %d" % number,
                       "body": "version%d of the talks on grain and oil" % version})


def flipped(tmp, index, name):
    """A copy of the index with one bit of one of its files changed, in the middle."""
    copy = os.path.join(tmp, "copy")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(index, copy)
    path = os.path.join(copy, "g000001", name)
    with open(path, "r+b") as f:
        f.seek(os.path.getsize(path) // 2)
        byte = f.read(1)[0]
        f.seek(-1, os.SEEK_CUR)
        f.write(bytes([byte ^ 1]))
    return copy


def test_fresh(tmp):
    index = index_build(tmp, [SAMPLE])
    for args in ((), ("--deep",)):
        done = check(index, *args)
        tap.ok(done.returncode == 0 and done.stdout.startswith("ok: ") and done.stdout.endswith(WHOLE),
               "a fresh index is whole %s" % " ".join(args), done)
    done = run([INDEX, "check", "-d", index], preexec_fn=lambda: signal.signal(signal.SIGCHLD, signal.SIG_IGN))
    tap.ok(done.returncode == 0, "also where SIGCHLD is ignored", done)
    for name in sorted(os.listdir(index + "/g000001")):
        if os.path.getsize(os.path.join(index, "g000001", name)) == 0:
            continue
        done = check(flipped(tmp, index, name))
        # what cannot even be opened is told of the part that could not be read
        tap.ok(done.returncode in (65, 66, 78) and done.stderr and
               (name in done.stderr or "damaged" in done.stderr), "a byte of %s" % name, done)
    more = os.path.join(tmp, "more.jsonl")
    with open(more, "w") as f:
        f.write(line(1, 1) + "\n")
    done = run([INDEX, "update", "-d", index, more])
    tap.ok(done.returncode == 0 and not os.path.exists(index + "/g000001/sums"), "a commit ends what the sums say", done)
    for args in ((), ("--deep",)):
        done = check(index, *args)
        tap.ok(done.returncode == 0 and not done.stdout.endswith(WHOLE), "it is sound still %s" % " ".join(args), done)


def test_tables(tmp):
    """What libxapian finds is told as other faults are: a line for each, and nothing of what is well."""
    index = index_build(tmp, [SAMPLE], name="tables")
    run([INDEX, "remove", "-q", "-d", index, "2022/iaea-cameras.txt"])   # its sums go
    seen, odd = 0, []
    for name in ("postlist", "termlist"):
        path = index + "/g000001/%s.glass" % name
        with open(path, "rb") as f:
            whole = f.read()
        for at in range(8192 + 100, len(whole), len(whole) // 25):
            with open(path, "wb") as f:
                f.write(whole[:at] + bytes([whole[at] ^ 0x41]) + whole[at + 1:])
            done = check(index)
            lines = done.stderr.splitlines()
            seen += any("table: " in text for text in lines)
            odd += [text for text in lines if "?" in text or "checked OK" in text or "errors found" in text]
        with open(path, "wb") as f:
            f.write(whole)
    tap.ok(seen > 0, "libxapian finds damage")
    tap.ok(not odd, "and says it in lines of its own", "\n".join(odd))


def test_roots(tmp):
    """Where the tables begin stands in a file of a hundred bytes that libxapian believes."""
    index = index_build(tmp, [SAMPLE], name="roots")
    path = index + "/g000001/iamglass"
    with open(path, "rb") as f:
        whole = f.read()
    died = []

    def change(at, byte):
        with open(path, "wb") as f:
            f.write(whole[:at] + bytes([byte]) + whole[at + 1:])

    tables = 14 + 2 + 16    # of the head; the revision, and the first two tables
    tries = [(at, whole[at] ^ 0x40) for at in range(len(whole))]
    tries += [(at, whole[at] ^ bits) for at in range(tables, tables + 14) for bits in (0x01, 0x02, 0x04, 0x0f)]
    tries += [(tables + 3, byte) for byte in range(32)]
    for at, byte in tries:
        change(at, byte)
        done = run([INDEX, "info", "-d", index])
        if done.returncode not in (0, 65, 66, 78) or (done.returncode and "iamglass" not in done.stderr and "g000001" not in done.stderr):
            died.append("byte %d is %d: exit %d: %s" % (at, byte, done.returncode, done.stderr))
    tap.ok(not died, "no byte of iamglass ends the program that reads it, each is told with the path", "\n".join(died))
    with open(path, "wb") as f:      # a revision of four bytes in the place of one
        f.write(whole[:tables] + b"\xff\xff\xff\x3f" + whole[tables + 1:])
    for args in ((), ("--deep",)):
        begun = time.monotonic()
        done = check(index, *args)
        tap.ok(done.returncode == 65 and "iamglass" in done.stderr, "a revision that is not that of the tables %s" % " ".join(args), done)
        print("# it took %.1f s" % (time.monotonic() - begun))
    change(0, whole[0])
    tap.equal(check(index).returncode, 0, "the index is whole as it was")


def test_inserted(tmp):
    """Bytes that came in between shift all that stands behind them."""
    index = index_build(tmp, [SAMPLE], name="inserted")
    odd = []
    for name in ("postlist", "docdata", "termlist", "position"):
        path = index + "/g000001/%s.glass" % name
        with open(path, "rb") as f:
            whole = f.read()
        for at, more in ((0, b"x"), (4, b"\0\0\0"), (len(whole) // 3, b"abc"), (len(whole) - 8192, b"\xff" * 8192)):
            with open(path, "wb") as f:
                f.write(whole[:at] + more + whole[at:])
            for argv in (["check"], ["check", "--deep"], ["info"], ["remove", "2022/iaea-cameras.txt"]):
                done = run([INDEX, argv[0], "-d", index, *argv[1:]])
                if done.returncode == 0 and argv[0] in ("info", "remove"):
                    continue    # it did not have to read that
                if done.returncode != 65 or index not in done.stderr or \
                        not re.search("dragoman-index (re)?build -d " + index, done.stderr):
                    odd.append("%s, %d bytes at %d of %s: exit %d: %s" % (" ".join(argv), len(more), at, name, done.returncode, done.stderr))
            shutil.rmtree(index)
            index_build(tmp, [SAMPLE], name="inserted")
    tap.ok(not odd, "inserted bytes are damage, told with path and cure, and nothing to try again", "\n".join(odd[:20]))


def test_wordless(tmp):
    """An article without a word beside one with words."""
    feed = os.path.join(tmp, "wordless.jsonl")
    with open(feed, "w") as f:
        f.write(json.dumps({"id": "none", "title": "!!!"}) + "\n" + line(1, 1) + "\n")
    index = index_build(tmp, [feed], name="wordless")
    for args in ((), ("--deep",)):
        done = check(index, *args)
        tap.ok(done.returncode == 0, "an article without a word is sound %s" % " ".join(args), done)


def child_of(pid):
    """0: it has none, or is gone itself."""
    try:
        with open("/proc/%d/task/%d/children" % (pid, pid)) as f:
            return int(f.read() or 0)
    except OSError:
        return 0


def ended_early(tmp, index):
    """The copy that is made of a read-only index goes, however the check ends."""
    temp = os.path.join(tmp, "temporary")
    os.mkdir(temp)
    run(["mount", "--bind", index, index])
    try:
        run(["mount", "-o", "remount,bind,ro", index])
        for which, sig, code in (("check", signal.SIGTERM, -signal.SIGTERM), ("its process", signal.SIGABRT, 65),
                                 ("its process", signal.SIGKILL, 70)):
            for _ in range(50):     # until it is met with a copy
                proc = subprocess.Popen([INDEX, "check", "-d", index], env=clean_env({"TMPDIR": temp}), stdout=subprocess.DEVNULL,
                                        stderr=subprocess.PIPE, text=True)
                while proc.poll() is None and not os.listdir(temp):
                    pass
                child = child_of(proc.pid)
                met = bool(os.listdir(temp) and child)
                if met:
                    os.kill(proc.pid if which == "check" else child, sig)
                proc.communicate()
                if met and proc.returncode == code:
                    break
            wait_until(lambda: not os.listdir(temp))
            tap.ok(proc.returncode == code and not os.listdir(temp), "%s ends by a signal: the copy is gone" % which,
                   (proc.returncode, os.listdir(temp)))
    finally:
        run(["umount", index])


def test_read_only(tmp):
    """For who may only read, and where nobody can write."""
    if os.geteuid() != 0:
        tap.skip("a read-only index", "only root can make one that is")
        return
    index = index_build(tmp, [SAMPLE], name="still")
    other = index_build(tmp, [SAMPLE], name="still-updated")
    run([INDEX, "remove", "-q", "-d", other, "2022/iaea-cameras.txt"])   # its sums go
    for path in (index, other):
        if run(["mount", "--bind", path, path]).returncode != 0:
            tap.skip("a read-only index", "nothing can be mounted here")
            return
        try:
            run(["mount", "-o", "remount,bind,ro", path])
            left = sorted(os.listdir(tmp))
            for args in ((), ("--deep",)):
                done = run([INDEX, "check", "-d", path, *args], env={"TMPDIR": tmp})
                tap.ok(done.returncode == 0 and done.stdout.startswith("ok: "), "a read-only index is checked %s" % " ".join(args), done)
            tap.equal(sorted(os.listdir(tmp)), left, "and nothing is left")
        finally:
            run(["umount", path])
    ended_early(tmp, other)
    path = other + "/g000001/postlist.glass"
    with open(path, "rb") as f:
        whole = f.read()
    for at in range(2 * 8192 + 100, len(whole), 8192):     # until it is a block in use
        with open(path, "wb") as f:
            f.write(whole[:at] + b"\xa5" * 3000 + whole[at + 3000:])
        if re.search("table: |database is damaged: ", check(other).stderr):
            break
    run(["mount", "--bind", other, other])
    try:
        run(["mount", "-o", "remount,bind,ro", other])
        done = run([INDEX, "check", "-d", other], env={"TMPDIR": tmp})
        tap.ok(done.returncode == 65 and re.search("table: |database is damaged: ", done.stderr), "and its damage is seen", done)
    finally:
        run(["umount", other])


def test_cures(tmp):
    """What cannot even be opened is told with what cures it, and that does."""
    index = index_build(tmp, [SAMPLE], name="ill")
    os.truncate(os.path.join(index, "g000001", "postlist.glass"), 8192)
    more = os.path.join(tmp, "more.jsonl")
    with open(more, "w") as f:
        f.write(line(1, 1) + "\n")
    done = run([INDEX, "update", "-d", index, more])
    tap.ok(done.returncode == 65 and "dragoman-index rebuild -d %s\"" % index in done.stderr, "update names rebuild", done)
    done = run([INDEX, "rebuild", "-d", index])
    tap.ok(done.returncode == 65 and "dragoman-index build -d %s FILES...\"" % index in done.stderr,
           "where it does not help, that names build", done)
    done = run([INDEX, "build", "-q", "-d", index, SAMPLE])
    tap.ok(done.returncode == 0 and check(index).returncode == 0, "which does", done)
    for name in ("CURRENT", "g000002/dictionary", "g000002/manifest.json", "g000002/iamglass"):
        path = os.path.join(index, name)
        size = os.path.getsize(path)
        os.truncate(path, 1 << 27)
        for told in (run([INDEX, "info", "-d", index]), run([program("dragomand"), "-d", index, "--socket", tmp + "/ill.socket"])):
            tap.ok(told.returncode == 65 and index in told.stderr and "dragoman-index rebuild -d %s\"" % index in told.stderr,
                   "%s that is far too large" % name, told)
        os.truncate(path, size)


def test_meanwhile(tmp):
    """Checks while a feed commits as often as it may, and generations switch."""
    index = index_build(tmp, [SAMPLE], name="busy")
    feed = subprocess.Popen([INDEX, "update", "-q", "-d", index, "--commit-every", "1", "-"], stdin=subprocess.PIPE,
                            env=clean_env(), universal_newlines=True)
    stop = threading.Event()

    def write():
        version = 0
        while not stop.wait(0.01):
            version += 1
            feed.stdin.write(line(version % 40, version) + "\n")
            feed.stdin.flush()

    writer = threading.Thread(target=write)
    writer.start()
    bad = []
    for i in range(12):
        if i % 4 == 3:
            done = run([INDEX, "build", "-q", "-d", index, SAMPLE])
        else:
            done = check(index, *(("--deep",) if i % 2 else ()))
        if done.returncode != 0:
            bad.append("%s: exit %d: %s" % (done.args, done.returncode, done.stderr[:600]))
    stop.set()
    writer.join()
    feed.stdin.close()
    tap.equal(feed.wait(60), 0, "the feed goes on while the index is checked")
    tap.ok(not bad, "no damage is seen where there is none", "\n".join(bad))
    done = check(index, "--deep")
    tap.ok(done.returncode == 0, "nor afterwards", done)


def main():
    with tempdir() as tmp:
        test_fresh(tmp)
        test_tables(tmp)
        test_roots(tmp)
        test_inserted(tmp)
        test_wordless(tmp)
        test_read_only(tmp)
        test_cures(tmp)
        test_meanwhile(tmp)
    tap.done()


main()
