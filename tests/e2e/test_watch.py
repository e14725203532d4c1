#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Standing queries over the socket: what is pushed, when, and that nothing is
lost or told twice, whatever happens to the index and to the connection."""
import collections
import json
import os
import random
import signal
import subprocess
import threading

from harness import SAMPLE, Daemon, Reply, Tap, index_build, program, run, sanitized, tempdir, wait_until

tap = Tap()


def article(name, body, title="", **more):
    return dict({"id": name, "title": title, "body": body}, **more)


def write(tmp, name, articles):
    path = os.path.join(tmp, name)
    with open(path, "w") as f:
        for a in articles:
            f.write(json.dumps(a) + "\n")
    return path


def command(index, *args):
    done = run([program("dragoman-index"), args[0], "-d", index, *args[1:]])
    if done.returncode != 0:
        raise RuntimeError("dragoman-index %s: exit %d: %s" % (args[0], done.returncode, done.stderr))
    return done.stdout


def update(tmp, index, *articles):
    """One commit with these articles; its revision."""
    out = command(index, "update", "--wait", "60", write(tmp, "update.jsonl", articles))
    return int(out.split("revision ")[1].split(",")[0])


class Push:
    """One push: watch, rev, gone, and the rows' fields (dictionaries in JSON)."""

    def __init__(self, c, line):
        if line.startswith("{"):
            figures = json.loads(line)
            assert figures.pop("t") == "*", line
        else:
            assert line.startswith("* "), line
            figures = dict(f.split("=", 1) for f in line.split(" ")[1:])
        self.watch, self.rev, self.gone = figures["watch"], int(figures["rev"]), "gone" in figures
        self.late = "late" in figures
        self.rows = []
        for _ in range(int(figures.get("rows", 0))):
            row = c.line()
            self.rows.append(json.loads(row) if row.startswith("{") else row.split("\t"))
            assert (self.rows[-1]["t"] if row.startswith("{") else self.rows[-1][0]) == "R", row

    def ids(self):
        return sorted(row["id"] if isinstance(row, dict) else row[2] for row in self.rows)

    def __repr__(self):
        return "%s rev=%d %r" % (self.watch, self.rev, self.rows)


def push(c):
    return Push(c, c.line())


def pushes(c, rev, n=1):
    """Reads until N watches were told of revision REV; {watch: [ids]} with the rows of all."""
    told = {}
    while n > 0:
        p = push(c)
        told.setdefault(p.watch, []).extend(p.ids())
        n -= p.rev == rev
    return told


