#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The house is kept in order: names say where a function is, and nothing grows too large.

An exported function begins with the name of the file that defines it or of the header that declares it
(chars_next of chars.c), or with the room's name and that (plan_prefix_add of plan/prefix.c). In a file that is
named like its room it begins with the room's name (plan_new of plan/plan.c)."""
import os
import re
import sys

TOP = os.environ["DRAGOMAN_SRCDIR"]
HOUSE = ("base", "engine", "corpus", "indexer", "daemon", "client")
CALLED = {"quotes": "quote", "verbs": "verb", "xapian": "xap"}  # a room, and how the names of its functions may have it
LINES_OF_FUNCTION = 60
PARAMETERS = 7
LINES_OF_FILE = 500
FILES_OF_ROOM = 50
LINES_OF_MAKEFILE = {"Makefile.am": 250, "local.mk": 60}  # that of the top, those of the rooms
SOURCE = (".c", ".h", ".cc")
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.S)
NAME = re.compile(r"^([A-Za-z_]\w*)\((.*)\)[^()]*$", re.S)


def functions(text):
    """(name, whether it is static, its parameters, its lines) of each; the name is None where it was not understood."""
    lines = text.split("\n")
    for at in (i for i, line in enumerate(lines) if line == "{"):
        begin = at
        while begin > 0 and lines[begin - 1] and not re.search(r"(\*/|[;}>]|^#.*)$", lines[begin - 1]):
            begin -= 1
        end = lines.index("}", at)
        named = next((i for i in range(begin, at) if re.match(r"[A-Za-z_]\w*\(", lines[i])), at)
        found = NAME.match("\n".join(lines[named:at]))
        yield (found and found[1], "static" in " ".join(lines[begin:named]).split(),
               found and parameters(found[2]), end + 1 - begin)


def parameters(text):
    while "(" in text:
        text = re.sub(r"\([^()]*\)", "", text)
    return 0 if text.strip() in ("", "void") else 1 + text.count(",")


def beginnings(path):
    """What the names of functions of a file may begin with."""
    folder, name = os.path.split(path)
    room, stem = os.path.basename(folder), name.rpartition(".")[0]
    called = {room, CALLED.get(room, room)}
    return called if stem in called else {stem} | {one + "_" + stem for one in called}


def is_named(name, paths):
    return any(name == b or name.startswith(b + "_") for path in paths for b in beginnings(path))


def offenders(sources):
    """One line for each breach in SOURCES, texts by path."""
    declared = {}
    rooms = {}
    for path, text in sources.items():
        if path.endswith(SOURCE):
            rooms[os.path.dirname(path)] = rooms.get(os.path.dirname(path), 0) + 1
        if path.endswith(".h"):
            for name in re.findall(r"\b(\w+)\(", COMMENT.sub("", text)):
                declared.setdefault(name, []).append(path)
    for room, n in sorted(rooms.items()):
        if n > FILES_OF_ROOM:
            yield "%s holds %d source files" % (room, n)
    for path, text in sorted(sources.items()):
        if text.count("\n") > LINES_OF_MAKEFILE.get(os.path.basename(path), LINES_OF_FILE):
            yield "%s has %d lines" % (path, text.count("\n"))
        for name, static, nparameters, nlines in functions(text):
            if name is None:
                yield "%s: a function that this test cannot read" % path
                continue
            exported = not static or path.endswith(".h")
            if exported and name != "main" and not is_named(name, [path] + declared.get(name, [])):
                yield "%s exports %s" % (path, name)
            if nparameters > PARAMETERS:
                yield "%s: %s takes %d parameters" % (path, name, nparameters)
            if nlines > LINES_OF_FUNCTION:
                yield "%s: %s has %d lines" % (path, name, nlines)


def read_house():
    paths = [os.path.join(TOP, "Makefile.am")]
    for part in HOUSE:
        for folder, _, names in os.walk(os.path.join(TOP, part)):
            paths += [os.path.join(folder, name) for name in names if name.endswith(SOURCE) or name == "local.mk"]
    sources = {}
    for path in paths:
        with open(path, encoding="utf-8") as f:
            sources[os.path.relpath(path, TOP)] = f.read()
    return sources


def function(head, lines=3):
    return "%s\n{\n%s}\n\n" % (head, "\t;\n" * (lines - 3))


def planted():
    """A house with one breach of each kind, and what is to be said of it."""
    eight = ", ".join("int a%d" % i for i in range(8))
    sources = {
        "engine/plan/plan.c": function("int\nplan_new(void)") + function("int\nother(int a, int (*f)(int, int))"),
        "engine/plan/prefix.c": function("void\nprefix_add(int a)") + function("void\nplan_prefix_add(void)") +
                                function("static void\nadd(void)") + function("void\nprefixes(void)"),
        "engine/plan/words.h": "int words_of(int a);\n/* See hidden(). */\n" + function("static inline int\nhidden(void)"),
        "engine/plan/words.c": function("static int\nmany(%s)" % eight) + function("static int PRINTF_LIKE(1, 2)\nlong_one("
                               + "const char *fmt,\n\t ...) MUST_CHECK", 59),
        "engine/plan/more.c": function("int\nwords_of(int a)") + "int a;\n" * 500,
        "engine/plan/local.mk": "\n" * 61,
        "engine/plan/odd.c": function("int (*odd_function(void))(int)"),
        "engine/xapian/db.cc": function("int\nxap_db_open(void) noexcept") + function("int\ndb_of(void)"),
    }
    sources.update(("engine/text/%d.c" % i, "") for i in range(51))
    return sources, [
        "engine/text holds 51 source files",
        "engine/plan/local.mk has 61 lines",
        "engine/plan/more.c has 505 lines",
        "engine/plan/odd.c: a function that this test cannot read",
        "engine/plan/plan.c exports other",
        "engine/plan/prefix.c exports prefixes",
        "engine/plan/words.c: many takes 8 parameters",
        "engine/plan/words.c: long_one has 61 lines",
        "engine/plan/words.h exports hidden",
    ]


def main():
    sources = read_house()
    house, expected = planted()
    seen = list(offenders(house))
    found = list(offenders(sources))
    print("1..3")
    print("%sok 1 - %d files were read" % ("" if len(sources) > 100 else "not ", len(sources)))
    print("%sok 2 - a breach of each kind would be seen" % ("" if sorted(seen) == sorted(expected) else "not "))
    for line in sorted(set(seen) ^ set(expected)):
        print("# " + line)
    print("%sok 3 - names, sizes and parameters are as they are to be" % ("not " if found else ""))
    for line in found:
        print("# " + line)
    return 1 if found or sorted(seen) != sorted(expected) else 0


if __name__ == "__main__":
    sys.exit(main())
