#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The daemon under a service manager: what it tells, sockets that it inherits,
the watchdog, and the units that ship."""
import fcntl
import os
import re
import shutil
import signal
import socket
import subprocess
import time

from harness import (BUILDDIR, PATIENCE, SAMPLE, SRCDIR, Client, Daemon, Tap, clean_env, index_build, program, run,
                     tempdir, wait_until)

tap = Tap()
UNITS = os.path.join(SRCDIR, "contrib", "systemd")
BEAT_US = 400000   # the daemon is to be heard of that often


class Manager:
    """The service manager's end: a datagram socket that is told things."""

    def __init__(self, tmp, beat_us=0):
        self.path = os.path.join(tmp, "notify")
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.sock.bind(self.path)
        self.env = {"NOTIFY_SOCKET": self.path}
        if beat_us:
            self.env["WATCHDOG_USEC"] = str(beat_us)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.sock.close()
        os.unlink(self.path)

    def told(self, limit=PATIENCE):
        """The next message; None when none comes."""
        self.sock.settimeout(limit)
        try:
            return self.sock.recv(4096).decode()
        except (socket.timeout, BlockingIOError):
            return None

    def wait(self, text, limit=PATIENCE):
        """Passes over messages up to one that is TEXT."""
        end = time.monotonic() + limit
        while time.monotonic() < end:
            if self.told(max(0.01, end - time.monotonic())) == text:
                return True
        return False

    def silent(self):
        """Whether, after what has been sent, no beat comes for three times as long as one may take."""
        while self.told(0) is not None:
            pass
        return self.told(3 * BEAT_US / 1e6) is None


def notices(tmp, index):
    with Manager(tmp) as m:
        with Daemon(tmp, index, env=m.env) as d:
            tap.equal(m.told(), "READY=1", "READY once it answers")
            with d.connect() as c:
                c.ask("PING")
            d.kill(signal.SIGHUP)
            first, then = m.told(), m.told()
            tap.ok(re.fullmatch(r"RELOADING=1\nMONOTONIC_USEC=\d+", first) and then == "READY=1",
                   "SIGHUP: RELOADING, then READY; no WATCHDOG that nobody asked for", (first, then))
            code = d.stop()
            tap.equal((m.told(), code), ("STOPPING=1", 0), "STOPPING at the end")
        env = dict(m.env, NOTIFY_SOCKET=os.path.join(tmp, "nobody"))
        with Daemon(tmp, index, env=env) as d, d.connect() as c:
            tap.ok(c.ask("PING").code == 250 and d.wait_log("telling the service manager: "),
                   "a manager that is gone is no reason not to serve", d.log())


def hung_loop(tmp, index):
    with Manager(tmp, BEAT_US) as m, Daemon(tmp, index, env=m.env) as d:
        tap.ok(m.wait("READY=1") and all(m.wait("WATCHDOG=1") for _ in range(4)), "WATCHDOG, again and again")
        d.kill(signal.SIGSTOP)
        tap.ok(m.silent(), "a loop that stands still is not heard of")
        d.kill(signal.SIGCONT)
        tap.ok(m.wait("WATCHDOG=1"), "when it goes on, it is again")


def hung_worker(tmp):
    own = index_build(tmp, [SAMPLE], name="own")
    slow = os.path.join(own, "g000099")
    current = os.path.join(own, "CURRENT")

    def switch(text):
        with open(current + ".tmp", "w") as f:
            f.write(text)
        os.rename(current + ".tmp", current)
    with open(current) as f:
        good = f.read()
    with Manager(tmp, BEAT_US) as m, Daemon(tmp, own, ["--deadline", "0.2", "--workers", "2"], env=m.env) as d:
        tap.ok(m.wait("WATCHDOG=1"), "WATCHDOG")
        shutil.copytree(os.path.join(own, "g000001"), slow)
        signal.signal(signal.SIGIO, signal.SIG_IGN)     # which tells that somebody waits
        with open(os.path.join(slow, "postlist.glass"), "r+b") as held:
            fcntl.fcntl(held, fcntl.F_SETLEASE, fcntl.F_WRLCK)     # a worker that opens this one waits
            switch(good.replace("g000001", "g000099"))

            def quiet():
                return m.told(2 * BEAT_US / 1e6) is None
            tap.ok(wait_until(quiet) and m.silent(), "workers that hang keep the loop from being heard of")
            with d.connect() as c:
                tap.equal(c.ask("PING").code, 250, "though the loop is well")
            switch(good)
        tap.ok(wait_until(lambda: m.told(0.05) == "WATCHDOG=1"), "when they go on, it is again")
        with d.connect() as c:
            tap.equal(c.ask("COUNT -- nato").code, 250, "and they answer")


def inherit(tmp, index, sockets, args=(), env=None, pid="$$"):
    """A Daemon that is given SOCKETS; not started."""
    d = Daemon(tmp, index, start=False, env=dict(env or {}, LISTEN_FDS=str(len(sockets))))
    d.argv = ["sh", "-c", 'export LISTEN_PID=%s; exec "$@"' % pid, "sh", program("dragomand"), "-d", index, *args]
    high = [fcntl.fcntl(s.fileno(), fcntl.F_DUPFD, 100) for s in sockets]

    def hand_over():
        for i, fd in enumerate(high):
            os.dup2(fd, 3 + i)
    d.more_args = {"preexec_fn": hand_over, "pass_fds": tuple(range(3, 3 + len(sockets)))}
    return d