def what_is_told(tmp, index):
    with Daemon(tmp, index) as d, d.connect() as c:
        r = c.ask("@a WATCH -- the xylophone")
        tap.ok((r.code, r.tag, r.figures) == (250, "a", {"watch": "w1", "gen": "1", "rev": "1"}),
               "a watch, of which a stop word finds nothing", r)
        tap.equal(c.ask('watch name=zebras match=all from=2025 -- quiet zebra').figures["watch"], "zebras", "one with a name")
        tap.equal(c.ask('WATCH name=phrase format=json -- "quiet zebra"').figures,
                  {"watch": "phrase", "gen": 1, "rev": 1}, "one in JSON")
        rev = update(tmp, index, article("x1", "Nothing.", "Xylophones", source="Wire", date="2025-03-27"),
                     article("x2", "The zebra is quiet.", date="2025-04-01"), article("x3", "The zebra is quiet."),
                     article("x4", "A quiet zebra and a xylophone.", date="2024"))
        told = sorted((push(c) for _ in range(3)), key=lambda p: p.watch)
        tap.equal([(p.watch, p.rev) for p in told], [(w, rev) for w in ("phrase", "w1", "zebras")], "each is told of a commit")
        tap.equal([p.rows for p in told],
                  [[{"t": "R", "rank": 1, "id": "x4", "score": 0.0, "date": "2024", "source": "", "title": ""}],
                   [["R", "1", "x1", "0.00", "2025-03-27", "Wire", "Xylophones"], ["R", "2", "x4", "0.00", "2024", "", ""]],
                   [["R", "1", "x2", "0.00", "2025-04-01", "", ""]]], "the rows")

        def after(what, want, *articles):
            rev = update(tmp, index, *articles)
            tap.equal(pushes(c, rev, 3), dict({"phrase": [], "w1": [], "zebras": []}, **want), what)

        after("changed so that it matches", {"w1": ["x2"]}, article("x2", "A xylophone instead.", date="2025-04-01"))
        after("changed and matches still", {}, article("x2", "Two xylophones instead.", date="2025-04-01"))
        after("changed and matches no more", {}, article("x2", "No more.", date="2025-04-01"))
        after("and again", {"w1": ["x2"]}, article("x2", "A xylophone.", date="2025-04-01"))
        command(index, "remove", "x2", "x3")
        tap.equal({p.watch: p.ids() for p in (push(c), push(c), push(c))}, {"phrase": [], "w1": [], "zebras": []},
                  "removed")
        after("added again", {"w1": ["x2"], "phrase": ["x3"]}, article("x2", "A xylophone."), article("x3", "The quiet zebra."))

        tap.equal(c.ask("WATCH name=zebras -- a").code, 504, "a name in use")
        tap.equal(c.ask("WATCH name=a/b -- a").code, 504, "a bad name")
        r = c.ask("WATCH -- (")
        tap.ok(r.code == 510 and r.figures == {"col": "1"}, "a query that cannot be read", r)
        tap.equal(c.ask("WATCH -- -oil").code, 510, "one that only excludes")
        tap.equal([c.ask("UNWATCH zebras").code, c.ask("UNWATCH zebras").code, c.ask("UNWATCH").code],
                  [250, 550, 504], "UNWATCH")
        tap.equal(c.ask("WATCH name=zebras -- zebra").code, 250, "the name is free again")
        c.ask("UNWATCH zebras")
        c.ask("UNWATCH phrase")
        rev = update(tmp, index, article("x5", "zebra"))
        p = push(c)
        tap.equal((p.watch, p.rev, p.rows), ("w1", rev, []), "only what is watched")
        names = [c.ask("WATCH -- a%d" % i).figures.get("watch") for i in range(63)]
        tap.equal(len(set(names)), 63, "64 watches, with names of their own")
        tap.equal(c.ask("WATCH -- one more").code, 552, "no 65th")
        with d.connect() as other:
            tap.equal(other.ask("WATCH -- xylophone").figures["watch"], "w1", "another connection has its own")
        rev = update(tmp, index, article("x6", "A xylophone"))
        tap.equal({w: ids for w, ids in pushes(c, rev, 64).items() if ids}, {"w1": ["x6"]}, "all 64 are told")


def after_having_been_away(tmp, index):
    with Daemon(tmp, index) as d:
        with d.connect() as c:
            begin = int(c.ask("WATCH -- lyre").figures["rev"])
        revs = [update(tmp, index, article("y%d" % i, "A lyre." if i % 2 else "No.")) for i in range(6)]
        command(index, "remove", "y1")
        last = update(tmp, index, article("y3", "No lyre but a lyre."))
        with d.connect() as c:
            r = c.ask("WATCH since=%d -- lyre" % begin)
            tap.equal(r.figures, {"watch": "w1", "gen": "1", "rev": str(last)}, "since=: the present revision in the reply")
            told = [push(c)]
            while told[-1].rev < last:
                told.append(push(c))
            tap.equal([(p.rev, p.ids()) for p in told], [(revs[3], ["y3"]), (revs[5], ["y5"]), (last, [])],
                      "what came since, in the order of the commits")
            r = c.ask("WATCH name=now since=%d -- lyre" % last)
            p = push(c)
            tap.equal((r.code, p.watch, p.rev, p.rows), (250, "now", last, []), "since= the present revision")
            tap.equal(c.ask("WATCH since=%d -- lyre" % (last + 1)).code, 409, "since= a revision that is not there yet")
            tap.equal(c.ask("WATCH since=0 -- lyre").code, 409, "since= before the journal began")
            tap.equal(c.ask("WATCH since=-1 -- lyre").code, 504, "since= no revision")
        with d.connect() as c:
            c.send("WATCH since=%d -- lyre\nWATCH -- lyre\nPING\n" % begin)
            c.half_close()
            lines = c.rest().decode().splitlines()
            tap.equal([line.split("\t")[2] for line in lines if line[0] == "R"], ["y3", "y5"],
                      "half-closed: what came since is sent")
            tap.equal(len([line for line in lines if line.startswith(". 250")]), 3, "and the replies")


