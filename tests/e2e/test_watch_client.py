#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""dragoman watch: against a server that plays a script for each connection, so
that outages come at chosen moments, and the whole way with the real daemon."""
import json
import os
import queue
import re
import signal
import socket
import subprocess
import threading

from harness import (PATIENCE, SAMPLE, Daemon, Tap, clean_env, index_build, program, run,
                     tempdir, wait_until)

GREETING = ". 200 dragoman/0 proto=1 gen=1 maxline=16384 caps=json\n"
ARTICLE = ("K\tid\t%s\nK\ttitle\tA \"title\" \\\\ \u571f\nK\tdate\t2025-03-27\nK\tpersons\tA B\n"
           "K\tpersons\tC D\nK\ttopics\ttrade\nT\tp\tFirst \\x07\\x9B.\nT\th\tBackground\nT\tp\tSecond.\n"
           ". 250 rows=9 gen=1 rev=12\n")


def push(rev, *ids):
    return "* watch=w1 rev=%d rows=%d\n" % (rev, len(ids)) + "".join(
        "R\t%d\t%s\t0.00\t2025-03-27\tWire\tAbout \\x1B%s\n" % (n, i, i) for n, i in enumerate(ids, 1))


def line(ident):
    return "About <U+001B>%s \u00b7 2025-03-27 \u00b7 Wire \u00b7 %s" % (ident, ident)


class Script:
    """A server: each of PLAYS is a function that plays one connection, with
    hear() and say(). heard: all requests. Without a play left connections are
    closed at once."""

    def __init__(self, folder, *plays):
        self.path = os.path.join(folder, "script")
        self.plays = list(plays)
        self.heard = []
        self.trouble = []
        self.refused = 0
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.bind(self.path)
        self.sock.listen(8)
        self.thread = threading.Thread(target=self.accept, daemon=True)
        self.thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.sock.shutdown(socket.SHUT_RDWR)
        self.thread.join(PATIENCE)
        self.sock.close()
        os.unlink(self.path)

    def accept(self):
        while True:
            try:
                self.conn, _ = self.sock.accept()
            except OSError:
                return
            self.conn.settimeout(PATIENCE)
            with self.conn, self.conn.makefile("rb") as self.lines:
                if not self.plays:
                    self.refused += 1
                    continue
                try:
                    self.say(GREETING)
                    self.plays.pop(0)(self)
                except (OSError, AssertionError) as why:
                    self.trouble.append(repr(why))

    def say(self, text):
        self.conn.sendall(text.encode())

    def hear(self, want=None):
        got = self.lines.readline().decode().rstrip("\n")
        self.heard.append(got)
        assert want is None or got == want, "heard %r, not %r" % (got, want)

    def answer(self, want, reply):
        self.hear(want)
        self.say(reply)

    def stay(self):
        """Until the client has gone."""
        assert not self.lines.readline()


class Watch:
    """dragoman watch under way; its output comes line by line."""

    def __init__(self, server, *argv, env=None, stdout=subprocess.PIPE, preexec=None):
        self.proc = subprocess.Popen([program("dragoman"), "-s", server, "watch", *argv],
                                     stdin=subprocess.DEVNULL, stdout=stdout,
                                     stderr=subprocess.PIPE, env=clean_env(env), preexec_fn=preexec)
        self.queue, self.out, self.err = queue.Queue(), [], []
        self.threads = [threading.Thread(target=self.read, args=pair, daemon=True)
                        for pair in ((self.proc.stderr, self.err), (self.proc.stdout, None)) if pair[0]]
        for thread in self.threads:
            thread.start()

    def read(self, pipe, into):
        for raw in pipe:
            text = raw.decode("utf-8", "replace").rstrip("\n")
            if into is None:
                self.queue.put(text)
            else:
                into.append(text)
        if into is None:
            self.queue.put(None)

    def take(self, count):
        """The next COUNT lines of output; fewer when it ends or time runs out."""
        got = []
        while len(got) < count:
            try:
                text = self.queue.get(timeout=PATIENCE)
            except queue.Empty:
                break
            if text is None:
                break
            got.append(text)
        return got

    def told(self, text):
        return wait_until(lambda: any(text in x for x in self.err))

    def end(self, number=signal.SIGTERM):
        """Ends it, unless it has ended; exit code, output not taken yet, errors."""
        if number is not None:
            self.proc.send_signal(number)
        try:
            code = self.proc.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.proc.kill()
            code = "does not end"
        for thread in self.threads:
            thread.join(PATIENCE)
        rest = [x for x in iter(self.queue.queue) if x is not None]
        return code, rest, list(self.err)


def faces(tap, tmp):
    def play(s):
        s.answer("WATCH since=5 match=all -- a \"b c\"", ". 250 watch=w1 gen=1 rev=9\n")
        s.say(push(6) + push(7, "a", "b"))
        s.stay()

    for number, argv, want in (
            (signal.SIGTERM, [], [line("a"), line("b")]),
            (signal.SIGINT, ["--tsv"], ["%d\t%s\t0.00\t2025-03-27\tWire\tAbout \\x1B%s" % (n, i, i)
                                        for n, i in ((1, "a"), (2, "b"))]),
            (signal.SIGTERM, ["--json"], [
                '{"t":"R","rank":%d,"id":"%s","score":0.00,"date":"2025-03-27","source":"Wire",'
                '"title":"About \\u001b%s","rev":7}' % (n, i, i) for n, i in ((1, "a"), (2, "b"))])):
        with Script(tmp, play) as s:
            w = Watch(s.path, "--since", "5", "--match", "all", *argv, "a", '"b c"')
            tap.equal(w.take(2), want, "watch %s prints each article" % " ".join(argv))
            code, rest, err = w.end(number)
            tap.equal((code, rest, err, s.trouble), (0, [], ["dragoman: watched up to revision 7"], []),
                      "and ends well on signal %d" % number)
    with Script(tmp, play) as s:
        w = Watch(s.path, "--since=5", "--match=all", "--color=always", "a", '"b c"')
        tap.ok(w.take(1)[0].startswith("\x1b[1mAbout <U+001B>a\x1b[0m \u00b7 \x1b[2m"), "in colour")
        w.end()


    def rewrites_off(s):
        s.answer("WATCH alias=0 meto=1 correct=0 collapse=0 -- q", ". 250 watch=w1 gen=1 rev=7\n")
        s.say(push(8, "a"))
        s.stay()

    with Script(tmp, rewrites_off) as s:
        w = Watch(s.path, "--alias=0", "--collapse=0", "--correct=0", "--meto", "q")
        w.take(1)
        w.end()
        tap.equal(s.trouble, [], "how the words are read goes to the daemon")


def resumes(tap, tmp):
    def first(s):
        s.answer("WATCH -- q", ". 250 watch=w1 gen=1 rev=10\n")
        s.say(push(11, "a") + push(12, "b", "c")[:-9])

    def short(s):
        s.answer("WATCH since=11 -- q", ". 421 overloaded\n")
        s.answer("WATCH since=11 -- q", "")

    def second(s):
        s.answer("WATCH since=11 -- q", ". 250 watch=w1 gen=1 rev=13\n")
        s.say(push(12, "b", "c") + push(13))

    def third(s):
        s.answer("WATCH since=13 -- q", ". 250 watch=w1 gen=1 rev=13\n")
        s.say(push(13) + push(14, "d"))
        s.stay()

    with Script(tmp, first, short, second, third) as s:
        w = Watch(s.path, "q")
        tap.equal(w.take(4), [line(i) for i in "abcd"], "each article once, over three breaks")
        code, rest, err = w.end()
        tap.ok(code == 0 and not rest and not s.trouble and err[2:] == ["dragoman: watched up to revision 14"]
               and all(re.match("dragoman: connection lost: .*; trying again$", e) for e in err[:2]),
               "told once for each outage", (code, rest, err, s.trouble))

    with Script(tmp, first) as s:
        w = Watch(s.path, "q")
        w.take(1)
        wait_until(lambda: s.refused >= 4)
        code, _, err = w.end(signal.SIGINT)
        tap.ok(code == 0 and len(err) == 2 and err[1] == "dragoman: watched up to revision 11",
               "a long outage is told once and can be ended", (code, err))


def journal_gone(tap, tmp):
    def gone(s):
        s.answer("WATCH since=3 -- q", ". 409 the journal begins at revision 8\n")
        s.stay()

    with Script(tmp, gone) as s:
        code, rest, err = Watch(s.path, "--since", "3", "q").end(None)
        tap.equal((code, rest, err), (2, [], ["dragoman: --since 3: the journal begins at revision 8"]),
                  "--since that the journal does not reach")

    def first(s):
        s.answer("WATCH -- q", ". 250 watch=w1 gen=1 rev=3\n")

    def told(s):
        first(s)
        s.say("* watch=w1 rev=3 gone=1\n")
        second(s)

    def second(s):
        s.answer("WATCH since=3 -- q", ". 409 the journal begins at revision 8\n")
        s.answer("WATCH -- q", ". 250 watch=w2 gen=1 rev=20\n")
        s.say(push(21, "a"))
        s.stay()

    for plays, what in (((first, second), "after an outage that was too long"),
                        ((told,), "after the daemon has fallen too far behind")):
        with Script(tmp, *plays) as s:
            w = Watch(s.path, "q")
            tap.equal(w.take(1), [line("a")], what + " the watch goes on")
            code, _, err = w.end()
            tap.ok(code == 0 and len(err) == len(plays) + 1 and "articles are missed" in err[-2] and
                   "revision 3 " in err[-2] and err[-1].endswith("revision 21") and not s.trouble,
                   "and says what was missed", (code, err, s.trouble))


def refusals(tap, tmp):
    rows = [(". 510 col=3 unmatched \"(\"\n", ['dragoman: query: unmatched "("', "    a (", "      ^"]),
            (". 500 unknown verb WATCH\n", ["dragoman: refused: unknown verb WATCH"]),
            (". 504 since=x is no number\n", ["dragoman: refused: since=x is no number"])]
    for reply, want in rows:
        with Script(tmp, lambda s, r=reply: s.answer(None, r)) as s:
            code, rest, err = Watch(s.path, "a", "(").end(None)
            tap.equal((code, rest, err), (2, [], want), "refused: " + reply.strip())
    for text, name in (("* watch=w1 rows=0\n", "without a revision"), ("* hm\n", "without figures"),
                       ("HTTP/1.1 200 OK\r\n", "not asked for")):
        def odd(s, text=text):
            s.answer(None, ". 250 watch=w1 gen=1 rev=3\n" + text)
            s.stay()
        with Script(tmp, odd, odd) as s:
            w = Watch(s.path, "q")
            if name == "not asked for":    # as if the connection were lost
                tap.ok(w.told("trying again"), name)
                w.end()
            else:
                code, rest, err = w.end(None)
                tap.ok(code == 2 and not rest and err[-1] == "dragoman: watched up to revision 3",
                       "a push " + name, (code, rest, err))
    r = run([program("dragoman"), "-s", os.path.join(tmp, "nobody"), "watch", "q"])
    tap.ok(r.returncode == 2 and "start one with" in r.stderr, "no daemon to begin with", r)


def output(tap, tmp):
    def play(s):
        s.answer("WATCH -- q", ". 250 watch=w1 gen=1 rev=10\n" + push(11, "a"))
        s.stay()

    with Script(tmp, play) as s, open("/dev/full", "w") as full:
        code, _, err = Watch(s.path, "q", stdout=full).end(None)
        tap.equal((code, err), (2, ["dragoman: watched up to revision 10",
                                    "dragoman: standard output: No space left on device"]),
                  "output that cannot be written is not handled")
    with Script(tmp, play) as s:
        ours, theirs = os.pipe()
        w = Watch(s.path, "q", stdout=theirs)
        os.close(theirs)
        with os.fdopen(ours, encoding="utf-8") as reader:
            tap.equal(reader.readline(), line("a") + "\n", "a pipe")
        code, _, err = w.end(None)
        tap.equal((code, err), (0, []), "ends when nobody reads any more, though nothing is to be written")


def commands(tap, tmp):
    log = os.path.join(tmp, "log")
    env = {"LOG": log}

    def ran():
        with open(log, encoding="utf-8") as f:
            return f.read().splitlines()

    def play(s):
        s.answer("WATCH -- q", ". 250 watch=w1 gen=1 rev=10\n" + push(11, "a", "b") + push(12, "c", "d"))
        s.answer("GET -- a", ARTICLE % "a")
        s.answer("GET -- b", ". 250 @odd\n")
        s.answer("GET -- c", ". 550 no such article\n")
        s.answer("GET -- d", push(13, "e") + ARTICLE % "d")
        s.answer("GET -- e", "K\tid\te\nT\tp\tx\n. 250\n")
        s.stay()

    open(log, "w").close()
    with Script(tmp, play) as s:
        w = Watch(s.path, "--exec", 'cat >>"$LOG"', "q", env=env)
        tap.equal(w.take(5), [line(i) for i in "abcde"], "with --exec, all are printed")
        wait_until(lambda: len(ran()) == 4)
        code, rest, err = w.end()
        got = [json.loads(x) for x in ran()]
        want = {"id": "a", "title": 'A "title" \\ \u571f', "date": "2025-03-27", "persons": ["A B", "C D"],
                "topics": ["trade"], "body": "First \x07\x9b.\n\nBackground\n\nSecond."}
        tap.equal(got, [want, {}, dict(want, id="d"), {"id": "e", "body": "x"}],
                  "and the command has each as JSON, in order")
        tap.ok("\x9b" not in "".join(ran()), "no control character as it is")
        tap.ok(code == 0 and not s.trouble and err == [
            "dragoman: c: withdrawn before the command could be run", "dragoman: watched up to revision 13"],
            "one that is no longer there is told", (code, err, s.trouble))

    def plain(s):
        s.answer("WATCH -- q", ". 250 watch=w1 gen=1 rev=10\n" + push(11, "a", "b", "c"))
        for i in "abc":
            s.answer("GET -- " + i, "K\tid\t%s\n. 250\n" % i)
        s.stay()

    open(log, "w").close()
    with Script(tmp, plain) as s:
        # Fails twice with b; leaves its input unread.
        w = Watch(s.path, "--exec", 'read x; echo "$x" >>"$LOG"; case $x in *b*) '
                  'test $(grep -c b "$LOG") = 3 || exit 7;; esac', "q", env=env)
        wait_until(lambda: len(ran()) == 5)
        code, rest, err = w.end()
        tap.equal([json.loads(x)["id"] for x in ran()], list("abbbc"), "a command that fails is run again")
        tap.ok(code == 0 and [e for e in err if "b: " in e and "exit status 7; it will be run again" in e] == err[:2]
               and err[2:] == ["dragoman: watched up to revision 11"] and rest == [line(i) for i in "abc"],
               "which is told", (code, err, rest, s.trouble))

    with Script(tmp, plain) as s:
        w = Watch(s.path, "--exec", "read x; case $x in *b*) kill -9 $$;; esac", "q")
        tap.ok(w.told("ended by signal 9"), "a command that a signal ends")
        code, _, err = w.end(signal.SIGINT)
        tap.ok(code == 0 and err[-1] == "dragoman: watched up to revision 10, and 1 of the 3 articles of the next",
               "ended before it succeeds", (code, err))

    open(log, "w").close()
    dead = os.path.join(tmp, "dead.jsonl")
    with open(dead, "w") as f:
        f.write("{}\n")
    fails = 'read x; echo "$x" >>"$LOG"; case $x in *b*) exit 7;; esac'
    with Script(tmp, plain) as s:
        w = Watch(s.path, "--exec", fails, "--retries", "2", "--dead", dead, "q", env=env)
        wait_until(lambda: len(ran()) == 5)
        code, rest, err = w.end()
        tap.equal([json.loads(x)["id"] for x in ran()], list("abbbc"), "a command that never succeeds is passed")
        tap.ok(code == 0 and not s.trouble and rest == [line(i) for i in "abc"] and err[-1] == "dragoman: watched up to revision 11"
               and [e for e in err if e == "dragoman: b: %s: exit status 7; given up after 3 attempts" % fails],
               "which is told", (code, err, rest, s.trouble))
        with open(dead) as f:
            tap.equal([json.loads(x) for x in f], [{}, {"id": "b"}], "and kept")
    with Script(tmp, plain) as s:
        code, rest, err = Watch(s.path, "--exec", fails, "--retries=0", "--dead=/dev/full", "q", env=env).end(None)
        tap.ok(code == 2 and rest == [line(i) for i in "ab"] and err[-2:] == [
            "dragoman: /dev/full: No space left on device",
            "dragoman: watched up to revision 10, and 1 of the 3 articles of the next"], "where it cannot be kept, all stops",
            (code, rest, err))
    for argv, why in ((["--retries", "x"], "--retries x: not a number from 0 to 1000000"), (["--dead", tmp], "Is a directory"),
                      (["--retries=-1"], "not a number"), (["--retries=1000001"], "not a number")):
        with Script(tmp, lambda s: s.stay()) as s:
            code, rest, err = Watch(s.path, "--exec", "true", *argv, "q").end(None)
            tap.ok(code == 2 and not rest and len(err) == 1 and why in err[0], " ".join(argv), (code, rest, err))
    for argv in (["--retries=2"], ["--dead", dead]):
        with Script(tmp, lambda s: s.stay()) as s:
            code, rest, err = Watch(s.path, *argv, "q").end(None)
            tap.ok(code == 2 and len(err) == 1 and "with --exec only" in err[0], "%s without --exec" % argv[0], (code, err))

    open(log, "w").close()
    with Script(tmp, plain) as s:
        w = Watch(s.path, "--exec", 'cat >>"$LOG"', "q", env=env,
                  preexec=lambda: signal.signal(signal.SIGCHLD, signal.SIG_IGN))
        wait_until(lambda: len(ran()) == 3)
        code, _, err = w.end()
        tap.ok(code == 0 and [json.loads(x)["id"] for x in ran()] == list("abc") and
               err == ["dragoman: watched up to revision 11"], "started where SIGCHLD is ignored", (code, err, ran()))


def breaks_within(tap, tmp):
    """The connection ends while a push is being handled: it is finished, then the
    watch goes on from it."""
    log = os.path.join(tmp, "log")
    open(log, "w").close()

    def first(s):
        s.answer("WATCH -- q", ". 250 watch=w1 gen=1 rev=10\n" + push(11, "a", "b", "c"))
        s.answer("GET -- a", "K\tid\ta\n. 250\n")
        s.answer("GET -- b", push(12, "d") + "K\tid\tb\n")

    def second(s):
        s.answer("GET -- b", ". 421 overloaded\n")
        s.answer("GET -- b", "K\tid\tb\n. 250\n")
        s.answer("GET -- c", "K\tid\tc\n. 250\n")
        s.answer("WATCH since=11 -- q", ". 250 watch=w1 gen=1 rev=12\n" + push(12, "d"))
        s.answer("GET -- d", "K\tid\td\n. 250\n")
        s.stay()

    with Script(tmp, first, second) as s:
        w = Watch(s.path, "--exec", 'cat >>"$LOG"', "q", env={"LOG": log})
        tap.equal(w.take(4), [line(i) for i in "abcd"], "a break within a push: each printed once")
        with open(log) as f:
            seen = []
            wait_until(lambda: seen.extend(f) or len(seen) == 4)
            f.seek(0)
            tap.equal([json.loads(x)["id"] for x in f], list("abcd"), "and run once")
        code, rest, err = w.end()
        tap.ok(code == 0 and not rest and not s.trouble and err[-1] == "dragoman: watched up to revision 12",
               "and nothing goes wrong", (code, rest, err, s.trouble))


def too_much(tap, tmp):
    """More is pushed than is kept in memory: while a command's article is fetched
    the watch is begun anew, behind it; as one push it can't be helped."""
    flood = "* watch=w1 rev=12 rows=70\n" + 70 * ("R\t1\tx\t0.00\t\t\t" + "x" * 1000000 + "\n")

    def first(s):
        s.answer("WATCH -- q", ". 250 watch=w1 gen=1 rev=10\n" + push(11, "a"))
        s.answer("GET -- a", flood)

    def second(s):
        s.answer("GET -- a", "K\tid\ta\n. 250\n")
        s.answer("WATCH since=11 -- q", ". 250 watch=w1 gen=1 rev=12\n" + flood)

    with Script(tmp, first, second) as s:
        w = Watch(s.path, "--exec", "exit 0", "q")
        tap.equal(w.take(1), [line("a")], "too many pushes while an article is fetched")
        code, rest, err = w.end(None)
        tap.ok(code == 2 and not rest and len(err) == 3 and err[0].startswith("dragoman: reply too large: ")
               and err[0].endswith("trying again") and err[1].startswith("dragoman: reply too large: ")
               and err[2] == "dragoman: watched up to revision 11" and not s.plays,
               "one push that is too large ends the watch", (code, err, s.trouble))


