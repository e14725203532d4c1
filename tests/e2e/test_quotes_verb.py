#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""QUOTES over the socket: by words, by speaker, order, pages, errors; the
offsets are those of what GET gives."""
import json
import os

from harness import SAMPLE, SHARED, Daemon, Tap, index_build, program, run, tempdir

tap = Tap()

ARTICLES = [
    {"id": "a", "date": "2024-05-01", "title": "Harbour talks", "body":
     "Foreign Minister Ada Brandt came to the harbour.\n\n"
     "\u201cThe harbour stays open,\u201d the minister said. \u201cThe toll is another matter.\u201d\n\n"
     "The toll was called \u201cunjust\u201d by Osman Tek. Nobody spoke of the harbour."},
    {"id": "b", "date": "2024-06-01", "title": "Toll", "body":
     "\u201cThe toll will fall,\u201d said Osman Tek, a negotiator.\n\n\u201cFirst part of the toll.\n\n"
     "\u201cSecond part,\u201d Brandt added."},
    {"id": "c", "date": "2024-07-01", "title": "No harbour", "body": "The harbour toll was doubled, Osman Tek said."},
]


# By the weights of the words alone "loose" and "near" are equals; in "near" the words stand together.
TOGETHER = [
    {"id": "loose", "date": "2024-05-01", "title": "One", "body":
     "\u201cThe toll rose when we left the harbour,\u201d said Osman Tek."},
    {"id": "near", "date": "2024-05-01", "title": "Two", "body":
     "\u201cThe harbour toll rose when we left early,\u201d said Osman Tek."},
    {"id": "one", "date": "2024-05-01", "title": "Three", "body": "\u201cA toll it is,\u201d said Osman Tek."},
    {"id": "none", "date": "2024-05-01", "title": "Four", "body": "The harbour toll, again the harbour toll."},
] + [{"id": "other%d" % i, "date": "2024-05-01", "title": "Grain", "body": "Wheat was sold."} for i in range(9)]


def words(reply):
    return [(row[2], row[4], row[6]) for row in reply.of("Q")]


def body_of(c, id_):
    return "\n".join(row[2] for row in c.ask("GET " + id_).of("T")).encode()


def rows_are_true(c, reply):
    """Whether start and end of each row cut its words out of the article, where a mark opens each further paragraph."""
    for row in reply.of("Q"):
        start, end = int(row[7]), int(row[8])
        if body_of(c, row[2])[start:end].decode().replace("\n\u201c", "\n") != row[6].replace("\\n", "\n"):
            return False
    return len(reply.of("Q")) > 0


def own(tmp):
    path = os.path.join(tmp, "own.jsonl")
    with open(path, "w", encoding="utf-8") as f:
        for a in ARTICLES:
            f.write(json.dumps(a) + "\n")
    with Daemon(tmp, index_build(tmp, [path], name="own")) as d, d.connect() as c:
        r = c.ask("QUOTES -- harbour")
        tap.equal(words(r), [("a", "Ada Brandt", "The harbour stays open,")], "a word inside quotations alone")
        tap.equal(r.of("Q")[0][:6], ["Q", "1", "a", "2024-05-01", "Ada Brandt", "Foreign Minister"], "its columns")
        tap.ok(r.figures["rows"] == r.figures["total"] == r.figures["exact"] == "1" and "rev" in r.figures and
               "gen" in r.figures and "us" in r.figures, "its figures", r)
        tap.ok(rows_are_true(c, r), "its offsets", r)
        r = c.ask("QUOTES sort=date -- toll")
        tap.equal(words(r), [("a", "Ada Brandt", "The toll is another matter."), ("b", "Osman Tek", "The toll will fall,"),
                             ("b", "Brandt", "First part of the toll.\\nSecond part,")], "oldest first")
        tap.ok(rows_are_true(c, r), "offsets over paragraphs", r)
        r = c.ask("QUOTES sort=-date from=2024-05 to=2024-05-31 -- toll harbour")
        tap.equal([w[0] for w in words(r)], ["a", "a"], "in a time; any of the words")
        r = c.ask("QUOTES match=all -- toll part")
        tap.equal([w[0] for w in words(r)], ["b"], "all of the words in one quotation")
        tap.equal(words(c.ask("QUOTES match=all -- toll harbour")), [], "not in two of them")
        tap.equal(sorted(w[2] for w in words(c.ask("QUOTES speaker=tek -- toll unjust"))),
                  ["The toll will fall,", "unjust"], "one speaker's alone")
        tap.equal([w[0] for w in words(c.ask("QUOTES speaker=TEK --"))], ["b", "a"], "all of them, newest first")
        tap.equal([w[0] for w in words(c.ask('QUOTES speaker="osman tek" -- "toll will"'))], ["b"], "a phrase; both names")
        tap.equal(words(c.ask('QUOTES speaker="tek osman" -- toll')), [], "the names in that order")
        tap.equal([w[0] for w in words(c.ask('QUOTES speaker="foreign minister" -- toll'))], ["a"], "by the office")
        pages(c)
        errors(c)
        r = c.ask("QUOTES format=json limit=1 -- toll")
        tap.ok(set(r.rows[0]) == {"t", "rank", "id", "date", "speaker", "office", "words", "start", "end"} and
               r.figures["rows"] == 1 and r.figures["total"] == 3, "JSON", r)
        out = run([program("dragoman"), "-s", d.socket, "quotes", "--speaker", "brandt", "--tsv", "harbour"])
        tap.equal((out.returncode, out.stdout.split("\t")[3:6]),
                  (0, ["Ada Brandt", "Foreign Minister", "The harbour stays open,"]), "dragoman quotes")
        tap.equal(run([program("dragoman"), "-s", d.socket, "quotes", "wheat"]).returncode, 1, "none: exit 1")


def ids(rows):
    return [row[2] for row in rows]


def order(tmp):
    """Articles stand in SEARCH's order, the second look at the best of them included."""
    path = os.path.join(tmp, "together.jsonl")
    with open(path, "w", encoding="utf-8") as f:
        for a in TOGETHER:
            f.write(json.dumps(a) + "\n")
    with Daemon(tmp, index_build(tmp, [path], name="together")) as d, d.connect() as c:
        for option, words_in in (("", "voice:quoted"), ("speaker=tek ", "speaker:tek")):
            for sort in "relevance", "date", "-date":
                got = ids(c.ask("QUOTES %ssort=%s -- harbour toll" % (option, sort)).of("Q"))
                found = ids(c.ask("SEARCH collapse=0 sort=%s -- %s harbour toll" % (sort, words_in)).of("R"))
                tap.ok(got == found and len(got) == 3, "the order of %s by %s" % (words_in, sort), (got, found))
        tap.equal(ids(c.ask("QUOTES -- harbour toll").of("Q")), ["near", "loose", "one"], "what stands together first")
        tap.equal(ids(c.ask("QUOTES -- toll OR harbour").of("Q")), ["loose", "near", "one"], "by the words alone")