def resumed_anywhere(tmp, index):
    """What is told after a revision does not depend on where the telling began."""
    commits = [article("X", "A quokka.", "One"), article("Y", "A quokka.", "Two"),
               article("X", "The same quokka again.", "Three"), article("X", "None.", "Four"),
               article("Z", "A quokka.", "Five"), article("X", "A quokka after all.", "Six"),
               article("Z", "None.", "Seven"), article("Y", "Still a quokka.", "Eight")]
    want = [["One"], ["Two"], [], [], ["Five"], ["Six"], [], []]
    with Daemon(tmp, index) as d:
        with d.connect() as c:
            begin = int(c.ask("WATCH -- quokka").figures["rev"])
            live = []
            for a in commits:
                update(tmp, index, a)
                p = push(c)
                live.append((p.rev, [row[6] for row in p.rows]))
        last = begin + len(commits)
        tap.equal(live, list(zip(range(begin + 1, last + 1), want)), "each commit is told by itself")
        for since in range(begin, last + 1):
            with d.connect() as c:
                c.ask("WATCH since=%d -- quokka" % since)
                told = [push(c)]
                while told[-1].rev < last:
                    told.append(push(c))
            tap.equal([(p.rev, [row[6] for row in p.rows]) for p in told if p.rows],
                      [(rev, titles) for rev, titles in live if rev > since and titles],
                      "resumed behind commit %d" % (since - begin))


def between_replies(tmp, index):
    """Requests in the pipeline while commits come: whole replies, in order, whole pushes between them."""
    patient = ["--deadline", "20"] if sanitized() else []
    with Daemon(tmp, index, ["--workers", "2", *patient]) as d, d.connect() as c, d.connect() as seen:
        begin = int(c.ask("WATCH name=a -- kettledrum").figures["rev"])
        c.ask("WATCH name=b format=json -- kettledrum")
        seen.ask("WATCH -- kettledrum")
        stop = threading.Event()

        def ask():
            n = 0
            while not stop.is_set():
                c.send("".join("@%d SEARCH limit=20 -- the\n" % (n + i) for i in range(50)))
                n += 50
                while int(answered[-1:] and answered[-1].tag or 0) + 50 < n and not stop.is_set():
                    more.wait(0.01)
            c.send("@end PING\n")

        answered, told, more = [], {"a": {}, "b": {}}, threading.Event()
        asking = threading.Thread(target=ask)
        asking.start()

        def read():
            lines = []
            while not answered or answered[-1].tag != "end":
                line = c.line()
                if line.startswith(("* ", '{"t":"*"')):
                    assert not lines, "a push within a reply: %r" % lines
                    p = Push(c, line)
                    told[p.watch].setdefault(p.rev, []).extend(p.ids())
                    continue
                lines.append(line)
                if line.startswith(". "):
                    answered.append(Reply(lines))
                    lines = []
                    more.set()

        reading = threading.Thread(target=read)
        reading.start()
        revs = {}
        for i in range(12):
            rev = update(tmp, index, article("k%d" % i, "A kettledrum."), article("l%d" % i, "None."))
            revs[rev] = ["k%d" % i]
            pushes(seen, rev)
        wait_until(lambda: max(told["a"], default=0) == max(revs) == max(told["b"], default=0))
        stop.set()
        asking.join()
        reading.join()
        tags = [r.tag for r in answered]
        tap.ok(tags == [str(i) for i in range(len(tags) - 1)] + ["end"] and all(r.code == 250 for r in answered),
               "%d replies in order while %d pushes came" % (len(tags), len(told["a"])), tags[-5:])
        tap.ok(all(len(r.of("R")) == int(r.figures["rows"]) for r in answered[:-1]), "whole replies")
        tap.equal(told, {"a": revs, "b": revs}, "each push once, for each of its watches")
        tap.ok(all(rev > begin for rev in revs), "after the watch began")


