#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""dragoman-index update and remove, seen from outside: what a running daemon
finds before and after, what is written and what is not, what --prune takes
away, the lock, and feeds."""
import fcntl
import gzip
import hashlib
import json
import os
import re
import signal
import subprocess
import threading
import time

from harness import SAMPLE, Daemon, Tap, clean_env, corpus, index_build, program, run, tempdir, wait_until, PATIENCE

tap = Tap()
INDEX = program("dragoman-index")
SUMMARY = re.compile(r"updated (\d+) articles: (\d+) added, (\d+) replaced, (\d+) unchanged, (\d+) removed, "
                     r"(\d+) skipped in \d+\.\d s, revision (\d+), generation (g\d{6})\n\Z")


def write(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as f:
        f.write(data if isinstance(data, bytes) else data.encode())
    return path


def line(name, body="", **more):
    return json.dumps(dict({"id": name, "title": "About " + name, "body": body or "text of " + name}, **more)) + "\n"


def lines(names, body=""):
    return "".join(line(name, body) for name in names)


def update(index, *args, **more):
    return run([INDEX, "update", "-d", index, *args], **more)


class Outcome:
    """The figures of the last line."""

    def __init__(self, text):
        found = SUMMARY.search(text)
        keys = ("articles", "added", "replaced", "unchanged", "removed", "skipped", "revision")
        self.__dict__.update(zip(keys, map(int, found.groups()[:-1])) if found else ())
        self.counts = tuple(map(int, found.groups()[1:6])) if found else None


def outcome(done):
    return Outcome(done.stdout)


def info(index):
    return json.loads(run([INDEX, "info", "--json", "-d", index]).stdout)


def expect(done, code, counts, what):
    """COUNTS: added, replaced, unchanged, removed, skipped."""
    got = outcome(done).counts
    return tap.ok(done.returncode == code and got == counts, what,
                  "exit %d, %r\n%s%s" % (done.returncode, got, done.stdout, done.stderr))


def files(index):
    """What is there, to the byte and the moment, but for the reports of jobs."""
    out = {}
    for folder, _, names in os.walk(index):
        for name in names:
            if name.startswith("job"):
                continue
            path = os.path.join(folder, name)
            st = os.stat(path)
            with open(path, "rb") as f:
                out[path] = (st.st_mtime_ns, st.st_ino, hashlib.sha256(f.read()).hexdigest())
    return out


def ids(c, query):
    r = c.ask("SEARCH limit=1000 snippets=0 collapse=0 -- " + query)
    assert r.code == 250, r
    return sorted(r.ids())


def sound(index, what):
    done = run([INDEX, "check", "--deep", "-d", index])
    tap.ok(done.returncode == 0, "check --deep: " + what, done.stdout + done.stderr)


def usage(tmp):
    for args, code in ((["update"], 64), (["update", "--wait", "x", "f"], 64), (["update", "--wait"], 64),
                       (["update", "--commit-every", "0", "f"], 64), (["update", "--commit-every", "2x", "f"], 64),
                       (["update", "--commit-every", "1.5", "f"], 64), (["remove"], 64), (["remove", "--prune", "a"], 64),
                       (["update", "--help"], 0), (["remove", "--help"], 0)):
        done = run([INDEX, *args])
        tap.ok(done.returncode == code and bool(done.stdout) == (code == 0) and bool(done.stderr) == (code != 0),
               "%s exits %d" % (" ".join(args), code), done)
    index = os.path.join(tmp, "none")
    done = update(index, os.path.join(tmp, "missing.jsonl"))
    tap.ok(done.returncode == 66 and "missing.jsonl" in done.stderr and not os.path.exists(index),
           "a path that is not there: exit 66, nothing is made", done)
    done = run([INDEX, "remove", "-d", index, "a"])
    tap.ok(done.returncode == 66 and "no index at" in done.stderr and not os.path.exists(index),
           "remove where there is no index: exit 66", done)
    write(os.path.join(tmp, "afile"), "")
    good = write(os.path.join(tmp, "one.jsonl"), line("a"))
    done = update(os.path.join(tmp, "afile", "index"), good)
    tap.ok(done.returncode == 73, "the folder cannot be made: exit 73", done)


def changes(tmp):
    """Adding, replacing, removing, as a daemon sees it."""
    index = os.path.join(tmp, "index")
    news = write(os.path.join(tmp, "news.jsonl"),
                 line("a", "alpha", date="2025-03-01") + line("b", "beta", date="2025-03-02") + '{"id":"bad"}\n' +
                 line("c", "gamma", lang="fr"))
    done = update(index, news)
    expect(done, 65, (3, 0, 0, 0, 1), "the first run makes the index")
    tap.ok("%s:3: " % news in done.stderr, "a bad article is told with its line", done.stderr)
    tap.equal(outcome(done).revision, 2, "its revision")
    with Daemon(tmp, index) as d, d.connect() as c:
        tap.equal(ids(c, "alpha beta gamma"), ["a", "b", "c"], "what is found then")
        write(news, line("a", "alpha", date="2025-03-01") + line("b", "bravo", date="2025-03-02") + line("e", "delta"))
        done = update(index, "-v", news)
        expect(done, 0, (1, 1, 1, 0, 0), "one new, one changed, one as it was")
        tap.ok(done.stdout.startswith("committed 3 articles, revision 3\n"), "-v tells of the commit", done.stdout)
        tap.equal([ids(c, q) for q in ("alpha", "beta", "bravo", "gamma", "delta")],
                  [["a"], [], ["b"], ["c"], ["e"]], "what is found at once")
        r = c.ask("SEARCH -- bravo")
        tap.equal(r.figures["rev"], "3", "and the revision that answered")
        tap.equal(c.ask("GET b").of("T"), [["T", "p", "bravo"]], "GET gives the new text")
        done = run([INDEX, "remove", "-d", index, "b", "nobody", "b"])
        tap.ok("nobody: no such article" in done.stderr, "remove tells of an id that is not there", done.stderr)
        expect(done, 66, (0, 0, 0, 1, 2), "and exits 66, the others removed")
        tap.equal([ids(c, "bravo"), c.ask("GET b").code], [[], 550], "which is gone")
        expect(run([INDEX, "remove", "-d", index, "e", "c"]), 0, (0, 0, 0, 2, 0), "two at once")
        figures = info(index)
        tap.equal((figures["articles"], figures["rev"], figures["newest"]), (1, 5, "2025-03-01"), "articles, revision, newest")
        tap.equal(info(index)["text_bytes"], len("About a" + "alpha"), "bytes of text")
    tap.equal(done_job(index), ("remove", 0, 0, 2), "the report of the job")
    sound(index, "after changes")


def done_job(index):
    with open(os.path.join(index, "job-good.json")) as f:
        job = json.load(f)
    return job["command"], job["exit"], job["added"], job["removed"]


def order(tmp):
    """One id, one article: the later one wins; ids of all kinds."""
    index = os.path.join(tmp, "index")
    one = write(os.path.join(tmp, "1.jsonl"), line("x", "first") + line("y", "yes") + line("x", "second"))
    two = write(os.path.join(tmp, "2.jsonl"), line("x", "third"))
    done = update(index, one, two)
    expect(done, 0, (2, 2, 0, 0, 0), "the earlier count as replaced")
    with Daemon(tmp, index) as d, d.connect() as c:
        tap.equal([ids(c, q) for q in ("first", "second", "third", "yes")], [[], [], ["x"], ["y"]], "the last is there")
        before = files(index)
        done = update(index, one, two)
        tap.ok(done.returncode == 0 and files(index) == before, "the same again writes nothing", done.stdout)
        done = update(index, "--commit-every", "1", two, one)
        tap.ok(outcome(done).added == 0 and ids(c, "second") == ["x"], "the other way round it is the other", done.stdout)
        odd = ["a b", "ä/ö.txt", "-d", "--", "q\"uote'", "#%&", "日本", "x" * 240, "CAPS", "caps", "a:b", "*", "Qa", " in "]
        expect(update(index, write(os.path.join(tmp, "odd.jsonl"), lines(odd, "odd"))), 0, (len(odd), 0, 0, 0, 0), "odd ids")
        tap.equal(ids(c, "odd"), sorted(name.strip() for name in odd), "all are there")
        expect(update(index, write(os.path.join(tmp, "odd.jsonl"), lines(odd, "odder"))), 0, (0, len(odd), 0, 0, 0),
               "each is replaced by itself")
        expect(run([INDEX, "remove", "-d", index, "--", *[name.strip() for name in odd]]), 0, (0, 0, 0, len(odd), 0),
               "each can be removed")
        tap.equal(ids(c, "odd odder"), [], "and is")
    expect(update(index, one, two, two, one), 0, (0, 3, 5, 0, 0), "the same files twice")
    sound(index, "after odd ids")


def moves(tmp):
    """An article that came from another file is unchanged, but is that file's from then on."""
    index = os.path.join(tmp, "index")
    names = ["m%d" % i for i in range(3000)]
    one = write(os.path.join(tmp, "today.jsonl"), lines(names))
    expect(update(index, one), 0, (3000, 0, 0, 0, 0), "to begin with")
    two = os.path.join(tmp, "yesterday.jsonl")
    os.rename(one, two)
    write(one, line("new"))
    done = update(index, "--prune", tmp)
    expect(done, 0, (1, 0, 3000, 0, 0), "a file that was renamed")
    before = files(index)
    expect(update(index, "--prune", tmp), 0, (0, 0, 3001, 0, 0), "the same again")
    tap.equal(files(index), before, "writes nothing")
    write(one, lines(names[:2]))
    expect(update(index, tmp), 0, (0, 0, 3002, 0, 0), "two files that hold the same")
    tap.equal(files(index), before, "write nothing: the later has them already")
    write(two, lines(names[1:]))
    expect(update(index, "--prune", tmp), 0, (0, 0, 3001, 1, 0), "one file lets go of one, the other has it")
    expect(update(index, "--prune", one), 0, (0, 0, 2, 0, 0), "all are there")
    os.unlink(two)
    expect(update(index, "--prune", tmp), 0, (0, 0, 2, 2998, 0), "one file is gone")
    sound(index, "after moves")


