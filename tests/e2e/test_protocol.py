#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The line protocol on the wire: every verb, both formats, framing, order,
errors, and what a careless or hostile peer may send."""
import random
import shutil
import subprocess

from harness import SAMPLE, Daemon, Tap, index_build, tempdir, wait_until

tap = Tap()


def verbs(d):
    with d.connect() as c:
        words = c.greeting.split(" ")
        tap.ok(words[:2] == [".", "200"] and words[2].startswith("dragoman/") and "proto=1" in words
               and "gen=1" in words and "maxline=16384" in words and "caps=json" in words,
               "greeting", c.greeting)

        r = c.ask('SEARCH limit=3 -- caatsa')
        tap.ok(r.code == 250 and [row[0] for row in r.rows[:6]] == list("RSRSRS"),
               "SEARCH gives hits, each with its snippet", r)
        tap.ok([row[1] for row in r.of("R")] == ["1", "2", "3"] and all(len(row) == 8 for row in r.of("R"))
               and all("." in row[3] and float(row[3]) > 0 for row in r.of("R")),
               "R has rank, id, score, date, source, title, copies", r)
        tap.ok(r.figures["rows"] == "3" and int(r.figures["total"]) >= 3 and r.figures["exact"] in "01"
               and r.figures["gen"] == "1" and int(r.figures["us"]) >= 0 and list(r.figures)[-1] == "rev"
               and int(r.figures["rev"]) > 0, "SEARCH's figures", r.lines[-1])
        scores = [float(row[3]) for row in r.of("R")]
        tap.equal(scores, sorted(scores, reverse=True), "best first")
        tap.ok(any("<b>" in row[1] and "</b>" in row[1] for row in r.of("S")), "matches are marked", r)
        best, rev = r.of("R")[0], r.figures["rev"]

        tap.ok(not c.ask("SEARCH snippets=0 -- caatsa").of("S"), "snippets=0")
        r = c.ask('search mark="[[ ,]]" limit=1 -- caatsa')
        tap.ok("[[ " in r.rows[1][1] and "]]" in r.rows[1][1], "mark=OPEN,CLOSE", r)
        every = c.ask("SEARCH limit=1000 snippets=0 -- caatsa").ids()
        tap.equal(c.ask("SEARCH limit=2 offset=1 snippets=0 -- caatsa").ids(), every[1:3], "offset")
        r = c.ask("SEARCH limit=0 -- caatsa")
        tap.ok(r.code == 250 and not r.of("R") and int(r.figures["total"]) > 0, "limit=0 counts", r)
        for order, reverse in (("date", False), ("-date", True)):
            r = c.ask("SEARCH sort=%s limit=100 snippets=0 -- caatsa" % order)
            dates = [row[4] for row in r.of("R") if row[4]]
            tap.equal(dates, sorted(dates, reverse=reverse), "sort=" + order)
        total = {m: int(c.ask("COUNT match=%s -- minister talks" % m).figures["total"]) for m in ("any", "all")}
        tap.ok(0 < total["all"] < total["any"], "match=any and match=all", total)
        r = c.ask("SEARCH from=2025 to=2025-12-31 limit=100 snippets=0 -- caatsa")
        tap.ok(r.rows and all(row[4].startswith("2025") for row in r.of("R")), "from and to", r)
        plain = c.ask("SEARCH limit=1000 snippets=0 alias=0 correct=0 collapse=0 -- caatsa").ids()
        r = c.ask("COUNT alias=0 correct=0 collapse=0 -- caatsa")
        tap.ok(r.code == 250 and r.figures["exact"] == "1" and int(r.figures["total"]) == len(plain), "COUNT", r)

        r = c.ask("GET " + best[2])
        fields = {row[1]: row[2] for row in r.of("K")}
        tap.ok(r.code == 250 and fields["id"] == best[2] and fields["title"] == best[6] and r.of("T")
               and {row[1] for row in r.of("T")} <= {"p", "h"} and int(r.figures["rows"]) == len(r.rows),
               "GET gives fields, then text", r)
        r = c.ask("GET no/such.txt")
        tap.ok(r.code == 550 and r.error and not r.rows, "GET of no article is 550", r)
        r = c.ask("SUGGEST limit=5 -- sanc")
        tap.ok(r.code == 250 and r.rows and len(r.rows) <= 5 and all(
            row[0] == "G" and row[1].startswith("sanc") and int(row[2]) > 0 for row in r.rows), "SUGGEST", r)
        r = c.ask('EXPLAIN -- caatsa AND "defense cooperation"')
        tap.ok(r.code == 250 and len(r.rows) >= 3 and all(row[0] == "X" and row[1].isdigit() and len(row) == 4
                                                          for row in r.rows), "EXPLAIN gives the tree", r)
        r = c.ask('EXPLAIN id="%s" -- caatsa' % best[2])
        tap.ok(r.code == 250 and r.rows and abs(float(r.figures["score"]) - float(best[3])) < 0.011,
               "EXPLAIN id= gives the score in parts", r)
        said = {tuple(c.ask(line).figures.get(key) for key in ("gen", "rev")) for line in (
            "SEARCH limit=1 -- nato", "COUNT -- nato", "GET " + best[2], "GET no/such.txt", "SUGGEST -- sa",
            "EXPLAIN -- nato", 'EXPLAIN id="%s" -- caatsa' % best[2], "EXPLAIN id=none -- caatsa", "STATUS")}
        tap.equal(said, {("1", rev)}, "whatever reads the index says which state of it answered")
        r = c.ask("SEARCH rev=%s limit=2 offset=2 snippets=0 -- caatsa" % rev)
        tap.ok(r.code == 250 and r.ids() == every[2:4], "rev= of this state", r)
        r = c.ask("SEARCH rev=%d limit=2 offset=2 -- caatsa" % (int(rev) + 1))
        tap.ok(r.code == 409 and not r.rows and r.figures == {"gen": "1", "rev": rev} and r.error,
               "rev= of another is 409", r)
        status = {row[1]: row[2] for row in c.ask("STATUS").rows}
        tap.ok({"articles", "generation", "uptime_s", "requests", "connections", "p50_us", "p95_us", "p99_us",
                "rss_bytes"} <= set(status) and int(status["articles"]) > 60 and status["generation"] == "1"
               and int(status["rss_bytes"]) > 0 and int(status["connections"]) == 1, "STATUS", status)
        tap.ok(status["revision"] == rev, "STATUS tells the revision", status)
        names = [row[1] for row in c.ask("HELP").rows]
        tap.equal(names, "SEARCH COUNT QUOTES GET VERSIONS SUGGEST EXPLAIN WATCH UNWATCH STATUS METRICS HELP PING QUIT".split(), "HELP")
        tap.equal(c.ask("PING").lines, [". 250"], "PING")
        tap.equal(c.ask("@t.1:x pInG").lines, [". 250 @t.1:x"], "a tag, a verb in any case")
        tap.equal(c.ask("PING\r").lines, [". 250"], "CRLF")
        tap.equal(c.ask("@z QUIT").lines, [". 205 @z"], "QUIT")
        tap.equal(c.line(), None, "QUIT closes")


def json_format(d):
    with d.connect() as c:
        text = c.ask("SEARCH limit=4 -- caatsa")
        r = c.ask("@j SEARCH limit=4 format=json -- caatsa")
        tap.ok(r.code == 250 and r.tag == "j" and r.figures["rows"] == 4 and r.figures["exact"] in (0, 1)
               and r.figures["gen"] == 1, "JSON end line", r)
        hits = [row for row in r.rows if row["t"] == "R"]
        tap.equal([row["id"] for row in hits], text.ids(), "JSON has the same hits")
        tap.ok(set(hits[0]) == {"t", "rank", "id", "score", "date", "source", "title", "copies"} and hits[0]["rank"] == 1
               and isinstance(hits[0]["score"], float), "JSON keys are the columns", hits[0])
        r = c.ask("SEARCH format=json -- (")
        tap.ok(r.code == 510 and r.figures["col"] == 1 and r.error, "JSON error", r)
        r = c.ask("@k SEARCH limit=x format=json -- a")
        tap.ok(r.code == 504 and r.tag == "k" and r.lines[0][0] == "{", "an error before format=json is JSON too", r)
        r = c.ask("NONSENSE format=json")
        tap.ok(r.code == 500 and r.lines[0][0] == "{", "and one of an unknown verb", r)
        for verb in ("STATUS", "METRICS", "HELP", "PING", "GET", "VERSIONS", "SUGGEST", "EXPLAIN", "COUNT"):
            tail = {"GET": text.ids()[0], "VERSIONS": text.ids()[0], "SUGGEST": "-- sa", "EXPLAIN": "-- a b", "COUNT": "-- nato"}.get(verb, "")
            r = c.ask("%s format=json %s" % (verb, tail))
            tap.ok(r.code == 250 and all("t" in row for row in r.rows), "JSON of " + verb, r)


ERRORS = [
    ("", 500), ("   ", 500), ("FETCH x", 500), ("@t", 500), ("SEARCHING x", 500),
    ("PING \x00", 501), ("SEARCH -- a\x07", 501), ("SEARCH -- \x7f", 501),
    (b"SEARCH -- caf\xe9", 501), (b"\xc0\x80", 501), (b"PING \xed\xa0\x80", 501), ("SEARCH a\rb", 501),
    ("SEARCH limit=1001 -- a", 504), ("SEARCH limit=-1 -- a", 504), ("SEARCH limit= -- a", 504),
    ("SEARCH limit=1 limit=2 -- a", 504), ("SEARCH limt=1 -- a", 504), ("SEARCH sort=best -- a", 504),
    ("SEARCH match=some -- a", 504), ("SEARCH snippets=2 -- a", 504), ("SEARCH mark=b -- a", 504),
    ("SEARCH rev= -- a", 504), ("SEARCH rev=-1 -- a", 504), ("SEARCH rev=18446744073709551617 -- a", 504),
    ("SEARCH rev=18446744073709551616000 -- a", 504), ("COUNT rev=1 -- a", 504),
    ("SEARCH from=yesterday -- a", 504), ("SEARCH to=2025-02-29 -- a", 504), ("SEARCH alias=no -- a", 504),
    ("SEARCH format=xml -- a", 504), ('SEARCH from="2025 -- a', 504), ("@ PING", 504), ("GET", 504),
    ("GET limit=1 nothing", 504), ("GET collapse=0 nothing", 504), ("GET -- limit=1 nothing", 550),
    ("VERSIONS limit=1 nothing", 550), ("VERSIONS limit=1001 -- nothing", 504), ("VERSIONS limit=1 rev=7 -- nothing", 409),
    ("VERSIONS collapse=0 -- nothing", 504), ("VERSIONS a=1 nothing", 550),
    ("SEARCH -- (", 510), ("SEARCH --", 510), ('SEARCH -- "a', 510), ("SEARCH -- NOT a", 510),
    ("COUNT -- )", 510), ("EXPLAIN -- a NEAR b", 510), ("SEARCH -- -a", 510),
    ("GET nothing", 550), ("EXPLAIN id=nothing -- a", 550), ("GET " + "x" * 300, 550),
    ("PING " + "x" * 16380, 552), ("x" * 100000, 552),
]


def errors(d):
    for line, code in ERRORS:
        with d.connect() as c:
            r = c.ask(line)
            tap.ok(r.code == code and r.error and not r.rows and c.ask("PING").code == 250,
                   "%d: %.40r" % (code, line), r)
    with d.connect() as c:
        r = c.ask("SEARCH -- Türkiye çalışıyor (")
        tap.equal((r.code, r.figures.get("col")), (510, "19"), "col= counts characters")
        r = c.ask(" \t PING \t ")
        tap.equal(r.code, 250, "blanks around a verb")
        tap.equal(c.ask("PING " + "x" * 16379).code, 250, "a line of 16384 bytes")
        tap.equal(c.ask("PING " + "x" * 16379 + "\r").code, 250, "and with CRLF")
        tap.equal(c.ask("SEARCH limit=1 a=b -- c").code, 504, "an unknown option before --")
        tap.equal(c.ask("SEARCH limit=1 a=b c").code, 250, "key=value of no option is the query")
        tap.equal(c.ask("SEARCH -- limit=0 nato").code, 250, "after -- nothing is an option")
    with d.connect() as c:
        codes = [c.ask("NONSENSE").code for _ in range(9)] + [c.ask("PING").code]
        codes += [c.ask("NONSENSE").code for _ in range(10)]
        tap.equal((set(codes[:9]), codes[9], set(codes[10:]), c.line()), ({500}, 250, {500}, None),
                  "ten 5xx in a row close")
    for first in ("GET / HTTP/1.1\r\nHost: x\r\n\r\n", "POST /x HTTP/1.1\r\n\r\n", "Host: x\r\n"):
        with d.connect() as c:
            c.send(first)
            tap.equal(c.rest(), b"", "HTTP is closed unanswered: " + first.split("\r")[0])
    for method, size in (("GET", 17000), ("GET", 33000), ("GET", 200000), ("DELETE", 40000), ("POST", 40000)):
        with d.connect() as c:
            try:
                c.send("%s /%s HTTP/1.1\r\nHost: x\r\n\r\nPING\n" % (method, "x" * size))
                c.half_close()
            except OSError:
                pass      # closed before it had read all
            tap.equal(c.rest(), b"", "so is a %s of %d bytes" % (method, size))


def pipelining(d):
    with d.connect() as c:
        asked = []
        for i in range(400):
            verb = random.choice(["PING", "SEARCH limit=2 -- caatsa", "COUNT -- nato", "HELP", "STATUS",
                                  "SUGGEST -- sa", "SEARCH snippets=0 limit=50 -- the", "GET nothing", "PING"])
            asked.append("t%d" % i)
            c.send("@t%d %s\n" % (i, verb))
        tap.equal([c.reply().tag for _ in asked], asked, "400 pipelined requests answered in order")
    with d.connect() as c:
        c.send("@a SEARCH -- caatsa\n@b PING\n@c NONSENSE\n@d COUNT -- caatsa\n")
        c.half_close()
        got = [c.reply() for _ in range(4)]
        tap.equal([(r.tag, r.code) for r in got], [("a", 250), ("b", 250), ("c", 500), ("d", 250)],
                  "after a half-close all is answered")
        tap.equal(c.line(), None, "and then the connection closes")
    with d.connect() as c:
        c.send("@a SEARCH -- caatsa\n@q QUIT\n@z PING\n")
        tap.equal([c.reply().code, c.reply().code, c.reply()], [250, 205, None], "nothing is answered after QUIT")
    if not shutil.which("nc"):
        tap.skip("nc -NU", "nc is not installed")
        return
    done = subprocess.run(["sh", "-c", "printf 'SEARCH -- caatsa\\n' | nc -NU \"$1\"", "sh", d.socket],
                          stdout=subprocess.PIPE, timeout=30)
    lines = done.stdout.decode().splitlines()
    tap.ok(lines[0].startswith(". 200 ") and lines[1].startswith("R\t1\t") and lines[-1].startswith(". 250 "),
           "nc -NU", lines)


TRANSCRIPT = ('PING\r\n@a SEARCH limit=2 -- caatsa "defense cooperation"\nSEARCH -- (\n\nHELP\r\n'
              '@b GET none\nCOUNT format=json -- T\u00fcrkiye\n@c STATUS\nSUGGEST -- sa\n@d NO\n'
              'EXPLAIN -- a AND b\n@e PING\nQUIT\n').encode()


def count_replies(data):
    return sum(1 for line in data.split(b"\n") if line.startswith((b". ", b'{"t":".",')))


def cuts(d):
    bad = []
    for at in range(len(TRANSCRIPT) + 1):
        with d.connect() as c:
            c.send(TRANSCRIPT[:at])
            c.half_close()
            got = c.rest()
            if count_replies(got) != TRANSCRIPT[:at].count(b"\n") or (got and not got.endswith(b"\n")):
                bad.append((at, got))
    tap.ok(not bad, "a transcript cut at each of %d bytes" % len(TRANSCRIPT), bad[:3])
    for at in range(len(TRANSCRIPT) + 1):
        c = d.connect()
        c.send(TRANSCRIPT[:at])
        c.close()
    with d.connect() as c:
        for i in range(len(TRANSCRIPT)):
            c.send(TRANSCRIPT[i:i + 1])
        tap.equal(count_replies(c.rest()), TRANSCRIPT.count(b"\n"), "and sent byte by byte")
    with d.connect() as c:
        tap.ok(wait_until(lambda: ["K", "connections", "1"] in c.ask("STATUS").rows),
               "clients that vanished at each byte are forgotten")


def garbage_line(rnd):
    kind = rnd.randrange(8)
    if kind == 0:
        return bytes(rnd.randrange(256) for _ in range(rnd.randrange(200))).replace(b"\n", b"?")
    if kind == 1:
        return "".join(chr(rnd.choice([rnd.randrange(32, 127), rnd.randrange(0xA0, 0x2000)]))
                       for _ in range(rnd.randrange(100))).encode()
    if kind == 2:
        return bytes([rnd.randrange(33, 127)]) * rnd.randrange(20000)
    words = ["SEARCH", "GET", "COUNT", "--", "limit=3", "limit=", "from=2025", '"', "(", ")", "AND", "OR", "NOT",
             "NEAR/3", "ADJ/0", "nato", "caatsa", "title:", "source:reuters", "F-3*", "*", "=US", "@x", "-", "+",
             "date:2025..", "since:7d", "EXPLAIN", "SUGGEST", "format=json", "mark=", "\t", "T\u00fcrkiye", "\u0000"]
    verb = rnd.choice(["SEARCH -- ", "COUNT ", "EXPLAIN -- ", "SUGGEST ", "GET ", "SEARCH ", ""])
    return (verb + " ".join(rnd.choice(words) for _ in range(rnd.randrange(12)))).encode()


def garbage(d):
    rnd = random.Random(19480)
    lines = [garbage_line(rnd) for _ in range(10000)]
    answered, c, codes, unanswered = 0, d.connect(), {}, 0
    for line in lines:
        r = None
        try:
            r = c.ask(line)
        except (BrokenPipeError, ConnectionResetError):
            pass
        if r is None:   # closed after ten errors, or taken for HTTP
            unanswered += 1
            c.close()
            c = d.connect()
            r = c.ask(line)
        if r is not None:
            answered += 1
            codes[r.code] = codes.get(r.code, 0) + 1
        if r is None or r.tag == "quit":
            c.close()
            c = d.connect()
    c.close()
    tap.equal(answered, len(lines), "10000 lines of garbage, each answered: %s" % sorted(codes.items()))
    tap.ok(554 not in codes and 421 not in codes, "none of them an internal error", d.log()[-2000:])
    whole = b"\n".join(lines)
    for at in range(0, len(whole), 100000):
        c = d.connect()
        try:
            c.send(whole[at:at + 100000])
            c.half_close()
            c.rest()
        except (BrokenPipeError, ConnectionResetError):
            pass
        c.close()
    with d.connect() as c:
        tap.equal(c.ask("PING").code, 250, "and it answers after the same in one stream")


def vanish(d):
    for i in range(300):
        c = d.connect(greeting=i % 2 == 0)
        c.send("SEARCH limit=100 -- the of and\n" * (i % 5) + "SEARCH -- cut" * (i % 3))
        c.close()
    with d.connect() as c:
        tap.ok(wait_until(lambda: ["K", "connections", "1"] in c.ask("STATUS").rows),
               "300 clients vanished in the middle of requests")


def main():
    random.seed(7)
    with tempdir() as tmp:
        index = index_build(tmp, [SAMPLE])
        with Daemon(tmp, index) as d:
            for part in (verbs, json_format, errors, pipelining, cuts, garbage, vanish):
                part(d)
    tap.done()


if __name__ == "__main__":
    main()