def real(tap, tmp):
    """With dragomand: articles come, change and go while the daemon is there, is
    stopped, and is killed."""
    index, log = index_build(tmp, [SAMPLE]), os.path.join(tmp, "log")
    open(log, "w").close()

    def commit(*articles):
        done = run([program("dragoman-index"), "update", "-q", "-d", index, "--wait", "30", "-"],
                   input="".join(json.dumps(a) + "\n" for a in articles))
        assert done.returncode == 0, done

    def article(ident, body="A quokka in the embassy garden.", **more):
        return dict(id=ident, title="About " + ident, body=body, **more)

    def ran():
        with open(log, encoding="utf-8") as f:
            return [json.loads(x) for x in f]

    with Daemon(tmp, index) as daemon:
        with daemon.connect() as c:
            since = c.ask("COUNT -- x").figures["rev"]
        ws = [Watch(daemon.socket, "--since", since, "--tsv", "quokka"),
              Watch(daemon.socket, "--since", since, "--tsv", "--exec", 'cat >>"$LOG"', "quokka", env={"LOG": log})]
        long_one = article("n3", "One quokka.\n\nTwo\nlines of it\nwith no end\nto speak of.", date="2025-03",
                           persons=["Maria Aalto"], topics=["a", "b"], source="Wire")

        def both(*idents):
            for w in ws:
                got = [x.split("\t")[1] for x in w.take(len(idents))]
                tap.equal(got, list(idents), "%s: %s" % ("with --exec" if w is ws[1] else "watch", " ".join(idents)))

        commit(article("n1"), article("other", "A wombat."))
        both("n1")
        commit(article("n1", "The same quokka."), article("other", "No wombat but a quokka."))
        both("other")
        daemon.stop()
        commit(article("n2"))
        commit(long_one)
        daemon.start()
        both("n2", "n3")
        daemon.kill(signal.SIGKILL)
        daemon.proc.wait()
        commit(article("n1", "Nothing."), article("n4"))
        daemon.start()
        both("n4")
        commit(article("n1"))
        both("n1")
        tap.ok(wait_until(lambda: len(ran()) == 6), "a command for each", ran())
        for w in ws:
            code, rest, err = w.end()
            tap.ok(code == 0 and not rest and len(err) == 3 and err[2].startswith("dragoman: watched up to revision "),
                   "each once, over two outages", (code, rest, err))
        tap.equal([a["id"] for a in ran()], ["n1", "other", "n2", "n3", "n4", "n1"], "the commands, in order")
        again = os.path.join(tmp, "again.jsonl")
        with open(again, "w", encoding="utf-8") as f:
            f.write("".join(json.dumps(a) + "\n" for a in ran()[1:]))
        r = run([program("dragoman-index"), "update", "-d", index, again])
        tap.ok(r.returncode == 0 and re.search(r"\b0 added, 0 replaced, 5 unchanged", r.stdout),
               "what the commands got, indexed again, is the same", r)
        w = Watch(daemon.socket, "--since", "100000", "quokka")
        code, rest, err = w.end(None)
        tap.ok(code == 2 and not rest and len(err) == 1, "--since a revision that is to come", (code, rest, err))


def main():
    tap = Tap()
    with tempdir() as tmp:
        faces(tap, tmp)
        resumes(tap, tmp)
        journal_gone(tap, tmp)
        refusals(tap, tmp)
        output(tap, tmp)
        commands(tap, tmp)
        breaks_within(tap, tmp)
        too_much(tap, tmp)
        real(tap, tmp)
    tap.done()


if __name__ == "__main__":
    main()
