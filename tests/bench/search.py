#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Searching: dragomand over its socket against libxapian alone, the same
queries in one run, ten hits each, without and with snippets.

search.py --bin DIR --work DIR [-n N] [--seed S] [--rounds R] [--stop]

WORK is what build.py left. Each side answers all queries once before they are
measured; then the sides take turns, and of each query the median of its rounds counts.
"""
import argparse
import os
import statistics
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import queries  # noqa: E402


def run(argv, text):
    out = subprocess.run(argv, input=text, stdout=subprocess.PIPE, check=True, text=True).stdout
    return [line.split() for line in out.splitlines()]


def figures(us):
    us = sorted(us)
    return sum(us) / len(us), us[len(us) // 2], us[min(len(us) - 1, len(us) * 99 // 100)]


def table(title, kinds, xapian, ours):
    print("\n%s (microseconds a request)" % title)
    print("%-10s %6s | %8s %8s %8s | %8s %8s %8s | %s" %
          ("queries", "", "xapian", "p50", "p99", "dragoman", "p50", "p99", "ratio of means"))
    for kind in ["all"] + queries.KINDS:
        at = [i for i, k in enumerate(kinds) if kind in ("all", k)]
        x, o = figures([xapian[i] for i in at]), figures([ours[i] for i in at])
        print("%-10s %6d | %8.0f %8.0f %8.0f | %8.0f %8.0f %8.0f | %.2f" % ((kind, len(at)) + x + o + (o[0] / x[0],)))


def start_daemon(binary, index, folder):
    path = os.path.join(folder, "socket")
    proc = subprocess.Popen([binary, "-d", index, "--socket", path], stderr=subprocess.PIPE, text=True)
    for line in proc.stderr:
        if "ready on" in line:
            return proc, path
    sys.exit("dragomand did not start")


def compare(opt, sock, kinds, text):
    baseline = [os.path.join(opt.bin, "tests/bench/baseline"), "search", os.path.join(opt.work, "baseline")]
    ask = [os.path.join(opt.bin, "tests/bench/ask"), sock]
    ratio = {}
    for title, extra in (("ids and titles", []), ("with snippets", ["snippets"])):
        xapian, ours = [], []
        for i in range(opt.rounds + 1):
            x, o = run(baseline, text), run(ask + extra, text)
            if i > 0:
                xapian.append([float(row[0]) for row in x])
                ours.append([float(row[0]) for row in o])
        bad = [row for row in o if row[2] != "250"]
        if bad:
            sys.exit("%d of %d requests failed: %s" % (len(bad), len(o), bad[0]))
        xapian = [statistics.median(t) for t in zip(*xapian)]
        ours = [statistics.median(t) for t in zip(*ours)]
        table(title, kinds, xapian, ours)
        ratio[title] = sum(ours) / sum(xapian)
        print("hits: xapian %d, dragoman %d" % (sum(int(r[1]) for r in x), sum(int(r[1]) for r in o)))
    own = [float(row[0]) for row in run(baseline + ["snippets"], text)]
    print("\nxapian with its own snippets: mean %.0f, p50 %.0f, p99 %.0f" % figures(own))
    return ratio


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", required=True)
    parser.add_argument("--work", required=True)
    parser.add_argument("-n", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1815)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--stop", action="store_true")
    opt = parser.parse_args()
    drawn = queries.make([os.path.join(opt.work, "text.jsonl")], opt.n, opt.seed, opt.stop)
    text = "".join(q + "\n" for _, q in drawn)
    with tempfile.TemporaryDirectory() as folder:
        proc, sock = start_daemon(os.path.join(opt.bin, "dragomand"), os.path.join(opt.work, "index"), folder)
        try:
            ratio = compare(opt, sock, [k for k, _ in drawn], text)
        finally:
            proc.terminate()
            proc.wait()
    print("\nratio of means: %.2f (wanted: at most 1), with snippets %.2f (wanted: at most 2)" %
          (ratio["ids and titles"], ratio["with snippets"]))


if __name__ == "__main__":
    main()
