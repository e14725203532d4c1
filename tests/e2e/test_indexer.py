#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""dragoman-index: input good and bad, exit codes, generations, and that an
interrupted build leaves the index as it was."""
import fcntl
import gzip
import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from harness import Daemon, Tap, clean_env, corpus, program, run, sanitized, tempdir, PATIENCE, SHARED  # noqa: E402

tap = Tap()
INDEX = program("dragoman-index")
SUMMARY = re.compile(r"indexed (\d+) articles, (\d+) bad, (\d+\.\d) MB in (\d+\.\d) s, generation (g\d{6})\n\Z")


def write(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as f:
        f.write(data if isinstance(data, bytes) else data.encode())
    return path


def articles(n, words=60, tag="a"):
    """N articles as JSON Lines, of words that differ from one to the next, no one a copy of another."""
    lines, rng = [], random.Random(tag)
    for i in range(n):
        first, step = rng.randrange(50021), rng.randrange(1, 50021)
        body = " ".join("word%d" % ((first + k * step) % 50021) for k in range(words))
        lines.append(json.dumps({"id": "%s%d" % (tag, i), "title": "Report %d" % i, "body": body,
                                 "date": "20%02d-01-02" % (i % 25)}))
    return "\n".join(lines) + "\n"


def build(index, *args, **more):
    return run([INDEX, "build", "-d", index, *args], **more)


def info(index):
    done = run([INDEX, "info", "--json", "-d", index])
    return json.loads(done.stdout) if done.returncode == 0 else {}


def left(index):
    """What is in the index's folder that should not be."""
    return sorted(n for n in os.listdir(index) if n.startswith("tmp."))


def generations(index):
    return sorted(n for n in os.listdir(index) if re.fullmatch(r"g\d{6}", n))


def wait_for(what):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if what():
            return True
        time.sleep(0.005)
    return False


def test_usage(tmp):
    for args, code in ((["--help"], 0), (["--version"], 0), (["build", "--help"], 0), ([], 64), (["frob"], 64),
                       (["build"], 64), (["build", "-j", "x", "f"], 64), (["build", "--frob"], 64),
                       (["info", "x"], 64), (["check", "--json"], 64)):
        done = run([INDEX, *args])
        good = done.returncode == code and (bool(done.stdout) == (code == 0)) and (bool(done.stderr) == (code != 0))
        tap.ok(good, "%s exits %d" % (" ".join(args) or "no command", code), done)
    for args in (["info"], ["check"]):
        done = run([INDEX, *args, "-d", tmp + "/none"])
        tap.ok(done.returncode == 66 and "dragoman-index build -d" in done.stderr, "%s without an index" % args[0], done)
    done = build(tmp + "/none", tmp + "/missing.jsonl")
    tap.ok(done.returncode == 66 and "missing.jsonl" in done.stderr and not os.path.exists(tmp + "/none"),
           "a missing file is 66 and makes nothing", done)
    write(tmp + "/file", "")
    one = write(tmp + "/one.jsonl", articles(1))
    done = build(tmp + "/file/index", one)
    tap.ok(done.returncode == 73, "an index that cannot be made is 73", done)


def test_first(tmp):
    one = write(tmp + "/one.jsonl", articles(20))
    done = build(tmp + "/deep/index", one)
    m = SUMMARY.match(done.stdout)
    tap.ok(done.returncode == 0 and m and m.group(1, 2, 5) == ("20", "0", "g000001") and not done.stderr,
           "the summary is one line", done)
    index = tmp + "/deep/index"
    done = run([INDEX, "info", "-d", index])
    keys = [line.split(": ")[0] for line in done.stdout.splitlines()]
    tap.ok(set("articles generation format fingerprint text_bytes index_bytes newest built".split()) <= set(keys),
           "info has its keys", done)
    i = info(index)
    tap.equal((i["articles"], i["generation"], i["newest"]), (20, 1, "2019-01-02"), "info --json tells the same")
    size = sum(os.path.getsize(os.path.join(index, "g000001", f)) for f in os.listdir(index + "/g000001"))
    tap.equal(i["index_bytes"], size, "index_bytes counts the files")
    done = run([INDEX, "check", "-d", index])
    tap.ok(done.returncode == 0 and done.stdout.startswith("ok"), "check finds it sound", done)
    done = build(index, "-q", one)
    tap.ok(done.returncode == 0 and not done.stdout and not done.stderr, "-q is quiet", done)
    tap.equal(generations(index), ["g000002"], "the old generation is gone")
    empty = write(tmp + "/empty.jsonl", "")
    done = build(tmp + "/nothing", empty)
    tap.ok(done.returncode == 0 and info(tmp + "/nothing")["articles"] == 0, "nothing is an index, too", done)
    tap.equal(run([INDEX, "check", "-d", tmp + "/nothing"]).returncode, 0, "and a sound one")
    env = {"XDG_DATA_HOME": tmp + "/data"}
    done = run([INDEX, "build", one], env=env)
    tap.ok(done.returncode == 0 and os.path.exists(tmp + "/data/dragoman/CURRENT"), "the default place", done)
    done = run([INDEX, "info"], env={"DRAGOMAN_INDEX": index})
    tap.ok(done.returncode == 0 and "articles: 20\n" in done.stdout, "DRAGOMAN_INDEX", done)


