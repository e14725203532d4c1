#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The walls of the house: which room may include which, and which library."""
import os
import re
import sys

TOP = os.environ["DRAGOMAN_SRCDIR"]
MAY = {  # a room: the rooms below it
    "base": {"base"},
    "engine": {"engine", "base"},
    "corpus": {"corpus", "base"},
    "indexer": {"indexer", "engine", "corpus", "base"},
    "daemon": {"daemon", "engine", "base"},
    "client": {"client", "base"},
}
LIBRARY = [  # a header, and the only files that may include it
    (re.compile(r"^xapian"), re.compile(r"^engine/xapian/\w+\.(cc|h)$")),
    (re.compile(r"^event2?[/.]"), re.compile(r"^daemon/")),
    (re.compile(r"^systemd/"), re.compile(r"^daemon/socket/service\.c$")),
    (re.compile(r"^zlib\.h"), re.compile(r"^base/zstream\.c$")),
    (re.compile(r"^unicode/"), re.compile(r"^(engine|corpus)/")),
]
INCLUDE = re.compile(r'^\s*#\s*include\s+(?:"([^"]+)"|<([^>]+)>)', re.M)


def breaches(path, text):
    room = path.split("/")[0]
    for own, system in INCLUDE.findall(text):
        if own and "/" in own and own.split("/")[0] not in MAY[room]:
            yield "%s includes %s" % (path, own)
        for header, allowed in LIBRARY:
            if header.match(own or system) and not allowed.match(path):
                yield "%s includes %s" % (path, own or system)


def main():
    files, found = 0, []
    for room in MAY:
        for folder, _, names in os.walk(os.path.join(TOP, room)):
            for name in names:
                if name.endswith((".c", ".h", ".cc")):
                    full = os.path.join(folder, name)
                    path = os.path.relpath(full, TOP)
                    files += 1
                    with open(full, encoding="utf-8") as f:
                        found += breaches(path, f.read())
    # The check itself must be able to fail.
    planted = list(breaches("client/x.c", '#include "engine/xapian/xap.h"\n#include <xapian.h>\n'))
    print("1..3")
    print("%sok 1 - %d files were read" % ("" if files > 10 else "not ", files))
    print("%sok 2 - a breach would be seen" % ("" if len(planted) == 2 else "not "))
    print("%sok 3 - arrows point down only" % ("not " if found else ""))
    for line in found:
        print("# " + line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
