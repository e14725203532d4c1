#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The dragoman command and libdragoman as installed software: both faces
against a server with prepared replies, what the library shows and needs, the
manual's example, and the whole way with the real daemon."""
import json
import os
import pty
import re
import select
import socket
import subprocess
import threading

from harness import (BUILDDIR, PATIENCE, SAMPLE, SRCDIR, Daemon, Tap, clean_env, index_build,
                     program, run, tempdir)

GREETING = ". 200 dragoman/0 proto=1 gen=1 maxline=16384 caps=json\n"
HITS = (
    "R\t1\ta/talks.txt\t14.21\t2025-03-27\tSample Wire\tAnkara and Washington resume their "
    "talks after a pause of several years, officials say\n"
    "S\tthe <<defense cooperation>> of T\u00fcrkiye \\x1B[31m and \\t \\n \\x9B1m "
    "\u571f\u8033\u5176\u5916\u4ea4\u90e8\u957f\u5468\u56db\u5728\u5b89\u5361\u62c9\u8868\u793a\u53cc\u65b9\u7ee7\u7eed\u78cb\u5546 end\n"
    "R\t2\tb\t1.50\t\t\t\nS\t\n"
    "C\tcatsaa\tcaatsa\nW\tword dropped: the\n"
    ". 250 rows=2 total=340 exact=0 gen=3 us=1234\n")
QUOTES = (
    "Q\t99\ta\t2024-05-01\tAda Brandt\tForeign Minister\tThe harbour stays open,\t52\t75\n"
    "Q\t100\tb\t\t\t\tunjust\t17\t23\n"
    ". 250 rows=2 total=340 exact=0 gen=3 us=1234\n")
ARTICLE = ("K\tid\ta\nK\ttitle\tThe \\x07headline\nK\tdate\t2025-03-27\nK\tsource\tWire\n"
           "K\tpersons\tA B\nK\tpersons\tC D\nT\tp\tFirst.\nT\th\tBackground\nT\tp\tSecond.\n"
           ". 250 rows=9\n")
JSON = ('{"t":"R","rank":1,"id":"a\\tb","title":"x \x9b\u202e\U000e0041 y"}\n'
        '{"t":".","code":250,"rows":1,"total":1,"exact":1}\n')


# What an article may hold so as to forge a match, or reorder and hide what is shown.
ODD = "S\t\ue000forged\ue001 <<match>> \u202e\u2066\u200f\ufeff\U000e0041 \\x9B\n. 250 rows=1 total=1 exact=1 us=1234\n"
VISIBLE = "<U+E000>forged<U+E001> match <U+202E><U+2066><U+200F><U+FEFF><U+E0041> <U+009B>"


class Fake:
    """A server that answers every line with the reply set for its verb, << and >> in it as the request's marks."""

    def __init__(self, folder):
        self.path = os.path.join(folder, "fake")
        self.replies = {}
        self.heard = []
        local, tcp = socket.socket(socket.AF_UNIX), socket.socket()
        local.bind(self.path)
        tcp.bind(("127.0.0.1", 0))
        self.port = tcp.getsockname()[1]
        for sock in (local, tcp):
            sock.listen(8)
            threading.Thread(target=self.accept, args=(sock,), daemon=True).start()

    def accept(self, sock):
        while True:
            conn, _ = sock.accept()
            threading.Thread(target=self.serve, args=(conn,), daemon=True).start()

    def serve(self, conn):
        with conn, conn.makefile("rb") as lines:
            conn.sendall(GREETING.encode())
            for line in lines:
                line = line.decode("utf-8", "replace").rstrip("\n")
                self.heard.append(line)
                reply = self.replies.get((line.split() or [""])[0], ". 500 unknown verb\n")
                marks = re.search(" mark=(.*?),(.*?) ", line)
                if marks:
                    reply = reply.replace("<<", marks[1]).replace(">>", marks[2])
                conn.sendall(reply.encode())


def dragoman(*argv, server=None, env=None, **more):
    words = [program("dragoman")] + (["-s", server] if server else []) + list(argv)
    return run(words, env=env, **more)


