#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What holds for all programs and from one end to the other: help, version and
errors of each command, where index and socket are looked for, ids, what
--strict says, and what a query means on articles made for the purpose."""
import gzip
import json
import os
import re
import subprocess

from harness import Client, Daemon, Tap, index_build, program, run, tempdir, wait_until

tap = Tap()

ARTICLES = [
    {"id": "plain", "title": "Talks", "body": "ankara nato oil"},
    {"id": "two", "title": "Talks", "body": "ankara nato"},
    {"id": "one", "title": "Talks", "body": "ankara", "source": "Reuters"},
    {"id": "F-35", "title": "Jets", "body": "They will buy F-35 jets."},
    {"id": "F35", "title": "Jets", "body": "They will buy F35 jets."},
    {"id": "F\u201135", "title": "Jets", "body": "They will buy F\u201135 jets."},
    {"id": "F 35", "title": "Jets", "body": "They will buy F 35 jets."},
    {"id": "F. 35", "title": "Jets", "body": "They have a plan F. 35 jets fly."},
]


def programs():
    for name, usage in (("dragoman", 2), ("dragoman-index", 64), ("dragomand", 64)):
        r = run([program(name), "--help"])
        tap.ok(r.returncode == 0 and r.stdout and not r.stderr, name + " --help", r)
        r = run([program(name), "--version"])
        tap.ok(r.returncode == 0 and re.match(name + r" \d+\.\d+", r.stdout), name + " --version", r)
        r = run([program(name), "--nonsense"])
        tap.ok(r.returncode == usage and not r.stdout and re.match(name + ": --nonsense: .", r.stderr),
               name + " --nonsense", r)
    for verb in ("search", "get", "count", "suggest", "explain", "watch"):
        r = run([program("dragoman"), verb])
        tap.ok(r.returncode == 2 and re.match("dragoman: %s: .+\n$" % verb, r.stderr) and "  " not in r.stderr,
               "dragoman %s and nothing more" % verb, r)
    for verb in ("build", "check", "info"):
        r = run([program("dragoman-index"), verb, "--version"])
        tap.ok(r.returncode == 0 and r.stdout.startswith("dragoman-index "), verb + " --version", r)
        for wrong, named in (("--nonsense", "--nonsense"), ("-x", "-x"), ("-d", "-d")):
            r = run([program("dragoman-index"), verb, wrong])
            tap.ok(r.returncode == 64 and r.stderr.startswith("dragoman-index: %s: %s: " % (verb, named)),
                   "%s %s" % (verb, wrong), r)
    for args in (["--listen", "127.0.0.1:65536"], ["--listen", "127.0.0.1"], ["--workers", "0"], ["--workers", "x"],
                 ["--socket"], ["extra"], ["-d", ""]):
        r = run([program("dragomand"), "-d", "nowhere", *args])
        tap.ok(r.returncode in (64, 66) and re.match("dragomand: .+: .+", r.stderr), "dragomand " + " ".join(args), r)


def closed(tmp):
    """Who starts a program with standard streams closed gets none of its words into a file or a socket."""
    def without(what, name, *args):
        return run(["sh", "-c", 'exec "$@" ' + what, "sh", program(name), *args])
    index, bad = os.path.join(tmp, "closed"), os.path.join(tmp, "bad.jsonl")
    with open(bad, "w") as f:
        f.write('{"id":"a","title":"Talks"}\n{bad\n')
    r = without("2>&-", "dragoman-index", "build", "-d", index, bad)
    tap.ok(r.returncode == 65 and r.stdout.startswith("indexed 1 articles") and
           os.path.getsize(os.path.join(index, "LOCK")) == 0, "build without standard error", r)
    r = without(">&-", "dragoman-index", "build", "-d", index, bad)
    tap.ok(r.returncode == 74 and "standard output: " in r.stderr and
           run([program("dragoman-index"), "check", "-d", index]).returncode == 0, "without standard output", r)
    r = without("<&-", "dragoman-index", "update", "-d", index, "-")
    tap.ok(r.returncode == 65 and r.stderr.startswith("dragoman-index: standard input: "), "without standard input", r)
    for args in (["--help"], ["info", "-d", index], ["check", "-d", index], ["remove", "-d", index, "a"],
                 ["compact", "-d", index]):
        r = without(">&-", "dragoman-index", *args)
        tap.ok(r.returncode == 74 and "dragoman-index: standard output: " in r.stderr, args[0] + " likewise", r)
    with open(bad, "w") as f:
        f.write('{"id":"b","title":"Talks"}\n')
    tap.equal(run([program("dragoman-index"), "update", "-q", "-d", index, bad]).returncode, 0, "with all of them")
    path = os.path.join(tmp, "quiet")
    daemon = subprocess.Popen(["sh", "-c", 'exec "$@" 2>&-', "sh", program("dragomand"), "-d", index, "--socket", path,
                               "--log-level", "debug"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        tap.ok(wait_until(lambda: os.path.exists(path)), "a daemon without standard error")
        with Client(path) as c:
            tap.equal((c.ask("COUNT -- talks").code, os.readlink("/proc/%d/fd/2" % daemon.pid)), (250, "/dev/null"),
                      "answers, and logs nowhere")
        for words in (["search", "talks"], ["watch", "--since", "1", "talks"], ["raw", "PING"]):
            r = run(["timeout", "20", "sh", "-c", 'exec "$@" >&-', "sh", program("dragoman"), "-s", path, *words])
            tap.ok(r.returncode == 2 and "dragoman: standard output: " in r.stderr,
                   words[0] + " without standard output", r)
    finally:
        daemon.terminate()
        tap.equal(daemon.wait(), 0, "and it ends well")


def places(tmp):
    text = os.path.join(tmp, "one.txt")
    with open(text, "w") as f:
        f.write("Headline\n\nSome body.\n")
    data, wild = os.path.join(tmp, "data"), os.path.join(tmp, "run")
    os.makedirs(wild)
    r = run([program("dragoman-index"), "--", "build", "-q", "--", text], env={"XDG_DATA_HOME": data})
    tap.ok(r.returncode == 0 and os.path.exists(os.path.join(data, "dragoman", "CURRENT")), "XDG_DATA_HOME", r)
    home = os.path.join(tmp, "home")
    for env in ({"HOME": home}, {"HOME": home, "XDG_DATA_HOME": "not/absolute"}):
        r = run([program("dragomand")], env=env)
        tap.ok(r.returncode == 66 and home + "/.local/share/dragoman" in r.stderr, "the home's default", r)
    r = run([program("dragoman-index"), "check", "-d", os.path.join(data, "dragoman"), "--deep"])
    tap.ok(r.returncode == 0 and r.stdout.startswith("ok: 1 articles"), "check --deep", r)
    if os.geteuid() == 0:
        tap.skip("check without leave to write", "root may always write")
        return
    os.chmod(os.path.join(data, "dragoman", "g000001", "postlist.glass"), 0o400)
    r = run([program("dragoman-index"), "check", "-d", os.path.join(data, "dragoman")])
    tap.ok(r.returncode == 74 and "not writable" in r.stderr, "check without leave to write", r)


def intake(tmp):
    lines = os.path.join(tmp, "bad.jsonl")
    with open(lines, "w") as f:
        f.write('{"id":"good","title":"T"}\n{"title":"no id"}\n{"id":"empty"}\n[]\n')
    r = index_build(tmp, [lines], name="strict", args=["--strict"], check=False)
    told = [line for line in r.stderr.splitlines() if "bad.jsonl:" in line]
    tap.ok(r.returncode == 65 and len(told) == 1 and "bad.jsonl:2:" in told[0], "--strict stops at the first", r.stderr)
    tap.ok(not os.path.exists(os.path.join(tmp, "strict", "CURRENT")), "--strict switches nothing")
    r = index_build(tmp, [lines], name="lax", check=False)
    told = [line for line in r.stderr.splitlines() if "bad.jsonl:" in line]
    tap.ok(r.returncode == 65 and len(told) == 3, "each bad article is a line", r.stderr)

    folder = os.path.join(tmp, "folder", "sub")
    os.makedirs(folder)
    with gzip.open(os.path.join(folder, "a.txt.gz"), "wt") as f:
        f.write("Headline\n\nBody.\n")
    wrapped = os.path.join(tmp, "wrapped.jsonl")
    with open(wrapped, "w") as f:
        body = "   Text\nthat is   \n" * 40000
        f.write(json.dumps({"id": "w", "title": "T", "body": body}) + "\n")
    r = run([program("dragoman-index"), "build", "-d", os.path.join(tmp, "sum"), wrapped])
    tap.ok("indexed 1 articles, 0 bad, %.1f MB in " % (len(body) / 1e6) in r.stdout, "text is counted as given", r)
    with Daemon(tmp, index_build(tmp, [os.path.join(tmp, "folder")], name="ids")) as d, d.connect() as c:
        tap.equal(c.ask("GET sub/a.txt.gz").code, 250, "the id is the path, .gz and all")


def meaning(tmp):
    lines = os.path.join(tmp, "articles.jsonl")
    with open(lines, "w") as f:
        f.writelines(json.dumps(a) + "\n" for a in ARTICLES)
    jets = ["F 35", "F-35", "F35", "F\u201135"]
    with Daemon(tmp, index_build(tmp, [lines])) as d, d.connect() as c:
        for query, want in (
                ("ankara AND -nato", ["one"]), ("-nato AND ankara", ["one"]), ("ankara AND -oil -source:reuters", ["two"]),
                ("ankara AND -(oil source:reuters)", ["one", "two", "plain"]),
                ("ankara AND -oil AND nato", ["two"]), ("F-35", jets), ("F35", jets), ("F\u201135", jets),
                ('"F 35"', jets), ("F-3*", jets), ("f35", jets), ('"buy F-35 jets"', jets)):
            r = c.ask("SEARCH limit=100 snippets=0 -- " + query)
            tap.equal((r.code, sorted(r.ids())), (250, sorted(want)), query)
        for query, col in (("-nato", 1), ("ankara OR -nato", 11), ("ankara (-nato)", 9), ("-oil AND -nato", 1)):
            r = c.ask("SEARCH -- " + query)
            tap.equal((r.code, r.figures.get("col")), (510, str(col)), query)


with tempdir() as top:
    programs()
    closed(top)
    places(top)
    intake(top)
    meaning(top)
tap.done()
