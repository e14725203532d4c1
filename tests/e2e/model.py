# SPDX-License-Identifier: GPL-2.0-or-later
"""A model of the index for tests that change it while it is asked: articles
whose hits can be told exactly, and what the index must hold, and so answer, at
each of its revisions.

Writers tell the history what they committed as which revision, in whatever
order they learn of it; replies name the revision that they are of. A reply can
be judged as soon as all revisions up to its own are known, and is kept until
then. Of equal replies to one request at one revision one is kept.
"""
import collections
import json
import random
import re
import threading

from harness import Reply

CONSONANTS, VOWELS = "bdgkmpvz", "aou"
WORDS = [a + "a" + b + v + "k" for a in CONSONANTS for b, v in (("d", "o"), ("g", "u"), ("m", "a"))]
PAIRS = [(WORDS[i], WORDS[-1 - i]) for i in range(10)]
SOURCES = ["Wire One", "Wire Two", "Courier"]
DATES = ["2025-%02d-%02d" % (1 + n % 12, 1 + n % 28) for n in range(60)]
FILLER = "hint held house hotel harbour height horse hill heart home hand half".split()


def spelled(number):
    """A word for a number, of no other word's beginning: each version of an article has its own."""
    text = "f"
    for _ in range(4):
        text += CONSONANTS[number % 8] + VOWELS[number // 8 % 3]
        number //= 24
    return text + "k"


class Article:
    """One version of an article. Its words, in order, are those of its title and its paragraphs."""

    def __init__(self, rng, ident, serial, words=None):
        self.id, self.serial = ident, serial
        self.date, self.source = rng.choice(DATES), rng.choice(SOURCES)
        self.topics = words or rng.sample(WORDS, 3) + [rng.randrange(len(PAIRS))]
        own = spelled(serial)
        one, two, three, pair = self.topics
        self.title = "%s %s" % (one.capitalize(), own)
        self.paras = ["The %s report of %s, %s and %s goes on." % (own, two, rng.choice(FILLER), one),
                      "It holds %s %s of %s." % (*PAIRS[pair], own),
                      "From %s to %s the %s text ends." % (rng.choice(FILLER), three, own)]
        self.tokens = [re.findall("[a-z]+", text.lower()) for text in (self.title, " ".join(self.paras))]
        self.words = set(self.tokens[0] + self.tokens[1])

    def again(self, rng, serial):
        """A later version: of the same words but the one that is its own, or of others."""
        return Article(rng, self.id, serial, self.topics if rng.random() < 0.3 else None)

    def line(self):
        """As a line of JSON Lines."""
        return json.dumps({"id": self.id, "title": self.title, "body": "\n".join(self.paras),
                           "date": self.date, "source": self.source}) + "\n"

    def text(self):
        """As a plain text; the id is the name that it is given."""
        return "Date: %s\nSource: %s\n%s\n\n%s\n" % (self.date, self.source, self.title, "\n".join(self.paras))

    def row(self):
        """Columns of R after the score."""
        return [self.date, self.source, self.title]

    def fields(self):
        """The rows of GET."""
        return [["K", "id", self.id], ["K", "title", self.title], ["K", "date", self.date],
                ["K", "source", self.source]] + [["T", "p", para] for para in self.paras]


class Want:
    """A query, and which articles it finds."""

    def __init__(self, text, test):
        self.text, self.test = text, test


def word(w):
    return Want(w, lambda a: w in a.words)


def phrase(first, second):
    return Want('"%s %s"' % (first, second),
                lambda a: any((first, second) in zip(t, t[1:]) for t in a.tokens))


def title(w):
    return Want("title:" + w, lambda a: w in a.tokens[0])


def prefix(letters):
    return Want(letters + "*", lambda a: any(w.startswith(letters) for w in a.words))


def source(name, also):
    return Want('source:"%s" %s' % (name, also.text), lambda a: a.source == name and also.test(a))


def dated(begin, end, also):
    return Want("date:%s..%s %s" % (begin, end, also.text), lambda a: begin <= a.date <= end and also.test(a))


def both(one, two):
    return Want("%s AND %s" % (one.text, two.text), lambda a: one.test(a) and two.test(a))


def without(one, two):
    return Want("%s NOT %s" % (one.text, two.text), lambda a: one.test(a) and not two.test(a))


def either(one, two):
    return Want("%s %s" % (one.text, two.text), lambda a: one.test(a) or two.test(a))


def ident(i):
    return Want('id:"%s"' % i, lambda a: a.id == i)


def wants():
    """Queries of every form, all of which find something most of the time."""
    w, p = [word(x) for x in WORDS], [phrase(*x) for x in PAIRS]
    some = w[:8] + p[:6] + [title(x) for x in WORDS[2:6]] + [prefix(x[:4]) for x in WORDS[4:8]]
    some += [source(SOURCES[0], w[9]), source(SOURCES[2], p[7]), dated("2025-02-01", "2025-04-30", w[3])]
    some += [both(w[1], w[12]), both(p[2], w[4]), without(w[5], w[6]), without(p[1], w[20]),
             either(w[7], w[18]), either(p[8], w[11])]
    return some


class State:
    """What the index holds at a revision."""

    def __init__(self, rev, articles):
        self.rev, self.articles = rev, articles
        self.found = {}

    def hits(self, want):
        """The articles that WANT finds, by id."""
        if want.text not in self.found:
            self.found[want.text] = {i: a for i, a in self.articles.items() if want.test(a)}
        return self.found[want.text]


# ---- requests, and what their replies must be ----

class Search:
    """SEARCH for WANT with these options: limit, offset, sort, snippets, rev."""

    def __init__(self, want, snippets=0, json_format=False, **options):
        self.want, self.snippets, self.options = want, snippets, options
        words = ["SEARCH", "collapse=0", "snippets=%d" % snippets] + ["%s=%s" % o for o in sorted(options.items())]
        self.line = " ".join(words + ["format=json"] * json_format + ["--", want.text])

    def judge(self, state, reply):
        if reply.code == 409 and "rev" in self.options:
            return None if state.rev > self.options["rev"] else "409, though revision %d was there" % state.rev
        if reply.code != 250 or state.rev != self.options.get("rev", state.rev):
            return "refused, or of another revision than asked for"
        hits = state.hits(self.want)
        rows = [list(r.values()) if isinstance(r, dict) else r for r in reply.rows]
        found = [r for r in rows if r[0] == "R"]
        begin, limit = self.options.get("offset", 0), self.options.get("limit", 10)
        if int(reply.figures["exact"]) and int(reply.figures["total"]) != len(hits):
            ids = {r[2] for r in found}
            return "total should be %d; missing %s, too many %s" % (
                len(hits), sorted(set(hits) - ids)[:5] if len(ids) > 10 else "", sorted(ids - set(hits))[:5])
        if [int(r[1]) for r in found] != list(range(begin + 1, begin + 1 + min(limit, max(0, len(hits) - begin)))):
            return "of %d hits, these ranks" % len(hits)
        for r in found:
            if r[2] not in hits or r[4:7] != hits[r[2]].row():
                return "row %s: %s" % (r[2], hits[r[2]].row() if r[2] in hits else "is no hit")
        return self.judge_order(hits, [r[2] for r in found], begin) or self.judge_snippets(hits, rows)

    def judge_order(self, hits, ids, begin):
        if len(set(ids)) != len(ids):
            return "an article twice"
        if "sort" in self.options:
            order = sorted(hits)
            order.sort(key=lambda i: hits[i].date, reverse=self.options["sort"] == "-date")
            if ids != order[begin:begin + len(ids)]:
                return "should be %s" % order[begin:begin + len(ids)]
        return None

    def judge_snippets(self, hits, rows):
        if [r[0] for r in rows] != (["R", "S"] if self.snippets else ["R"]) * (len(rows) // (1 + self.snippets)):
            return "these kinds of rows"
        for r, s in zip(rows[::2], rows[1::2]) if self.snippets else ():
            said = re.findall("[a-z]+", re.sub("</?b>", "", s[1]).lower())
            if not said or not hits[r[2]].words.issuperset(said):
                return "snippet of %s" % r[2]
        return None


class Count:
    def __init__(self, want):
        self.want, self.line = want, "COUNT -- " + want.text

    def judge(self, state, reply):
        good = reply.code == 250 and not reply.rows and int(reply.figures["total"]) == len(state.hits(self.want))
        return None if good else "total should be %d" % len(state.hits(self.want))


class Get:
    def __init__(self, i):
        self.id, self.line = i, "GET " + i

    def judge(self, state, reply):
        article = state.articles.get(self.id)
        if article is None:
            return None if reply.code == 550 else "is not there at this revision"
        return None if reply.code == 250 and reply.rows == article.fields() else "should be %s" % article.fields()


class Plain:
    """A request whose answer need only be one."""

    def __init__(self, line):
        self.line = line

    def judge(self, _, reply):
        return None if reply.code == 250 else "refused"


class History:
    """What each revision changed, the states that came of it, and the replies
    that wait to be judged. Any thread may call."""

    def __init__(self, rev, articles, watched):
        self.lock = threading.RLock()
        self.states = collections.OrderedDict({rev: State(rev, articles)})
        self.first, self.last = rev, rev     # the last that is known with all before it
        self.coming = {}                     # revision: its changes, not yet in order
        self.watched = watched
        self.news = {}                       # revision: {query: ids that newly match}
        self.changed = {i: rev for i in articles}   # the revision that last changed an id
        self.recent = collections.deque(articles, 300)   # ids, the last changed last
        self.waiting = collections.defaultdict(list)
        self.kept = {}                       # (revision, line): replies to it that were taken in
        self.judged, self.problems = 0, []

    def now(self):
        with self.lock:
            return self.states[self.last]

    def learn(self, rev, changes):
        """CHANGES ({id: article, or None: removed}) are in the index since revision REV."""
        with self.lock:
            if changes and rev <= self.last:
                self.problems.append("revision %d is told of again: %s" % (rev, sorted(changes)))
            if rev > self.last:
                self.coming.setdefault(rev, {}).update(changes)
            while self.last + 1 in self.coming:
                self.step(self.coming.pop(self.last + 1))

    def step(self, changes):
        old = self.states[self.last]
        self.last += 1
        articles = dict(old.articles)
        articles.update(changes)
        self.states[self.last] = State(self.last, {i: a for i, a in articles.items() if a is not None})
        self.changed.update((i, self.last) for i in changes)
        self.recent.extend(changes)
        for want in self.watched:
            ids = sorted(i for i, a in changes.items()
                         if a is not None and want.test(a) and i not in old.hits(want))
            if ids:
                self.news.setdefault(self.last, {})[want.text] = {i: articles[i] for i in ids}
        for ask, raw in self.waiting.pop(self.last, ()):
            self.judge(self.last, ask, raw)

    def took(self, rev, ask, raw):
        """RAW is the reply to ASK, of REV. Nothing is done for one that was taken in before."""
        with self.lock:
            self.judged += 1
            before = self.kept.setdefault((rev, ask.line), [])
            plain = re.sub(rb'[ ,"]us"?[=:]\d+', b"", raw)
            if plain in before:
                return
            before.append(plain)
            if rev <= self.last:
                self.judge(rev, ask, raw)
            else:
                self.waiting[rev].append((ask, raw))

    def judge(self, rev, ask, raw):
        state = self.states.get(rev)
        reply = Reply(raw.decode().rstrip("\n").split("\n"))
        problem = "of a revision long gone" if state is None else ask.judge(state, reply)
        if problem:
            lines = reply.lines if len(reply.lines) < 12 else reply.lines[:5] + ["..."] + reply.lines[-1:]
            self.problems.append("%s\n%s\nrevision %d (known: %d): %s" % (
                ask.line, "\n".join(lines), rev, self.last, problem))

    def forget(self, floor):
        """No reply of a revision before FLOOR can come any more."""
        with self.lock:
            for rev in [r for r in self.states if r < min(floor, self.last)]:
                del self.states[rev]
            for key in [k for k in self.kept if k[0] < floor]:
                del self.kept[key]

    def told(self, want, begin, end):
        """What a watch must have told of the revisions after BEGIN up to END: [(revision, {id: article})]."""
        with self.lock:
            return [(rev, news[want.text]) for rev, news in sorted(self.news.items())
                    if begin < rev <= end and want.text in news]


class Mix:
    """Draws requests."""

    def __init__(self, seed, history):
        self.rng, self.history = random.Random(seed), history
        self.wants = wants()
        w = self.wants
        self.fixed = [Search(x, limit=1000) for x in w] + [Search(x, limit=1000, sort="date") for x in w[::2]]
        self.fixed += [Search(x, limit=20, sort="-date", json_format=True) for x in w[1::3]]
        self.fixed += [Search(x, snippets=1) for x in w] + [Count(x) for x in w]
        self.plain = [Plain("PING"), Plain("STATUS"), Plain("EXPLAIN -- " + w[9].text), Plain("SUGGEST -- ba")]

    def draw(self):
        chance = self.rng.random()
        if chance < 0.7:
            return self.rng.choice(self.fixed)
        if chance < 0.72:
            return self.rng.choice(self.plain)
        # Articles old and new, and those that were there once.
        with self.history.lock:
            i = self.rng.choice(self.history.recent)
        return Get(i) if self.rng.random() < 0.5 else Search(ident(i), snippets=1)

    def page(self, rev, offset, want):
        """A later page of what REV found."""
        return Search(want, limit=7, sort="date", offset=offset, rev=rev)