def usage(tap, tmp):
    for argv in (["--help"], ["search", "--help"], ["-h"], ["get", "-h"]):
        r = dragoman(*argv)
        tap.ok(r.returncode == 0 and "usage: dragoman" in r.stdout and not r.stderr,
               " ".join(argv), r)
    r = dragoman("search", "--help")
    for text, there in (("[--sort relevance|date|-date]", True), ("articles, the best first", True),
                        ("  -n, --limit N        at most N results\n", True), ("--no-snippets", True),
                        ("--snippets", False), ("--since", False), ("--mark", False), ("--exec", False)):
        tap.equal(text in r.stdout, there, "search --help: %s%s" % ("" if there else "no ", text))
    r = dragoman("watch", "--help")
    tap.ok("--since REV" in r.stdout and "--exec CMD" in r.stdout and "--dead FILE" in r.stdout and "--from" not in r.stdout, "watch --help", r.stdout)
    r = dragoman("--version")
    tap.ok(r.returncode == 0 and re.fullmatch(r"dragoman \d+\.\d+\.\d+\n", r.stdout), "--version", r)
    wrong = [[], ["frob"], ["search"], ["get"], ["search", "--frob", "x"], ["search", "-q", "x"],
             ["status", "x"], ["status", "--limit", "3"], ["search", "x", "-n"],
             ["search", "--json", "--tsv", "x"], ["search", "--json=1", "x"],
             ["search", "--color=blue", "x"], ["--limit", "3", "search", "x"], ["search", "x", "--frob"],
             ["watch"], ["watch", "--limit", "3", "x"], ["search", "--since", "3", "x"],
             ["watch", "x", "--exec"]]
    for argv in wrong:
        r = dragoman(*argv)
        tap.ok(r.returncode == 2 and not r.stdout and r.stderr.startswith("dragoman: ")
               and r.stderr.count("\n") == 1, "refused: dragoman " + " ".join(argv), r)
    nobody = os.path.join(tmp, "nobody")
    r = dragoman("search", "x", server=nobody)
    tap.equal((r.returncode, r.stdout, r.stderr), (2, "", 'dragoman: no daemon answers on %s: '
              'start one with "dragomand -d INDEX"\n' % nobody), "no daemon")


def requests(tap, fake):
    fake.replies = {"SEARCH": HITS, "COUNT": ". 250 total=7 exact=1\n", "QUOTES": QUOTES, "EXPLAIN": ". 250 rows=0\n"}
    rows = [
        (["search", "--tsv", "a", "b"], "SEARCH -- a b"),
        (["search", "--tsv", '"a b"', "c"], 'SEARCH -- "a b" c'),
        (["search", "--tsv", "-n", "5", "--offset=10", "--sort", "-date", "--match=all", "--from",
          "2024", "--to=2025-03", "--no-snippets", "x"],
         "SEARCH limit=5 offset=10 sort=-date from=2024 to=2025-03 match=all snippets=0 -- x"),
        (["search", "x", "-turkey", "-n", "3", "--tsv"], "SEARCH limit=3 -- x -turkey"),
        (["search", "--tsv", "--", "-turkey", "-n", "x"], "SEARCH -- -turkey -n x"),
        (["search", "-n7", "--tsv", "limit=3"], "SEARCH limit=7 -- limit=3"),
        (["search", "x", "--json"], "SEARCH format=json -- x"),
        (["search", "--tsv", "--alias", "0", "--collapse=0", "--correct=1", "x"],
         "SEARCH alias=0 correct=1 collapse=0 -- x"),
        (["count", "--alias=0", "--collapse=0", "--correct=0", "x"], "COUNT alias=0 correct=0 collapse=0 -- x"),
        (["quotes", "--alias=0", "--collapse=0", "--correct=0", "x"], "QUOTES alias=0 correct=0 collapse=0 -- x"),
        (["explain", "--alias=0", "--correct=0", "x"], "EXPLAIN alias=0 correct=0 -- x"),
        (["count", "--from", "a b", "x\ty"], 'COUNT from="a b" -- x\ty'),
    ]
    for argv, want in rows:
        fake.heard.clear()
        dragoman(*argv, server=fake.path)
        tap.equal(fake.heard, [want], "sends " + want)
    fake.heard.clear()
    for _ in range(2):
        dragoman("search", "x", server=fake.path)
    marks = [re.fullmatch("SEARCH mark=\ue000([0-9a-f]{16}),\ue001\\1 -- x", line) for line in fake.heard]
    tap.ok(all(marks) and marks[0][1] != marks[1][1], "asks for marks that no article can know", fake.heard)
    r = dragoman("search", "a\nb", server=fake.path)
    tap.ok(r.returncode == 2 and "line break" in r.stderr, "a line break in a query is refused", r)


