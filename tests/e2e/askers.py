# SPDX-License-Identifier: GPL-2.0-or-later
"""Who asks, and who is told, in test_together.py."""
import collections
import json
import random
import re
import selectors
import socket
import time

from harness import PATIENCE, Client
from model import Mix, Search
from world import Actor

END = re.compile(rb'(?:^|\n)(?:\. |\{"t":"\.",)[^\n]*\n')
STATE = re.compile(rb'[ ,"]gen"?[=:](\d+).*[ ,"]rev"?[=:](\d+)')


class Connection:
    """One client with several requests under way."""

    def __init__(self, address, rng):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(address)
        self.sock.setblocking(False)
        self.depth = rng.randint(1, 16)
        self.asked = collections.deque()     # (ask, revision that it must be of at least)
        self.inbuf, self.outbuf = bytearray(), b""
        self.scanned = 0
        self.rev, self.replies = 0, 0
        self.greeted = self.leaving = False


class Clients(Actor):
    """COUNT connections in one thread, each with up to 16 requests under way."""

    def __init__(self, world, address, count, seed):
        super().__init__(world)
        self.address, self.count = address, count
        self.rng = random.Random(seed)
        self.mix = Mix(seed, world.history)
        self.connections = []
        self.selector = selectors.DefaultSelector()
        self.opened = 0

    def floor(self):
        """Replies are of this revision or a later one."""
        return min((c.rev for c in self.connections), default=0)

    def open(self):
        c = Connection(self.address, self.rng)
        c.rev = self.world.acknowledged
        self.connections.append(c)
        self.selector.register(c.sock, selectors.EVENT_READ, c)
        self.opened += 1

    def close(self, c):
        self.selector.unregister(c.sock)
        c.sock.close()
        self.connections.remove(c)

    def ask(self, c, *asks):
        floor = max(c.rev, self.world.acknowledged)
        for a in asks:
            c.asked.append((a, floor))
            c.outbuf += a.line.encode() + b"\n"

    def more(self, c):
        """New requests, or the end of this connection."""
        if self.world.ended.is_set() or (c.replies > 200 and self.rng.random() < 0.02):
            c.leaving = True
        else:
            self.ask(c, *(self.mix.draw() for _ in range(self.rng.randint(1, c.depth - len(c.asked)))))

    def flush(self, c):
        if c.outbuf:
            try:
                c.outbuf = c.outbuf[c.sock.send(c.outbuf):]
            except BlockingIOError:
                pass
        if c.leaving and not c.outbuf:
            c.sock.shutdown(socket.SHUT_WR)
            c.leaving = None
        self.selector.modify(c.sock, selectors.EVENT_READ | (selectors.EVENT_WRITE if c.outbuf else 0), c)

    def reply(self, c, raw, end):
        if not c.greeted:
            c.greeted = True
            return
        if not c.asked:
            self.world.problem("a reply that nobody asked for: %s" % raw.decode())
            return
        ask, floor = c.asked.popleft()
        c.replies += 1
        found = STATE.search(end)
        if not found:
            if b" 250" not in end:
                self.world.problem("%s\n%s" % (ask.line, raw.decode()))
            return
        gen, rev = int(found[1]), int(found[2])
        self.world.saw(gen, rev)
        # Where all workers are busy, STATUS may not have heard of the newest commit.
        if rev < max(c.rev, 0 if ask.line == "STATUS" else floor):
            self.world.problem("%s\n%s\nrevision %d after %d, acknowledged was %d" %
                               (ask.line, raw.decode(), rev, c.rev, floor))
        c.rev = max(c.rev, rev)
        self.world.history.took(rev, ask, raw)
        # A reader of pages asks for the next of what it saw.
        if isinstance(ask, Search) and ask.options.get("sort") == "date" and c.leaving is False:
            offset = ask.options.get("offset", -7) + 7
            if b" 250" in end and offset <= 21 and self.rng.random() < 0.5:
                self.ask(c, self.mix.page(rev, offset, ask.want))

    def read(self, c):
        try:
            data = c.sock.recv(1 << 18)
        except BlockingIOError:
            return
        if not data:
            if c.leaving is not None or c.asked or c.inbuf:
                self.world.problem("closed with %d requests unanswered: %r" % (len(c.asked), bytes(c.inbuf)))
            self.close(c)
            return
        c.inbuf += data
        begin, look = 0, c.scanned
        while True:
            # The LF before an end line ends a row or the reply before.
            found = END.search(c.inbuf, max(0, look - 1))
            if not found:
                break
            raw = bytes(c.inbuf[begin:found.end()])
            begin = look = found.end()
            self.reply(c, raw, raw[raw.rfind(b"\n", 0, -1) + 1:])
        del c.inbuf[:begin]
        c.scanned = c.inbuf.rfind(b"\n") + 1
        if c.greeted and c.leaving is False and len(c.asked) <= c.depth // 2:
            self.more(c)

    def act(self):
        late = None
        while not self.world.ended.is_set() or self.connections:
            while len(self.connections) < self.count and not self.world.ended.is_set():
                self.open()
            for key, events in self.selector.select(0.1):
                if events & selectors.EVENT_READ:
                    self.read(key.data)
                if key.data in self.connections:
                    self.flush(key.data)
            if self.world.ended.is_set():
                late = late or time.monotonic() + PATIENCE
                for c in [c for c in self.connections if c.leaving is False]:
                    c.leaving = True
                    self.flush(c)
                if time.monotonic() > late:
                    raise RuntimeError("%d clients never got their replies" % len(self.connections))