def unchanged(tmp):
    index = os.path.join(tmp, "index")
    folder = os.path.join(tmp, "corpus")
    for i in range(30):
        write(os.path.join(folder, "d%d" % (i % 3), "%02d.txt" % i), "Headline %d\n\nSome text, number %d.\n" % (i, i))
    write(os.path.join(folder, "more.jsonl.gz"), gzip.compress(lines(map(str, range(50))).encode()))
    index_build(tmp, [folder])
    before = files(index)
    done = update(index, folder)
    expect(done, 0, (0, 0, 80, 0, 0), "after a build all is unchanged")
    tap.equal(files(index), before, "and nothing was written")
    tap.equal(outcome(done).revision, 1, "nor is there a new revision")
    expect(update(index, "--prune", folder), 0, (0, 0, 80, 0, 0), "with --prune")
    tap.equal(files(index), before, "neither")
    write(os.path.join(folder, "d1", "01.txt"), "Headline 1\n\nOther text.\n")
    expect(update(index, folder), 0, (0, 1, 79, 0, 0), "one file changed")
    tap.equal(outcome(update(index, folder)).revision, 2, "is one revision")
    index_build(tmp, [folder], name="fresh")
    keys = ("articles", "text_bytes", "newest", "languages")
    tap.equal([info(index)[k] for k in keys], [info(os.path.join(tmp, "fresh"))[k] for k in keys],
              "the figures are those of a fresh build")