def generations(tmp, index):
    """Nothing twice, nothing lost when generations switch."""
    path = write(tmp, "base.jsonl", [article("b%d" % i, "A bagpipe %d." % i) for i in range(30)])
    command(index, "build", "-q", path, SAMPLE)
    with Daemon(tmp, index) as d, d.connect() as c:
        r = c.ask("WATCH -- bagpipe OR oboe")
        told, gens = [], {r.figures["gen"]}

        def until(rev):
            while True:
                p = push(c)
                told.extend(p.ids())
                if p.rev >= rev:
                    return p

        until(update(tmp, index, article("g1", "An oboe."), article("b1", "An oboe instead.")))
        tap.equal(told, ["g1"], "an update")
        told.clear()
        command(index, "rebuild", "-q")
        p = push(c)
        tap.equal(p.rows, [], "a rebuild changes nothing")
        tap.ok(p.rev > int(r.figures["rev"]) + 1, "but is told")
        write(tmp, "base.jsonl", [article("b%d" % i, "A bagpipe %d." % i if i else "A tuba.") for i in range(31)])
        command(index, "build", "-q", path, SAMPLE)
        p = push(c)
        tap.equal(p.ids(), ["b30"], "a build with other contents")
        until(update(tmp, index, article("g2", "An oboe."), article("b0", "An oboe.")))
        tap.equal(told, ["b0", "g2"], "an update of the new generation")
        command(index, "compact", "-q")
        p = push(c)
        tap.equal((p.gone, p.rows), (False, []), "a compaction changes nothing, but is told")
        r = c.ask("WATCH name=again since=%s -- oboe OR bagpipe" % r.figures["rev"])
        told.clear()
        until(int(r.figures["rev"]))
        tap.equal(sorted(told), ["b0", "b30", "g1", "g2"], "since= a revision two generations ago")
        gens.add(r.figures["gen"])
        tap.equal(len(gens), 2, "which it was")


class Counter(threading.Thread):
    """Watches, and reconnects with since= every few pushes, as a client does; until it is told of the
    article "end"."""

    def __init__(self, daemon, query, seed, restless):
        super().__init__(daemon=True)
        self.d, self.query, self.rng, self.restless = daemon, query, random.Random(seed), restless
        self.told, self.revs, self.rev, self.connections, self.errors = [], [], 0, 0, []
        with self.d.connect() as c:
            self.rev = int(c.ask("WATCH -- " + query).figures["rev"])

    def run(self):
        try:
            while "end" not in self.told:
                with self.d.connect() as c:
                    self.connections += 1
                    r = c.ask("WATCH since=%d -- %s" % (self.rev, self.query))
                    assert r.code == 250, r
                    self.listen(c, self.rng.randrange(1, 6) if self.restless else None)
        except Exception as e:    # told by the test
            self.errors.append(e)

    def listen(self, c, left):
        while left != 0 and "end" not in self.told:
            p = push(c)
            assert p.rev >= self.rev, (p.rev, self.rev)
            if p.rows:
                self.revs.append(p.rev)
            self.told.extend(p.ids())
            self.rev = p.rev
            left = left and left - 1


def all_at_once(tmp, index):
    """Two updates and a rebuild side by side, watchers that come and go."""
    with Daemon(tmp, index, ["--workers", "3"]) as d:
        counters = [Counter(d, "bassoon", seed, seed % 2) for seed in range(4)]
        for c in counters:
            c.start()
        writers = []
        for w in range(2):
            path = write(tmp, "w%d.jsonl" % w, [article("m%d-%d" % (w, i), "A bassoon %d." % i if i % 3 else "No.")
                                                for i in range(120)])
            writers.append(subprocess.Popen([program("dragoman-index"), "update", "-d", index, "-q", "--wait", "60",
                                             "--commit-every", "12", path]))
        rebuild = subprocess.Popen([program("dragoman-index"), "rebuild", "-q", "-d", index])
        codes = [p.wait() for p in [*writers, rebuild]]
        update(tmp, index, article("end", "The last bassoon."))
        for c in counters:
            c.join(60)
        tap.equal(codes, [0, 0, 0], "two updates and a rebuild at once")
        want = collections.Counter(["m%d-%d" % (w, i) for w in range(2) for i in range(120) if i % 3] + ["end"])
        for c in counters:
            told = collections.Counter(c.told)
            tap.equal((dict(want - told), dict(told - want), c.errors), ({}, {}, []),
                      "each article once, over %d connections" % c.connections)
            tap.equal(c.revs, sorted(c.revs), "in the order of the commits")


