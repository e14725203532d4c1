#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Running it: METRICS as Prometheus reads them, what jobs leave behind."""
import calendar
import fcntl
import json
import math
import os
import re
import subprocess
import time

from harness import SAMPLE, Daemon, Tap, index_build, program, run, tempdir, wait_until

tap = Tap()

NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
LABEL = r'[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\[\\"n])*"'
SAMPLE_LINE = re.compile(r"(%s)(?:\{(%s(?:,%s)*)\})? (\S+)" % (NAME, LABEL, LABEL))
TYPES = {"counter", "gauge", "histogram"}


def number(text):
    if text in ("+Inf", "-Inf", "NaN"):
        return float(text.replace("Inf", "inf"))
    if not re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", text):
        raise ValueError("not a number: " + text)
    return float(text)


def parse(lines):
    """The samples of a text in Prometheus' format as {(name, labels): value};
    ValueError for anything that its guide does not allow, or that a careful
    exporter would not write."""
    samples, kind, family, done = {}, {}, None, set()
    helped = set()
    for line in lines:
        comment = re.fullmatch(r"# (HELP|TYPE) (%s) (.+)" % NAME, line)
        if comment:
            what, name, rest = comment.groups()
            if name in done or (name in helped and what == "HELP") or name in kind:
                raise ValueError("twice, or after its samples: " + line)
            if what == "HELP":
                helped.add(name)
                if re.search(r"\\(?![\\n])", rest):
                    raise ValueError("a bad escape: " + line)
            else:
                if rest not in TYPES or name not in helped:
                    raise ValueError("no such type, or no HELP before it: " + line)
                kind[name] = rest
            if family is not None and family != name:
                done.add(family)
            family = name
            continue
        match = SAMPLE_LINE.fullmatch(line)
        if not match:
            raise ValueError("cannot be read: " + line)
        name, labels, value = match.groups()
        base = family
        if kind.get(base) == "histogram":
            if name not in (base + "_bucket", base + "_sum", base + "_count"):
                raise ValueError("not of the histogram before it: " + line)
        elif name != base or base not in kind:
            raise ValueError("without HELP and TYPE right before it: " + line)
        pairs = re.findall(LABEL, labels or "")
        keys = [pair.split("=")[0] for pair in pairs]
        if len(set(keys)) != len(keys) or (name, tuple(sorted(pairs))) in samples:
            raise ValueError("a label or a sample twice: " + line)
        value = number(value)
        if kind[base] != "gauge" and not value >= 0:
            raise ValueError("a counter below 0: " + line)
        if kind[base] == "counter" and not name.endswith("_total"):
            raise ValueError("a counter's name ends in _total: " + line)
        samples[(name, tuple(sorted(pairs)))] = value
    for name in kind:
        if kind[name] == "histogram":
            check_histogram(samples, name)
    empty = [name for name in kind if not any(key[0].startswith(name) for key in samples)]
    if empty:
        raise ValueError("no samples: %s" % empty)
    return samples


def check_histogram(samples, name):
    series = {}
    for (sample, labels), value in samples.items():
        if sample == name + "_bucket":
            bound = [label for label in labels if label.startswith("le=")]
            if len(bound) != 1:
                raise ValueError("a bucket without its bound: %s" % (labels,))
            rest = tuple(label for label in labels if label not in bound)
            series.setdefault(rest, []).append((number(bound[0][4:-1]), value))
    for rest, buckets in series.items():
        if buckets != sorted(buckets) or [v for _, v in buckets] != sorted(v for _, v in buckets):
            raise ValueError("buckets are not in order, or not cumulative: %s %s" % (name, rest))
        if buckets[-1] != (math.inf, samples[(name + "_count", rest)]):
            raise ValueError("+Inf is not the count: %s %s" % (name, rest))
        total = samples[(name + "_sum", rest)]
        if (total > 0) > (buckets[-1][1] > 0):
            raise ValueError("a sum without a count: %s %s" % (name, rest))
    counts = {labels for sample, labels in samples if sample == name + "_count"}
    if counts != set(series) or not counts:
        raise ValueError("count without buckets: " + name)


GOOD = """# HELP a_total One.
# TYPE a_total counter
a_total{x="b\\"c\\\\d\\n"} 1
a_total{x="e"} 2
# HELP h Two.
# TYPE h histogram
h_bucket{le="0.5"} 1
h_bucket{le="+Inf"} 3
h_sum 2.5
h_count 3"""