class Watcher(Actor):
    """A connection with watches. AWAY: it breaks its connection again and again, now and then in the midst
    of what it is told, and comes back for what it missed. BUSY: it asks as well, and ends watches and begins them again."""

    def __init__(self, world, address, watches, seed, away=False, busy=False, json_format=False):
        super().__init__(world)
        self.address, self.watches = address, watches
        self.away, self.busy, self.json = away, busy, json_format
        self.rng = random.Random(seed)
        self.mix = Mix(seed, world.history)
        self.names = ["%s%d" % (type(self).__name__.lower(), n) for n in range(len(watches))]
        self.begun = {}                              # name: the revision it was begun at first
        self.seen = {}                               # name: told of all up to this
        self.told = collections.defaultdict(list)    # name: [(revision, [row without letter and rank])]
        self.goal = None
        self.connects, self.lines, self.delay = 0, 0, 0.0
        self.client, self.rev, self.moved = None, 0, {}

    def known(self):
        return min((self.seen.get(n, 0) for n in self.names))

    def done(self):
        return self.goal is not None and self.known() >= self.goal

    def next_line(self):
        """A line; None at a time without one."""
        try:
            line = self.client.line()
        except socket.timeout:
            return None
        if line is None:
            raise RuntimeError("the daemon closed the connection")
        return line

    def must_line(self):
        end = time.monotonic() + PATIENCE
        while True:
            line = self.next_line()
            if line is not None:
                return line
            if time.monotonic() > end:
                raise RuntimeError("half of something, and no more")

    def row(self, line, rank):
        if self.json:
            cells = list(json.loads(line).values())
        else:
            cells = line.split("\t")
        if cells[0] != "R" or int(cells[1]) != rank or float(cells[3]) != 0:
            self.world.problem("row %d of a push: %s" % (rank, line))
        return cells[2:3] + cells[4:]

    def push(self, line):
        """Takes in what LINE begins; False where it breaks the connection."""
        if self.json:
            head = json.loads(line)
            name, rev, count = head["watch"], head["rev"], head["rows"]
        else:
            head = dict(w.split("=") for w in line[2:].split(" "))
            name, rev, count = head["watch"], int(head["rev"]), int(head["rows"])
        self.lines += 1
        rows = []
        for rank in range(1, count + 1):
            if self.away and self.rng.random() < 0.05:
                return False
            rows.append(self.row(self.must_line(), rank))
        if rev <= self.moved.get(name, -1):
            self.world.problem("%s: revision %d after %d" % (name, rev, self.moved[name]))
        self.moved[name] = rev
        # Of the revision that it asked to hear from on it is told only that nothing is after it.
        if rows:
            self.told[name].append((rev, rows))
        self.seen[name] = max(rev, self.seen[name])
        at = self.world.acknowledged_at.get(rev)
        if at and not self.away:
            self.delay = max(self.delay, time.monotonic() - at)
        return True

    def is_push(self, line):
        return line.startswith('{"t":"*"' if self.json else "* ")

    def reply(self, ask):
        """Sends ASK's line and reads to the end of its reply; None where a push broke off."""
        floor = max(self.rev, self.world.acknowledged)
        self.client.send(ask.line + "\n")
        lines = []
        while True:
            line = self.must_line()
            if self.is_push(line):
                if lines:
                    self.world.problem("a push within a reply: %s" % line)
                if not self.push(line):
                    return None
                continue
            lines.append(line)
            if line.startswith((". ", '{"t":".",')):
                break
        found = STATE.search(lines[-1].encode())
        if found:
            gen, self.rev = int(found[1]), int(found[2])
            self.world.saw(gen, self.rev)
            if self.rev < floor:
                self.world.problem("%s\n%s\nrevision %d after %d" % (ask.line, lines, self.rev, floor))
        return "\n".join(lines).encode(), self.rev

    def watch(self, n):
        name = self.names[n]
        since = " since=%d" % self.seen[name] if name in self.seen else ""
        line = "WATCH name=%s%s%s -- %s" % (name, since, " format=json" if self.json else "", self.watches[n].text)
        answer = self.reply(Line(line))
        if answer is None:
            return False
        raw, rev = answer
        if b" 250 " not in raw and b'"code":250' not in raw:
            raise RuntimeError("%s\n%s" % (line, raw.decode()))
        self.moved.pop(name, None)
        if name not in self.seen:
            self.begun[name] = self.seen[name] = rev
        return True

    def ask(self):
        """A request between pushes, or the end of a watch that begins again."""
        if self.rng.random() < 0.05:
            n = self.rng.randrange(len(self.names))
            raw, _ = self.reply(Line("UNWATCH " + self.names[n]))
            if b" 250" not in raw:
                self.world.problem("UNWATCH: %s" % raw)
            self.watch(n)
            return
        ask = self.mix.draw()
        raw, rev = self.reply(ask)
        if STATE.search(raw):
            self.world.history.took(rev, ask, raw)

    def once(self):
        """One connection."""
        self.connects += 1
        until = time.monotonic() + self.rng.uniform(0.5, 5)
        self.client = Client(self.address)
        self.client.sock.settimeout(0.2)
        self.rev, self.moved = 0, {}
        if not all([self.watch(n) for n in range(len(self.names))]):
            return
        while not self.done():
            if self.busy:
                self.ask()
            line = self.next_line()
            if line is None:
                continue
            if not self.is_push(line):
                self.world.problem("neither asked for nor a push: %s" % line)
            elif not self.push(line):
                return
            if self.away and time.monotonic() > until and self.goal is None:
                return

    def act(self):
        while not self.done():
            self.once()
            self.client.close()

    def missing(self, final):
        """What it was told wrongly or not at all, as text."""
        found = []
        for name, want in zip(self.names, self.watches):
            if name not in self.begun:
                return ["%s never began" % name]
            due = [(rev, sorted([i] + a.row() for i, a in news.items()))
                   for rev, news in self.world.history.told(want, self.begun[name], final)]
            told = [(rev, sorted(rows)) for rev, rows in self.told[name]]
            if told != due:
                found.append("%s (%s) since %d, reached %d:\nnot told: %s\nwrongly told: %s" % (
                    name, want.text, self.begun[name], self.seen[name],
                    [x for x in due if x not in told], [x for x in told if x not in due]))
        return found


class Line:
    def __init__(self, line):
        self.line = line