def faces(tap, fake):
    fake.replies = {"SEARCH": HITS, "GET": ARTICLE, "COUNT": ". 250 total=7 exact=1\n"}
    r = dragoman("search", "x", server=fake.path, env={"COLUMNS": "60"})
    tap.equal(r.stdout, """\
 1. Ankara and Washington resume their talks after a pause
    of several years, officials say
    2025-03-27 \u00b7 Sample Wire \u00b7 a/talks.txt
    the defense cooperation of T\u00fcrkiye <U+001B>[31m and
    <U+009B>1m \u571f\u8033\u5176\u5916\u4ea4\u90e8\u957f\u5468\u56db\u5728\u5b89\u5361\u62c9\u8868\u793a\u53cc\u65b9\u7ee7\u7eed\u78cb\u5546
    end
 2. (no headline)
    b

2 of about 340 articles, 1.2 ms
""", "the face for people, 60 columns")
    tap.equal(r.stderr, "dragoman: catsaa: searched as caatsa\n"
              "dragoman: warning: word dropped: the\n", "corrections and warnings")
    tap.equal(r.returncode, 0, "hits: 0")
    fake.replies["SEARCH"] = ODD
    r = dragoman("search", "--color=always", "x", server=fake.path, env={"COLUMNS": "200"})
    tap.equal(r.stdout.split("\n")[0].strip(), VISIBLE.replace("match", "\x1b[1;31mmatch\x1b[0m"),
              "what a terminal would obey is shown, and colours nothing")
    fake.replies["SEARCH"] = HITS
    fake.replies["QUOTES"] = QUOTES
    r = dragoman("quotes", "--offset", "98", "x", server=fake.path, env={"COLUMNS": "60"})
    tap.equal(r.stdout, """\
 99. Ada Brandt, Foreign Minister
     The harbour stays open,
     2024-05-01 \u00b7 a
100. (nobody named)
     unjust
     b

99 to 100 of about 340 quotations, 1.2 ms
""", "quotations for people")
    r = dragoman("search", "--color=always", "x", server=fake.path)
    tap.ok("\x1b[1;31mdefense cooperation\x1b[0m" in r.stdout and "\x1b[1mAnkara" in r.stdout
           and "\x1b[31m" not in r.stdout, "matches in colour, the text's own escapes harmless", r.stdout)
    r = dragoman("search", "--color=always", "x", server=fake.path, env={"NO_COLOR": "1"})
    tap.ok("\x1b" not in r.stdout, "NO_COLOR", r.stdout)
    r = dragoman("search", "--tsv", "x", server=fake.path)
    lines = r.stdout.split("\n")
    tap.ok(len(lines) == 3 and all(line.count("\t") == 6 for line in lines[:2]) and
           "\\x1B[31m and \\t \\n \\x9B1m" in lines[0] and lines[1] == "2\tb\t1.50\t\t\t\t",
           "TSV", r.stdout)
    r = dragoman("get", "a", server=fake.path)
    tap.equal(r.stdout, "The <U+0007>headline\n2025-03-27 \u00b7 Wire\n\nFirst.\n\nBackground\n\n"
              "Second.\n\nid: a\npersons: A B; C D\n", "an article")
    r = dragoman("get", "--tsv", "a", server=fake.path)
    tap.ok(r.stdout.startswith("id\ta\ntitle\tThe \\x07headline\n") and
           r.stdout.endswith("h\tBackground\np\tSecond.\n"), "an article as TSV", r.stdout)
    r = dragoman("count", "x", server=fake.path)
    tap.equal((r.returncode, r.stdout), (0, "7\n"), "count")
    fake.replies["SEARCH"] = JSON
    r = dragoman("search", "--json", "x", server=fake.path)
    rows = [json.loads(line) for line in r.stdout.splitlines()]
    tap.ok(r.returncode == 0 and rows[0]["title"] == "x \x9b\u202e\U000e0041 y" and r.stdout.isascii() and
           rows[1]["t"] == ".", "JSON", r.stdout)


