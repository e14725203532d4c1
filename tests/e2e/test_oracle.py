#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Random queries against a scan of every article (oracle.py): hits, not
scores; and pages of queries with all that is added to them. SEED repeats a run, DRAGOMAN_QUERIES sets its length."""
import gzip
import json
import os
import random
import re
import shutil
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import oracle
from harness import SAMPLE, Daemon, Tap, corpus, index_build, tempdir

SEED = int(os.environ.get("SEED") or random.SystemRandom().randrange(10 ** 9))
QUERIES = int(os.environ.get("DRAGOMAN_QUERIES") or 2000)
GENERATED = 200
SECTIONED = 60
SHARED_ARTICLES = 20   # of each corpus
SHOWN = 8    # failures, each as a test of its own

WORDS = """treaty treaties envoy envoys embassy ankara moscow talks sanction sanctions sanctioned grain corridor
 export exports exporter embargo summit minister ministry council border river gas pipeline oil price ceasefire
 truce accord Türkiye Turkiye Erdoğan Erdogan Sørbø naïve re-export reexport cease-fire co-operation cooperation
 Black-Sea F-35 F35 F-16 S-400 Su-35S MQ-9 US us U.S. WHO who NATO nato UN 40 2025 1,750 the of to""".split()
SOURCES = ["Sample Wire", "Bosphorus Daily", "Reuters", "Agence-Europe", "The Wire"]
PLACES = ["Ankara", "El-Salvador", "New York", "Türkiye", "Port Sudan", "Geneva"]
PERSONS = ["Hakan Fidan", "Marco Rubio", "Ingrid Sørbø", "Fidan Hakan", "Recep Tayyip Erdoğan"]
ORGS = ["NATO", "European Union", "Union of European Banks", "World Trade Organization"]
HEADINGS = ["background", "grain", "treaty", "embargo", "S-400", "cease-fire", "river"]
TOPICS = ["trade", "arms trade", "water", "energy policy"]
DATES = ["", "2023", "2024-02", "2024-02-29", "2024-03-01", "2024-12-31T23:59:59", "2025-01-01", "2025-03",
         "2025-03-27", "2025-03-27 14:30", "2025-03-31"]


def sentence(rng, n):
    words = [rng.choice(WORDS) for _ in range(n)]
    if rng.random() < 0.5:
        words[0] = words[0][0].upper() + words[0][1:]
    return "".join(w + rng.choice([" "] * 8 + [", ", "; ", " – "]) for w in words).strip() + "."


def paragraph(rng):
    """Some sentences, some of them quoted."""
    some = [sentence(rng, rng.randint(2, 12)) for _ in range(rng.randint(1, 3))]
    return " ".join("“%s,” %s said." % (s[:-1], rng.choice(PERSONS)) if rng.random() < 0.25 else s for s in some)


def sectioned(rng):
    """An article in plain text, for these have headings."""
    lines = ["Source: Made", "Date: 2025-03-27", sentence(rng, 4).rstrip("."), "", paragraph(rng)]
    for _ in range(rng.randint(1, 3)):
        lines += ["", " ".join(rng.choice(HEADINGS) for _ in range(rng.randint(1, 3))).capitalize(), paragraph(rng), paragraph(rng)]
    return "\n".join(lines) + "\n"


def generate(rng, i):
    """One article in JSON, and what the oracle makes of it."""
    a = {"id": "gen/%03d" % i, "title": sentence(rng, rng.randint(2, 6)).rstrip("."),
         "body": "\n\n".join(paragraph(rng) for _ in range(rng.randint(1, 4))),
         "date": rng.choice(DATES), "source": rng.choice(SOURCES + [""]), "lang": rng.choice(["en", "en-GB", ""]),
         "section": rng.choice(["Background", "World news", ""]), "place": rng.choice(PLACES + [""])}
    for key, pool in (("places", PLACES), ("persons", PERSONS), ("orgs", ORGS), ("topics", TOPICS)):
        a[key] = rng.sample(pool, rng.randint(0, 2))
    return {k: v for k, v in a.items() if v}


def of_json(a):
    fields = {"source": [a.get("source", "")], "section": [a.get("section", "")],
              "place": [a.get("place", ""), a.get("dateline", "")] + a.get("places", [])}
    for field in ("person", "org", "topic"):
        fields[field] = a.get(field + "s", [])
    fields["whole"] = [a.get("section", "")]
    return oracle.Article(a["id"], a.get("title", ""), a["body"], a.get("date", ""), a.get("lang", ""), fields, a.get("paras", ()))


UNESCAPED = {"\\t": "\t", "\\n": "\n", "\\r": "\r", "\\\\": "\\"}


def of_reply(ident, reply):
    """An article as GET shows it."""
    a, text, headings = {"id": ident}, [], []
    for row in reply.rows:
        value = row[-1]
        for escape, plain in UNESCAPED.items():
            value = value.replace(escape, plain)
        if row[0] == "K":
            if row[1] in ("persons", "places", "orgs", "topics"):
                a.setdefault(row[1], []).append(value)
            else:
                a[row[1]] = value
        else:
            text.append(value)
            a.setdefault("paras", []).append((row[1], value))
            if row[1] == "h":
                headings.append(value)
    a["body"] = "\n".join(text)
    made = of_json(a)
    made.fields["section"] += [oracle.tokens(h) for h in headings]
    return made


class Maker:
    """Makes random queries, as text and as the oracle's tree."""

    def __init__(self, rng, articles):
        self.rng, self.articles = rng, articles

    def run_of_words(self, n, title):
        """N words as some article has them, side by side more often than not."""
        rng = self.rng
        for _ in range(100):
            a = rng.choice(self.articles)
            places = [p for p in sorted(a.at) if title != "title" or p <= a.head_end]
            if len(places) < n:
                continue
            at = rng.randrange(len(places) - n + 1)
            picked = [a.at[p][0] for p in places[at:at + n]]
            if rng.random() < 0.25:
                rng.shuffle(picked)
            typed = [self.type(t) for t in picked]
            if all(typed):
                return " ".join(typed)
        return "treaty"

    def type(self, token):
        """How a user types that word; None: not in a way that all agree on."""
        word = token.exact
        if word in ("f35", "f16", "s400", "mq9", "su35s"):
            cut = 2 if word.startswith(("su", "mq")) else 1
            return word[:cut].capitalize() + self.rng.choice(["-", "", "‑"]) + word[cut:]
        if not word.isalpha() or word != word.lower() or len(word) < 2 or not all(c < "\u0250" for c in word):
            return None
        if word in ("us", "who"):
            return self.rng.choice([word, word.upper()] + (["U.S."] if word == "us" else []))
        style = self.rng.random()
        if style < 0.1:
            return oracle.fold(word)
        return word.capitalize() if style < 0.3 else word

    def leaf(self, field=None, operand=False):
        rng, kind = self.rng, self.rng.random()
        lead = field + ":" if field else ""
        if kind < 0.2:
            word = self.run_of_words(1, field)
            if "-" in word or "‑" in word or "." in word:
                word = "Türkiye"
            if rng.random() < 0.3:
                word = rng.choice([oracle.fold(word), word.upper(), word.capitalize()])
            return lead + "=" + word, ("exact", word, field)
        if kind < 0.4:
            word = oracle.fold(self.run_of_words(1, field)).replace("‑", "-")
            start = rng.choice(["F-3", "f3", "S-4", "f-1", "sanct", "exp", "tre", "reex"])
            if word.isalpha() and len(word) > 3:
                start = word[:rng.randint(3, len(word))]
            return lead + start + "*", ("prefix", start, field)
        if kind < 0.5:
            word = rng.choice(["re-export", "cease-fire", "co-operation", "Black-Sea"])
            return '%s"%s"' % (lead, word), ("words", word, field)
        if operand and kind < 0.75:
            word = self.run_of_words(1, False)
            return word, ("words", word, None)
        words = self.run_of_words(rng.choice([1, 2, 2, 2, 3]), field)
        quotes = rng.choice(['""', '""', "“”", "«»", "„“"])
        return lead + quotes[0] + words + quotes[1], ("words", words, field)

    def near(self):
        text, node = self.leaf(operand=True)
        chain = [node]
        for _ in range(self.rng.choice([1, 1, 1, 2, 3])):
            op, n = self.rng.choice(["NEAR", "ADJ", "SAME"]), self.rng.choice([1, 2, 3, 5, 12, 99])
            if op == "SAME":
                n = self.rng.choice("SP")
            more, node = self.leaf(operand=True)
            text += " %s/%s %s" % (op, n, more)
            chain += [("same" if op == "SAME" else op == "ADJ", n), node]
        return text, ("near", chain)

    def filter(self):
        rng = self.rng
        field = rng.choice(["source", "place", "person", "org", "topic", "lang", "section", "id", "date", "date"])
        if field == "date":
            lo, hi = sorted(rng.choices([d for d in DATES if d], k=2), key=lambda d: oracle.digits(d)[0])
            lo, hi = lo.replace(" ", "T"), hi.replace(" ", "T")
            form = rng.randrange(5)
            if form == 4:
                return "since:" + lo, ("since", lo)
            text = [lo, "%s..%s" % (lo, hi), "%s.." % lo, "..%s" % hi][form]
            return "date:" + text, ("dates", "" if form == 3 else lo, lo if form == 0 else "" if form == 2 else hi)
        pool = {"source": SOURCES, "place": PLACES, "person": PERSONS, "org": ORGS, "topic": TOPICS,
                "lang": ["en", "EN-gb", "fr"], "section": ["background", "World News"],
                "id": [a.id for a in self.articles]}[field]
        value = rng.choice(pool)
        if field in ("lang", "id"):
            return "%s:%s" % (field, rng.choice([value, '"%s"' % value])), ("filter", field, value)
        if " " not in value or rng.random() < 0.5:
            value = rng.choice(value.split(" "))
            return "%s:%s" % (field, value.lower()), ("filter", field, value.lower())
        return '%s:"%s"' % (field, value), ("filter", field, value)

    def region(self):
        rng = self.rng
        if rng.random() < 0.4:
            voice = rng.choice(["quoted", "reporter"])
            return "voice:" + voice, ("voice", voice)
        name = rng.choice(HEADINGS + ["world", "World news", "talks", "at stake"])
        return 'section:"%s"' % name, ("filter", "section", name)

    def unit(self, depth):
        roll = self.rng.random()
        if depth < 3 and roll < 0.2:
            text, node = self.query(depth + 1)
            # Parentheses make a list of their own of what filters alone.
            return "(%s)" % text, node if node[0] not in oracle.FILTERS else ("list", [("", node)])
        if roll < 0.5:
            return self.near()
        if roll < 0.57:
            text, node = self.leaf()
            times = self.rng.choice([1, 1, 2, 2, 3, 4])
            return "atleast%d(%s)" % (times, text), ("atleast", times, node)
        return self.leaf(self.rng.choice(["title", "lead"]) if self.rng.random() < 0.3 else None)

    def list(self, depth):
        rng = self.rng
        units, texts = [], []
        for _ in range(rng.choice([1, 1, 1, 2, 2, 3])):
            text, node = self.unit(depth)
            sign = rng.choice(["", "", "", "+"])
            units.append((sign, node))
            texts.append(sign + text)
        for _ in range(rng.choice([0, 0, 0, 1, 1, 2])):
            text, node = self.region()
            sign = "-" if rng.random() < 0.1 else ""
            units.append((sign, node))
            texts.append(sign + text)
        filters = rng.choice([0, 0, 0, 1, 2, 2])
        for _ in range(filters):
            text, node = self.filter()
            sign = "-" if rng.random() < 0.15 else ""
            at = rng.randint(0, len(units))
            units.insert(at, (sign, node))
            texts.insert(at, sign + text)
        if filters and rng.random() < 0.3:
            kept = [i for i, (s, n) in enumerate(units) if s != "-" and n[0] in oracle.FILTERS]
            if kept:
                units, texts = [units[i] for i in kept], [texts[i] for i in kept]
        if rng.random() < 0.2:
            text, node = self.unit(depth)
            units.append(("-", node))
            texts.append("-" + text)
        if len(units) == 1 and units[0][1][0] not in oracle.FILTERS:
            return texts[0], units[0][1]
        return " ".join(texts), ("list", units)

    def query(self, depth=0):
        rng = self.rng
        text, node = self.list(depth)
        for _ in range(rng.choice([0, 0, 0, 1, 2])):
            op = rng.choice(["AND", "OR", "NOT"])
            more, right = self.list(depth)
            # Parentheses, for AND and NOT bind closer than OR.
            if op != "OR" and node[0] == "or":
                text = "(%s)" % text
            text = "%s %s %s" % (text, op, more)
            node = ("not", node, right) if op == "NOT" else (op.lower(), [node, right])
        return text, node