def slow_reader(tmp, index):
    """One that does not read costs no memory and is closed; it resumes where it was."""
    # One worker: what each keeps of its own, the lexicon above all, is there when the memory is looked at.
    with Daemon(tmp, index, ["--workers", "1", "--stall-timeout", "1", "--log-level", "info"]) as d, \
            d.connect() as c, d.connect() as good:
        for i in range(60):
            rev = int(c.ask("WATCH name=n%d -- harmonium" % i).figures["rev"])
        good.ask("WATCH -- harmonium")
        before = d.resident()
        n, seen = 0, 0
        while "does not read" not in d.log() and n < 100:
            last = update(tmp, index, *(article("h%d-%d" % (n, i), "A harmonium.", "Title " * 150) for i in range(100)))
            seen += len(pushes(good, last)["w1"])
            n += 1
        tap.ok(d.wait_log("does not read"), "a reader that stalls is closed")
        tap.equal(seen, 100 * n, "another is told everything")
        grown, told = d.resident() - before, 60 * 100 * n * len("Title " * 150)
        if sanitized():
            tap.skip("without the memory of all pushes", "sanitizers keep freed memory")
        else:
            tap.ok(grown < told / 4, "without the memory of all pushes (%d commits)" % n, "%d of %d" % (grown, told))
        lines = [line for line in c.rest().decode("utf-8", "replace").split("\n") if line.startswith("* watch=n7 ")]
        rev = int(lines[-2].split("rev=")[1].split(" ")[0]) if len(lines) > 1 else rev
        with d.connect() as again:
            again.ask("WATCH since=%d -- harmonium" % rev)
            told = pushes(again, last)["w1"]
            tap.ok(len(told) == len(set(told)) >= 100, "and gets the rest", len(told))


def too_long(tmp, index):
    """A watch whose query takes too long is told so, and makes nobody wait."""
    with Daemon(tmp, index, ["--workers", "1"]) as d, d.connect() as slow, d.connect() as c:
        words = ["elm%d" % i for i in range(15)]
        chains = [" NEAR/99 ".join(words[i:] + words[:i] + ["nowhere"]) for i in range(15)]
        begin = int(slow.ask("WATCH name=slow -- " + " OR ".join(chains)).figures["rev"])
        c.ask("WATCH -- xylophone")
        filler = (" ".join(words) + " ") * 1000 + "x " * 200 + "nowhere "
        rev = update(tmp, index, *(article("big%d" % i, filler + "xylophone") for i in range(60)))
        tap.equal(len(pushes(c, rev)["w1"]), 60, "a commit with large articles is told")
        p = push(slow)
        tap.equal((p.watch, p.late, p.rev, p.rows), ("slow", True, begin, []), "a query that takes too long is told so")
        tap.ok(d.wait_log("watch slow takes too long"), "and logged")
        rev = update(tmp, index, article("small", "A xylophone."))
        tap.equal(pushes(c, rev), {"w1": ["small"]}, "others are told of the next commit")
        tap.equal(c.ask("PING").code, 250, "and answered")
        slow.ask("UNWATCH slow")
        slow.ask("WATCH name=slow -- xylophone NEAR/1 the")
        rev = update(tmp, index, article("last", "The xylophone."))
        p = push(slow)
        while p.late:
            p = push(slow)
        tap.equal((p.late, p.rev, p.ids()), (False, rev, ["last"]), "another watch of the same name is as quick as any")


def ends(tmp, index):
    with Daemon(tmp, index, ["--idle-timeout", "1"]) as d, d.connect() as c:
        with d.connect() as idle:
            c.ask("WATCH -- mandolin")
            tap.equal(idle.line(), None, "a connection without requests is closed")
        tap.equal(pushes(c, update(tmp, index, article("i1", "A mandolin."))), {"w1": ["i1"]}, "one with a watch is not")
        current = os.path.join(index, "CURRENT")
        with open(current) as f:
            name = f.read()
        with open(current + ".new", "w") as f:
            f.write("g000099\n")
        os.rename(current + ".new", current)
        tap.ok(d.wait_log("standing queries: "), "what cannot be read is told")
        with open(current + ".new", "w") as f:
            f.write(name)
        os.rename(current + ".new", current)
        tap.equal(pushes(c, update(tmp, index, article("i2", "A mandolin."))), {"w1": ["i2"]}, "and tried again")
        tap.equal(d.log().count("standing queries: "), 1, "it is told once")
        c.ask("UNWATCH w1")
        tap.equal(c.line(), None, "without its watch the connection is idle")
    with Daemon(tmp, index) as d, d.connect() as c:
        c.ask("WATCH -- mandolin")
        d.kill(signal.SIGTERM)
        tap.equal((c.line(), d.proc.wait(8)), (None, 0), "a drain ends watches at once")


with tempdir() as top:
    for number, test in enumerate((what_is_told, after_having_been_away, resumed_anywhere, between_replies, generations, all_at_once,
                                   slow_reader, too_long, ends)):
        folder = os.path.join(top, str(number))
        os.mkdir(folder)
        test(folder, index_build(folder, [SAMPLE]))
tap.done()
