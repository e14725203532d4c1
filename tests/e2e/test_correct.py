#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Corrections and suggestions over the socket: misspellings that are found and
told, words that no article has, what SUGGEST completes and how fast."""
import gzip
import json
import os
import string
import time

from harness import SAMPLE, SHARED, Daemon, Tap, corpus, index_build, program, run, tempdir

tap = Tap()

SUGGEST_MS = 20      # it takes about 0.1; the machine of a test may be busy with others
SLICE = 1500         # articles of each of the shared corpora


def articles(path):
    """Many articles with a word, few with what is nearly it."""
    names = ["Hakan Fidan", "Hakan Firat", "Hande Fırat", "Marco Rubio"]
    with open(path, "w", encoding="utf-8") as out:
        for i in range(400):
            out.write(json.dumps({
                "id": "w/%d" % i, "date": "2025-03-%02d" % (1 + i % 28),
                "persons": names[:1 + i % 4] + (["NURI DEMIR"] if i < 3 else ["Nuri Demir"] if i < 5 else []),
                "title": "Sanctions of the government" if i % 2 else "Wheat report %d" % i,
                "body": "The government lifted sanctions and form followed from it." if i < 398 else
                        "The goverment lifted sanctoins, and from that functions followed."}) + "\n")


def misspellings(d, c):
    r = c.ask("SEARCH limit=1000 -- sanctions")
    tap.equal([row[1:] for row in r.of("C")], [["sanctions", "sanctoins"]], "a C row for a misspelling")
    tap.ok(set(r.ids()[-1:]) == {"w/398"} and len(r.ids()) == 400, "its article comes last", r.ids()[-3:])
    tap.ok("<b>sanctoins</b>" in [row for row in r.rows if row[0] == "S"][-1][1], "and is marked", r.rows[-4:])
    r = c.ask("SEARCH limit=1000 -- government goverment")
    tap.ok([row[1:] for row in r.of("C")] == [["government", "goverment"]] and len(r.ids()) == 400, "in a list", r.of("C"))
    for query, how in (("correct=0 -- sanctions", "correct=0"), ("-- =sanctions", "=word"), ('-- "sanctions"', "a phrase"),
                       ("-- form", "another word, one letter away"), ("-- from", "the other way round")):
        r = c.ask("COUNT " + query)
        tap.ok(not r.rows, how + ": no correction", r)
    r = c.ask("EXPLAIN -- sanctions")
    tap.equal(r.rows[-1][1:], ["1", "correction", "sanctoins = sanctoins"], "EXPLAIN tells it")
    r = c.ask("SEARCH -- functoins")
    tap.ok(r.figures["total"] == "0" and [row[1] for row in r.of("W")] ==
           ['no article has "functoins"; did you mean: functions'], "a word without hits: suggestions", r)
    r = c.ask("SEARCH correct=1 snippets=0 -- functoins")
    tap.ok(len(r.ids()) == 2 and [row[1:] for row in r.of("C")] == [["functoins", "functions"]] and not r.of("W"),
           "correct=1 searches the first of them", r)
    tap.ok(not c.ask("SEARCH correct=0 -- functoins").rows, "correct=0 suggests nothing")
    for query in ("title:sanctoins", "lead:sanctoins", "title:functions", "title:sanctoin"):
        for how in ("", "correct=1 "):
            r = c.ask("COUNT %s-- %s" % (how, query))
            tap.ok(not r.of("W") and not r.of("C"), how + query + ": nothing for a word that the index has elsewhere", r)
    tap.ok("did you mean: functions" in c.ask("COUNT -- lead:functoins").of("W")[0][1], "what it has nowhere is suggested")
    r = c.ask("COUNT -- lead:sanctions")
    tap.ok(r.figures["total"] == "400" and [row[2] for row in r.of("C")] == ["sanctoins"], "misspellings in the lead", r)
    with d.connect() as other:
        other.ask("WATCH name=w -- sanctions")
        tap.equal(other.ask("UNWATCH w").code, 250, "a watch on a word with misspellings")


def commits(c, index, tmp):
    """What a commit brings is known at once."""
    path = os.path.join(tmp, "more.jsonl")
    with open(path, "w", encoding="utf-8") as out:
        out.write(json.dumps({"id": "more", "title": "Governmnet news", "persons": ["Zeki Akturk"],
                              "body": "Sanctiosn were lifted."}) + "\n")
    tap.equal(run([program("dragoman-index"), "update", "-q", "-d", index, path]).returncode, 0, "a commit")
    r = c.ask("COUNT -- government sanctions")
    tap.equal(sorted(row[2] for row in r.of("C")), ["goverment", "governmnet", "sanctoins"], "its misspellings are found")
    tap.equal(c.ask("SUGGEST -- zeki a").rows, [["G", "Zeki Akturk", "1"]], "its names are completed")
    run([program("dragoman-index"), "remove", "-q", "-d", index, "more"])
    tap.equal(c.ask("SUGGEST -- zeki akturk").rows, [], "and no more once it is removed")


def suggest(c):
    tap.equal(c.ask("SUGGEST -- hakan fi").rows, [["G", "Hakan Fidan", "400"], ["G", "Hakan Firat", "300"]],
              "SUGGEST completes names")
    tap.equal(c.ask("SUGGEST -- nuri de").rows, [["G", "Nuri Demir", "2"]], "once each, if it can be not in capitals")
    tap.equal(c.ask("SUGGEST -- hande fir").rows, [["G", "Hande F\u0131rat", "200"]], "as they are written")
    tap.equal(c.ask("SUGGEST limit=2 -- sanctions o").rows, [["G", "Sanctions of the government", "200"]],
              "and headlines")
    r = c.ask("SUGGEST limit=3 -- sanct")
    tap.equal([row[1] for row in r.rows], ["sanctions", "Sanctions of the government", "sanctoins"],
              "all of them by frequency")
    tap.equal([row[1] for row in c.ask("SUGGEST -- of the functi").rows], ["functions"], "the last of several words")
    tap.equal(c.ask("SUGGEST -- ").rows, [], "nothing of nothing")


def seed(tmp):
    """The article in ../shared names the law as it should be and as it should not."""
    path = os.path.join(SHARED, "seed-article.txt")
    if not os.path.exists(path):
        tap.skip("the seed article", "no ../shared")
        return
    only = os.path.join(tmp, "only.txt")
    with open(only, "w", encoding="utf-8") as out:
        out.write("A spokesman\n\nThe CATSAA sanctions are unlawful, he said.\n")
    index = index_build(tmp, [SAMPLE, path, only], name="seed")
    with Daemon(tmp, index, socket_path=os.path.join(tmp, "seed.sock")) as d, d.connect() as c:
        r = c.ask("SEARCH limit=100 -- CAATSA")
        tap.ok(["CAATSA", "catsaa"] in [row[1:] for row in r.of("C")], "CAATSA is also looked for as CATSAA", r.of("C"))
        ids, snippets = r.ids(), r.of("S")
        tap.ok("only.txt" in ids and "<b>CATSAA</b>" in snippets[ids.index("only.txt")][1],
               "it finds the article that has only CATSAA", r)
        tap.equal(ids[-1:], ["only.txt"], "after those that have it")
        r = c.ask("SEARCH -- CAATSA id:seed-article.txt")
        tap.ok(r.ids() == ["seed-article.txt"] and r.of("S"), "the seed article", r)
        r = c.ask('SEARCH -- +unlawful +emphasized CAATSA id:seed-article.txt')
        tap.ok("<b>CATSAA</b>" in r.of("S")[0][1], "where CATSAA is marked, too", r)
        for typed, name in (("hakan fi", "Hakan Fidan"), ("marco ru", "Marco Rubio"), ("zeki ak", "Zeki Akturk")):
            tap.ok(name in [row[1] for row in c.ask("SUGGEST -- " + typed).rows], "a name of the text alone: " + name)
        tap.equal([row[1] for row in c.ask("SUGGEST -- recep tayyip erdogan").rows], ["Recep Tayyip Erdo\u011fan"],
                  "one whose spellings differ, as most have it")
        tap.equal([row[1] for row in c.ask("SUGGEST -- karl gustaf r").rows], ["Karl-Gustaf R\u00f6nnby"],
                  "without the office before it")
        tap.ok(not [row for row in c.ask("SUGGEST -- foreign minister h").rows if " " in row[1]], "nor with it")
        tap.equal(c.ask("SUGGEST -- goran ek").rows, [["G", "G\u00f6ran Ekstr\u00f6m", "1"]], "who speaks is completed")
        tap.ok(not [row for row in c.ask("SUGGEST limit=1000 -- a").rows if "official" in row[1]],
               "but not if he is not named")


def lexicon_alone(tmp):
    """Nobody writes the acronym right, nor explains it: the lexicon has it."""
    path = os.path.join(tmp, "alone.txt")
    with open(path, "w", encoding="utf-8") as out:
        out.write("A spokesman\n\nThe CATSAA sanctions are unlawful, he said.\n")
    index = index_build(tmp, [path], name="alone")
    with Daemon(tmp, index, socket_path=os.path.join(tmp, "alone.sock")) as d, d.connect() as c:
        r = c.ask("SEARCH -- CAATSA")
        tap.ok(r.ids() == ["alone.txt"] and ["CAATSA", "catsaa"] in [row[1:] for row in r.of("C")],
               "an acronym of the lexicon", r)
        tap.ok(float(r.of("R")[0][3]) >= 0 and "<b>CATSAA</b>" in r.of("S")[0][1], "is marked as it stands", r)
        tap.equal(c.ask("COUNT correct=0 -- CAATSA").figures["total"], "0", "but not with correct=0")


def in_corpora(tmp):
    """Time and order on the shared corpora."""
    files = [f for f in (corpus(name + ".jsonl.gz") for name in ("frus", "reuters", "time")) if f]
    if not files:
        tap.skip("SUGGEST on the shared corpora", "no ../shared/corpora")
        return
    part = os.path.join(tmp, "part.jsonl")
    with open(part, "w", encoding="utf-8") as out:
        for f in files:
            with gzip.open(f, "rt", encoding="utf-8") as lines:
                for i, line in enumerate(lines):
                    if i == SLICE:
                        break
                    out.write(line)
    index = os.path.join(tmp, "part")
    index_build(tmp, [part], name="part", check=False)   # some articles are without text
    with Daemon(tmp, index, socket_path=os.path.join(tmp, "part.sock")) as d, d.connect() as c:
        times, ordered = [], True
        for prefix in list(string.ascii_lowercase) + ["pres", "memorandum of", "f-1"]:
            begin = time.monotonic()
            r = c.ask("SUGGEST -- " + prefix)
            times.append((time.monotonic() - begin) * 1000)
            counts = [int(row[2]) for row in r.rows]
            ordered = ordered and counts == sorted(counts, reverse=True) and (counts or prefix == "f-1")
        tap.ok(ordered, "SUGGEST by frequency")
        tap.ok(sorted(times)[len(times) // 2] < SUGGEST_MS, "in time", times)
        for word in ("assistance", "committee", "agreement", "security", "commission"):
            exact = c.ask("SEARCH limit=1000 snippets=0 correct=0 -- " + word).ids()
            r = c.ask("SEARCH limit=1000 snippets=0 -- " + word)
            tap.ok(int(r.figures["total"]) <= 1000 and set(r.ids()[:len(exact)]) == set(exact),
                   "%s: misspellings (%d) come last" % (word, len(r.of("C"))), r.figures)


def main():
    with tempdir() as tmp:
        path = os.path.join(tmp, "a.jsonl")
        articles(path)
        index = index_build(tmp, [path])
        with Daemon(tmp, index) as d, d.connect() as c:
            misspellings(d, c)
            suggest(c)
            commits(c, index, tmp)
        seed(tmp)
        lexicon_alone(tmp)
        in_corpora(tmp)
    tap.done()


if __name__ == "__main__":
    main()
