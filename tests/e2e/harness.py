# SPDX-License-Identifier: GPL-2.0-or-later
"""What the end-to-end tests share: TAP, building an index, a daemon in a
temporary folder, and a plain client of the line protocol.

    from harness import Tap, Daemon, index_build, tempdir
    tap = Tap()
    with tempdir() as tmp:
        index = index_build(tmp, [folder])
        with Daemon(tmp, index) as d, d.connect() as c:
            r = c.ask('SEARCH limit=2 -- caatsa')
            tap.ok(r.code == 250 and r.rows[0][0] == 'R', 'a hit')
    tap.done()
"""
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

SRCDIR = os.environ.get("DRAGOMAN_SRCDIR") or os.path.abspath(
    os.path.join(os.path.dirname(__file__), "..", ".."))
BUILDDIR = os.environ.get("DRAGOMAN_BUILDDIR") or SRCDIR
SHARED = os.environ.get("DRAGOMAN_SHARED") or os.path.join(SRCDIR, "..", "shared")
SAMPLE = os.path.join(SRCDIR, "corpus", "sample")
# Under sanitizers everything takes its time.
PATIENCE = float(os.environ.get("DRAGOMAN_TEST_PATIENCE", "30"))


class Tap:
    """Numbers and prints results; done() ends the program with its status."""

    def __init__(self):
        self.count = 0
        self.failed = 0

    def ok(self, good, what, detail=""):
        self.count += 1
        print("%sok %d - %s" % ("" if good else "not ", self.count, what))
        if not good:
            self.failed += 1
            for line in str(detail).splitlines():
                print("# " + line)
        sys.stdout.flush()
        return bool(good)

    def equal(self, got, want, what):
        return self.ok(got == want, what, "got  %r\nwant %r" % (got, want))

    def skip(self, what, why):
        self.count += 1
        print("ok %d - %s # SKIP %s" % (self.count, what, why))
        sys.stdout.flush()

    def done(self):
        print("1..%d" % self.count)
        sys.exit(1 if self.failed or not self.count else 0)


def program(name):
    """The path of a program that was built."""
    return os.path.join(BUILDDIR, name)


def sanitized():
    """Whether the programs are built with a sanitizer of memory or of threads."""
    with open(program("dragomand"), "rb") as f:
        text = f.read()
    return b"__asan_init" in text or b"__tsan_init" in text


def corpus(name):
    """The path of a shared corpus, or None where there is none."""
    path = os.path.join(SHARED, "corpora", name)
    return path if os.path.exists(path) else None


@contextlib.contextmanager
def tempdir(memory=False):
    """A folder for the time of the with block; with MEMORY in memory where
    that can be had, for what syncs often and needs a few megabytes only."""
    place = "/dev/shm" if memory and os.access("/dev/shm", os.W_OK) and "TMPDIR" not in os.environ else None
    path = tempfile.mkdtemp(prefix="dragoman-test-", dir=place)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def in_folders(*tests):
    """Runs each of TESTS, or those that the command line names, in a folder of its own."""
    for test in tests:
        if len(sys.argv) == 1 or test.__name__ in sys.argv[1:]:
            with tempdir() as tmp:
                test(tmp)


def run(argv, **more):
    """Runs a program to its end; text out and err, returncode. Environment
    variables that would point to the user's own index are gone."""
    env = clean_env(more.pop("env", None))
    return subprocess.run(argv, stdin=more.pop("stdin", subprocess.DEVNULL) if "input" not in more else None,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env,
                          universal_newlines=True, timeout=more.pop("timeout", 10 * PATIENCE), **more)


def clean_env(extra=None):
    env = {k: v for k, v in os.environ.items()
           if not k.startswith("DRAGOMAN_") and k not in (
               "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID")}
    env.update(extra or {})
    return env


def index_build(tmp, paths, name="index", args=(), check=True, verb="build"):
    """dragoman-index build into tmp/name; the path of the index. With
    check=False the finished process instead."""
    index = os.path.join(tmp, name)
    done = run([program("dragoman-index"), verb, "-d", index, "-q", *args, *paths])
    if not check:
        return done
    if done.returncode != 0:
        raise RuntimeError("dragoman-index %s: exit %d: %s" % (verb, done.returncode, done.stderr))
    return index


class Reply:
    """One reply: rows, code, tag, figures, error. In the text format a row is a
    list of raw fields, the letter first, and figures are text; with
    format=json a row is a dictionary, and figures are numbers."""

    def __init__(self, lines):
        self.lines = lines
        if lines[-1].startswith("{"):
            self.rows = [json.loads(line) for line in lines[:-1]]
            self.figures = json.loads(lines[-1])
            assert self.figures.pop("t") == "."
            self.code = self.figures.pop("code")
            self.tag = self.figures.pop("tag", None)
            self.error = self.figures.pop("error", "")
            return
        self.rows = [line.split("\t") for line in lines[:-1]]
        words = lines[-1].split(" ")
        assert words[0] == "." and words[1].isdigit(), lines[-1]
        self.code = int(words[1])
        rest = words[2:]
        self.tag = rest.pop(0)[1:] if rest and rest[0].startswith("@") else None
        self.figures = {}
        while rest and "=" in rest[0] and rest[0].split("=")[0].replace("_", "").isalpha():
            key, value = rest.pop(0).split("=", 1)
            self.figures[key] = value
        self.error = " ".join(rest)

    def __repr__(self):
        return "\n".join(self.lines)

    def of(self, letter):
        return [row for row in self.rows if row[0] == letter]

    def ids(self):
        return [row[2] for row in self.of("R")]