BAD = [b'{"title":"no id","body":"x"}', b'{"id":"x"}', b'["a"]', b'{"id":"' + b"y" * 241 + b'","title":"t"}',
       b'{"id":"z","title":', b'{"id":"u","title":"\x81\x8d"}']


def test_bad(tmp):
    lines = [b'{"id":"good%d","title":"Good","body":"Text."}' % i for i in range(len(BAD))]
    mixed = write(tmp + "/mixed.jsonl", b"\n".join(x for pair in zip(lines, BAD) for x in pair) + b"\n")
    done = build(tmp + "/index", mixed)
    m = SUMMARY.match(done.stdout)
    tap.ok(done.returncode == 65 and m and m.group(1, 2) == (str(len(lines)), str(len(BAD))),
           "bad lines are counted and passed over", done)
    told = [line.split(": ")[1] for line in done.stderr.splitlines() if line.startswith("dragoman-index: ")]
    tap.equal(told, ["%s:%d" % (mixed, 2 * i + 2) for i in range(len(BAD))], "each bad line is named")
    before = info(tmp + "/index")
    done = build(tmp + "/index", "--strict", mixed)
    tap.ok(done.returncode == 65 and not done.stdout and "%s:2" % mixed in done.stderr and
           "%s:4" % mixed not in done.stderr, "--strict stops at the first", done)
    tap.ok(info(tmp + "/index") == before and not left(tmp + "/index"), "and switches nothing")
    with gzip.open(tmp + "/cut.jsonl.gz", "wb") as f:
        f.write(articles(2000).encode())
    with open(tmp + "/cut.jsonl.gz", "r+b") as f:
        f.truncate(os.path.getsize(f.name) // 2)
    good = write(tmp + "/good.jsonl", articles(5, tag="g"))
    done = build(tmp + "/index", tmp + "/cut.jsonl.gz", good)
    tap.ok(done.returncode == 65 and "cut.jsonl.gz" in done.stderr and info(tmp + "/index")["articles"] > 5,
           "a file that breaks off is told, the next one read", done)


def test_limits(tmp):
    """Articles over each of the limits, and articles at them. Only plain text has headings."""
    over = {"bytes": ("t", "word. " * 2796203, "over 16 MiB"), "headline": ("long " * 13108, "Text.", "over 64 KiB of headline"),
            "words": ("t", " ".join("w%d" % i for i in range(500001)), "over 500000 different words")}
    lines = [{"id": "over/" + name, "title": title, "body": body} for name, (title, body, _) in over.items()]
    lines.append({"id": "at/headline", "title": "long " * 13107, "body": "Text."})
    path = write(tmp + "/large.jsonl", "".join(json.dumps(line) + "\n" for line in lines))
    parts = "Headline\n\nText.\n\n" + "Part\n\nText of it.\n\n" * 10000
    texts = [write(tmp + "/at.txt", parts), write(tmp + "/over.txt", parts + "Part\n\nText of it.\n")]
    want = ["dragoman-index: %s:%d: over/%s: %s" % (path, i + 1, name, why) for i, (name, (_, _, why)) in enumerate(over.items())]
    want.append("dragoman-index: %s: over.txt: over 10000 headings" % texts[1])
    for name in ("build", "update"):
        done = run([INDEX, name, "-d", tmp + "/" + name, path, *texts])
        tap.ok(done.returncode == 65 and done.stderr.splitlines()[:4] == want and info(tmp + "/" + name).get("articles") == 2,
               "%s: articles over a limit are bad, and named; those at it are not" % name, done.stderr[:1000])


def test_steps(tmp):
    """An article that asks for so much looking back that its speakers would cost more than its length allows."""
    office = "a former foreign envoy" + " harbours-and-fisheries" * 18
    roles = ("banker pilot chief clerk boss author analyst aide consul critic creditor buyer broker brother bishop auditor "
             "attorney assistant adviser cop columnist chairman chancellor cardinal captain candidate").split()
    body = "Osman Tek, %s, said that. " % office + "".join("Tek said. The %s said. " % r for r in roles) * 80 + '"Last," he said.'
    path = write(tmp + "/costly.jsonl", "".join(json.dumps({"id": "costly%d" % i, "title": "t", "body": body[i:]}) + "\n" for i in range(2)))
    for name in ("build", "update"):
        done = run([INDEX, name, "-d", tmp + "/" + name, path])
        told = sorted(line.split(": ")[2] for line in done.stderr.splitlines() if ": warning: " in line)
        tap.ok(done.returncode == 0 and told == ["costly0", "costly1"] and info(tmp + "/" + name).get("articles") == 2,
               "%s: an article over its steps is indexed, and named in a warning" % name, done.stderr)


def test_inputs(tmp):
    write(tmp + "/folder/b/two.txt", "Second headline\n\nText of the second.\n")
    write(tmp + "/folder/one.txt", "First headline\n\nText of the first.\n")
    write(tmp + "/folder/.hidden.txt", "Hidden\n\nText.\n")
    with gzip.open(tmp + "/three.jsonl.gz", "wb") as f:
        f.write(articles(3).encode())
    done = build(tmp + "/index", tmp + "/folder", tmp + "/three.jsonl.gz")
    tap.ok(done.returncode == 0 and info(tmp + "/index")["articles"] == 5, "folders, text, gzip", done)
    done = build(tmp + "/index", "--replace", "-", input=articles(700))
    tap.ok(done.returncode == 0 and info(tmp + "/index")["articles"] == 700, "standard input", done)
    done = build(tmp + "/index", "--replace", tmp + "/three.jsonl.gz", "-", input=articles(2, tag="s"))
    tap.ok(done.returncode == 0 and info(tmp + "/index")["articles"] == 5, "standard input among files", done)
    done = build(tmp + "/index", "--replace", "--root", tmp, tmp + "/folder", "--", tmp + "/folder/one.txt")
    tap.ok(done.returncode == 0 and info(tmp + "/index")["articles"] == 2, "--root makes one id of both", done)


def test_replaced(tmp):
    first = write(tmp + "/first.jsonl", articles(50) + json.dumps({"id": "a3", "title": "In between", "body": "x"}) + "\n")
    second = write(tmp + "/second.jsonl", json.dumps({"id": "a3", "title": "Last", "body": "The last of three.",
                                                       "date": "2031-05-06"}) + "\n" + articles(1, tag="n"))
    done = build(tmp + "/index", first, second)
    m = SUMMARY.match(done.stdout)
    tap.ok(done.returncode == 0 and m and m.group(1) == "51" and "2 articles replaced" in done.stderr,
           "one id, one article", done)
    i = info(tmp + "/index")
    tap.equal((i["articles"], i["newest"]), (51, "2031-05-06"), "the later one stays")
    tap.equal(run([INDEX, "check", "-d", tmp + "/index"]).returncode, 0, "the index is sound")
    build(tmp + "/index", second, first)
    tap.equal(info(tmp + "/index")["newest"], "2024-01-02", "and the other way round")
    done = build(tmp + "/index", "--replace", first, first)
    tap.equal((done.returncode, info(tmp + "/index")["articles"]), (0, 50), "a file given twice counts once")


def test_many(tmp):
    """Enough for several shards and merges, with few descriptors."""
    big = write(tmp + "/big.jsonl", articles(3000, 300))

    def limit():
        resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))
    for jobs in ("40",) if sanitized() else ("1", "3", "40"):    # of the largest number most shards
        done = build(tmp + "/index", "-j", jobs, *([big] + [
            write("%s/part%s-%d.jsonl" % (tmp, jobs, k), articles(600, 250, "p%d-" % k)) for k in range(8)]),
            preexec_fn=limit)
        tap.ok(done.returncode == 0 and info(tmp + "/index").get("articles") == 7800,
               "256 descriptors, %s jobs" % jobs, done)
    tap.equal(run([INDEX, "check", "-d", tmp + "/index"]).returncode, 0, "what came of it is sound")