def all_caps(node):
    """Whether capitals would give no hint: three words in capitals, none in small letters."""
    words = []

    def walk(n):
        if isinstance(n, (tuple, list)):
            if len(n) == 3 and n[0] == "words":
                words.extend(n[1].split())
            else:
                for k in n:
                    walk(k)

    walk(node)
    return len(words) >= 3 and all(w == w.upper() for w in words)


def has_voice(node):
    return isinstance(node, (tuple, list)) and (node[:1] == ("voice",) or any(has_voice(n) for n in node))


# L'Express is two words to the index; the scan does not know such particles.
ELISION = re.compile(r"\b(?:[cdjlmnst]|all|coll|dall|dell|nell|sull|un|\w*qu)['’][aeiouyhà-ü]", re.I)


def shared_articles(rng):
    """Lines of some articles of each shared corpus that is there."""
    lines = []
    for name in ("frus", "reuters", "time"):
        path = corpus(name + ".jsonl.gz")
        if path:
            with gzip.open(path, "rt", encoding="utf-8") as f:
                first = [line for line, _ in zip(f, range(2000))]
            known = [line for line in first if 500 < len(line) < 6000 and not ELISION.search(line.replace("\\n", " "))]
            lines += rng.sample(known, len(known))[:SHARED_ARTICLES]
    return lines


