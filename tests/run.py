#!/usr/bin/env python3
"""Runs test programs that speak TAP and counts: run.py [-j N] [-v] PROGRAM...

Two at a time by default. A program whose name ends in .py is run by this
Python. The output of a program with a failure is shown whole; each skip is
shown with its reason. The last line reads "N passed, N failed[, N skipped]".
A program that dies, runs too long or reports no test counts as one failure.
"""
import argparse
import concurrent.futures
import os
import re
import signal
import subprocess
import sys
import time

LINE = re.compile(r"^\s*(not )?ok\b\s*\d*\s*(?:-\s*)?(.*)$")
SKIP = re.compile(r"#\s*skip\b[:\s]*(.*)", re.I)


def run(path, limit):
    begin = time.monotonic()
    argv = [sys.executable, path] if path.endswith(".py") else [path]
    env = dict(os.environ, CMOCKA_MESSAGE_OUTPUT="TAP")
    proc = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, env=env, start_new_session=True)
    late = False
    try:
        out, _ = proc.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        late = True
        os.killpg(proc.pid, signal.SIGKILL)
        out, _ = proc.communicate()
    text = out.decode("utf-8", "replace")
    passed, failed, skipped = 0, [], []
    for line in text.splitlines():
        m = LINE.match(line)
        if not m:
            continue
        skip = SKIP.search(m.group(2))
        if skip:
            skipped.append(m.group(2))
        elif m.group(1):
            failed.append(m.group(2))
        else:
            passed += 1
    if late:
        failed.append("took longer than %d s" % limit)
    elif proc.returncode != 0 and not failed:
        failed.append("ended with status %d" % proc.returncode)
    elif not (passed or failed or skipped):
        failed.append("reported no test")
    return path, passed, failed, skipped, text, time.monotonic() - begin


def main():
    # Who is started in the background ignores it, and so would all that the tests start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    parser = argparse.ArgumentParser()
    parser.add_argument("-j", type=int, default=2)
    parser.add_argument("-v", action="store_true")
    parser.add_argument("--limit", type=float, default=float(os.environ.get("TEST_LIMIT", "420")))
    parser.add_argument("programs", nargs="*")
    opt = parser.parse_args()
    total = [0, 0, 0]
    with concurrent.futures.ThreadPoolExecutor(opt.j) as pool:
        jobs = [pool.submit(run, p, opt.limit) for p in opt.programs]
        for job in concurrent.futures.as_completed(jobs):
            path, passed, failed, skipped, text, took = job.result()
            name = os.path.basename(path)
            print("%-28s %5d passed %3d failed %3d skipped  %6.1f s"
                  % (name, passed, len(failed), len(skipped), took))
            if failed or opt.v:
                print("    " + text.rstrip().replace("\n", "\n    "))
            for why in failed:
                print("  FAILED %s: %s" % (name, why))
            for why in skipped:
                print("  skipped %s: %s" % (name, why))
            sys.stdout.flush()
            total = [total[0] + passed, total[1] + len(failed), total[2] + len(skipped)]
    print("%d passed, %d failed" % (total[0], total[1]) +
          (", %d skipped" % total[2] if total[2] else ""))
    return 1 if total[1] or not total[0] else 0


if __name__ == "__main__":
    sys.exit(main())