BAD = [  # a change of the text above, after which it is refused
    ("counter\n", "counting\n"), ("# HELP a_total One.\n", ""), ('"e"} 2', '"e"} two'), ('x="e"', 'x="e'),
    ('x="e"', 'x="\\q"'), ('x="e"', 'x="e",x="f"'), ('{x="e"} 2', '{x="b\\"c\\\\d\\n"} 2'), ("} 3", "} 4"),
    ('le="0.5"} 1', 'le="0.5"} 4'), ("h_count 3", "h_count 2"), ("h_sum 2.5\n", "h_total 2.5\n"),
    ('h_bucket{le="+Inf"} 3\n', ""), ("h_count 3", "h_count 3\na_total 3"), ("h_count 3", "h_count 3\n"),
    ('h_bucket{le="0.5"} 1\nh_bucket{le="+Inf"} 3', 'h_bucket{le="+Inf"} 3\nh_bucket{le="0.5"} 1'),
    ("# TYPE h", "# HELP a_total Again.\n# TYPE h"), ("a_total", "a"), ('"e"} 2', '"e"} -2'),
]


def the_checker():
    tap.equal(len(parse(GOOD.split("\n"))), 6, "the checker takes what is right")
    taken = []
    for old, new in BAD:
        text = GOOD.replace(old, new)
        assert text != GOOD, old
        try:
            parse(text.split("\n"))
            taken.append((old, new))
        except (ValueError, KeyError):
            pass
    tap.equal(taken, [], "and refuses each of %d faults" % len(BAD))


def ask_metrics(c):
    r = c.ask("METRICS")
    assert r.code == 250 and {row[0] for row in r.rows} == {"M"} and {len(row) for row in r.rows} == {2}, r
    assert r.figures["rows"] == str(len(r.rows))
    return parse([row[1] for row in r.rows])


def metrics(tmp, index):
    with Daemon(tmp, index, ["--max-clients", "3"]) as d, d.connect() as c:
        began = time.monotonic()
        first = ask_metrics(c)
        for line, times in (("SEARCH limit=3 -- nato", 5), ("SEARCH -- (", 2), ("SEARCH limit=x -- a", 1),
                            ("GET nothing", 3), ("NONSENSE", 4), ("PING", 1), ("SEARCH rev=4711 -- a", 1),
                            ("PING " + "x" * 20000, 1), (b"PING \x01", 1)):
            for _ in range(times):
                c.ask(line)
                c.ask("PING")
        more = [d.connect(greeting=False) for _ in range(3)]
        assert [m.line().split(" ")[1] for m in more] == ["200", "200", "421"]
        second = ask_metrics(c)
        took = time.monotonic() - began

        def grew(name, **labels):
            key = ("dragoman_" + name, tuple(sorted('%s="%s"' % pair for pair in labels.items())))
            return second[key] - first[key]

        tap.equal([grew("requests_total", verb=v) for v in ("SEARCH", "GET", "METRICS", "PING", "COUNT", "none")],
                  [9, 3, 1, 20, 0, 6], "requests by verb")
        tap.equal([grew("rejections_total", reason=r) for r in (
            "syntax", "bad_option", "not_found", "unknown_verb", "gone", "too_large", "bad_bytes", "connections",
            "overloaded", "deadline", "internal")], [2, 1, 3, 4, 1, 1, 1, 1, 0, 0, 0], "rejections by reason")
        tap.equal(grew("request_duration_seconds_count", verb="SEARCH"), 8, "those that ran are timed")
        spent = grew("request_duration_seconds_sum", verb="SEARCH")
        tap.ok(0 < spent < took, "their sum is less than the time that passed", (spent, took))
        plain = {name: value for (name, labels), value in second.items() if not labels}
        tap.equal(plain["dragoman_connections"], 3, "connections")
        assert [more[n].ask(w).code for n, w in ((0, "WATCH -- nato"), (0, "WATCH name=x -- iran"),
                                                 (1, "WATCH -- nato"), (0, "UNWATCH x"))] == [250] * 4
        tap.equal(ask_metrics(c)[("dragoman_watches", ())], 2, "watches")
        tap.equal(grew("accepted_total"), 2, "connections accepted")
        status = {row[1]: row[2] for row in c.ask("STATUS").rows}
        tap.equal([str(int(plain["dragoman_" + name])) for name in ("index_articles", "index_generation",
                                                                   "index_revision", "index_bytes")],
                  [status[key] for key in ("articles", "generation", "revision", "index_bytes")],
                  "the index as STATUS has it")
        folder = os.path.join(index, "g000001")
        tap.equal(plain["dragoman_index_bytes"], sum(e.stat().st_size for e in os.scandir(folder)), "bytes of its files")
        tap.ok(plain["dragoman_resident_bytes"] > 1e6 and 0 <= plain["dragoman_index_commit_age_seconds"] < 1000
               and plain["dragoman_last_job_exit"] == 0 and plain["dragoman_last_job_errors"] == 0
               and 0 <= plain["dragoman_last_job_success_age_seconds"] < 1000, "memory, ages and the last job", plain)
        newest = time.time() - plain["dragoman_index_newest_age_seconds"]
        tap.equal(time.strftime("%Y-%m-%d", time.gmtime(newest + 10)), status["newest"], "the age of the newest article")
        tap.ok([key for key in second if key[0] == "dragoman_build_info"], "build_info")
        c.ask("QUIT")
        for m in more:
            m.close()
        done = run([program("dragoman"), "-s", d.socket, "metrics"])
        tap.ok(done.returncode == 0 and set(parse(done.stdout.splitlines())) == set(second),
               "dragoman metrics prints them plainly", done.stdout[:2000] + done.stderr)


