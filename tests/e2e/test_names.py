#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Persons across spellings and scripts, over the socket, on articles made for
the purpose: each spelling finds the others, =word finds just that."""
import json
import os
import unicodedata

from harness import Daemon, Tap, index_build, program, run, tempdir

tap = Tap()

ERDOGAN = {
    "latin": "On Monday the leader Erdoğan spoke in the capital.",
    "nfd": unicodedata.normalize("NFD", "On Monday the leader Erdoğan spoke in the capital."),
    "caps": "THE LEADER ERDOĞAN SPOKE IN THE CAPITAL.",
    "capsnfd": unicodedata.normalize("NFD", "THE LEADER ERDOĞAN SPOKE IN THE CAPITAL."),
    "plain": "On Monday the leader Erdogan spoke in the capital.",
    "russian": "В понедельник президент Эрдоган выступил в столице.",
}
OTHERS = {
    "unrelated": "On Monday the leader Eriksson spoke in the capital.",
}


def write(tmp, name, texts):
    path = os.path.join(tmp, name + ".jsonl")
    with open(path, "w") as f:
        for id_, body in texts.items():
            f.write(json.dumps({"id": id_, "title": "Notes", "body": body}) + "\n")
    return path


def found(c, query, options="limit=50 snippets=0"):
    return sorted(c.ask("SEARCH %s -- %s" % (options, query)).ids())


def transliteration(c):
    for typed in ("Erdogan", "Erdoğan", "ERDOĞAN", unicodedata.normalize("NFD", "Erdoğan"), "Эрдоган", "ЭРДОГАН"):
        tap.equal(found(c, typed, "limit=50 snippets=0 alias=0"), sorted(ERDOGAN), typed + " finds every spelling")
    tap.equal(found(c, "=Erdogan"), ["plain"], "=Erdogan finds just that")
    tap.equal(found(c, "=Erdoğan"), ["caps", "capsnfd", "latin", "nfd"], "=Erdoğan finds just that")
    tap.equal(found(c, "=Эрдоган"), ["russian"], "=Эрдоган finds just that")
    tap.equal(found(c, '"президент erdogan"'), ["russian"], "a phrase of a word and a name in Latin letters")
    tap.equal(found(c, "президент ADJ/1 Erdogan"), ["russian"], "and ADJ")
    marked = [row[1] for row in c.ask("SEARCH -- Erdogan").of("S")]
    tap.ok(any("<b>Эрдоган</b>" in text for text in marked), "the snippet marks the name as written", marked)


def main():
    with tempdir() as tmp:
        index = index_build(tmp, [write(tmp, "people", {**ERDOGAN, **OTHERS})])
        with Daemon(tmp, index) as d, d.connect() as c:
            transliteration(c)
        r = run([program("dragoman-index"), "check", "-d", index, "--deep"])
        tap.ok(r.returncode == 0, "check --deep", r)
    tap.done()


main()