def start(index, *paths):
    return subprocess.Popen([INDEX, "build", "-d", index, *paths], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, env=clean_env())


def test_interrupted(tmp):
    index = tmp + "/index"
    one = write(tmp + "/one.jsonl", articles(10))
    build(index, one)
    before = info(index)
    many = 5000 if sanitized() else 30000
    data = articles(many, 100).encode()
    for sig in (signal.SIGINT, signal.SIGTERM):
        proc = start(index, one, "-")
        tap.ok(wait_for(lambda: left(index)), "a build is under way")
        proc.send_signal(sig)          # it reads a silent standard input
        proc.communicate()
        tap.ok(proc.returncode in (-sig, 128 + sig) and not left(index) and info(index) == before,
               "%s ends it, cleans up, changes nothing" % sig.name, proc.returncode)
    big = write(tmp + "/big.jsonl", data)
    for delay in (0, 0.05, 0.2, 0.6, 1.2):
        proc = start(index, big)
        if wait_for(lambda: left(index) or proc.poll() is not None):
            time.sleep(delay)          # so that it is cut at different stages; any will do
        proc.kill()
        proc.communicate()
        now = info(index)
        tap.ok(now["articles"] in (10, many) and run([INDEX, "check", "-d", index]).returncode == 0,
               "killed after %.2f s the index is whole" % delay, now)
    done = build(index, one)
    tap.ok(done.returncode == 0 and not left(index) and len(generations(index)) == 1, "the next build cleans up", done)