def write_articles(root, rng):
    """Fills ROOT with generated articles, the sample's in English and shared ones; the files to index, and the ids
    of the generated."""
    shutil.copytree(SAMPLE, root)
    briefs, paths = os.path.join(root, "briefs.jsonl"), []
    with open(briefs, encoding="utf-8") as f:
        lines = [line for line in f if json.loads(line).get("lang", "en") == "en"]
    made = [generate(rng, i) for i in range(GENERATED)]
    ids = [a["id"] for a in made]
    with open(briefs, "w", encoding="utf-8") as f:
        f.writelines(lines + shared_articles(rng) + [json.dumps(a, ensure_ascii=False) + "\n" for a in made])
    os.mkdir(os.path.join(root, "gen"))
    for i in range(SECTIONED):
        ids.append("gen/s%03d.txt" % i)
        with open(os.path.join(root, ids[-1]), "w", encoding="utf-8") as f:
            f.write(sectioned(rng))
    for folder, _, names in os.walk(root):
        paths += [os.path.join(folder, n) for n in names if n.endswith(".txt") and n[:3].rstrip("-") not in
                  ("ar", "de", "fr", "ru", "tr", "zh")]
    return sorted(paths) + [briefs], ids


def ask(maker, connection, articles):
    """One query both ways; None, or what differs."""
    rng = maker.rng
    text, node = maker.query()
    options = []
    if all_caps(node):
        return None
    match_all = rng.random() < 0.2
    if match_all:
        options.append("match=all")
    lo = hi = ""
    if rng.random() < 0.1:
        lo, hi = "2024-02", rng.choice(["2025-03-27", "2025"])
        options += ["from=" + lo, "to=" + hi]
    want = {a.id for a in articles if oracle.holds(a, node, match_all) and
            (not lo or oracle.filtered(a, ("dates", lo, hi)))}
    reply = connection.ask("SEARCH limit=1000 snippets=0 collapse=0 alias=0 %s -- %s" % (" ".join(options), text))
    got = reply.ids()
    if has_voice(node):
        # What a quotation is in real text is not for this test to say.
        want = {i for i in want if i.startswith("gen/")}
        got = [i for i in got if i.startswith("gen/")]
        reply.figures["total"] = len(got)
    if reply.code != 250 or set(got) != want or len(got) != len(want) or int(reply.figures["total"]) != len(want):
        return "%s %s\n  code %s %s\n  %d found, %d wanted; too many %s, missing %s" % (
            " ".join(options), text, reply.code, reply.error, len(got), len(want),
            sorted(set(got) - want)[:5], sorted(want - set(got))[:5])
    if not options and not has_voice(node):
        reply = connection.ask("COUNT alias=0 -- " + text)
        if reply.code != 250 or int(reply.figures["total"]) != len(want):
            return "COUNT %s\n  %r, wanted %d" % (text, reply, len(want))
    return None