def errors(tap, fake):
    fake.replies = {"SEARCH": ". 250 rows=0 total=0 exact=1 us=5\n",
                    "COUNT": ". 250 total=0 exact=1\n", "GET": ". 550 no such article\n",
                    "EXPLAIN": '. 510 col=7 unmatched "("\n', "SUGGEST": ". 250\n",
                    "STATUS": ". 451 deadline passed \\x1B[2J\n"}
    r = dragoman("search", "x", server=fake.path)
    tap.equal((r.returncode, r.stdout), (1, "no article, 0.0 ms\n"), "no hit: 1")
    for argv in (["search", "--tsv", "x"], ["search", "--json", "x"], ["count", "x"], ["suggest", "x"]):
        r = dragoman(*argv, server=fake.path)
        tap.equal(r.returncode, 1, "none: 1, " + " ".join(argv))
    r = dragoman("get", "x y", "z", server=fake.path)
    tap.equal((r.returncode, r.stdout, r.stderr), (1, "", "dragoman: x y: no such article\n"
              "dragoman: z: no such article\n"), "an id that is not there: 1")
    r = dragoman("explain", "\u571f\u8033\u5176 a (", server=fake.path)
    tap.equal((r.returncode, r.stderr), (2, 'dragoman: query: unmatched "("\n'
              "    \u571f\u8033\u5176 a (\n             ^\n"), "the caret under the column")
    r = dragoman("status", server=fake.path)
    tap.ok(r.returncode == 2 and "deadline passed <U+001B>[2J" in r.stderr, "another error: 2", r)
    with open("/dev/full", "w") as full:
        r = subprocess.run([program("dragoman"), "-s", fake.path, "search", "x"], stdout=full,
                           stderr=subprocess.PIPE, env=clean_env(), universal_newlines=True)
    tap.ok(r.returncode == 2 and r.stderr == "dragoman: standard output: No space left on device\n",
           "output that cannot be written: 2", r)


def raw(tap, fake):
    fake.replies = {"PING": ". 250\n", "GET": ARTICLE}
    r = dragoman("raw", "PING", "GET a", server=fake.path)
    tap.equal((r.returncode, r.stdout), (0, ". 250\n" + ARTICLE), "raw, from arguments")
    for host in ("127.0.0.1", "localhost"):
        try:
            socket.getaddrinfo(host, fake.port)
        except socket.gaierror as why:
            tap.skip("over TCP, " + host, "this machine does not know the name: %s" % why)
            continue
        r = dragoman("raw", "PING", server="%s:%d" % (host, fake.port))
        tap.equal((r.returncode, r.stdout), (0, ". 250\n"), "over TCP, " + host)
    r = dragoman("raw", server=fake.path, input="PING\nFROB -x\n")
    tap.equal((r.returncode, r.stdout), (2, ". 250\n. 500 unknown verb\n"), "raw, from a file")


def on_terminal(argv, env):
    """What the command writes when its standard output is a terminal."""
    master, slave = pty.openpty()
    proc = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=slave, stderr=subprocess.DEVNULL,
                            env=clean_env(env))
    os.close(slave)
    out = b""
    while select.select([master], [], [], PATIENCE)[0]:
        try:
            more = os.read(master, 65536)
        except OSError:
            break
        if not more:
            break
        out += more
    os.close(master)
    proc.wait()
    return out.decode()


