#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""dragoman-index check: a sound index is sound, also while others write to it;
every byte of a fresh one is looked at; what is wrong is named."""
import json
import os
import shutil
import signal
import subprocess
import sys
import threading

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from harness import SAMPLE, Tap, clean_env, index_build, program, run, tempdir  # noqa: E402

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
    for at in range(len(whole)):
        with open(path, "wb") as f:
            f.write(whole[:at] + bytes([whole[at] ^ 0x40]) + whole[at + 1:])
        done = run([INDEX, "info", "-d", index])
        if done.returncode < 0:
            died.append("byte %d: %d" % (at, done.returncode))
    tap.ok(not died, "no byte of iamglass ends the program that reads it", "\n".join(died))


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
        test_cures(tmp)
        test_meanwhile(tmp)
    tap.done()


main()
