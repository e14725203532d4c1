#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Building: dragoman-index against libxapian alone, on the same text, in one run.

build.py --bin DIR --corpora DIR [--seed-article FILE] --work DIR

Leaves WORK/text.jsonl (the text), WORK/baseline (Xapian's index) and
WORK/index (Dragoman's) for search.py, and prints a table: time, peak of
memory, size. The memory is that of the largest process.
"""
import argparse
import glob
import gzip
import json
import os
import shutil
import subprocess
import sys
import time


def dump(sources, seed_article, out):
    """All articles as plain JSON Lines; the bytes of their titles and bodies."""
    text = 0
    with open(out, "w", encoding="utf-8") as f:
        for path in sources:
            with gzip.open(path, "rt", encoding="utf-8") as src:
                for line in src:
                    a = json.loads(line)
                    title, body = a.get("title") or "", a.get("body") or ""
                    if not (title.strip() or body.strip()):
                        continue
                    text += len(title.encode()) + len(body.encode())
                    f.write(json.dumps({"id": a["id"], "title": title, "body": body}, ensure_ascii=False) + "\n")
        if seed_article:
            with open(seed_article, encoding="utf-8") as src:
                title, _, body = src.read().partition("\n")
            text += len(title.encode()) + len(body.strip().encode())
            f.write(json.dumps({"id": os.path.basename(seed_article), "title": title, "body": body.strip()},
                               ensure_ascii=False) + "\n")
    return text


def measure(argv):
    """Seconds, peak of resident memory in MB, exit status."""
    begin = time.monotonic()
    proc = subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    err = proc.stderr.read().decode("utf-8", "replace")
    _, status, usage = os.wait4(proc.pid, 0)
    took = time.monotonic() - begin
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 65):
        sys.exit("%s: exit %d\n%s" % (argv[0], code, err))
    return took, usage.ru_maxrss / 1024, err.strip().splitlines()[-1:] or [""]


def size(path):
    return sum(os.path.getsize(os.path.join(d, f)) for d, _, files in os.walk(path) for f in files)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", required=True)
    parser.add_argument("--corpora", required=True)
    parser.add_argument("--seed-article")
    parser.add_argument("--work", required=True)
    opt = parser.parse_args()
    sources = sorted(glob.glob(os.path.join(opt.corpora, "*.jsonl.gz")))
    if not sources:
        print("1..0 # SKIP no corpora at %s" % opt.corpora)
        return
    os.makedirs(opt.work, exist_ok=True)
    at = {name: os.path.join(opt.work, name) for name in ("text.jsonl", "baseline", "index")}
    text = dump(sources, opt.seed_article, at["text.jsonl"])
    shutil.rmtree(at["index"], ignore_errors=True)
    shutil.rmtree(at["baseline"], ignore_errors=True)
    paths = sources + ([opt.seed_article] if opt.seed_article else [])
    ours = measure([os.path.join(opt.bin, "dragoman-index"), "build", "-d", at["index"]] + paths)
    xapian = measure([os.path.join(opt.bin, "tests/bench/baseline"), "build", at["baseline"], at["text.jsonl"]])
    print("building, %.1f MB of text" % (text / 1e6))
    print("%-22s %9s %9s %9s %9s" % ("", "seconds", "peak MB", "index MB", "x text"))
    for name, (took, peak, _), path in (("libxapian alone", xapian, at["baseline"]),
                                        ("dragoman-index", ours, at["index"])):
        print("%-22s %9.1f %9.0f %9.1f %9.2f" % (name, took, peak, size(path) / 1e6, size(path) / text))
    print("%-22s %9.2f %9.2f %9.2f" % ("ratio", ours[0] / xapian[0], ours[1] / xapian[1],
                                       size(at["index"]) / size(at["baseline"])))
    print(ours[2][0])


if __name__ == "__main__":
    main()