def listening(family, address):
    s = socket.socket(family, socket.SOCK_STREAM)
    s.bind(address)
    s.listen(16)
    return s


def inherited(tmp, index):
    path = os.path.join(tmp, "inherited")
    local, tcp = listening(socket.AF_UNIX, path), listening(socket.AF_INET, ("127.0.0.1", 0))
    early = Client(path, greeting=False)
    d = inherit(tmp, index, [local, tcp])
    d.start()
    with d:
        tap.ok("ready on " + path + "\n" in d.log() and "listening on 127.0.0.1:%d\n" % tcp.getsockname()[1] in d.log(),
               "inherited sockets are named in the log", d.log())
        early.send("PING\n")
        tap.ok(early.line().startswith(". 200 ") and early.reply().code == 250, "who waited before is answered")
        early.close()
        with Client(path) as c, Client(tcp.getsockname()) as t:
            tap.equal((c.ask("COUNT -- nato").code, t.ask("COUNT -- nato").code), (250, 250), "so are both sockets")
        tap.ok(not os.path.exists(path + ".lock"), "no lock file is made")
        waiting = Client(path)
        tap.equal(d.stop(), 0, "it ends with 0")
        tap.equal(waiting.line(), None, "and with it its connections")
        waiting.close()
    tap.ok(os.path.exists(path), "the socket is left to who made it")
    late = Client(path, greeting=False)
    d = inherit(tmp, index, [local], ["--listen", "127.0.0.1:0", "--socket", os.path.join(tmp, "mine")])
    d.start()
    with d, late:
        tap.ok(late.line().startswith(". 200 ") and "--listen 127.0.0.1:0 is passed over" in d.log()
               and not os.path.exists(os.path.join(tmp, "mine")), "the next one goes on there, and names no other", d.log())
    for s in (local, tcp):
        s.close()


def not_inherited(tmp, index):
    def refused(what, code, sockets):
        d = inherit(tmp, index, sockets)
        done = subprocess.run(d.argv, env=d.env, stderr=subprocess.PIPE, timeout=PATIENCE, **d.more_args)
        text = done.stderr.decode()
        tap.ok(done.returncode == code and text.startswith("dragomand: "), "%s: exit %d" % (what, code),
               (done.returncode, text))
        for s in sockets:
            s.close()
    refused("an inherited socket that takes no connections", 73, [socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)])
    refused("one of datagrams", 73, [socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)])
    refused("one that all the world could reach", 78, [listening(socket.AF_INET, ("0.0.0.0", 0))])
    refused("too many", 73, [listening(socket.AF_INET, ("127.0.0.1", 0)) for _ in range(5)])
    path = os.path.join(tmp, "other")
    local = listening(socket.AF_UNIX, path)
    d = inherit(tmp, index, [local], ["--socket", os.path.join(tmp, "socket")], pid="1")
    d.start()
    with d, d.connect() as c:
        tap.equal(c.ask("PING").code, 250, "sockets meant for another process are not taken")
    local.close()


def bounded():
    for name in ("dragomand.service", "dragoman-index.service"):
        with open(os.path.join(UNITS, name)) as f:
            text = f.read()
        tap.ok(all(re.search(r"(?m)^%s=\d" % key, text) for key in ("MemoryMax", "TasksMax")),
               name + ": memory and threads have a limit", text)


def units(tmp):
    if not shutil.which("systemd-analyze"):
        tap.skip("systemd-analyze security and verify", "systemd-analyze is not installed")
        return
    services = sorted(n for n in os.listdir(UNITS) if n.endswith(".service"))
    for name in services:
        done = run(["systemd-analyze", "security", "--offline=true", "--no-pager", os.path.join(UNITS, name)])
        found = re.search(r"Overall exposure level for \S+: ([\d.]+)", done.stdout)
        if not found and "offline" in done.stderr:
            tap.skip("systemd-analyze security " + name, "this systemd-analyze is too old")
            continue
        tap.ok(found and float(found.group(1)) <= 2.0, "systemd-analyze security %s: %s" % (
            name, found.group(1) if found else "?"), done.stdout[-2000:] + done.stderr)
    copies = []
    for name in os.listdir(UNITS):
        if name.endswith((".service", ".socket", ".timer")):
            with open(os.path.join(UNITS, name)) as f:
                text = re.sub(r"(?m)^Documentation=.*\n", "", f.read())
            text = re.sub(r"/usr/s?bin/(?=dragoman)", BUILDDIR + "/", text)
            copies.append(os.path.join(tmp, name))
            with open(copies[-1], "w") as f:
                f.write(text)
    done = run(["systemd-analyze", "verify", *copies])
    odd = [line for line in done.stderr.splitlines() if any(os.path.basename(c) in line for c in copies)]
    tap.ok(len(copies) == 4 and not odd, "systemd-analyze verify has nothing to say", "\n".join(odd))


def main():
    with tempdir() as tmp:
        index = index_build(tmp, [SAMPLE])
        for part in (notices, hung_loop, inherited, not_inherited):
            part(tmp, index)
        hung_worker(tmp)
        bounded()
        units(tmp)
    tap.done()


if __name__ == "__main__":
    main()
