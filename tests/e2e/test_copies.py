#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Copies of one story: which articles are grouped, measured on a set made by
editing articles as wires do; what SEARCH shows of a group, VERSIONS, and that
updates keep the groups as a build would make them."""
import gzip
import json
import os
import random
import re
import subprocess

from harness import SAMPLE, Daemon, Tap, corpus, index_build, program, run, tempdir

tap = Tap()
SEED = int(os.environ.get("SEED", "1"))
SHINGLE = 5


def write(path, articles):
    with open(path, "w", encoding="utf-8") as f:
        for a in articles:
            f.write(json.dumps(a, ensure_ascii=False) + "\n")
    return path


def command(index, *args, code=0):
    done = run([program("dragoman-index"), args[0], "-d", index, *args[1:]])
    if done.returncode != code:
        raise RuntimeError("%r: exit %d: %s" % (args, done.returncode, done.stderr))
    return done


def versions(c, name):
    """The ids of the group, and the changes of each."""
    ids, changes = [], {}
    for row in c.ask("VERSIONS " + name).rows:
        if row[0] == "V":
            ids.append(row[2])
            changes[row[2]] = []
        elif row[0] == "D":
            changes[ids[-1]].append((row[1], row[2]))
    return ids, changes


# ---- a set made by editing ----

WIRES = ["Reuter", "(AP)", "Meridian News Agency --", "By our own correspondent"]


def sentences(body):
    return re.split(r"(?<=[.!?])\s+", body)


def truncated(rng, a):
    parts = sentences(a["body"])
    return " ".join(parts[:max(2, int(len(parts) * rng.uniform(0.45, 0.9)))])


def retitled(rng, a):
    return a["body"]


def with_paragraph(rng, a):
    more = "The ministry declined to comment on %s of %d %s reports when it was reached on %s." % (
        rng.choice(["any", "all", "each"]), rng.randrange(2, 90), rng.choice(["earlier", "such", "press"]),
        rng.choice(["Monday", "Tuesday", "Friday"]))
    return "%s\n\n%s" % ((a["body"], more) if rng.random() < 0.5 else (more, a["body"]))


def other_agency(rng, a):
    return "%s %s\n%s" % (rng.choice(["ANKARA", "GENEVA", "LIMA"]), rng.choice(WIRES), a["body"])


EDITS = {"t": truncated, "h": retitled, "p": with_paragraph, "a": other_agency}


def shingles(text):
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i:i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}


def bases(rng):
    """Articles that are no copies of one another, by comparing each with each."""
    found = []
    for name, n in (("reuters.jsonl.gz", 150), ("frus.jsonl.gz", 100)):
        if corpus(name) is None:
            return None
        with gzip.open(corpus(name), "rt", encoding="utf-8") as f:
            lines = [line for i, line in enumerate(f) if i % 20 == SEED % 20]
        rng.shuffle(lines)
        found.extend(a for a in map(json.loads, lines) if 60 <= len(str(a.get("body", "")).split()) <= 3000)
        del found[250 if n == 100 else 150:]
    sets, kept = [], []
    for a in found:
        s = shingles(a["body"])
        if all(len(s & other) < 0.2 * min(len(s), len(other)) for other in sets):
            sets.append(s)
            kept.append(a)
    return kept


def edited(rng, base):
    """Each base with two or three copies; the groups as sets of ids."""
    articles, groups = [], []
    for a in base:
        ids = [a["id"]]
        articles.append({"id": a["id"], "title": a["title"], "body": a["body"], "date": a.get("date", "")})
        for kind in rng.sample(sorted(EDITS), rng.choice([2, 3])):
            name = "%s-%s" % (a["id"], kind)
            body = EDITS[kind](rng, a)
            articles.append({"id": name, "title": "A headline of its own %d" % rng.randrange(10 ** 6), "body": body})
            ids.append(name)
        groups.append(set(ids))
    rng.shuffle(articles)
    return articles, groups


def pairs(groups):
    return {(a, b) for g in groups for a in g for b in g if a < b}


def found_groups(c, articles):
    groups, seen = [], set()
    for a in articles:
        if a["id"] not in seen:
            ids, _ = versions(c, a["id"])
            seen.update(ids)
            groups.append(set(ids))
    return groups


def measured(tmp):
    rng = random.Random(SEED)
    base = bases(rng)
    if base is None:
        tap.skip("precision and recall", "no shared corpora")
        return
    articles, groups = edited(rng, base)
    want = pairs(groups)
    path = write(os.path.join(tmp, "edited.jsonl"), articles)
    half = write(os.path.join(tmp, "half.jsonl"), articles[:len(articles) // 2])
    for how in ("built", "updated"):
        index = index_build(tmp, [path if how == "built" else half], name=how)
        if how == "updated":
            command(index, "update", "-q", path)
        with Daemon(tmp, index) as d, d.connect() as c:
            got = pairs(found_groups(c, articles))
        precision, recall = len(got & want) / max(1, len(got)), len(got & want) / len(want)
        tap.ok(precision >= 0.95 and recall >= 0.95, "%d articles %s: precision %.3f, recall %.3f of pairs"
               % (len(articles), how, precision, recall), sorted(got - want)[:5] + sorted(want - got)[:20])


# ---- what is shown ----

STORY = ("The two governments opened technical talks on the harbour dues on Monday. Envoys of both sides said that the "
         "dues would be halved within a year. Ships that carry grain will pay nothing until the end of the harvest. "
         "A commission of six will meet in the old customs house twice a month. The opposition called the agreement a "
         "gift to the shipping companies. Nothing was said about the lighthouse.")
OTHER = ("A kraken was sighted off the northern cape by the crew of a trawler. The coast guard sent two cutters, which "
         "found nothing but driftwood. Fishermen in the village say that they have seen it before, always in a year of "
         "thin ice. The university asked for photographs and offered a modest reward for each of them.")


def article(name, date, body, title="Harbour talks", source="Wire"):
    return {"id": name, "date": date, "title": title, "body": body, "source": source}


def shown(tmp):
    longer = STORY + " The lighthouse will be repaired in spring."
    path = write(os.path.join(tmp, "a.jsonl"), [
        article("first", "2025-01-01", STORY), article("later", "2025-01-02", longer, "Talks on harbour dues", "Gazette"),
        article("cut", "2025-01-03", " ".join(sentences(STORY)[:4]), source="Courier"),
        article("kraken", "2025-01-04", OTHER, "Kraken")])
    index = index_build(tmp, [path, SAMPLE])
    with Daemon(tmp, index) as d, d.connect() as c:
        r = c.ask("SEARCH snippets=0 -- harbour customs")
        tap.equal([row[7] for row in r.of("R") if row[2] in ("first", "later", "cut")], ["3"], "one of three copies is shown")
        tap.equal(r.figures["total"], c.ask("SEARCH collapse=0 limit=0 -- harbour customs").figures["total"],
                  "total counts articles, copies too")
        r = c.ask("SEARCH snippets=0 collapse=0 -- \"customs house\"")
        tap.equal(sorted((row[2], row[7]) for row in r.of("R")), [("cut", "3"), ("first", "3"), ("later", "3")],
                  "all of them with collapse=0")
        tap.equal([row[7] for row in c.ask("SEARCH snippets=0 -- kraken").of("R")], ["1"], "an article alone")
        for order, want in (("date", "first"), ("-date", "cut")):
            r = c.ask("SEARCH snippets=0 sort=%s -- \"customs house\"" % order)
            tap.equal(r.ids(), [want], "the first in order of sort=" + order)
        pages = [i for at in range(0, 40, 3) for i in c.ask("SEARCH limit=3 offset=%d snippets=0 -- the" % at).ids()]
        whole = c.ask("SEARCH limit=100 snippets=0 -- the").ids()
        tap.equal(pages, whole[:len(pages)], "pages follow one another")
        ids, changes = versions(c, "first")
        tap.equal(ids, ["first", "later", "cut"], "VERSIONS in order of their dates")
        tap.equal(changes["first"], [], "none against itself")
        tap.equal(changes["later"], [("+", "Talks on harbour dues"), ("+", "The lighthouse will be repaired in spring."),
                                     ("-", "Harbour talks")], "what a longer one has more")
        tap.equal([sign for sign, _ in changes["cut"]], ["-", "-"], "what a shorter one lacks")
        tap.equal(versions(c, "kraken")[0], ["kraken"], "a group of one")
        tap.equal(c.ask("VERSIONS nobody").code, 550, "no such article")
        tap.equal(c.ask("VERSIONS").code, 504, "VERSIONS needs an id")
        row = c.ask("VERSIONS format=json first").rows[0]
        tap.equal((row["t"], row["rank"], row["id"], row["source"]), ("V", 1, "first", "Wire"), "as JSON")
        done = run([program("dragoman"), "-s", d.socket, "versions", "first"])
        tap.ok(done.returncode == 0 and "2025-01-02 · Gazette · later" in done.stdout and
               "    + The lighthouse will be repaired" in done.stdout, "dragoman versions", done.stdout + done.stderr)
        tap.equal(run([program("dragoman"), "-s", d.socket, "versions", "kraken"]).returncode, 1, "exit 1 without copies")
        done = run([program("dragoman"), "-s", d.socket, "search", "--no-snippets", "-n", "1", '"customs house"'])
        tap.ok("3 copies" in done.stdout, "dragoman search tells of copies", done.stdout)
        # The groups follow what is committed.
        command(index, "remove", "later", "-q")
        tap.equal(versions(c, "cut")[0], ["first", "cut"], "one is removed")
        command(index, "update", "-q", write(os.path.join(tmp, "b.jsonl"), [article("first", "2025-01-01", OTHER)]))
        tap.equal((versions(c, "cut")[0], versions(c, "first")[0]), (["cut"], ["first", "kraken"]), "one becomes another story")
        command(index, "update", "-q", write(os.path.join(tmp, "c.jsonl"), [
            article("n%d" % n, "2025-02-%02d" % (n + 1), STORY + " Note %d." % n) for n in range(30)]))
        tap.equal(len(versions(c, "cut")[0]), 31, "thirty more in one commit")
        r = c.ask("SEARCH limit=10 snippets=0 -- customs commission lighthouse talks")
        tap.ok(len(set(r.ids()) & set(versions(c, "cut")[0])) == 1 and len(r.ids()) == 10, "a page is filled behind them", r)
        # Groups go by the numbers of documents: those of the rest stay when the first is gone.
        command(index, "remove", "first", "-q")
        for verb in ("compact", "rebuild"):
            command(index, verb, "-q")
            tap.equal(len(versions(c, "cut")[0]), 31, "the same after " + verb)
            done = run([program("dragoman-index"), "check", "--deep", "-d", index])
            tap.equal((done.returncode, done.stderr), (0, ""), "check --deep after " + verb)


def many(tmp):
    """A text that very many articles have: still one story."""
    path = write(os.path.join(tmp, "many.jsonl"), [
        article("m%d" % n, "2025-03-01", STORY, "Harbour talks, edition %d" % n) for n in range(100)])
    half = write(os.path.join(tmp, "half.jsonl"), [
        article("m%d" % n, "2025-03-01", STORY, "Harbour talks, edition %d" % n) for n in range(50)])
    for how in ("built", "updated"):
        index = index_build(tmp, [path if how == "built" else half], name=how)
        if how == "updated":
            command(index, "update", "-q", path)
        with Daemon(tmp, index) as d, d.connect() as c:
            r = c.ask("SEARCH snippets=0 -- harbour")
            tap.equal([row[7] for row in r.of("R")], ["100"], "a hundred copies, %s: one hit" % how)
            tap.equal(len(versions(c, "m99")[0]), 100, "VERSIONS has all of them")
            r = c.ask("VERSIONS m99")
            tap.equal((r.figures["rows"], r.figures["total"], r.of("W")), ("100", "100", []), "a hundred are a page")
            pages(c, r)


def pages(c, whole):
    """VERSIONS in pages: put together they are WHOLE."""
    rows = whole.rows
    for size in (1, 7, 64):
        got = []
        for at in range(0, 101, size):
            r = c.ask("VERSIONS limit=%d offset=%d rev=%s -- m99" % (size, at, whole.figures["rev"]))
            left = 100 - at - size
            want = ["more versions follow from offset=%d on (100 in all)" % (at + size)] if left > 0 else []
            if ([row[1] for row in r.of("W")], r.figures["total"]) != (want, "100"):
                tap.equal(r, want, "a page of %d from %d" % (size, at))
            got += [row for row in r.rows if row[0] != "W"]
        tap.equal(got, rows, "pages of %d are the whole" % size)
    r = c.ask("VERSIONS limit=0 -- m99")
    tap.equal((r.rows, r.figures["rows"], r.figures["total"]), ([], "0", "100"), "their number alone")
    tap.equal(c.ask("VERSIONS offset=4000000000 -- m99").code, 504, "an offset too far")
    tap.equal((c.ask("VERSIONS offset=100 m99").rows), [], "nothing behind the last")


with tempdir() as top:
    for number, test in enumerate((shown, many, measured)):
        folder = os.path.join(top, str(number))
        os.mkdir(folder)
        test(folder)
tap.done()
