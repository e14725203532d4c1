#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The walls of the house: which room may include which, and which library.

A room may include its own files, those of the rooms that its row names, and
base/. A row names rooms of rows above it alone, so arrows cannot run in a circle."""
import os
import re
import sys

TOP = os.environ["DRAGOMAN_SRCDIR"]
ROOMS = [  # from the bottom: a room, the rooms that it may include
    ("base", ""),
    ("engine/xapian", ""),
    ("engine/text", "xapian"),
    ("engine/lexicon", "text"),
    ("engine/quotes", "text"),
    ("engine/entities", "lexicon quotes text"),
    ("engine/store", "lexicon text xapian"),
    ("engine/proximity", "store xapian"),
    ("engine/query", "store"),
    ("engine/document", "store entities quotes lexicon text xapian"),
    ("engine/plan", "query proximity store lexicon text xapian"),
    ("engine/snippet", "plan proximity store text"),
    ("engine/search", "snippet plan query store quotes text xapian"),
    ("engine/standing", "search document store"),
    ("corpus", ""),
    ("corpus/lexicon", ""),
    ("indexer/system", ""),
    ("indexer/ids", ""),
    ("indexer/report", "system"),
    ("indexer/proof", ""),
    ("indexer/write", "ids"),
    ("indexer/generation", "write ids report system"),
    ("indexer/build", "generation write ids system"),
    ("indexer/update", "build generation write ids report system"),
    ("indexer/commands", "update build generation write proof ids report system"),
    ("daemon/socket", ""),
    ("daemon/job", ""),
    ("daemon/verbs", "job socket"),
    ("daemon/loop", "verbs job socket"),
    ("client/lib", ""),
    ("client", "lib"),
]
FLOORS = {  # of the whole house: a folder and those that all its rooms may include
    "base": [], "engine": [], "corpus": [], "indexer": ["engine", "corpus"], "daemon": ["engine"], "client": [],
}
LIBRARIES = [  # a header, and the only files that may include it
    (r"xapian(\.h|/)", r"engine/xapian/\w+\.(cc|h)$"),
    (r"unicode/", r"engine/(text|lexicon|quotes|entities|store|query|document|plan|snippet|search)/|corpus/"),
    (r"event2?[/.]", r"daemon/(loop|socket)/"),
    (r"systemd/", r"daemon/socket/service\.c$"),
    (r"zlib\.h", r"base/zstream\.c$"),
    (r"jansson\.h", r"engine/store/|corpus/"),
    (r"xxhash\.h", r"base/hash\.h$|engine/(store|text|search)/"),
]
INCLUDE = re.compile(r'^\s*#\s*include\s+(?:"([^"]+)"|<([^>]+)>)', re.M)


def room_of(path):
    """The innermost room that a path is in; None: in none."""
    inside = [room for room, _ in ROOMS if path.startswith(room + "/")]
    return max(inside, key=len, default=None)


def may_include(room):
    """The rooms whose headers a room's files may include."""
    top = room.split("/")[0]
    below = {top + "/" + name for name in dict(ROOMS)[room].split()}
    return {room, "base"} | below | {r for r, _ in ROOMS if r.split("/")[0] in FLOORS[top]}


def breaches(path, text):
    """What a file with this text includes and may not."""
    room = room_of(path)
    if room is None:
        yield "%s is in no room" % path
        return
    for own, system in INCLUDE.findall(text):
        if "/" in own and room_of(own) not in may_include(room):
            yield "%s includes %s" % (path, own)
        for header, allowed in LIBRARIES:
            if re.match(header, own or system) and not re.match(allowed, path):
                yield "%s includes %s" % (path, own or system)


def circles():
    """Rows of ROOMS that name a room which does not stand above them."""
    seen = set()
    for room, below in ROOMS:
        top = room.split("/")[0]
        yield from ("%s may include %s" % (room, name) for name in below.split() if top + "/" + name not in seen)
        seen.add(room)


def sources():
    """(path, text) of each source of the house."""
    for floor in FLOORS:
        for folder, _, names in os.walk(os.path.join(TOP, floor)):
            for name in names:
                if name.endswith((".c", ".h", ".cc")):
                    full = os.path.join(folder, name)
                    with open(full, encoding="utf-8") as f:
                        yield os.path.relpath(full, TOP), f.read()


# A breach of each kind, and what must be said of it.
PLANTED = [
    ("client/x.c", '#include "engine/xapian/xap.h"'),
    ("client/x.c", "#include <xapian.h>"),
    ("client/lib/x.c", '#include "client/cli.h"'),
    ("base/x.c", '#include "engine/text/fold.h"'),
    ("engine/text/x.c", '#include "engine/lexicon/lexicon.h"'),
    ("engine/snippet/x.c", '#include "engine/search/search.h"'),
    ("engine/proximity/x.c", "#include <unicode/uchar.h>"),
    ("engine/query/x.c", "#include <jansson.h>"),
    ("engine/x.c", ""),
    ("corpus/x.c", '#include "indexer/ids/ids.h"'),
    ("indexer/build/x.c", '#include "daemon/job/job.h"'),
    ("daemon/job/x.c", "#include <event2/event.h>"),
    ("daemon/job/x.c", '#include "daemon/verbs/verbs.h"'),
]


def main():
    number = 0

    def ok(good, what, lines=()):
        nonlocal number
        number += 1
        print("%sok %d - %s" % ("" if good else "not ", number, what))
        for line in lines:
            print("# " + line)
        return good

    files = list(sources())
    found = [b for path, text in files for b in breaches(path, text)]
    unseen = [p for p in PLANTED if not list(breaches(*p))]
    bad = list(circles())
    good = [ok(len(files) > 300, "%d files were read" % len(files)),
            ok(not unseen, "each planted breach is seen", map(str, unseen)),
            ok(not bad, "arrows between rooms run in no circle", bad),
            ok(not found, "each file includes what its room may", found)]
    print("1..%d" % number)
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
