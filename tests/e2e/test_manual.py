#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs the examples of the manual pages and of the README.

An example is a literal block with lines that begin with "$ ": each is a shell
command, the lines up to the next one are what it must print (standard output
and error). "..." in an expected line stands for any text, a line of "..."
alone for any number of lines. A block after a comment "not run: WHY" is left
out, and counted as skipped. Examples run in one folder for each document, with the
sample corpus indexed, a daemon on it, and the programs of the build on PATH.
"""
import os
import re
import subprocess
import sys
import tempfile

TOP = os.environ["DRAGOMAN_SRCDIR"]
BUILD = os.environ["DRAGOMAN_BUILDDIR"]


def unroff(line):
    line = re.sub(r"\\&", "", line)
    line = re.sub(r"\\f(\[[A-Z]*\]|.)", "", line)
    line = line.replace("\\-", "-").replace("\\(aq", "'").replace("\\(dq", '"')
    line = line.replace("\\(ha", "^").replace("\\(ti", "~").replace("\\(rs", "\\")
    return line.replace("\\e", "\\")


def blocks(path):
    """(line number, why it is not run or None, lines) of each example."""
    with open(path, encoding="utf-8") as f:
        lines = f.read().split("\n")
    markdown = path.endswith(".md")
    begin = re.compile(r"^```(console|sh)$" if markdown else r"^\.(Bd .*-literal.*|nf|EX)$")
    end = re.compile(r"^```$" if markdown else r"^\.(Ed|fi|EE)$")
    why, at = None, 0
    while at < len(lines):
        m = re.search(r'(?:\.\\"|<!--)\s*not run:\s*(.*?)(?:-->)?$', lines[at])
        if m:
            why = m.group(1)
        if begin.match(lines[at]):
            first = at + 1
            at = first
            while not end.match(lines[at]):
                at += 1
            body = lines[first:at]
            if not markdown:
                body = [unroff(x) for x in body if not x.startswith('.\\"')]
            if any(x.startswith("$ ") for x in body):
                yield first, why, body
            why = None
        at += 1


def steps(body):
    command, want = None, []
    for line in body:
        if line.startswith("$ "):
            if command is not None:
                yield command, want
            command, want = line[2:], []
        elif command is not None and line.startswith("> ") and not want:
            command += "\n" + line[2:]
        elif command is not None:
            want.append(line)
    if command is not None:
        yield command, want


def matches(want, got):
    while want and not want[-1].strip():
        want = want[:-1]
    pattern = ""
    for line in want:
        if line.strip() == "...":
            pattern += r"(?:.*\n)*?"
        else:
            pattern += re.escape(line.rstrip()).replace(r"\.\.\.", ".*") + r"[ \t]*\n"
    return re.fullmatch(pattern, got) is not None


def start(folder):
    env = dict(os.environ, PATH=BUILD + os.pathsep + os.environ["PATH"], HOME=folder,
               DRAGOMAN_INDEX=os.path.join(folder, "index"), NO_COLOR="1", COLUMNS="80",
               DRAGOMAN_SOCKET=os.path.join(folder, "socket"), SAMPLE=os.path.join(TOP, "corpus/sample"),
               LC_ALL="C.UTF-8", TZ="UTC")
    for key in ("XDG_DATA_HOME", "XDG_RUNTIME_DIR"):
        env.pop(key, None)
    os.symlink(os.path.join(TOP, "corpus"), os.path.join(folder, "corpus"))
    os.symlink(BUILD, os.path.join(folder, "build"))
    subprocess.run(["dragoman-index", "build", "-q", "corpus/sample"], cwd=folder, env=env, check=True)
    daemon = subprocess.Popen(["dragomand"], cwd=folder, env=env, stderr=subprocess.PIPE, text=True)
    for line in daemon.stderr:
        if "ready on" in line:
            return env, daemon
    raise SystemExit("the daemon did not start")


def main():
    count = failed = 0
    names = sorted(os.listdir(os.path.join(TOP, "man")))
    documents = ["README.md"] + ["man/" + n for n in names if re.search(r"\.[1-8]$", n)]
    for name in documents:
        with tempfile.TemporaryDirectory() as folder:
            env, daemon = start(folder)
            for line, why, body in blocks(os.path.join(TOP, name)):
                for command, want in steps(body):
                    count += 1
                    label = "%d - %s:%d: %s" % (count, name, line, command.split("\n")[0])
                    if why:
                        print("ok %s # SKIP %s" % (label, why))
                        continue
                    run = subprocess.run(["bash", "-c", command], cwd=folder, env=env, timeout=60,
                                         stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                         stderr=subprocess.STDOUT)
                    got = run.stdout.decode("utf-8", "replace").replace(folder + "/", "")
                    good = matches(want, re.sub(r"[ \t]+\n", "\n", got))
                    print("%sok %s" % ("" if good else "not ", label))
                    if not good:
                        failed += 1
                        print("# wanted:\n#   " + "\n#   ".join(want))
                        print("# got:\n#   " + got.replace("\n", "\n#   "))
            daemon.terminate()
            daemon.stderr.read()
            daemon.wait()
    print("1..%d" % count)
    return 1 if failed or not count else 0


if __name__ == "__main__":
    sys.exit(main())