def figures(tmp):
    """Newest and languages follow what is there."""
    index = os.path.join(tmp, "index")
    path = os.path.join(tmp, "f.jsonl")

    def state():
        got = info(index)
        return got["newest"], got["languages"], got["articles"], got["text_bytes"]

    write(path, line("a", "one", date="2024-05-05T10:00", lang="tr") + line("b", "two", date="2024") + line("c", "three"))
    update(index, path)
    tap.equal(state(), ("2024-05-05T10:00", "tr", 3, 21 + 11), "newest and languages")
    write(path, line("a", "one", date="2023-01-01", lang="fr"))
    update(index, path)
    tap.equal(state(), ("2024", "tr fr", 3, 21 + 11), "the newest became an old one")
    run([INDEX, "remove", "-d", index, "b", "a"])
    tap.equal(state(), ("", "tr fr", 1, 7 + 5), "no date is left")


def pruning(tmp):
    index = os.path.join(tmp, "index")
    folder, near = os.path.join(tmp, "news"), os.path.join(tmp, "news2")
    write(os.path.join(folder, "a.jsonl"), lines(["a1", "a2", "a3"]))
    write(os.path.join(folder, "deep", "b.jsonl"), lines(["b1", "b2"]))
    write(os.path.join(folder, "t.txt"), "A headline\n\nA text.\n")
    write(os.path.join(near, "n.jsonl"), lines(["n1"]))
    expect(update(index, folder, near), 0, (7, 0, 0, 0, 0), "to begin with")
    run([INDEX, "update", "-d", index, "-q", "-"], input=lines(["f1"]))
    with Daemon(tmp, index) as d, d.connect() as c:
        everything = ["a1", "a2", "a3", "b1", "b2", "f1", "n1", "t.txt"]

        def there(gone=(), new=()):
            want = sorted(set(everything) - set(gone) | set(new))
            return tap.equal(ids(c, "text about"), want, "there are " + " ".join(want))

        there()
        write(os.path.join(folder, "a.jsonl"), lines(["a1", "a3"]))
        os.unlink(os.path.join(near, "n.jsonl"))
        expect(update(index, folder), 0, (0, 0, 5, 0, 0), "without --prune nothing is removed")
        there()
        expect(update(index, "--prune", os.path.join(folder, "deep")), 0, (0, 0, 2, 0, 0), "nor what other paths hold")
        there()
        expect(update(index, "--prune", folder), 0, (0, 0, 5, 1, 0), "a line that is gone")
        there(["a2"])
        os.rename(os.path.join(folder, "deep", "b.jsonl"), os.path.join(folder, "moved.jsonl"))
        os.unlink(os.path.join(folder, "t.txt"))
        expect(update(index, "--prune", folder), 0, (0, 0, 4, 1, 0), "a file that is gone, and one that moved")
        there(["a2", "t.txt"])
        os.symlink(folder, os.path.join(tmp, "link"))
        write(os.path.join(folder, "moved.jsonl"), lines(["b1"]))
        expect(update(index, "--prune", os.path.join(tmp, "link", "moved.jsonl")), 0, (0, 0, 1, 1, 0),
               "a file by another name of its folder")
        there(["a2", "t.txt", "b2"])
        done = update(index, "--prune", folder, os.path.join(near, "n.jsonl"))
        tap.ok(done.returncode == 66, "a path that is not there is an error", done)
        there(["a2", "t.txt", "b2"])
        os.unlink(os.path.join(folder, "moved.jsonl"))
        whole = gzip.compress(lines(["g%d" % i for i in range(2000)], "unlike any other text " * 3).encode())
        write(os.path.join(folder, "g.jsonl.gz"), whole)
        expect(update(index, folder), 0, (2000, 0, 2, 0, 0), "a packed file")
        write(os.path.join(folder, "g.jsonl.gz"), whole[:len(whole) // 2])
        done = update(index, "--prune", folder)
        tap.ok(done.returncode == 65 and "g.jsonl.gz: nothing that came from it before is removed" in done.stderr,
               "a file that breaks off is told", done.stderr)
        tap.equal((outcome(done).removed, len(ids(c, "id:g1999")), ids(c, "id:b1")), (1, 1, []),
                  "nothing of it is removed, of others it is")
        os.unlink(os.path.join(folder, "g.jsonl.gz"))
        done = update(index, "--prune", "--strict", folder, write(os.path.join(tmp, "bad.jsonl"), "{\n"))
        tap.ok(done.returncode == 65 and len(ids(c, "id:g1999")) == 1, "after a --strict end nothing is removed", done)
        expect(update(index, "--prune", folder), 0, (0, 0, 2, 2000, 0), "the whole file is gone")
        tap.equal(ids(c, "text about"), ["a1", "a3", "f1", "n1"], "what no path held stays")
        expect(update(index, "--prune", near), 0, (0, 0, 0, 1, 0), "an empty folder")
        run([INDEX, "update", "-d", index, "-q", "-"], input=lines(["a1"]))
        os.unlink(os.path.join(folder, "a.jsonl"))
        expect(update(index, "--prune", folder), 0, (0, 0, 0, 1, 0), "what a feed has brought since is the feed's")
        tap.equal(ids(c, "text about"), ["a1", "f1"], "and stays")
    sound(index, "after pruning")


def locks(tmp):
    index = os.path.join(tmp, "index")
    path = write(os.path.join(tmp, "a.jsonl"), lines(["a", "b"]))
    update(index, path)
    write(path, lines(["a", "b"], "new"))
    fd = os.open(os.path.join(index, "LOCK"), os.O_RDWR)
    fcntl.flock(fd, fcntl.LOCK_EX)
    for args in (["update", "-d", index, path], ["remove", "-d", index, "a"]):
        begin = time.monotonic()
        done = run([INDEX, *args])
        tap.ok(done.returncode == 75 and time.monotonic() - begin < 5 and
               done.stderr == "dragoman-index: %s/LOCK: locked by another process\n" % index,
               "%s while locked: exit 75" % args[0], done)
    done = run([INDEX, "remove", "-d", index, "--wait", "1", "a"])
    tap.ok(done.returncode == 75, "--wait, in vain", done)
    proc = subprocess.Popen([INDEX, "update", "-d", index, "--wait", str(int(PATIENCE)), path], stdout=subprocess.PIPE,
                            env=clean_env(), universal_newlines=True)
    lock_open = wait_until(lambda: any("LOCK" in os.path.realpath("/proc/%d/fd/%s" % (proc.pid, n))
                                       for n in os.listdir("/proc/%d/fd" % proc.pid)))
    os.close(fd)
    out = proc.communicate(timeout=PATIENCE)[0]
    tap.ok(lock_open and proc.returncode == 0 and Outcome(out).replaced == 2, "--wait, until the lock is free", out)


def commits(tmp):
    """Batches, revisions, and never more than five commits a second."""
    index = os.path.join(tmp, "index")
    path = write(os.path.join(tmp, "a.jsonl"), lines(["n%d" % i for i in range(20)]))
    begin = time.monotonic()
    done = update(index, "-v", "--commit-every", "2", path)
    seconds = time.monotonic() - begin
    safe = [tuple(map(int, re.findall(r"\d+", text))) for text in done.stdout.splitlines()[:-1]]
    tap.equal(safe, [(2 * i, i + 1) for i in range(1, 11)], "--commit-every 2: which are safe at which revision")
    tap.ok(seconds >= 9 * 0.2, "ten commits take their time", seconds)
    write(path, lines(["n%d" % i for i in range(20)], "other"))
    done = update(index, "-v", "--commit-every", "0.2s", path)
    tap.ok(outcome(done).replaced == 20 and outcome(done).revision in (12, 13), "--commit-every 0.2s", done.stdout)
    write(path, lines(["n0", "n1"], "third") + "{bad\n" + lines(["n2", "n3"], "third"))
    done = update(index, "--strict", "--commit-every", "2", path)
    tap.ok(done.returncode == 65 and "%s:3: " % path in done.stderr and not done.stdout, "--strict ends at the first bad one", done)
    with Daemon(tmp, index) as d, d.connect() as c:
        tap.equal(ids(c, "third"), ["n0", "n1"], "what was committed before it stays")
    sound(index, "after many commits")


def side_by_side(tmp):
    """Several at once, on an index that is not there yet."""
    index = os.path.join(tmp, "index")
    argv = [INDEX, "update", "-d", index, "--wait", str(int(PATIENCE)), "--commit-every", "5"]
    paths = [write(os.path.join(tmp, "s%d.jsonl" % k), lines(["s%d-%d" % (k, i) for i in range(20)])) for k in range(3)]
    procs = [subprocess.Popen(argv + [path], stdout=subprocess.PIPE, env=clean_env(), universal_newlines=True)
             for path in paths]
    outs = [p.communicate(timeout=4 * PATIENCE)[0] for p in procs]
    tap.equal([(p.returncode, Outcome(out).added) for p, out in zip(procs, outs)], [(0, 20)] * 3, "three at once")
    with Daemon(tmp, index) as d, d.connect() as c:
        tap.equal(len(ids(c, "text")), 60, "all of all are there")
    tap.equal((info(index)["articles"], info(index)["rev"]), (60, 13), "articles and revision")
    sound(index, "after three at once")


class Feed:
    """dragoman-index update - on a pipe that stays open."""

    def __init__(self, index, *args):
        self.proc = subprocess.Popen([INDEX, "update", "-d", index, *args, "-"], stdin=subprocess.PIPE,
                                     stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=clean_env())
        self.out, self.err = [], []
        self.threads = [threading.Thread(target=self._read, args=pair, daemon=True)
                        for pair in ((self.proc.stdout, self.out), (self.proc.stderr, self.err))]
        for thread in self.threads:
            thread.start()

    @staticmethod
    def _read(pipe, to):
        for text in pipe:
            to.append(text.decode())

    def send(self, text):
        self.proc.stdin.write(text.encode())
        self.proc.stdin.flush()

    def safe(self, n):
        """Waits until N articles are acknowledged."""
        return wait_until(lambda: any(text.startswith("committed %d articles" % n) for text in self.out))

    def end(self, number=None):
        """EOF, or a signal; the exit code and the last line's figures."""
        if number is None:
            self.proc.stdin.close()
        else:
            self.proc.send_signal(number)
        code = self.proc.wait(PATIENCE)
        for thread in self.threads:
            thread.join(PATIENCE)
        return code, Outcome(self.out[-1] if self.out else "").counts


def searchable(c, query, since):
    """Seconds until QUERY finds something."""
    if not wait_until(lambda: ids(c, query)):
        return None
    return time.monotonic() - since


def feeding(tmp):
    index = os.path.join(tmp, "index")
    feed = Feed(index)
    feed.send(line("warm", "warm"))
    tap.ok(feed.safe(1), "a feed makes the index", feed.err)
    with Daemon(tmp, index) as d, d.connect() as c:
        waits = []
        for i in range(5):
            begin = time.monotonic()
            feed.send(line("f%d" % i, "fresh%d" % i))
            waits.append(searchable(c, "fresh%d" % i, begin))
        tap.ok(all(w is not None and w < 2 for w in waits), "each article is found within 2 s of its line", waits)
        half = line("split", "splitting")
        feed.send(half[:20])
        tap.equal(ids(c, "splitting"), [], "half a line is nothing yet")
        begin = time.monotonic()
        feed.send(half[20:])
        wait = searchable(c, "splitting", begin)
        tap.ok(wait is not None and wait < 2, "its other half makes it whole", wait)
        feed.send("{nonsense\n")
        tap.ok(wait_until(lambda: any("standard input:8: " in text for text in feed.err)), "a bad line is told at once", feed.err)
        tap.ok(feed.safe(8), "and acknowledged as passed over", feed.out)
        feed.send(line("split", "splitting"))
        tap.ok(feed.safe(9), "so is one that changes nothing", feed.out)
        begin = time.monotonic()
        feed.send("".join(line("burst%d" % i, "bursting %d" % i) for i in range(3000)))
        tap.ok(feed.safe(3009), "a burst", feed.out[-3:])
        tap.equal(c.ask("COUNT -- bursting").figures["total"], "3000", "is all there")
        first = int(re.findall(r"revision (\d+)", feed.out[0])[0])
        last = int(re.findall(r"revision (\d+)", feed.out[-1])[0])
        tap.ok(last - first <= 5 * (time.monotonic() - begin) + 8, "not more than five commits a second", (first, last))
        feed.send(line("last", "lasting").rstrip("\n"))
        code, counts = feed.end()
        tap.equal((code, counts), (65, (3008, 0, 1, 0, 1)), "the end without LF: exit 65 for the bad line")
        tap.equal(ids(c, "lasting"), ["last"], "the last line counts")
        for number in (signal.SIGTERM, signal.SIGINT):
            feed = Feed(index, "--commit-every", "1000s")
            feed.send(line("s%d" % number, "signalled%d" % number) + '{"id":"half')
            tap.ok(wait_until(lambda: drained(feed)), "a feed that commits late has read it")
            tap.equal(ids(c, "signalled%d" % number), [], "and not committed")
            tap.equal(feed.end(number), (0, (1, 0, 0, 0, 0)), "%s: commits what came, exit 0" % number.name)
            tap.equal(ids(c, "signalled%d" % number), ["s%d" % number], "which is found")
        feed = Feed(index, "-q")
        feed.send(line("quiet", "quietly"))
        tap.ok(searchable(c, "quietly", 0), "-q: it is found")
        feed.end()
        tap.equal((feed.out, feed.err), ([], []), "and nothing is said")
        feed = Feed(index, "--wait", str(int(PATIENCE)))
        done = update(index, "--wait", str(int(PATIENCE)), write(os.path.join(tmp, "o.jsonl"), line("other", "otherwise")))
        tap.equal(done.returncode, 0, "an update beside a silent feed")
        index_build(tmp, [SAMPLE])
        tap.equal(info(index)["generation"], 2, "a build beside it switches")
        feed.send(line("after", "afterwards"))
        tap.ok(feed.safe(1), "the feed goes on", feed.err)
        tap.equal(ids(c, "afterwards"), ["after"], "in the new generation")
        tap.equal(feed.end()[0], 0, "to its end")
    sound(index, "after feeds")


def feed_and_others(tmp):
    """What others did before a line was written counts for it, however fresh the feed's last look at the index is."""
    index = os.path.join(tmp, "index")
    feed = Feed(index)
    feed.send(line("gone", "old") + line("other", "old"))
    tap.ok(feed.safe(2), "a feed", feed.err)
    done = run([INDEX, "remove", "-d", index, "gone"])
    tap.ok(done.returncode == 0, "of which an article is removed by hand", done.stderr)
    path = write(os.path.join(tmp, "other.jsonl"), line("other", "new"))
    expect(update(index, path), 0, (0, 1, 0, 0, 0), "and another changed")
    feed.send(line("gone", "old") + line("other", "old"))
    tap.ok(feed.safe(4), "comes back with both as they were", feed.err)
    tap.equal(feed.end(), (0, (3, 1, 0, 0, 0)), "which is no repetition")
    with Daemon(tmp, index) as d, d.connect() as c:
        tap.equal(ids(c, "old"), ["gone", "other"], "both are there as it said last")


def growth(tmp):
    """An index that has grown out of a feed is compacted beside it, and at the end of an update."""
    def text(tag, n):
        words = " ".join("word%d" % ((k * 7919 + k * k * 31) % 50021) for k in range(1700))
        return "".join(line("%s%d" % (tag, i), "%s %s %d" % (tag, words, i)) for i in range(n))

    index = os.path.join(tmp, "index")
    feed = Feed(index)
    feed.send(text("feed", 500))
    tap.ok(feed.safe(500), "a large feed", feed.err)
    with Daemon(tmp, index) as d, d.connect() as c:
        def nudge():
            feed.send(line("nudge", "nudge at %f" % time.monotonic()))
            return info(index)["generation"] == 2
        tap.ok(wait_until(nudge), "is compacted while it goes on", feed.err)
        tap.ok(wait_until(lambda: any("compacted" in text for text in feed.err)), "which is told", feed.err)
        before = len(feed.out)
        feed.send(line("later", "afterwards"))
        tap.ok(wait_until(lambda: ids(c, "afterwards")), "what comes later is found")
        tap.ok(wait_until(lambda: len(feed.out) > before), "and acknowledged")
        code = feed.end()[0]
        tap.equal((code, c.ask("COUNT -- feed").figures["total"]), (0, "500"), "nothing is lost")
        sound(index, "after a feed that was compacted")
        done = update(os.path.join(tmp, "other"), write(os.path.join(tmp, "large.jsonl"), text("large", 500)))
        tap.ok(done.returncode == 0 and "compacted 500 articles" in done.stderr and
               info(os.path.join(tmp, "other"))["generation"] == 2, "an update that made the index grow compacts it", done)


def drained(feed):
    """Whether what was sent has been read: the pipe is empty, and its reader waits again."""
    size = bytearray(4)
    fcntl.ioctl(feed.proc.stdin, 0x541B, size)   # FIONREAD
    with open("/proc/%d/wchan" % feed.proc.pid) as f:
        wchan = f.read()
    with open("/proc/%d/stat" % feed.proc.pid) as f:
        state = f.read().rsplit(")", 1)[1].split()[0]
    return not any(size) and state == "S" and (wchan in ("", "0") or "poll" in wchan)


def real_text(tmp):
    """A large corpus: the same again, then 100 of it changed."""
    path = corpus("frus.jsonl.gz")
    if path is None:
        tap.skip("a large corpus", "no ../shared/corpora")
        return
    index = index_build(tmp, [path])
    before = files(index)
    done = update(index, path)
    tap.ok(done.returncode == 0 and outcome(done).counts == (0, 0, outcome(done).articles, 0, 0), "the same again", done.stdout)
    tap.equal(files(index), before, "writes nothing")
    changed = os.path.join(tmp, "changed.jsonl")
    with gzip.open(path, "rt") as f, open(changed, "w") as out:
        for i, text in enumerate(f):
            if i % 130 == 0 and i < 13000:
                article = json.loads(text)
                article["body"] += "\nzzchanged"
                out.write(json.dumps(article) + "\n")
    with Daemon(tmp, index) as d, d.connect() as c:
        expect(update(index, changed), 0, (0, 100, 0, 0, 0), "100 changed articles")
        tap.equal(c.ask("COUNT -- zzchanged").figures["total"], "100", "are found")
    tap.equal(info(index)["articles"], outcome(done).articles, "the number of articles is the same")
    sound(index, "after an update of a large corpus")


for test in (usage, changes, order, moves, unchanged, figures, pruning, locks, commits, side_by_side, feeding,
             feed_and_others, growth, real_text):
    with tempdir() as tmp:
        test(tmp)
tap.done()