def job_files(index):
    def read(name):
        try:
            with open(os.path.join(index, name)) as f:
                return json.load(f)
        except FileNotFoundError:
            return None
    return read("job.json"), read("job-good.json")


def jobs(tmp):
    folder = os.path.join(tmp, "news")
    os.mkdir(folder)

    def article(name, text):
        with open(os.path.join(folder, name), "w") as f:
            f.write(text)

    article("a.txt", "Talks\n\nThe envoy arrived.\n")
    begin = int(time.time())
    index = index_build(tmp, [folder], name="jobs")
    last, good = job_files(index)
    tap.ok(last == good and last["command"] == "build" and last["exit"] == 0 and last["added"] == 1
           and last["errors"] == 0 and last["first_error"] == "", "a build leaves its report", last)
    ended = calendar.timegm(time.strptime(last["ended"], "%Y-%m-%dT%H:%M:%SZ"))
    tap.ok(begin <= ended <= time.time() and last["started"] <= last["ended"], "with its times", last)
    tap.ok(not [n for n in os.listdir(index) if n.endswith(".new")], "and nothing beside it")
    with Daemon(tmp, index) as d, d.connect() as c:
        def status():
            return {row[1]: row[2] for row in c.ask("STATUS").rows}
        s = status()
        tap.ok((s["job"], s["job_exit"], s["job_errors"], s["job_first_error"], s["job_ended"], s["job_good"])
               == ("build", "0", "0", "", last["ended"], last["ended"]) and int(s["job_good_age_s"]) < 1000
               and "newest_age_s" not in s and int(s["commit_age_s"]) < 1000, "STATUS tells of it", s)
        tap.ok("job" not in d.log(), "one that ended before the daemon began is not told in the log", d.log())

        first = c.ask("SEARCH limit=1 snippets=0 -- envoy accord")
        page = "SEARCH limit=1 offset=1 snippets=0 rev=%s -- envoy accord" % first.figures["rev"]
        tap.equal(c.ask(page).code, 250, "a later page of the same state")
        article("b.jsonl", '{"id":"b","title":"Accord"}\n{"id":\n{"nothing":1}\n')
        done = index_build(tmp, [folder], name="jobs", check=False)
        tap.equal(done.returncode, 65, "a build with bad articles")
        last, good = job_files(index)
        tap.ok(last == good and (last["exit"], last["added"], last["skipped"], last["errors"]) == (65, 2, 2, 2)
               and last["first_error"].startswith(os.path.join(folder, "b.jsonl") + ":2: "),
               "did its work, and its report counts them", last)
        r = c.ask(page)
        tap.equal((r.code, r.figures), (409, {"gen": "2", "rev": "2"}), "which is gone after the next build")
        tap.equal(c.ask("SEARCH limit=1 snippets=0 -- accord").figures["rev"], "2", "a new first page is of that")
        tap.ok(d.wait_log("job build ended: exit 65"), "the log tells of the job", d.log())
        tap.ok(d.wait_log("switched to generation g000002"), "and of the switch", d.log())
        line = [x for x in d.log().splitlines() if "job build" in x][0]
        tap.ok("2 added" in line and "2 skipped" in line and "2 errors" in line and "b.jsonl:2: " in line,
               "with its counts and its first error", line)
        s = status()
        tap.ok(s["job_errors"] == "2" and "b.jsonl:2: " in s["job_first_error"] and s["revision"] == "2",
               "STATUS likewise", s)

        done = index_build(tmp, [os.path.join(folder, "none.txt")], name="jobs", check=False)
        last, same = job_files(index)
        tap.ok(done.returncode == 66 and same == good and last["exit"] == 66 and last["errors"] == 1
               and "none.txt" in last["first_error"] and last["added"] == 0,
               "a build that fails leaves the last good one as it was", last)
        tap.ok(d.wait_log("job build ended: exit 66"), "the log tells of it", d.log())
        m = ask_metrics(c)
        tap.ok(m[("dragoman_last_job_exit", ())] == 66 and m[("dragoman_last_job_errors", ())] == 1
               and m[("dragoman_last_job_success_age_seconds", ())] >= m[("dragoman_last_job_age_seconds", ())],
               "METRICS likewise")
        with open(os.path.join(index, "job.json"), "w") as f:
            f.write("{")
        tap.ok(d.wait_log("job.json: "), "a report that cannot be read is told", d.log())
        tap.ok("job_exit" not in status() and "job_good" in status(), "and passed over")
        os.unlink(os.path.join(index, "job-good.json"))
        names = {key[0] for key in ask_metrics(c)}
        tap.ok(not [n for n in names if "last_job" in n] and "dragoman_index_revision" in names,
               "without reports METRICS has no samples of them", names)