def test_polite(tmp):
    """Workers step back behind queries; the thread that takes LOCK does not."""
    one = write(tmp + "/one.jsonl", articles(10))
    proc = start(tmp + "/index", one, "-")   # it waits for standard input

    def niceness():
        found = {}
        for task in os.listdir("/proc/%d/task" % proc.pid):
            with open("/proc/%d/task/%s/stat" % (proc.pid, task)) as f:
                found[int(task)] = int(f.read().rsplit(")", 1)[1].split()[16])
        return found

    own = os.getpriority(os.PRIO_PROCESS, 0)
    polite = min(19, own + 5)
    wait_for(lambda: polite in niceness().values())
    found = niceness()
    tap.ok(found[proc.pid] == own and polite in found.values(), "workers are nice", found)
    proc.communicate(b'{"id":"a","title":"Talks"}\n')


def test_side_by_side(tmp):
    """Two builds at once, and a reader that holds the old generation."""
    index = tmp + "/index"
    one = write(tmp + "/one.jsonl", articles(300))
    build(index, one)
    with open(index + "/g000001/pin") as pin:
        fcntl.flock(pin, fcntl.LOCK_SH)
        procs = [start(index, one), start(index, one)]
        outs = [p.communicate()[0].decode() for p in procs]
        gens = sorted(SUMMARY.match(o).group(5) if SUMMARY.match(o) else o for o in outs)
        tap.equal(gens, ["g000002", "g000003"], "two builds at once take two numbers")
        tap.ok("g000001" in generations(index), "a generation that is read stays")
    build(index, one)
    tap.equal(generations(index), ["g000004"], "and goes with the next build")


def fill(path):
    """Leaves no block free where PATH is."""
    with open(path, "wb", 0) as f:
        for size in (1 << 16, 4096, 1):
            try:
                while True:
                    f.write(b"x" * size)
            except OSError:
                pass


def test_full_disk(tmp):
    mount = tmp + "/small"
    os.mkdir(mount)
    done = run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", mount]) if os.geteuid() == 0 and shutil.which("mount") else None
    if done is None or done.returncode != 0:
        tap.skip("a full disk", "no tmpfs can be mounted here")
        return
    try:
        index = mount + "/index"
        build(index, write(tmp + "/one.jsonl", articles(10)))
        before = info(index)
        done = build(index, write(tmp + "/big.jsonl", articles(20000, 150)))
        tap.ok(done.returncode == 74 and "No space left on device" in done.stderr, "a full disk is 74", done)
        tap.ok(info(index) == before and not left(index) and
               run([INDEX, "check", "-d", index]).returncode == 0, "the old generation is in use")
        fill(mount + "/filler")
        done = run([INDEX, "update", "-d", index, write(tmp + "/more.jsonl", articles(2000, 150, "b"))])
        with open(index + "/job.json") as f, open(index + "/job-good.json") as g:
            last, good = json.load(f), json.load(g)
        tap.ok(done.returncode == 74 and (last["command"], last["exit"]) == ("update", 74) and
               "No space left" in last["first_error"] and index in last["first_error"] and good["command"] == "build",
               "a job that finds no room at all is reported all the same", (done, last, good))
        with Daemon(tmp, index) as d, d.connect() as c:
            status = {row[1]: row[2] for row in c.ask("STATUS").rows}
            tap.equal((status["job"], status["job_exit"]), ("update", "74"), "which the daemon tells")
    finally:
        run(["umount", mount])


