#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""New generations while commits go on: build's takeover, rebuild, compact,
switch, snapshot and restore, each from outside, with a feed at work and a
daemon serving. A model says which articles in which version there must be."""
import fcntl
import gzip
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from harness import (Daemon, Tap, clean_env, in_folders, program, run, wait_until,  # noqa: E402
                     PATIENCE, SAMPLE, SRCDIR)

tap = Tap()
INDEX = program("dragoman-index")
LAST = re.compile(r"revision (\d+), generation g(\d{6})\n\Z")


def line(name, version, words=40):
    """The article NAME in its VERSION, as JSON."""
    rng = random.Random("%s %d" % (name, version))
    body = " ".join("word%d" % rng.randrange(3000) for _ in range(words))
    return json.dumps({"id": name, "title": "Report %s v%d" % (name, version), "body": "%s edition%d." % (body, version),
                       "date": "20%02d-01-02" % (version % 25), "source": "gens"}) + "\n"


def write(path, model, words=40):
    with open(path, "w") as f:
        f.writelines(line(name, version, words) for name, version in model.items())
    return path


def index(verb, where, *args, **more):
    return run([INDEX, verb, "-d", where, *args], **more)


def good(done, what):
    return tap.ok(done.returncode == 0, what, "exit %d\n%s%s" % (done.returncode, done.stdout, done.stderr))


def state(where):
    """(revision, generation)."""
    done = index("info", where, "--json")
    info = json.loads(done.stdout)
    return info["rev"], info["generation"]


def left(where):
    return sorted(n for n in os.listdir(where) if n.startswith("tmp."))


def generations(where):
    return sorted(n for n in os.listdir(where) if re.fullmatch(r"g\d{6}", n))


def report(where):
    with open(where + "/job.json") as f:
        return json.load(f)


def contents(client):
    """({id: version}, revision) by the daemon, of one state."""
    while True:
        got, rev, offset = {}, None, 0
        while True:
            r = client.ask("SEARCH limit=1000 offset=%d snippets=0 collapse=0 %s-- source:gens"
                           % (offset, "rev=%s " % rev if rev else ""))
            if r.code == 409:
                break
            assert r.code == 250, r
            rev = r.figures["rev"]
            got.update((row[2], int(row[6].rsplit(" v", 1)[1])) for row in r.of("R"))
            offset += len(r.of("R"))
            if offset >= int(r.figures["total"]):
                return got, int(rev)


def holds(client, model, what):
    got, _ = contents(client)
    odd = {name: (got.get(name), model.get(name)) for name in set(got) | set(model) if got.get(name) != model.get(name)}
    return tap.ok(not odd, what, "%d differ: %s" % (len(odd), sorted(odd.items())[:8]))


def whole(where, what, *args):
    done = index("check", where, "--deep", *args)
    return tap.ok(done.returncode == 0, what, done.stderr)


class Feed:
    """update at the end of a pipe, and a thread that writes articles into it
    for as long as it is wanted: new ones and new versions of those of MODEL."""

    def __init__(self, where, tag, model):
        self.model, self.tag = model, tag
        self.proc = subprocess.Popen([INDEX, "update", "-d", where, "--commit-every", "20", "-"], stdin=subprocess.PIPE,
                                     stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=clean_env())
        self.ending = threading.Event()
        self.commits = []
        self.threads = [threading.Thread(target=self._write), threading.Thread(target=self._read)]
        for t in self.threads:
            t.start()

    def _write(self):
        rng, n = random.Random(self.tag), 0
        while not self.ending.wait(0.01):
            mine = [name for name in self.model if name.startswith(self.tag)]
            if n > 5 and rng.random() < 0.4:
                name = rng.choice(mine)
            else:
                name = "%s%d" % (self.tag, n)
                n += 1
            self.model[name] = self.model.get(name, 0) + 1
            self.proc.stdin.write(line(name, self.model[name]).encode())
            self.proc.stdin.flush()
        self.proc.stdin.close()

    def _read(self):
        for text in self.proc.stdout:
            m = re.match(rb"committed \d+ articles, revision (\d+)$", text)
            if m:
                self.commits.append(int(m.group(1)))

    def wait(self, n):
        """Until N further commits came."""
        n += len(self.commits)
        return wait_until(lambda: len(self.commits) >= n or self.proc.poll() is not None)

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        self.ending.set()
        for t in self.threads:
            t.join(PATIENCE)
        errors = self.proc.stderr.read().decode()
        code = self.proc.wait(PATIENCE)
        if kind is None:
            tap.ok(code == 0 and self.commits == sorted(set(self.commits)), "the feed was at work all the while, and ends well",
                   "exit %d\n%s%s" % (code, errors, self.commits))


def test_build(tmp):
    """What comes from elsewhere stays, what the paths own follows them."""
    where, own = tmp + "/index", {"own%d" % i: 1 for i in range(300)}
    path, other = write(tmp + "/own.jsonl", own), {"other%d" % i: 1 for i in range(50)}
    good(index("build", where, path), "a first build")
    good(index("update", where, write(tmp + "/other.jsonl", other)), "an update from another file")
    feed = {}
    with Daemon(tmp, where) as d, d.connect() as c:
        with Feed(where, "feed", feed) as f:
            f.wait(2)
            for version in (2, 3):
                own = {name: version if i % 3 else v for i, (name, v) in enumerate(own.items()) if i % 7}
                rev = state(where)[0]
                done = index("build", where, write(path, own))
                good(done, "a build while a feed commits")
                tap.ok(re.search(r"\d+ articles .*taken over", done.stderr), "it says what was taken over", done.stderr)
                tap.ok(state(where)[0] > rev, "the revision went on")
                f.wait(1)
        holds(c, {**own, **other, **feed}, "what the path owns followed it, the rest is there")
        whole(where, "and sound")
        good(index("build", where, path, tmp + "/other.jsonl"), "a build of both files")
        holds(c, {**own, **other, **feed}, "what came by the feed stays")
        done = index("build", where, write(path, {**own, "feed1": 77}))
        good(done, "an id of the feed in a file")
        feed["feed1"] = 77
        holds(c, {**own, **other, **feed}, "is now the file's")
        good(index("build", where, "--replace", path), "a build with --replace")
        holds(c, {**own, "feed1": 77}, "holds its paths alone")
    tap.equal(report(where)["command"], "build", "and leaves its report")


def test_origins(tmp):
    """Where an article came from goes on from generation to generation."""
    where = tmp + "/index"
    os.mkdir(tmp + "/texts")
    for name in ("one", "two", "three"):
        write(tmp + "/texts/%s.jsonl" % name, {"%s%d" % (name, i): 1 for i in range(20)})
    keep = {"keep%d" % i: 1 for i in range(20)}
    good(index("build", where, tmp + "/texts"), "a folder")
    good(index("update", where, write(tmp + "/keep.jsonl", keep)), "and a file")
    good(index("rebuild", where), "rebuilt")
    good(index("compact", where), "compacted")
    good(index("build", where, tmp + "/keep.jsonl"), "the file built alone")
    os.unlink(tmp + "/texts/two.jsonl")
    good(index("update", where, "--prune", tmp + "/texts"), "a file of the folder is gone: pruned")
    with Daemon(tmp, where) as d, d.connect() as c:
        holds(c, {**keep, **{"%s%d" % (n, i): 1 for n in ("one", "three") for i in range(20)}},
              "its articles are gone, and no others")


def test_unreadable(tmp):
    """What a file gave before is not taken for gone when it cannot be read to its end."""
    where, path = tmp + "/index", tmp + "/packed.jsonl.gz"
    packed, plain = {"packed%d" % i: 1 for i in range(300)}, {"plain%d" % i: 1 for i in range(5)}
    with gzip.open(path, "wt") as f:
        f.writelines(line(name, version) for name, version in packed.items())
    good(index("build", where, path, write(tmp + "/plain.jsonl", plain)), "two files")
    os.truncate(path, os.path.getsize(path) // 2)
    plain = {"plain%d" % i: 2 for i in range(3)}
    done = index("build", where, path, write(tmp + "/plain.jsonl", plain))
    tap.ok(done.returncode == 65 and path in done.stderr, "built again with one of them damaged", done)
    with Daemon(tmp, where) as d, d.connect() as c:
        holds(c, {**packed, **plain}, "nothing of the damaged file is lost, the other is followed")


def test_ruin(tmp):
    """A build in place of a generation that cannot be read: no revision comes twice, and watches are told
    that they cannot be told."""
    where, path = os.path.join(tmp, "index"), os.path.join(tmp, "a.jsonl")
    write(path, {"a1": 1})
    good(index("build", where, path), "built")
    write(path, {"a1": 2})
    good(index("update", where, path), "a commit of which the manifest does not know")
    with Daemon(tmp, where) as d, d.connect() as c:
        seen = int(c.ask("WATCH -- report").figures["rev"])
        os.rename(where + "/g000001/iamglass", where + "/g000001/was")
        good(index("build", where, path), "built in place of a ruin")
        tap.ok(state(where)[0] > seen, "its revision is a new one", (seen, state(where)))
        tap.equal(c.line(), "* watch=w1 rev=%d gone=1" % seen, "a watch ends with the journal")


def test_side_by_side(tmp):
    """Two builds of different files at once on nothing: nobody's articles are lost."""
    where, models = tmp + "/index", [{"%s%d" % (tag, i): 1 for i in range(2000)} for tag in "pq"]
    procs = [subprocess.Popen([INDEX, "build", "-d", where, write("%s/%d.jsonl" % (tmp, i), m)], env=clean_env(),
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for i, m in enumerate(models)]
    ends = [(p.wait(PATIENCE), p.stderr.read()) for p in procs]
    tap.ok([e[0] for e in ends] == [0, 0], "two builds of two files at once", ends)
    with Daemon(tmp, where) as d, d.connect() as c:
        holds(c, {**models[0], **models[1]}, "both are there")


def test_rebuild(tmp):
    where, model = tmp + "/index", {"r%d" % i: 1 for i in range(4000)}
    path = write(tmp + "/r.jsonl", model, 120)
    good(index("build", where, path), "an index of 4,000 articles")
    feed, before = {}, state(where)
    with Daemon(tmp, where) as d, d.connect() as c:
        with Feed(where, "feed", feed) as f:
            f.wait(1)
            for k in range(3):
                proc = subprocess.Popen([INDEX, "rebuild", "-d", where], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                        env=clean_env(), universal_newlines=True)
                wait_until(lambda: left(where) or proc.poll() is not None)
                gone = ["r%d" % (k * 10 + i) for i in range(5)]
                changed = {"r%d" % (1000 + k * 10 + i): k + 2 for i in range(5)}
                good(index("remove", where, "--wait", "60", *gone), "articles are removed meanwhile")
                good(index("update", where, "--wait", "60", write(tmp + "/changed.jsonl", changed, 120)), "and changed")
                for name in gone:
                    del model[name]
                model.update(changed)
                out, err = proc.communicate(timeout=10 * PATIENCE)
                tap.ok(proc.returncode == 0 and LAST.search(out), "and the rebuild ends well", out + err)
                f.wait(1)
        holds(c, {**model, **feed}, "nothing was lost, nothing came back")
        now = state(where)
        tap.ok(now[0] >= before[0] + len(f.commits) + 3 and now[1] == before[1] + 3, "revision and generation went on",
               (before, now, len(f.commits)))
        r = c.ask("GET r1000")
        tap.ok(any("edition2." in field for row in r.of("T") for field in row), "texts are those of the last version", r)
    whole(where, "the index is sound")
    good(index("rebuild", where), "rebuilt once nobody reads")
    tap.equal(report(where)["command"], "rebuild", "the report is the rebuild's")
    with open(where + "/g%06d/pin" % state(where)[1]) as pin:
        fcntl.flock(pin, fcntl.LOCK_SH)
        good(index("rebuild", where), "and while somebody reads")
        tap.equal((left(where), len(generations(where))), ([], 2), "what is read stays")
    good(index("remove", where, "r2000"), "once nobody does, a commit")
    tap.equal((left(where), len(generations(where))), ([], 1), "removes it")


def test_compact(tmp):
    where, model = tmp + "/index", {"c%d" % i: 1 for i in range(1500)}
    path = write(tmp + "/c.jsonl", model)
    good(index("build", where, path), "an index of 1,500 articles")
    feed = {}
    for version in (2, 3):
        model = {name: version for name in model}
        good(index("update", where, write(path, model)), "all of them changed")
    for name in list(model)[:700]:
        del model[name]
    good(index("update", where, "--prune", write(path, model)), "and half of them withdrawn")
    with Daemon(tmp, where) as d, d.connect() as c:
        size = json.loads(index("info", where, "--json").stdout)["index_bytes"]
        with Feed(where, "feed", feed) as f:
            f.wait(1)
            for _ in range(3):
                good(index("compact", where), "compacted while a feed commits")
                f.wait(1)
        good(index("compact", where), "and once more")
        holds(c, {**model, **feed}, "the articles are the same")
        now = json.loads(index("info", where, "--json").stdout)["index_bytes"]
        tap.ok(now < size * 0.75, "the files are smaller", "%d -> %d" % (size, now))
    whole(where, "the index is sound")


def test_automatic(tmp):
    """An update merges what has grown from nothing, once."""
    where, model = tmp + "/index", {"m%d" % i: 1 for i in range(2600)}
    done = index("update", where, write(tmp + "/m.jsonl", model, 1200))
    tap.ok(done.returncode == 0 and "compacted 2600 articles from" in done.stderr and state(where)[1] == 2,
           "a large update of nothing is compacted at its end", done)
    tap.equal(report(where)["command"], "update", "the report is that of the update")
    model["m7"] = 2
    done = index("update", where, write(tmp + "/m.jsonl", model, 1200))
    tap.ok(done.returncode == 0 and "compacted" not in done.stderr and state(where)[1] == 2, "a small one is not", done)
    with Daemon(tmp, where) as d, d.connect() as c:
        holds(c, model, "all is there")


def test_switch(tmp):
    where, old = tmp + "/index", {"s%d" % i: 1 for i in range(200)}
    path = write(tmp + "/s.jsonl", old)
    good(index("build", where, path), "an old generation")
    with open(where + "/g000001/pin") as pin:
        fcntl.flock(pin, fcntl.LOCK_SH)
        new = {name: 2 for name in list(old)[50:]}
        good(index("build", where, write(path, new)), "a new one")
        done = index("switch", where, "7")
        tap.ok(done.returncode == 66 and "g000001, g000002" in done.stderr, "one that is not there: what is", done)
        tap.equal(index("switch", where, "2").returncode, 65, "the one in use")
        tap.equal(index("switch", where, "first").returncode, 64, "none at all")
        with Daemon(tmp, where) as d, d.connect() as c:
            holds(c, new, "the new one is served")
            rev = state(where)[0]
            with d.connect() as watcher:
                watched = watcher.ask("WATCH name=w -- edition1")
                tap.equal(watched.code, 250, "a watch stands")
                good(index("switch", where, "g000001"), "switched to the old one")
                head = watcher.line()
                rows = [watcher.line().split("\t")[2] for _ in range(int(head.rsplit("rows=", 1)[1]))]
                tap.equal((set(rows), len(rows)), (set(old), 200), "a watcher hears of what came back")
            holds(c, old, "the old one is served")
            tap.equal(state(where), (rev + 1, 1), "the revision went on")
            feed = {}
            with Feed(where, "feed", feed) as f:
                f.wait(1)
                good(index("build", where, write(path, new)), "on with the new")
                f.wait(1)
            holds(c, {**new, **feed}, "all is there")
    whole(where, "the index is sound")


def test_snapshot(tmp):
    where, model, copy = tmp + "/index", {"n%d" % i: 1 for i in range(800)}, tmp + "/copy"
    good(index("build", where, write(tmp + "/n.jsonl", model)), "an index")
    feed = {}
    with Daemon(tmp, where) as d, d.connect() as c:
        with Feed(where, "feed", feed) as f:
            f.wait(2)
            rev = state(where)[0]
            done = index("snapshot", where, copy)
            good(done, "a snapshot while a feed commits")
            f.wait(1)
        tap.ok(int(LAST.search(done.stdout).group(1)) >= rev, "of a revision after it was begun", done.stdout)
        with Daemon(tmp, copy, socket_path=tmp + "/copy.socket") as e, e.connect() as k:
            then, then_rev = contents(k)
            tap.equal(then_rev, state(copy)[0], "it is an index of its own")
            tap.ok(all(then.get(name) == 1 for name in model) and
                   all(0 < v <= feed[name] for name, v in then.items() if name not in model),
                   "with what was committed by then", len(then))
        whole(copy, "and sound")
        tap.equal(index("snapshot", where, copy).returncode, 73, "it is not written over")
        tap.equal(report(where)["exit"], 73, "which the report tells, too")
        holds(c, {**model, **feed}, "the index is as it was")
        rev = state(where)[0]
        good(index("restore", where, copy), "restored")
        holds(c, then, "what the snapshot holds")
        tap.ok(state(where)[0] == rev + 1, "the revision went on", state(where))
        good(index("update", where, write(tmp + "/more.jsonl", {"more": 1})), "an update of what was restored")
        holds(c, {**then, "more": 1}, "is there")
    good(index("restore", tmp + "/fresh", copy), "restored to where nothing was")
    tap.ok(state(tmp + "/fresh")[0] > then_rev, "with a revision after that of the snapshot")
    whole(tmp + "/fresh", "and sound")
    with open(copy + "/" + generations(copy)[0] + "/postlist.glass", "r+b") as g:
        g.seek(os.path.getsize(g.name) // 2)
        g.write(b"\xA5")
    before = state(where)
    tap.equal(index("restore", where, copy).returncode, 65, "a damaged snapshot is refused")
    tap.ok(state(where) == before and not left(where), "and all is as it was")
    tap.equal(index("restore", where, tmp + "/nothing").returncode, 66, "what is no snapshot is refused")


FIXTURE = SRCDIR + "/tests/fixtures/format-%d.tar.gz"
ALL_FIELDS = """id all/8
title A treaty of many parts
date 1914-06-01
source Levant Courier
byline Ilse Brandt
dateline PERA, June 1
place Pera
url http://levant.example/8
lang en
section Foreign
persons Aneta Kowal
persons Ilse Brandt
places Pera
places Smyrna
orgs Harbour Board
topics treaties
topics ports"""


def old_index(tmp, number):
    """An index of format NUMBER, and the command that cures it."""
    good(run(["tar", "-C", tmp, "-xzf", FIXTURE % number]), "an index of format %d" % number)
    return tmp + "/index", "dragoman-index rebuild -d %s/index" % tmp


def test_versions(tmp):
    where, cure = old_index(tmp, 1)
    for what, refused in (("check", index("check", where)), ("update", index("update", where, SAMPLE)),
                          ("remove", index("remove", where, "note/7")), ("compact", index("compact", where)),
                          ("dragomand", run([program("dragomand"), "-d", where, "--socket", tmp + "/s"]))):
        tap.ok(refused.returncode == 78 and cure in refused.stderr, "%s refuses it and names the cure" % what, refused)
    good(run([INDEX] + cure.split()[1:]), "the cure")
    whole(where, "what came of it is sound")
    with Daemon(tmp, where) as d, d.connect() as c:
        tap.equal([c.ask("SEARCH -- %s" % q).ids() for q in ('"harbour treaty"', "lighthouses", "lang:fr négociation")],
                  [["treaty-1912"], ["note/7"], ["dépêche"]], "its articles are found")
    good(index("update", where, SAMPLE), "and it can be updated")
    run(["tar", "-C", tmp + "/", "-xzf", FIXTURE % 1, "--transform", "s/index/again/"])
    done = index("build", tmp + "/again", SAMPLE)
    tap.ok(done.returncode == 0 and "3 articles taken over" in done.stderr, "a build takes articles of format 1 over, too", done)


def test_fields_without_numbers(tmp):
    """Up to format 3 a stored article has all its fields in one order, and each without its number."""
    where, cure = old_index(tmp, 3)
    refused = index("update", where, SAMPLE)
    tap.ok(refused.returncode == 78 and cure in refused.stderr, "update refuses it and names the cure", refused)
    good(run([INDEX] + cure.split()[1:]), "the cure")
    whole(where, "what came of it is sound")
    with Daemon(tmp, where) as d, d.connect() as c:
        tap.equal("\n".join(" ".join(row[1:]) for row in c.ask("GET all/8").of("K")), ALL_FIELDS, "no field is lost")
        tap.equal([c.ask("SEARCH -- %s" % q).ids() for q in ("lighthouses", "lang:fr", "place:smyrna topic:ports")],
                  [["note/7"], ["dépêche"], ["all/8"]], "its articles are found")
    article = tmp + "/same.jsonl"
    with open(article, "w") as f:
        json.dump({"id": "note/7", "title": "A note verbale on the lighthouse", "date": "1913", "place": "Constantinople",
                   "persons": ["Aneta Kowal"], "body": "The legation returned the note verbale unopened.\n\n"
                   "The lighthouse at the cape stays dark."}, f)
    done = index("update", where, article)
    tap.ok("1 unchanged" in done.stdout, "and are known to be the same when they come again", done)


def test_usage(tmp):
    for args, why in ((["switch"], "switch: an argument is missing"), (["snapshot"], "snapshot: an argument is missing"),
                      (["restore", "a", "b"], "restore: b: one argument too many"),
                      (["rebuild", "f"], "rebuild: f: one argument too many"),
                      (["check", "f"], "check: f: one argument too many"),
                      (["info", "f"], "info: f: one argument too many")):
        done = run([INDEX, *args])
        tap.ok(done.returncode == 64 and done.stderr.startswith("dragoman-index: %s\nusage: " % why),
               "%s: exit 64, and why" % " ".join(args), done)


def test_standard_files(tmp):
    where = tmp + "/index"
    good(index("build", where, SAMPLE), "an index")
    feed = json.dumps({"id": "one", "title": "One"})
    for words, rest, code, why in (
            ("info", ">/dev/full", 74, "standard output: No space left on device"),
            ("update -", "<%s/feed >/dev/full" % tmp, 74, "standard output: No space left on device"),
            ("compact", ">&-", 74, "standard output: Bad file descriptor"),
            ("update -", "<&-", 65, "standard input: read: Bad file descriptor"),
            ("update %s/bad.jsonl" % tmp, "2>&-", 65, "")):
        with open(tmp + "/feed", "w") as f:
            f.write(feed + "\n")
        with open(tmp + "/bad.jsonl", "w") as f:
            f.write("bad\n" + json.dumps({"id": "two", "title": "Two"}) + "\n")
        verb, *paths = words.split()
        done = run(["sh", "-c", '"$0" %s -d "$1" %s %s' % (verb, " ".join(paths), rest), INDEX, where])
        tap.ok(done.returncode == code and why in done.stderr, "%s %s: exit %d, and why" % (verb, rest, code), done)
        tap.ok(os.path.getsize(where + "/LOCK") == 0, "and nothing of it stands in a file of the index")
    whole(where, "the index is sound")


def test_exact_cure(tmp):
    """The command that cures is one to be given to a shell, whatever the index is called."""
    for name in ("it's an index", "long-" * 40):
        where = os.path.join(tmp, name)
        old_index(tmp, 1)
        os.rename(tmp + "/index", where)
        refused = index("update", where, SAMPLE)
        cure = re.search(r'with "dragoman-index (.*)"$', refused.stderr)
        if tap.ok(refused.returncode == 78 and cure, "it is refused", refused):
            good(run(["sh", "-c", "exec \"$0\" " + cure.group(1), INDEX]), "the command, as it stands there, cures it")
            whole(where, "what came of it is sound")


def test_other_versions(tmp):
    where = tmp + "/index"
    good(index("build", where, SAMPLE), "an index")
    path = where + "/g000001/manifest.json"
    with open(path) as f:
        ours = f.read()

    def change(key, value):
        with open(path, "w") as f:
            json.dump({**json.loads(ours), key: value}, f)
    change("format", 99)
    cure = "dragoman-index build --replace -d %s" % where
    for what, refused in (("check", index("check", where)), ("rebuild", index("rebuild", where)),
                          ("update", index("update", where, SAMPLE)), ("a build", index("build", where, SAMPLE)),
                          ("dragomand", run([program("dragomand"), "-d", where, "--socket", tmp + "/s"]))):
        tap.ok(refused.returncode == 78 and cure in refused.stderr, "%s refuses format 99 and names the cure" % what, refused)
    good(run([INDEX] + cure.split()[1:] + [SAMPLE]), "the cure")
    whole(where, "mends it")
    path = where + "/%s/manifest.json" % generations(where)[0]
    change("fingerprint", "analysis of another day")
    done = index("check", where)
    cure = "dragoman-index rebuild -d %s" % where
    tap.ok(done.returncode == 78 and cure in done.stderr, "another analysis is refused, with its cure", done)
    good(run([INDEX] + cure.split()[1:]), "the cure")
    whole(where, "mends it, too")


def test_locked(tmp):
    where = tmp + "/index"
    good(index("build", where, SAMPLE), "an index")
    good(index("snapshot", where, tmp + "/copy"), "and a snapshot")
    before = state(where)
    with open(where + "/LOCK") as lock, open(tmp + "/copy/LOCK") as other:
        fcntl.flock(lock, fcntl.LOCK_EX)
        fcntl.flock(other, fcntl.LOCK_EX)
        for verb, args in (("build", [SAMPLE]), ("rebuild", []), ("compact", []), ("snapshot", [tmp + "/more"]),
                           ("restore", [tmp + "/copy"])):
            tap.equal(index(verb, where, "--wait", "0", *args).returncode, 75, "%s gives up on a locked index" % verb)
            tap.ok(not left(where) and report(where)["exit"] == 75, "and tidies up")
    tap.equal(state(where), before, "nothing was changed")


def test_reader(tmp):
    """Who may only read the index copies it between two commits like anybody else."""
    where, free = tmp + "/index", tmp + "/free"
    good(index("build", where, SAMPLE), "an index")
    os.mkdir(free)
    for path, mode in ((tmp, 0o755), (free, 0o777)):
        os.chmod(path, mode)
    reader = {"user": 65534, "group": os.stat(where).st_gid, "extra_groups": []} if os.geteuid() == 0 else {}
    try:
        may = index("info", where, **reader).returncode == 0
    except PermissionError:
        may = False
    if not may:
        tap.skip("a snapshot by one who may only read", "another user cannot run the program here")
        return
    with open(where + "/LOCK") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = index("snapshot", where, "--wait", "0", free + "/early", **reader)
        tap.equal(done.returncode, 75, "a snapshot by one who may only read gives up on a locked index")
    os.chmod(where, 0o550)
    good(index("snapshot", where, free + "/copy", **reader), "one that is not locked is copied, without a report")
    os.chmod(where, 0o750)
    whole(free + "/copy", "and sound", "--allow-root")


def test_interrupted(tmp):
    where, model = tmp + "/index", {"i%d" % i: 1 for i in range(3000)}
    good(index("build", where, write(tmp + "/i.jsonl", model, 200)), "an index")
    index("snapshot", where, tmp + "/copy")
    before = state(where)
    for verb, args in (("rebuild", []), ("compact", []), ("restore", [tmp + "/copy"]), ("build", [tmp + "/i.jsonl"])):
        proc = subprocess.Popen([INDEX, verb, "-d", where, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                env=clean_env())
        seen = wait_until(lambda: left(where) or proc.poll() is not None)
        proc.send_signal(signal.SIGTERM)
        proc.communicate(timeout=10 * PATIENCE)
        tap.ok(seen and proc.returncode == -signal.SIGTERM and not left(where) and state(where) == before,
               "%s: a signal ends it, cleans up, changes nothing" % verb, (proc.returncode, os.listdir(where)))


in_folders(test_build, test_origins, test_unreadable, test_ruin, test_side_by_side, test_rebuild,
           test_compact, test_automatic, test_switch, test_snapshot, test_versions,
           test_fields_without_numbers, test_usage, test_standard_files, test_exact_cure, test_other_versions,
           test_locked, test_reader, test_interrupted)
tap.done()