def terminal(tap, fake):
    try:
        for fd in pty.openpty():
            os.close(fd)
    except OSError as why:
        tap.skip("on a terminal", "this machine has none: %s" % why)
        return
    fake.replies = {"SEARCH": HITS}
    argv = [program("dragoman"), "-s", fake.path, "search", "x"]
    tap.ok("\x1b[1;31mdefense" in on_terminal(argv, {"TERM": "xterm", "NO_COLOR": ""}),
           "colour on a terminal")
    for env in ({"TERM": "dumb"}, {"TERM": "xterm", "NO_COLOR": "1"}):
        out = on_terminal(argv, env)
        tap.ok("\x1b" not in out and "defense" in out, "no colour with %r" % env, out)


def makefile_value(name):
    with open(os.path.join(BUILDDIR, "Makefile")) as f:
        m = re.search(r"^%s = (.*)$" % name, f.read(), re.M)
    return m.group(1).split() if m else []


def library(tap, tmp, fake):
    so = os.path.join(BUILDDIR, ".libs", "libdragoman.so")
    names = run(["nm", "-D", "--defined-only", so]).stdout.split("\n")
    shown = {line.split()[-1] for line in names if line}
    with open(os.path.join(SRCDIR, "client", "lib", "dragoman.h")) as f:
        text = re.sub(r"/\*.*?\*/", "", f.read(), flags=re.S)
    declared = set(re.findall(r"\b(dragoman_\w+)\(", text))
    tap.equal(sorted(shown), sorted(declared), "the library shows what its header declares")
    needed = re.findall(r"NEEDED.*\[(.*?)\]", run(["readelf", "-d", so]).stdout)
    alien = [n for n in needed if re.search(r"xapian|icu|event|jansson|libz|stdc\+\+", n)]
    tap.ok(needed and not alien, "the library needs the C library only", needed)
    soname = re.search(r"SONAME.*\[(.*?)\]", run(["readelf", "-d", so]).stdout)
    tap.equal(soname and soname.group(1), "libdragoman.so.0", "soname")

    with open(os.path.join(SRCDIR, "man", "libdragoman.3")) as f:
        text = f.read()
    text = re.search(r'^\.\\" example\.c\n\.Bd[^\n]*\n(.*?)^\.Ed$', text, re.S | re.M).group(1)
    source, example = os.path.join(tmp, "example.c"), os.path.join(tmp, "example")
    with open(source, "w") as f:
        f.write(text.replace("\\e", "\\"))
    r = run(makefile_value("CC") + makefile_value("SANITIZE_FLAGS") +
            ["-Wall", "-Wextra", "-Werror", "-I", os.path.join(SRCDIR, "client", "lib"), source, "-o",
             example, "-L", os.path.dirname(so), "-ldragoman"])
    if not tap.ok(r.returncode == 0, "the manual's example compiles", r.stderr):
        return
    fake.replies = {"SEARCH": HITS}
    fake.heard.clear()
    r = run([example, "caatsa"], env={"DRAGOMAN_SOCKET": fake.path,
                                      "LD_LIBRARY_PATH": os.path.dirname(so)})
    tap.equal((r.returncode, r.stdout, fake.heard), (0, "2025-03-27  Ankara and Washington resume "
              "their talks after a pause of several years, officials say\n  \n340 in all\n",
              ["SEARCH limit=5 snippets=0 -- caatsa"]), "and runs")


