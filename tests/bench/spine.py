#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What names, quotations, copies and the rest cost: against the program as it
was before them, the same articles and queries in one run.

spine.py --bin DIR --srcdir DIR --corpora DIR --work DIR [-n N] [--rounds R]

Builds the older program from the repository's history into WORK/spine; without
that history there is nothing to compare with. WORK/text.jsonl is what build.py
left. The sides take turns; of each query the median of its rounds counts.
"""
import argparse
import glob
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import build  # noqa: E402
import queries  # noqa: E402
import search  # noqa: E402

COMMIT = "4cb631d"          # the last with words alone
OFF = ["alias=0", "correct=0", "collapse=0"]


def older_program(srcdir, work):
    """The folder of the older program, or None."""
    top = os.path.abspath(os.path.join(work, "spine"))
    folder = os.path.join(top, "build")
    if os.path.exists(os.path.join(folder, "dragomand")):
        return folder
    shutil.rmtree(top, ignore_errors=True)
    git = ["git", "-C", srcdir]
    if subprocess.run(git + ["cat-file", "-e", COMMIT], stderr=subprocess.DEVNULL).returncode != 0:
        return None
    os.makedirs(folder)
    archive = subprocess.run(git + ["archive", COMMIT], stdout=subprocess.PIPE, check=True).stdout
    subprocess.run(["tar", "-x", "-C", top], input=archive, check=True)
    for argv, cwd in ((["./autogen.sh"], top), (["../configure", "--quiet"], folder),
                      (["make", "-s", "-j%d" % (os.cpu_count() or 1), "dragoman-index", "dragomand"], folder)):
        subprocess.run(argv, cwd=cwd, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return folder


def indexes(sides, sources, work, rounds):
    """Builds with each of SIDES in turn; the folder of each one's index."""
    took = {name: [] for name in sides}
    folder = {name: os.path.join(work, "spine-" + name) for name in sides}
    for _ in range(rounds):
        for name, where in sides.items():
            shutil.rmtree(folder[name], ignore_errors=True)
            took[name].append(build.measure([os.path.join(where, "dragoman-index"), "build", "-q", "-d", folder[name]]
                                            + sources)[:2])
    rows = {name: (min(t for t, _ in took[name]), max(m for _, m in took[name]), build.size(folder[name]) / 1e6)
            for name in sides}
    print("%-12s %9s %9s %9s" % ("building", "seconds", "peak MB", "index MB"))
    for name, row in rows.items():
        print("%-12s %9.1f %9.0f %9.1f" % ((name,) + row))
    print("%-12s %9.2f %9.2f %9.2f" % (("ratio",) + tuple(b / a for a, b in zip(rows["before"], rows["now"]))))
    return folder


def ask_all(asks, text, rounds):
    """Microseconds of each query, by the name of who was asked."""
    times = {name: [] for name in asks}
    for i in range(rounds + 1):
        for name, argv in asks.items():
            answers = search.run(argv, text)
            bad = [row for row in answers if row[2] != "250"]
            if bad:
                sys.exit("%s: %d of %d requests failed: %s" % (name, len(bad), len(answers), bad[0]))
            if i > 0:
                times[name].append([float(row[0]) for row in answers])
    return {name: [statistics.median(t) for t in zip(*rows)] for name, rows in times.items()}


def compare(ask, sockets, kinds, text, rounds):
    for title, more in (("ids and titles", []), ("with snippets", ["snippets"])):
        times = ask_all({"before": [ask, sockets["before"]] + more, "off": [ask, sockets["now"]] + more + OFF,
                         "now": [ask, sockets["now"]] + more}, text, rounds)
        print("\n%s (mean microseconds a request; off: %s)" % (title, " ".join(OFF)))
        print("%-10s %6s %9s %9s %9s %9s" % ("queries", "", "before", "off", "now", "ratio"))
        for kind in ["all"] + queries.KINDS:
            at = [i for i, k in enumerate(kinds) if kind in ("all", k)]
            mean = {name: sum(t[i] for i in at) / len(at) for name, t in times.items()}
            print("%-10s %6d %9.0f %9.0f %9.0f %9.2f" % (kind, len(at), mean["before"], mean["off"], mean["now"],
                                                         mean["now"] / mean["before"]))


def main():
    parser = argparse.ArgumentParser()
    for name in ("--bin", "--srcdir", "--corpora", "--work"):
        parser.add_argument(name, required=True)
    parser.add_argument("-n", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    opt = parser.parse_args()
    sources = sorted(glob.glob(os.path.join(opt.corpora, "*.jsonl.gz")))
    older = older_program(opt.srcdir, opt.work) if sources else None
    if older is None:
        print("1..0 # SKIP no corpora, or no history of the repository")
        return
    sides = {"before": older, "now": opt.bin}
    folder = indexes(sides, sources, opt.work, opt.rounds)
    drawn = queries.make([os.path.join(opt.work, "text.jsonl")], opt.n, 1815)
    text = "".join(q + "\n" for _, q in drawn)
    with tempfile.TemporaryDirectory() as tmp:
        daemons = {}
        try:
            for name, where in sides.items():
                os.mkdir(os.path.join(tmp, name))
                daemons[name] = search.start_daemon(os.path.join(where, "dragomand"), folder[name], os.path.join(tmp, name))
            compare(os.path.join(opt.bin, "tests/bench/ask"), {n: s for n, (_, s) in daemons.items()},
                    [k for k, _ in drawn], text, opt.rounds)
        finally:
            for proc, _ in daemons.values():
                proc.terminate()
                proc.wait()


if __name__ == "__main__":
    main()