def test_damage(tmp):
    index = tmp + "/index"
    one = write(tmp + "/one.jsonl", articles(400))
    for name, at in (("docdata.glass", 0.5), ("postlist.glass", 0.3), ("position.glass", 0.6), ("termlist.glass", 0.5),
                     ("dictionary", 0.5), ("dictionary", None), ("manifest.json", None)):
        shutil.rmtree(index, ignore_errors=True)
        build(index, one)
        path = os.path.join(index, "g000001", name)
        size = os.path.getsize(path)
        with open(path, "r+b") as f:
            if at is None:
                f.truncate(size // 3)
            else:
                f.seek(int(size * at))
                f.write(b"\xA5" * min(3000, size // 4))
        done = run([INDEX, "check", "-d", index])
        tap.ok(done.returncode == 65 and done.stderr.startswith("dragoman-index: ") and not done.stdout,
               "check sees damage of %s" % name, done)
    os.unlink(path)
    tap.equal(run([INDEX, "info", "-d", index]).returncode, 65, "a generation without manifest")
    done = build(index, one)
    tap.ok(done.returncode == 0 and run([INDEX, "check", "-d", index]).returncode == 0, "a build mends it", done)
    write(index + "/CURRENT", "rubbish")
    tap.equal(run([INDEX, "check", "-d", index]).returncode, 65, "a CURRENT that names nothing")
    tap.equal(build(index, one).returncode, 0, "a build mends that, too")


def test_root(tmp):
    """Root keeps away from what another user owns, unless told."""
    if os.geteuid() != 0:
        tap.skip("root on another user's index", "this is not root")
        return
    index, text = tmp + "/index", write(tmp + "/a.txt", "Head\n\nWords.\n")
    build(index, text)
    os.chown(index, 65534, -1)
    for argv in (["build", text], ["update", text], ["remove", "a"], ["check"], ["info"], ["rebuild"], ["compact"],
                 ["snapshot", tmp + "/copy"]):
        done = run([INDEX, argv[0], "-d", index, *argv[1:]])
        tap.ok(done.returncode == 78 and "user 65534" in done.stderr and "--allow-root" in done.stderr and not done.stdout,
               "root does not %s another user's index" % argv[0], done)
    for argv in (["info", "-d", index, "--allow-root"], ["--allow-root", "check", "-d", index]):
        tap.equal(run([INDEX, *argv]).returncode, 0, "unless told: " + argv[0])
    done = run([INDEX, "remove", "-d", index, "--", "--allow-root"])
    tap.equal(done.returncode, 78, "which an id does not")
    done = run([program("dragomand"), "-d", index, "--socket", tmp + "/socket"])
    tap.ok(done.returncode == 78 and "--allow-root" in done.stderr, "nor does the daemon use it", done)
    with Daemon(tmp, index, ["--allow-root"]) as d, d.connect() as c:
        tap.equal(c.ask("COUNT -- words").figures["total"], "1", "unless told, too")


def test_corpora(tmp):
    paths = [corpus(n + ".jsonl.gz") for n in ("frus", "reuters", "time")] + [os.path.join(SHARED, "seed-article.txt")]
    if None in paths or os.environ.get("DRAGOMAN_TEST_QUICK"):
        tap.skip("the shared corpora", "not there, or a quick run was asked for")
        return
    done = build(tmp + "/index", *paths, timeout=900)
    m = SUMMARY.match(done.stdout)
    bad = [line for line in done.stderr.splitlines() if re.match(r"dragoman-index: \S*reuters.jsonl.gz:\d+: ", line)]
    tap.ok(done.returncode == 65 and m and m.group(1, 2) == ("24522", "56") and len(bad) == 56,
           "24,522 articles, 56 bad lines of Reuters", done.stdout + done.stderr[-2000:])
    # Words alone take 2.8 times the text; what names, quotations, copies and the rest add is at most a quarter of that.
    tap.ok(info(tmp + "/index")["index_bytes"] <= 2.8 * 1.25 * 78289181, "no larger than 3.5 times the text", info(tmp + "/index"))


for test in (test_usage, test_first, test_bad, test_limits, test_steps, test_inputs, test_replaced, test_many, test_interrupted,
             test_polite, test_side_by_side, test_full_disk, test_damage, test_root, test_corpora):
    with tempdir() as folder:
        test(folder)
tap.done()