NAMES = ("Turkey France Germany Britain Russia China Ankara Washington Moscow NATO UN EU Erdogan Zelensky "
         "minister government sanctions treaty").split()


def page(maker, connection):
    """A page of one query, with all that is added to it, is cut from the whole list; None, or what differs."""
    rng = maker.rng
    text = maker.query()[0]
    if rng.random() < 0.7:     # words of which most have other names
        words = rng.sample(NAMES, rng.randint(1, 3)) + maker.run_of_words(rng.randint(1, 3), "").split()
        text = " ".join(rng.sample(words, len(words)))
    limit, offset = rng.randint(1, 12), rng.choice([0, 0, rng.randint(1, 50)])
    options = "snippets=0 " + rng.choice(["", "", "collapse=0 ", "match=all ", "correct=1 ", "meto=1 ", "rank=recent ", "sort=-date "])
    whole = connection.ask("SEARCH limit=1000 %s-- %s" % (options, text))
    part = connection.ask("SEARCH limit=%d offset=%d %s-- %s" % (limit, offset, options, text))
    if whole.code != 250 or part.code != 250 or part.ids() != whole.ids()[offset:offset + limit]:
        return "limit=%d offset=%d %s%s\n  %s %s, of the whole list %s" % (
            limit, offset, options, text, part, part.ids(), whole.ids()[offset:offset + limit])
    return None


