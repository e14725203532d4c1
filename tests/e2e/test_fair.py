#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Clients that ask for much do not keep the others waiting: heavy and light
requests, turns between users, work for nobody, a daemon's state while all
workers are busy, logs and replies that nobody reads."""
import json
import os
import re
import select
import socket
import subprocess
import threading
import time

from harness import PATIENCE, Client, Daemon, Tap, index_build, program, sanitized, tempdir, wait_until

tap = Tap()
HEAVY = "COUNT -- %s NEAR/99 nowhere\n" % " NEAR/99 ".join(["elm"] * 15)   # it takes seconds, or all of its deadline
LARGE = (2 if sanitized() else 6) << 20   # bytes
LIGHT = "SEARCH limit=3 snippets=0 -- xylophone"


def make_index(tmp):
    path = os.path.join(tmp, "articles.jsonl")
    with open(path, "w") as f:
        for i in range(120):
            f.write(json.dumps({"id": "h%d" % i, "title": "Trees %d" % i, "body": "elm " * 30000 + "nowhere"}) + "\n")
        for i in range(300):
            f.write(json.dumps({"id": "l%d" % i, "title": "Music %d" % i, "body": "A xylophone, number %d." % i}) + "\n")
        f.write(json.dumps({"id": "large", "title": "Large", "body": "A large article. " * (LARGE // 17)}) + "\n")
    return index_build(tmp, [path])


class Heavy:
    """A client that asks for much, one request after the other, until told to stop."""

    def __init__(self, daemon):
        self.client, self.replies, self.ended = daemon.connect(), 0, False
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self):
        try:
            while not self.ended:
                self.client.ask(HEAVY.strip())
                self.replies += 1
        except (OSError, AssertionError, AttributeError):
            pass

    def stop(self):
        self.ended = True
        self.client.sock.shutdown(socket.SHUT_RDWR)
        self.thread.join()
        self.client.close()


def status(client):
    return {row[1]: row[2] for row in client.ask("STATUS").rows}


def light_beside_heavy(tmp, index):
    """With two workers, light requests get answers while heavy ones take seconds each."""
    with Daemon(tmp, index, ["--workers", "2"]) as d:
        heavy = [Heavy(d) for _ in range(10)]
        with d.connect() as c:
            tap.ok(wait_until(lambda: int(status(c)["queued"]) >= 8), "ten clients ask for much")
            took = []
            for _ in range(300):
                begin = time.monotonic()
                reply = c.ask(LIGHT)
                took.append(time.monotonic() - begin)
                if reply.code != 250 or len(reply.ids()) != 3:
                    tap.ok(False, "a light request", reply)
            done = sum(h.replies for h in heavy)
            took.sort()
            print("# light beside ten heavy clients: p50 %.1f ms, p99 %.1f ms; %d heavy replies meanwhile"
                  % (took[150] * 1e3, took[297] * 1e3, done))
            tap.ok(done < 100, "300 light requests take less time than 100 heavy ones", done)
        for h in heavy:
            h.stop()
        with d.connect() as c:
            tap.ok(wait_until(lambda: status(c)["queued"] == "0"), "and then all is done")


def in_turns(tmp, index):
    """Users have turns, however many connections each has."""
    with Daemon(tmp, index, ["--workers", "1", "--deadline", "0.2", "--listen", "127.0.0.1:0"]) as d:
        address = ("127.0.0.1", int(d.log().split("listening on 127.0.0.1:")[1].split()[0]))
        many = [Client(address) for _ in range(40)]
        for c in many:
            c.send(HEAVY)
        other = socket.socket()
        other.settimeout(60)
        other.bind(("127.0.0.2", 0))
        other.connect(address)
        other.sendall(HEAVY.encode())
        got = b""
        while not got.endswith(b"\n") or got.count(b"\n") < 2:
            got += other.recv(4096)
        waiting = len(many) - len(select.select([c.sock for c in many], [], [], 0)[0])
        tap.ok(waiting >= 20, "another address does not wait for all forty (%d still wait)" % waiting, got)
        for c in many:
            c.close()
        other.close()


def a_front(tmp, index):
    """The clients of a front have turns, on whatever connections it asks for them."""
    heavy = HEAVY.replace(" ", " client=one ", 1)
    with Daemon(tmp, index, ["--workers", "1", "--deadline", "0.2", "--listen", "127.0.0.1:0"]) as d, d.connect() as other:
        address = ("127.0.0.1", int(d.log().split("listening on 127.0.0.1:")[1].split()[0]))
        many = [d.connect() for _ in range(40)]
        for c in many:
            c.send(heavy)
        reply = other.ask(heavy.replace("=one", "=2001:db8::7").strip())
        waiting = len(many) - len(select.select([c.sock for c in many], [], [], 0)[0])
        tap.ok(waiting >= 20, "another client does not wait for all forty requests of one (%d still wait)" % waiting, reply)
        for c in many:
            c.close()
        with Client(address) as c:
            tap.equal(c.ask("PING client=one").code, 530, "over TCP nobody is a front")
            tap.equal(c.ask("PING").code, 250, "and goes on")
        for value in ("", "a/b", "x" * 65):
            tap.equal(other.ask("PING client=" + value).code, 504, "client=%.4s is no name" % value)
    done = subprocess.run([program("dragomand"), "-d", index, "--front", "nobody-of-that-name"], capture_output=True, text=True)
    tap.ok(done.returncode == 64 and "nobody-of-that-name" in done.stderr, "a front that is no user", done)


def another_user(tmp, index):
    """A front may run as a user of its own, and others of that kind may not say client=."""
    if os.getuid() != 0:
        tap.skip("fronts of other users", "this test must be root to be another user")
        return
    os.chmod(tmp, 0o755)
    for front, code in (("12345", 250), ("12346", 530)):
        with Daemon(tmp, index, ["--front", front]) as d:
            os.chmod(d.socket, 0o777)
            child = os.fork()
            if child == 0:
                os.setuid(12345)
                os._exit(d.connect().ask("PING client=one").code == code)
            tap.equal(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), 1, "user 12345 where the front is %s" % front)


def for_nobody(tmp, index):
    """Work for connections that are gone is not done, and the state is told while it is."""
    with Daemon(tmp, index, ["--workers", "1"]) as d, d.connect() as c:
        gone = [d.connect() for _ in range(200)]
        for g in gone:
            g.send(HEAVY)
        tap.ok(wait_until(lambda: int(status(c)["queued"]) > 150), "STATUS is answered while all workers are busy")
        tap.ok(any(row[1].startswith("dragoman_queue_length ") for row in c.ask("METRICS").rows), "and so is METRICS")
        before = int(status(c)["requests"])
        for g in gone:
            g.close()
        tap.ok(wait_until(lambda: (status(c)["queued"], status(c)["connections"]) == ("0", "1")), "what they asked for is dropped")
        tap.ok(int(status(c)["requests"]) >= before + 190, "and counted")
        tap.equal(c.ask(LIGHT).code, 250, "others are answered")


def unread_request_log(tmp, index):
    """Requests go on where nobody reads their log; the lines that were lost are counted."""
    fifo = os.path.join(tmp, "fifo")
    os.mkfifo(fifo)
    reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    with Daemon(tmp, index, ["--log-requests", fifo]) as d, d.connect() as c:
        tap.ok(all(c.ask("PING").code == 250 for _ in range(3000)), "requests are answered")
        tap.ok(d.wait_log("cannot be written to"), "a request log that nobody reads is told of")
        try:
            while os.read(reader, 1 << 16):
                pass
        except BlockingIOError:
            pass
        c.ask("PING")
        tap.ok(d.wait_log("lines were lost"), "and how many of its lines were lost")
    os.close(reader)


def unread_log(tmp, index):
    """The daemon goes on where nobody reads its standard error."""
    address = os.path.join(tmp, "socket")
    proc = subprocess.Popen([program("dragomand"), "-d", index, "--socket", address, "--log-level", "debug"],
                            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, bufsize=0)
    log = b""
    while b"ready on " not in log:
        log += os.read(proc.stderr.fileno(), 4096)
    for _ in range(2000):
        with Client(address) as c:
            if c.ask("PING").code != 250:
                tap.ok(False, "PING")
    tap.ok(True, "2,000 connections are answered")
    told = os.read(proc.stderr.fileno(), 1 << 20)     # there is room again
    with Client(address) as c:
        c.ask("PING")
    proc.terminate()
    told = (told + proc.stderr.read()).decode()
    tap.ok(re.search(r"warning: [1-9]\d* lines of this log were lost", told), "the lines that were lost are counted", told)
    tap.equal(proc.wait(PATIENCE), 0, "and the daemon ends well")


def unread_replies(tmp, index):
    """Large replies that nobody reads take no memory, and are whole when somebody does."""
    with Daemon(tmp, index) as d, d.connect() as c:
        whole = c.ask("GET large").lines
        before = d.resident()
        slow = [d.connect() for _ in range(40)]
        for s in slow:
            s.send("GET large\n")
        tap.ok(wait_until(lambda: int(status(c)["requests"]) >= 41), "40 large replies wait")
        grown = d.resident() - before
        if sanitized():
            tap.skip("they are not in memory", "sanitizers keep freed memory")
        else:
            tap.ok(grown < 40 * LARGE / 4, "they are not in memory (%d MB)" % (grown >> 20), grown)
        tap.ok(all(s.reply().lines == whole for s in slow[::8]), "each is whole when it is read")
        for s in slow:
            s.close()


with tempdir() as top:
    os.chmod(top, 0o755)
    folder = os.path.join(top, "index")
    os.mkdir(folder)
    made = make_index(folder)
    for number, test in enumerate((light_beside_heavy, in_turns, a_front, another_user, for_nobody, unread_request_log, unread_log, unread_replies)):
        folder = os.path.join(top, str(number))
        os.mkdir(folder)
        test(folder, made)
tap.done()