def real(tap, tmp):
    if not os.path.exists(program("dragomand")) or not os.path.exists(program("dragoman-index")):
        tap.skip("the real daemon", "dragomand or dragoman-index is not built")
        return
    odd = "quokka \ue000\u202e\u2069\u061c\u200e\ufeff\U000e0041\x85\x9b\x7f end"
    with open(os.path.join(tmp, "odd.jsonl"), "w", encoding="utf-8") as f:
        f.write(json.dumps({"id": "odd", "title": odd, "body": odd, "source": odd, "persons": [odd]}) + "\n")
    index = index_build(tmp, [SAMPLE, f.name])
    with Daemon(tmp, index) as daemon:
        env = {"DRAGOMAN_SOCKET": daemon.socket}
        unseen = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ue000\ue001"
                            "\U000e0000-\U000e007f]")
        for argv in (["search"], ["get"], ["search", "--json"], ["get", "--json"]):
            r = dragoman(*argv, "odd" if argv[0] == "get" else "quokka", env=env)
            tap.ok(r.returncode == 0 and "end" in r.stdout and not unseen.search(r.stdout),
                   "%s: nothing that a terminal obeys" % " ".join(argv), ascii(r.stdout))
        with daemon.connect() as c:
            rows = c.ask("GET format=json odd").rows
            tap.equal([r["value"] for r in rows if r["t"] == "K" and r["key"] in ("title", "source", "persons")] +
                      [r["text"] for r in rows if r["t"] == "T"], [odd] * 4, "all that was stored reads back the same")
            tap.equal(unseen.search(c.ask("GET format=json odd").lines[1]), None, "from escapes in the daemon's JSON")
        r = dragoman("search", "-n", "3", "defense", "cooperation", env=env)
        tap.ok(r.returncode == 0 and r.stdout.startswith(" 1. ") and not r.stderr, "search", r)
        r = dragoman("search", "--tsv", "-n", "2", "ankara", env=env)
        rows = [line.split("\t") for line in r.stdout.splitlines()]
        tap.ok(r.returncode == 0 and len(rows) == 2 and all(len(row) == 7 for row in rows) and
               "<b>" in rows[0][6], "search --tsv", r)
        r = dragoman("search", "--json", "ankara", env=env)
        objects = [json.loads(line) for line in r.stdout.splitlines()]
        tap.ok(r.returncode == 0 and objects[0]["t"] == "R" and objects[-1]["t"] == ".", "--json", r)
        ident = objects[0]["id"]
        r = dragoman("get", ident, env=env)
        tap.ok(r.returncode == 0 and "id: " + ident in r.stdout, "get", r)
        r = dragoman("get", "nothing of that name", env=env)
        tap.equal((r.returncode, r.stderr), (1, 'dragoman: nothing of that name: no article "nothing of that name"\n'),
                  "get, no such article")
        r = dragoman("explain", "--id", "nope", "ankara", env=env)
        tap.equal((r.returncode, r.stderr), (1, 'dragoman: nope: no article "nope"\n'), "explain, no such article")
        r = dragoman("count", "ankara", env=env)
        tap.equal((r.returncode, r.stdout), (0, "%d\n" % objects[-1]["total"]), "count")
        r = dragoman("count", "zzyzxqwerty", env=env)
        tap.equal((r.returncode, r.stdout), (1, "0\n"), "count, none")
        r = dragoman("search", "ankara AND (nato", env=env)
        tap.ok(r.returncode == 2 and re.search(r"\n    ankara AND \(nato\n {4,}\^\n", r.stderr),
               "a query that cannot be read", r)
        r = dragoman("suggest", "--tsv", "ank", env=env)
        tap.ok(r.returncode == 0 and re.match(r"ankara\t\d+\n", r.stdout), "suggest", r)
        r = dragoman("explain", "ankara", "nato", env=env)
        tap.ok(r.returncode == 0 and "ankara" in r.stdout, "explain", r)
        r = dragoman("explain", "--id", ident, "ankara", env=env)
        tap.ok(r.returncode == 0 and "score " in r.stdout, "explain --id", r)
        r = dragoman("status", env=env)
        tap.ok(r.returncode == 0 and re.search(r"^articles +\d+$", r.stdout, re.M), "status", r)
        r = dragoman("raw", "@7 ping", "SEARCH limit=frob -- x", env=env)
        tap.ok(r.returncode == 2 and r.stdout.startswith(". 250 @7\n. 504 "), "raw", r)
        r = dragoman("search", "-n", "frob", "x", env=env)
        tap.ok(r.returncode == 2 and "limit" in r.stderr, "a bad option is the daemon's to refuse", r)


def main():
    tap = Tap()
    with tempdir() as tmp:
        fake = Fake(tmp)
        usage(tap, tmp)
        requests(tap, fake)
        faces(tap, fake)
        errors(tap, fake)
        raw(tap, fake)
        terminal(tap, fake)
        library(tap, tmp, fake)
        real(tap, tmp)
    tap.done()


if __name__ == "__main__":
    main()