CHAINS = [
    ("alder x birch x cedar", "alder NEAR/2 birch NEAR/2 cedar", True), ("cedar alder x birch", "alder NEAR/2 birch NEAR/2 cedar", False),
    ("alder x birch x cedar", "alder ADJ/2 birch ADJ/2 cedar", True), ("birch alder cedar", "alder NEAR/1 birch ADJ/2 cedar", True),
    ("alder x alder", "alder NEAR/2 alder", True), ("alder x x alder", "alder NEAR/2 alder", False),
    ("alder birch alder", "alder NEAR/9 birch NEAR/9 alder", True), ("alder birch", "alder NEAR/9 birch NEAR/9 alder", False),
    ("alder alder x", "alder NEAR/9 alder NEAR/9 alder", False), ("x alder alder alder", "alder NEAR/9 alder NEAR/9 alder", True),
    ("alder birch cedar", "alder NEAR/9 birch NEAR/9 cedar NEAR/9 alder", True),
    ("alder birch cedar dogwood", "\"alder birch\" ADJ/1 cedar NEAR/2 birch", False),
]


def chains(tap, tmp):
    """Chains as the manual reads them; and one that could be placed in more ways than time allows to try."""
    path = os.path.join(tmp, "chains.jsonl")
    with open(path, "w", encoding="utf-8") as f:
        for i, (text, _, _) in enumerate(CHAINS):
            f.write(json.dumps({"id": "c%d" % i, "body": text}) + "\n")
        f.write(json.dumps({"id": "long", "body": "elm " * 4000 + "x " * 200 + "fir"}) + "\n")
    with Daemon(tmp, index_build(tmp, [path], name="chains")) as d, d.connect() as c:
        for i, (text, query, found) in enumerate(CHAINS):
            reply = c.ask("SEARCH limit=1000 collapse=0 -- id:c%d %s" % (i, query))
            tap.ok(reply.code == 250 and (reply.ids() == ["c%d" % i]) == found,
                   "%s is %sin: %s" % (query, "" if found else "not ", text), reply)
        reply = c.ask("COUNT -- %s NEAR/99 fir" % " NEAR/99 ".join(["elm"] * 15))
        tap.ok((reply.code, reply.figures.get("total")) == (250, "0"), "a chain of 16 operands that can be placed in many ways", reply)


def main():
    tap, rng = Tap(), random.Random(SEED)
    print("# seed %d, %d queries" % (SEED, QUERIES))
    with tempdir() as tmp:
        chains(tap, tmp)
        root = os.path.join(tmp, "root")
        paths, made = write_articles(root, rng)
        index = index_build(tmp, paths, args=["--root", root])
        with Daemon(tmp, index) as d, d.connect() as c:
            ids = c.ask("SEARCH limit=1000 snippets=0 collapse=0 -- date:0001.. OR the").ids()
            sample = [of_reply(i, c.ask("GET " + i)) for i in ids if not i.startswith("gen/")]
            tap.ok(len(sample) >= 40, "the sample's articles are read (%d)" % len(sample))
            made = [of_reply(i, c.ask("GET " + i)) for i in made]
            articles = made + sample
            maker = Maker(rng, articles)
            wrong = 0
            for i in range(QUERIES):
                # Half of them in the words of real text, where little is near.
                maker.articles = sample if i % 3 == 0 else made
                differs = ask(maker, c, articles) or (page(maker, c) if i % 4 == 0 else None)
                if differs:
                    wrong += 1
                    if wrong <= SHOWN:
                        tap.ok(False, "query %d of seed %d" % (i, SEED), differs)
            tap.ok(wrong == 0, "%d random queries find what a scan finds" % QUERIES, "%d differ" % wrong)
    tap.done()


if __name__ == "__main__":
    main()