def updates(tmp):
    """Commits in place, and one that finds the index locked."""
    folder = os.path.join(tmp, "wire")
    os.mkdir(folder)

    def article(name, text):
        with open(os.path.join(folder, name), "w") as f:
            f.write("Date: 2020-01-02\nWire\n\n%s\n" % text)
    for name in "abc":
        article(name + ".txt", "The envoy of %s arrived." % name)
    index = index_build(tmp, [folder], name="wired", verb="update")
    with Daemon(tmp, index) as d, d.connect() as c:
        before = ask_metrics(c)
        article("b.txt", "The envoy of b left.")
        article("d.txt", "The envoy of d arrived.")
        os.unlink(os.path.join(folder, "c.txt"))
        index_build(tmp, [folder], name="wired", verb="update", args=["--prune"])
        after = ask_metrics(c)
        grew = [after[("dragoman_index_" + name, ())] - before[("dragoman_index_" + name, ())]
                for name in ("articles", "generation", "revision")]
        tap.ok(grew[:2] == [0, 0] and grew[2] > 0, "METRICS after an update", grew)
        tap.ok(d.wait_log("job update ended: exit 0, 1 added, 1 replaced, 1 unchanged, 1 removed, 0 skipped\n"),
               "the log tells what an update did", d.log())
        status = {row[1]: row[2] for row in c.ask("STATUS").rows}
        tap.ok((status["job"], status["newest"], status["revision"]) ==
               ("update", "2020-01-02", str(int(after[("dragoman_index_revision", ())])))
               and abs(time.time() - calendar.timegm((2020, 1, 2, 0, 0, 0)) - int(status["newest_age_s"])) < 1000, "so does STATUS", status)
        _, good = job_files(index)
        with open(os.path.join(index, "LOCK")) as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            article("e.txt", "The envoy of e arrived.")
            done = index_build(tmp, [folder], name="wired", verb="update", check=False)
        last, same = job_files(index)
        tap.ok(done.returncode == 75 and last["exit"] == 75 and last["errors"] == 1 and "locked" in last["first_error"]
               and same == good, "one that finds the index locked leaves its report all the same", (last, done.stderr))
        tap.ok(d.wait_log("job update ended: exit 75"), "and the log tells of it", d.log())


def jobs_in_a_row(tmp):
    """The log has a line for each, however soon one follows the other."""
    feed = os.path.join(tmp, "row.jsonl")
    with open(feed, "w") as f:
        f.write('{"id":"a","title":"Talks"}\n')
    index = index_build(tmp, [feed], name="row")
    with Daemon(tmp, index) as d:
        for _ in range(6):
            index_build(tmp, [feed], name="row")
        tap.ok(wait_until(lambda: d.log().count("job build ended: exit 0") >= 6), "a line for each of six jobs", d.log())
        tap.ok(wait_until(lambda: all("switched to generation g%06d" % n in d.log() for n in range(2, 8))),
               "and for each switch", d.log())


def jobs_side_by_side(tmp):
    """Reports of jobs that end at the same moment do not get into one another."""
    feed = os.path.join(tmp, "one.jsonl")
    with open(feed, "w") as f:
        f.write('{"id":"a","title":"Talks"}\n')
    index = index_build(tmp, [feed], name="many")
    procs = [subprocess.Popen([program("dragoman-index"), "build", "-q", "-j", "1", "-d", index, feed],
                              stderr=subprocess.PIPE) for _ in range(8)]
    read = 0
    while any(p.poll() is None for p in procs) or read == 0:
        last, good = job_files(index)
        read += last["exit"] == good["exit"] == 0
    errors = b"".join(p.stderr.read() for p in procs)
    for p in procs:
        p.stderr.close()
    tap.ok(not errors and all(p.wait() == 0 for p in procs), "8 builds end at the same time", errors.decode())
    tap.ok(read > 8, "their reports were whole each of the %d times they were read" % read)
    tap.ok(not [n for n in os.listdir(index) if n.endswith(".new")], "and nothing is left beside them")


def main():
    with tempdir() as tmp:
        index = index_build(tmp, [SAMPLE])
        the_checker()
        metrics(tmp, index)
        jobs(tmp)
        updates(tmp)
        jobs_in_a_row(tmp)
        jobs_side_by_side(tmp)
    tap.done()


if __name__ == "__main__":
    main()