class Client:
    """A connection. ask() sends one line and reads one reply; send() and
    reply() do the halves, for pipelining."""

    def __init__(self, address, greeting=True, timeout=None):
        family = socket.AF_UNIX if isinstance(address, str) else (
            socket.AF_INET6 if ":" in address[0] else socket.AF_INET)
        self.sock = socket.socket(family, socket.SOCK_STREAM)
        self.sock.settimeout(timeout or PATIENCE)
        self.sock.connect(address)
        self.buffer = b""
        self.greeting = self.line() if greeting else None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.sock.close()

    def send(self, data):
        self.sock.sendall(data if isinstance(data, bytes) else data.encode())

    def line(self):
        """The next line without its LF; None at the end."""
        while b"\n" not in self.buffer:
            try:
                more = self.sock.recv(65536)
            except ConnectionResetError:
                more = b""
            if not more:
                assert not self.buffer, "half a line: %r" % self.buffer
                return None
            self.buffer += more
        line, self.buffer = self.buffer.split(b"\n", 1)
        return line.decode()

    def reply(self):
        """The next reply; None when the connection ended before it."""
        lines = []
        while True:
            line = self.line()
            if line is None:
                assert not lines, "half a reply: %r" % lines
                return None
            lines.append(line)
            if line.startswith((". ", '{"t":".",')):
                return Reply(lines)

    def ask(self, request):
        self.send((request if isinstance(request, bytes) else request.encode()) + b"\n")
        return self.reply()

    def rest(self):
        """All that still comes until the end, as bytes."""
        while True:
            try:
                more = self.sock.recv(65536)
            except ConnectionResetError:
                more = b""
            if not more:
                return self.buffer
            self.buffer += more

    def half_close(self):
        self.sock.shutdown(socket.SHUT_WR)


class Daemon:
    """dragomand over INDEX on a socket in TMP. Starts at once and waits for
    the ready line; leaving the with block stops it and checks that it ended
    well. log() is its standard error so far."""

    def __init__(self, tmp, index, args=(), socket_path=None, env=None, start=True):
        self.socket = socket_path or os.path.join(tmp, "socket")
        self.argv = [program("dragomand"), "-d", index, "--socket", self.socket, *args]
        self.env = clean_env(env)
        self.more_args = {}   # for subprocess
        self.proc = None
        self.lines = []
        self.more = threading.Condition()
        if start:
            self.start()

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if self.proc.poll() is None:
            code = self.stop()
            if kind is None and code != 0:
                raise RuntimeError("dragomand: exit %d\n%s" % (code, self.log()))
        self.reader.join(PATIENCE)

    def start(self):
        if self.proc is not None:
            self.reader.join(PATIENCE)     # it ends with the process before
        self.lines = []
        self.proc = subprocess.Popen(self.argv, stdin=subprocess.DEVNULL, env=self.env,
                                     stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **self.more_args)
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        if not self.wait_log("ready on "):
            raise RuntimeError("dragomand did not start:\n" + self.log())

    def _read(self):
        for line in self.proc.stderr:
            with self.more:
                self.lines.append(line.decode("utf-8", "replace"))
                self.more.notify_all()
        self.proc.stderr.close()
        with self.more:
            self.lines.append("")
            self.more.notify_all()

    def log(self):
        with self.more:
            return "".join(self.lines)

    def wait_log(self, text, limit=None):
        """Waits for TEXT in the log; False when the daemon ends without it."""
        end = time.monotonic() + (limit or PATIENCE)
        with self.more:
            while not any(text in line for line in self.lines):
                left = end - time.monotonic()
                if left <= 0 or (self.lines and self.lines[-1] == ""):
                    return False
                self.more.wait(left)
        return True

    def connect(self, **more):
        return Client(self.socket, **more)

    def kill(self, number):
        self.proc.send_signal(number)

    def stop(self, number=signal.SIGTERM):
        """Signals and waits; the exit code."""
        self.kill(number)
        try:
            return self.proc.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.proc.kill()
            self.proc.wait()
            return -1

    def descriptors(self):
        return len(os.listdir("/proc/%d/fd" % self.proc.pid))

    def resident(self):
        with open("/proc/%d/statm" % self.proc.pid) as f:
            return int(f.read().split()[1]) * os.sysconf("SC_PAGESIZE")


def wait_until(question, limit=None):
    """Asks again until the answer is true; the last answer."""
    end = time.monotonic() + (limit or PATIENCE)
    while True:
        answer = question()
        if answer or time.monotonic() > end:
            return answer
        time.sleep(0.02)