def pages(c):
    whole = c.ask("QUOTES -- toll harbour unjust").of("Q")
    one = [c.ask("QUOTES limit=1 offset=%d -- toll harbour unjust" % i).of("Q")[0] for i in range(len(whole))]
    tap.ok(one == whole and len(whole) == 5, "pages of one row are the whole", (one, whole))
    rev = int(c.ask("QUOTES -- toll").figures["rev"])
    tap.equal([c.ask("QUOTES rev=%d offset=1 -- toll" % n).code for n in (rev, rev + 1)], [250, 409], "rev=")
    r = c.ask("QUOTES limit=0 -- toll harbour unjust")
    tap.ok(r.code == 250 and r.figures["rows"] == "0" and r.figures["total"] == "5", "limit=0 counts", r)
    tap.equal(words(c.ask("QUOTES offset=99 -- toll")), [], "behind the last")


def errors(c):
    for line, code, col in (("QUOTES --", 510, "1"), ("QUOTES -- a OR", 510, None),
                            ("QUOTES -- a) OR (toll", 510, "2"), ("QUOTES speaker=tek -- toll) OR (harbour", 510, "5"),
                            ("QUOTES -- )", 510, "1"), ("QUOTES speaker=tek -- toll AND (", 510, None),
                            ("QUOTES speaker=tek -- toll ab*", 510, "6"), ("QUOTES -- ab*", 510, "1"),
                            ("QUOTES -- %stoll%s" % ("(" * 32, ")" * 32), 250, None),
                            ("QUOTES speaker=! -- toll", 510, "1"), ("QUOTES speaker= -- toll", 504, None),
                            ("QUOTES snippets=0 -- toll", 504, None)):
        r = c.ask(line)
        tap.ok(r.code == code and (col is None or r.figures.get("col") == col), "%d: %s" % (code, line), r)


def seed(tmp):
    path = os.path.join(SHARED, "seed-article.txt")
    if not os.path.exists(path):
        tap.skip("the seed article", "it is not there")
        return
    with Daemon(tmp, index_build(tmp, [path, SAMPLE], name="seed")) as d, d.connect() as c:
        r = c.ask("QUOTES speaker=akturk -- sanctions")
        tap.ok(len(r.rows) == 1 and r.rows[0][4] == "Rear Admiral Zeki Akturk" and
               r.rows[0][6].startswith("We have been saying") and r.rows[0][6].endswith("will increase,") and
               "Akturk" not in r.rows[0][6], "his words and not the reporter's", r)
        tap.ok(rows_are_true(c, r), "where they stand", r)
        tap.equal([row[4] for row in c.ask("QUOTES -- unjust").of("Q")], ["T\u00fcrkiye"], "a word in quotes")
        r = c.ask("QUOTES speaker=\u00e7aglar -- f-35")
        tap.ok(r.of("Q") and all(row[4] == "Zeynep \u00c7a\u011flar" for row in r.of("Q")), "folded names", r)


with tempdir() as tmp:
    own(tmp)
    order(tmp)
    seed(tmp)
tap.done()
