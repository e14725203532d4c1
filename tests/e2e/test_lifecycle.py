#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The daemon as a process: starting, refusing to, limits and timeouts, new
generations, signals, the end."""
import json
import os
import re
import resource
import shutil
import signal
import socket
import stat
import subprocess
import threading
import time

from harness import SAMPLE, Client, Daemon, Tap, clean_env, index_build, program, run, tempdir, wait_until

tap = Tap()


def refused(tmp, what, code, *args, env=None):
    done = run([program("dragomand"), *args], env=env, timeout=60)
    tap.ok(done.returncode == code and done.stderr.startswith("dragomand: ") and not done.stdout,
           "%s: exit %d" % (what, code), "exit %d, %s" % (done.returncode, done.stderr))


def damaged(tmp, index):
    """What cannot be opened is told with its name."""
    for name, size in (("iamglass", 0), ("postlist.glass", 8192), ("docdata.glass", 4096)):
        copy = os.path.join(tmp, "damaged")
        shutil.copytree(index, copy)
        os.truncate(os.path.join(copy, "g000001", name), size)
        done = run([program("dragomand"), "-d", copy, "--socket", os.path.join(tmp, "socket")], timeout=60)
        tap.ok(done.returncode == 65 and done.stderr.startswith("dragomand: %s/g000001: " % copy),
               "%s cut short: exit 65, naming the generation" % name, "exit %d, %s" % (done.returncode, done.stderr))
        shutil.rmtree(copy)


def starting(tmp, index):
    path = os.path.join(tmp, "socket")
    done = run([program("dragomand"), "--help"])
    tap.ok(done.returncode == 0 and "--socket" in done.stdout, "--help", done.stdout + done.stderr)
    done = run([program("dragomand"), "--version"])
    tap.ok(done.returncode == 0 and done.stdout.startswith("dragomand "), "--version")
    refused(tmp, "an unknown option", 64, "--colour")
    refused(tmp, "a bad number", 64, "--workers", "many")
    refused(tmp, "an argument", 64, "-d", index, "extra")
    refused(tmp, "no index there", 66, "-d", os.path.join(tmp, "none"), "--socket", path)
    refused(tmp, "no folder for the socket", 73, "-d", index, "--socket", os.path.join(tmp, "no", "socket"))
    refused(tmp, "a path too long", 73, "-d", index, "--socket", os.path.join(tmp, "x" * 120))
    refused(tmp, "an address that is none", 64, "-d", index, "--socket", path, "--listen", "nowhere")
    refused(tmp, "an address that is not loopback", 78, "-d", index, "--socket", path, "--listen", "0.0.0.0:4711")
    with open(path, "w") as f:
        f.write("mine")
    refused(tmp, "something else stands there", 73, "-d", index, "--socket", path)
    with open(path) as f:
        tap.equal(f.read(), "mine", "and is left alone")
    os.unlink(path)
    tap.ok(not os.path.exists(path + ".lock"), "no lock file is left")

    with Daemon(tmp, index, ["--listen", "127.0.0.1:0"]) as d:
        mode = os.stat(d.socket).st_mode
        tap.ok(stat.S_ISSOCK(mode) and mode & 0o7777 == 0o660, "the socket's mode is 0660", oct(mode))
        tap.equal([line for line in d.log().splitlines() if "ready" in line],
                  ["dragomand: ready on " + d.socket], "the ready line")
        refused(tmp, "a second daemon on the socket", 75, "-d", index, "--socket", d.socket)
        with d.connect() as c:
            tap.equal(c.ask("PING").code, 250, "the first answers on")
        port = int(d.log().split("listening on 127.0.0.1:")[1].split()[0])
        with Client(("127.0.0.1", port)) as c:
            c.send("@a SEARCH -- caatsa\n@b PING\n")
            c.half_close()
            tap.equal([c.reply().tag, c.reply().tag, c.line()], ["a", "b", None], "TCP, half-closed")
        d.proc.kill()
        d.proc.wait()
        tap.ok(os.path.exists(d.socket), "SIGKILL leaves the socket behind")
    with Daemon(tmp, index) as d, d.connect() as c:
        tap.equal(c.ask("PING").code, 250, "a stale socket is replaced")
    tap.equal([n for n in os.listdir(tmp) if n.startswith("socket")], [], "the end removes socket and lock")

    runtime = os.path.join(tmp, "run")
    os.mkdir(runtime)
    env = {"DRAGOMAN_INDEX": index, "XDG_RUNTIME_DIR": runtime}
    d = Daemon(tmp, index, start=False, env=env)
    d.argv, d.socket = [program("dragomand")], os.path.join(runtime, "dragoman", "socket")
    d.start()
    with d, d.connect() as c:
        tap.equal(c.ask("PING").code, 250, "index and socket from the environment, the folder is made")


def race(tmp, index):
    """Of many started at once on one socket, over a stale one, one remains."""
    path = os.path.join(tmp, "race")
    old = socket.socket(socket.AF_UNIX)
    old.bind(path)
    old.close()
    procs = [subprocess.Popen([program("dragomand"), "-d", index, "--socket", path], stderr=subprocess.PIPE,
                              stdout=subprocess.DEVNULL, env=clean_env()) for _ in range(6)]
    wait_until(lambda: sum(p.poll() is not None for p in procs) == 5)
    codes = sorted(str(p.poll()) for p in procs)
    tap.equal(codes, ["75"] * 5 + ["None"], "of six started at once one remains")
    with Client(path) as c:
        tap.equal(c.ask("PING").code, 250, "and answers")
    for p in procs:
        if p.poll() is None:
            p.terminate()
        p.wait()
        p.stderr.close()


def limits(tmp, index):
    with Daemon(tmp, index, ["--max-clients", "3"]) as d:
        three = [d.connect() for _ in range(3)]
        with d.connect() as c:
            tap.ok(c.greeting.startswith(". 421 ") and c.line() is None, "one client too many is told 421", c.greeting)
        three.pop().close()

        def again():
            with d.connect() as c:
                return c.greeting.startswith(". 200 ")
        tap.ok(wait_until(again), "a place that is free again is given")
        for c in three:
            c.close()
    with Daemon(tmp, index, ["--workers", "1", "--queue", "1", "--max-clients", "40"]) as d:
        clients = [d.connect() for _ in range(32)]
        for _ in range(10):
            for c in clients:
                c.send("SEARCH limit=200 -- the of and in to a\n" * 2)
        codes = [c.reply().code for c in clients for _ in range(20)]
        tap.ok(set(codes) == {250, 421}, "a full queue is told 421 at once, and nothing else",
               {code: codes.count(code) for code in set(codes)})
        status = {row[1]: row[2] for row in clients[0].ask("STATUS").rows}
        tap.equal(int(status["overloaded"]), codes.count(421), "STATUS counts them")
        for c in clients:
            c.close()
    with Daemon(tmp, index, ["--deadline", "0.001"]) as d, d.connect() as c:
        codes = {c.ask("SEARCH limit=1000 -- " + "the of and " * 80).code for _ in range(20)}
        tap.ok(codes <= {250, 451} and 451 in codes, "a query over its time is told 451", codes)
        tap.equal(c.ask("PING").code, 250, "and the connection goes on")


def few_descriptors(tmp, index):
    d = Daemon(tmp, index, start=False)
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    soft = 150
    d.argv = ["sh", "-c", 'ulimit -n %d; exec "$@"' % soft, "sh"] + d.argv + ["--workers", "2"]
    d.start()
    with d:
        clients, turned = [], 0
        for _ in range(soft):
            c = d.connect()
            if c.greeting is None or c.greeting.startswith(". 421"):
                turned += 1
                c.close()
            else:
                clients.append(c)
        tap.ok(turned > 0 and len(clients) > 10 and "descriptors" in d.log(),
               "with %d descriptors fewer clients are taken" % soft, (turned, len(clients), d.log()))
        tap.equal({c.ask("COUNT -- nato").code for c in clients}, {250}, "and all of those are answered")
        for c in clients:
            c.close()
    assert resource.getrlimit(resource.RLIMIT_NOFILE) == before


def out_of_descriptors(tmp, index):
    """accept(2) fails: the daemon waits instead of spinning, and goes on."""
    with Daemon(tmp, index) as d, d.connect() as first:
        first.ask("SEARCH -- nato")
        _, hard = resource.prlimit(d.proc.pid, resource.RLIMIT_NOFILE)
        resource.prlimit(d.proc.pid, resource.RLIMIT_NOFILE, (d.descriptors() + 1, hard))
        waiting = [Client(d.socket, greeting=False) for _ in range(6)]
        tap.ok(d.wait_log("accept: "), "out of descriptors, the log says so", d.log())
        tap.equal(first.ask("PING").code, 250, "who is connected is answered on")
        time.sleep(1.5)
        tap.ok(d.log().count("accept: ") < 6, "it does not spin meanwhile", d.log())
        resource.prlimit(d.proc.pid, resource.RLIMIT_NOFILE, (1024, hard))
        tap.ok(all(c.line().startswith(". 200 ") for c in waiting), "afterwards all are greeted")
        for c in waiting:
            c.close()


def timeouts(tmp, index):
    with Daemon(tmp, index, ["--idle-timeout", "1", "--stall-timeout", "1", "--log-level", "info"]) as d:
        idle, busy, slow, stalled = d.connect(), d.connect(), d.connect(), d.connect(greeting=False)
        stalled.sock.setblocking(False)
        sent = 0
        try:
            while True:
                sent += stalled.sock.send(b"HELP\n" * 1000)
        except BlockingIOError:
            pass
        begin, most = time.monotonic(), d.resident()
        slow.send("PIN")
        answers = 0
        while time.monotonic() < begin + 2.5:
            answers += busy.ask("PING").code == 250
            most = max(most, d.resident())
            time.sleep(0.02)
        tap.ok(answers > 20, "a client that asks is not idle")
        tap.equal(idle.line(), None, "an idle client is closed")
        tap.equal(slow.line(), None, "so is one within a line")
        tap.ok(d.wait_log("does not read"), "one that does not read is closed", d.log())
        tap.ok(most < 200e6, "replies that nobody reads do not pile up: %d MB" % (most / 1e6))
        for c in (idle, busy, slow, stalled):
            c.close()
    with Daemon(tmp, index) as d, d.connect() as c:
        n = 3000

        def ask():
            for _ in range(n):
                c.send("HELP\n")
        asker = threading.Thread(target=ask)
        asker.start()
        time.sleep(0.3)
        tap.equal({c.reply().code for _ in range(n)}, {250}, "a late reader gets all %d replies" % n)
        asker.join()


def article(path, text):
    with open(path, "w") as f:
        f.write("Zanzibar notes\n\n%s\n" % text)


def generations(tmp, index):
    folder = os.path.join(tmp, "news")
    os.mkdir(folder)
    article(os.path.join(folder, "a.txt"), "The quuxine delegation arrived.")
    own = index_build(tmp, [folder], name="own")
    log = os.path.join(tmp, "requests.log")
    with Daemon(tmp, own, ["--log-requests", log, "--log-level", "info"]) as d, d.connect() as c:
        tap.equal(c.ask("SEARCH -- quuxine").ids(), ["a.txt"], "the first generation")
        article(os.path.join(folder, "b.txt"), "A second quuxine delegation.")
        index_build(tmp, [folder], name="own")
        r = c.ask("SEARCH -- quuxine")
        tap.equal((sorted(r.ids()), r.figures["gen"]), (["a.txt", "b.txt"], "2"), "a new one is noticed at once")
        tap.ok(d.wait_log("g000002"), "the log tells of it")
        status = {row[1]: row[2] for row in c.ask("STATUS").rows}
        tap.equal((status["articles"], status["generation"]), ("2", "2"), "so does STATUS")
        article(os.path.join(folder, "c.txt"), "A third quuxine delegation.")
        index_build(tmp, [folder], name="own")
        tap.ok(d.wait_log("g000003"), "an idle daemon notices by itself")

        def deleted():
            fds = "/proc/%d/fd" % d.proc.pid
            return [t for t in (os.readlink(os.path.join(fds, n)) for n in os.listdir(fds)
                                if os.path.lexists(os.path.join(fds, n))) if "g000002" in t]
        tap.ok(wait_until(lambda: not deleted()), "and lets go of the old one", deleted())
        os.rename(log, log + ".1")
        d.kill(signal.SIGHUP)
        tap.ok(d.wait_log("SIGHUP"), "SIGHUP is heard")
        c.ask("SEARCH -- quuxine\\delegation")
        with open(log) as f:
            text = f.read()
        tap.ok(" SEARCH 250 rows=" in text and text.count("\n") == 1 and r"quuxine\\delegation" in text,
               "the request log begins anew after SIGHUP", text)
        with open(log + ".1") as f:
            tap.ok(len(f.read().splitlines()) == 3, "the old one has the requests before")
        for line in ("WATCH match=all correct=0 -- quux\tine", "WATCH name=mine -- quuxine", "FROB x", "PING " + "x" * 20000, "PING"):
            c.ask(line)
        with open(log) as f:
            tail = [re.sub(" us=[0-9]+", "", x.rstrip("\n").split(" ", 3)[3]) for x in f][-5:]
        peer = " peer=uid=%d" % os.getuid()
        for got, want in zip(tail, ("WATCH 250 rows=0 bytes=[0-9]+%s watch=w1 match=all correct=0 -- quux\\\\tine",
                                    "WATCH 250 rows=0 bytes=[0-9]+%s watch=mine name=mine -- quuxine",
                                    "- 500 rows=0 bytes=24%s x", "- 552 rows=0 bytes=[0-9]+%s", "PING 250 rows=0 bytes=[0-9]+%s")):
            tap.ok(re.fullmatch(want % peer, got), "a line of the request log", got)
        tap.ok(json.loads(c.ask("STATUS format=json").lines[2])["value"] == 3, "STATUS in JSON has numbers")


def ending(tmp, index):
    for number in (signal.SIGTERM, signal.SIGINT):
        d = Daemon(tmp, index)
        clients = [d.connect() for _ in range(8)]
        for i, c in enumerate(clients):
            c.send("".join("@t%d SEARCH limit=2 snippets=0 -- the of nato sanctions\n" % n for n in range(i * 8)))
        # The first answer of the longest queue shows that its requests were read.
        clients[-1].reply()
        begin = time.monotonic()
        code = d.stop(number)
        took = time.monotonic() - begin
        got = []
        for i, c in enumerate(clients):
            tags, r = [], c.reply()
            while r is not None:
                tags.append(r.tag)
                r = c.reply()
            got.append(tags)
            c.close()
        first = ["t%d" % n for n in range(56)]
        whole = all(tags == first[:len(tags)] for tags in got[:-1]) and got[-1] == first[1:]
        tap.ok(code == 0 and took < 10.5 and whole, "signal %d: what was asked is answered, exit 0" % number,
               (code, took, [len(g) for g in got]))
        tap.ok(not os.path.exists(d.socket) and not os.path.exists(d.socket + ".lock"), "the socket is removed")


def main():
    with tempdir() as tmp:
        index = index_build(tmp, [SAMPLE])
        for part in (starting, damaged, race, limits, few_descriptors, out_of_descriptors, timeouts, generations, ending):
            part(tmp, index)
    tap.done()


if __name__ == "__main__":
    main()
