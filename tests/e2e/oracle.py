# SPDX-License-Identifier: GPL-2.0-or-later
"""What a query must find, by looking at every article: a second, plain
implementation of dragoman-query(7) for text in Latin letters. It shares no
code with the engine, and has neither stems nor an index.

A query is a tree of tuples:
    ("words", text, field)    a phrase of folded words; field None or "title"
    ("exact", word, field)    ("prefix", start, field)
    ("near", [operand, (ordered, distance), operand, ...])
    ("filter", field, text)   ("dates", lo, hi)   ("since", lo)
    ("or", [..]) ("and", [..]) ("not", a, b)
    ("list", [(sign, unit), ...])   sign "", "+" or "-"
"""
import functools
import re
import unicodedata

GAP = 100
FUNCTION_WORDS = {"us", "who", "it", "in", "on", "the", "of", "to", "and", "or", "no", "is", "are", "we",
                  "am", "all", "by", "do", "may", "so", "up", "as", "at", "be", "but", "for"}
SPECIAL = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe"})

APOSTROPHE = "['’]"
LETTERS = r"[^\W\d_]"
TURKISH = re.compile(APOSTROPHE + "(?:n?[ıiuü]n|[dt][ae]n?|y[aeıiuü]|l[ae]r)$")
TOKEN = re.compile(r"""
    (?P<spaced>(?<![^\W_])[B-HJ-Z]\ \d{1,3}(?!(?:st|nd|rd|th)\b|[,.]\d)[A-Za-z]*(?![^\W_]))
  | (?P<designator>(?<![^\W_])[A-Z][A-Za-z]{0,2}[-‐‑]?\d{1,3}[A-Za-z]*(?![^\W_]))
  | (?P<acronym>(?<![^\W_])(?:(?:[^\W\d_]\.)+[^\W\d_](?![^\W_])|(?:[^\W\d_]\.){2,}))
  | (?P<number>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![^\W_]))
  | (?P<word>[^\W_]+(?:['’][^\W\d_]+)*)
""", re.X)


def exact(word):
    """The spelling: lower case, accents kept."""
    return unicodedata.normalize("NFC", word.replace("İ", "i").lower())


def fold(word):
    plain = unicodedata.normalize("NFD", word.lower().translate(SPECIAL))
    return "".join(c for c in plain if not unicodedata.combining(c)).translate(SPECIAL)


class Token:
    """One reading of one word: folded, spelling, typed in capitals."""

    def __init__(self, text, caps=None):
        self.term = fold(text)
        self.exact = exact(text)
        letters = [c for c in text if c.isalpha()]
        self.caps = caps if caps is not None else len(letters) > 1 and all(c.isupper() for c in letters)


def tokens(text):
    """[position -> [Token, ...]]; of a hyphenated word the joined form stands
    at its first and last part. Also the compounds: (first, last) positions."""
    text = unicodedata.normalize("NFC", text)
    places, chain, at = [], [], 0

    def close():
        if len(chain) > 1:
            joined = Token("".join(t for _, t in chain))
            joined.caps = all(places[i][0].caps for i, _ in chain)
            places[chain[0][0]].append(joined)
            places[chain[-1][0]].append(joined)
        chain.clear()

    while True:
        m = TOKEN.search(text, at)
        if not m:
            break
        if chain and text[at:m.start()] not in ("-", "‐", "‑"):
            close()
        kind, word, at = m.lastgroup, m.group(), m.end()
        caps = None
        if kind in ("spaced", "designator"):
            word, caps = re.sub(r"[ \-‐‑]", "", word), False
        elif kind == "acronym":
            word = word.replace(".", "")
        elif kind == "number":
            word = word.replace(",", "")
        elif kind == "word":
            word = re.sub(APOSTROPHE + "[sS]$", "", word)
            if word[0].isupper():
                word = TURKISH.sub("", word)
            word = re.sub(APOSTROPHE, "", word)
        if kind in ("designator", "acronym", "number", "spaced"):
            m = re.compile(APOSTROPHE + r"s(?![^\W_])").match(text, at)
            at = m.end() if m else at
        places.append([Token(word, caps)])
        chain.append((len(places) - 1, word))
        if not re.match(r"[-‐‑][^\W_]", text[at:at + 2]):
            close()
    return places


class Article:
    """What a query looks at. Lists hold the entries of a field."""

    def __init__(self, ident, title, body, date="", lang="", fields=None):
        self.id, self.date, self.lang = ident, digits(date)[0] if date else "", lang.lower()
        self.at = {}                   # position -> tokens
        head, text = tokens(title), tokens(body)
        for i, place in enumerate(head):
            self.at[1 + i] = place
        self.head_end = len(head)
        for i, place in enumerate(text):
            self.at[1 + len(head) + GAP + i] = place
        self.words = {}
        for pos, place in self.at.items():
            for t in place:
                self.words.setdefault(t.term, set()).add(pos)
        self.fields = {}
        for name, entries in (fields or {}).items():
            self.fields[name] = [tokens(e) for e in entries if e]

    def positions(self, want, field, prefix=None):
        if prefix is not None:
            found = set().union(*(p for t, p in self.words.items() if t.startswith(prefix)), set())
        else:
            found = {p for p in self.words.get(want.term, ()) if any(want.matches(t) for t in self.at[p])}
        return {p for p in found if field is None or p <= self.head_end}


class Want:
    """A word that is looked for: folded, or its spelling, or in capitals."""

    def __init__(self, token, spelled=False, hint=False):
        self.term, self.exact = token.term, token.exact
        self.spelled, self.caps = spelled, token.caps and (spelled or hint)

    def matches(self, t):
        return t.term == self.term and (not self.spelled or t.exact == self.exact) and (not self.caps or t.caps)


@functools.lru_cache(maxsize=4096)
def wants(text, spelled, hints):
    """The readings of a phrase: [[Want, ...], ...], hyphenated words in parts and joined."""
    readings, places, i = [[]], tokens(text), 0
    while i < len(places):
        hint = hints and places[i][0].caps and places[i][0].term in FUNCTION_WORDS
        parts, end = [Want(places[i][0], spelled, hint)], i + 1
        if len(places[i]) > 1:
            joined = places[i][1]
            while joined not in places[end]:
                end += 1
            end += 1
            parts = [Want(p[0], spelled, hints and p[0].caps and p[0].term in FUNCTION_WORDS) for p in places[i:end]]
            both = [parts] + ([] if spelled else [[Want(joined)]])
        else:
            both = [parts]
        readings = [r + b for r in readings for b in both]
        i = end
    return readings


def stretches(article, unit):
    """Where a word, prefix or phrase stands: {(first, last), ...}."""
    kind, text, field = unit
    if kind == "prefix":
        return {(p, p) for p in article.positions(None, field, fold(text.replace("-", "")))}
    found = set()
    for reading in wants(text, kind == "exact", True):
        if not all(w.term in article.words for w in reading):
            continue
        per_word = [article.positions(w, field) for w in reading]
        for p in per_word[0]:
            if all(p + i in s for i, s in enumerate(per_word)):
                found.add((p, p + len(reading) - 1))
    # A joined word inside its own parts is those parts.
    return {s for s in found if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in found)}


def near(article, chain):
    """Whether the operands stand so: all ways to choose one stretch of each."""
    operands = []
    for unit in chain[::2]:
        operands.append(stretches(article, unit))
        if not operands[-1]:
            return False

    def rest(i, chosen):
        if i == len(operands):
            return True
        ordered, distance = chain[2 * i - 1]
        first, last = min(s[0] for s in chosen), max(s[1] for s in chosen)
        for s in operands[i]:
            if any(s[0] <= c[1] and c[0] <= s[1] for c in chosen):
                continue
            if s[0] > last:
                gap = s[0] - last
            elif ordered:
                continue
            else:
                gap = first - s[1] if s[1] < first else 0
            if gap <= distance and rest(i + 1, chosen + [s]):
                return True
        return False

    return any(rest(1, [s]) for s in operands[0])


def digits(date):
    """(first, last) second that an ISO date covers, as 14 digits."""
    got = re.findall(r"\d+", date)
    year, month = int(got[0]), int(got[1]) if len(got) > 1 else 0
    days = 31 if month in (0, 1, 3, 5, 7, 8, 10, 12) else 30
    if month == 2:
        days = 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28
    lo = got + ["01", "01", "00", "00", "00"][len(got) - 1:]
    hi = got + ["12", str(days), "23", "59", "59"][len(got) - 1:]
    return "".join(lo), "".join(hi)


def filtered(article, unit):
    if unit[0] == "since":
        return bool(article.date) and article.date >= digits(unit[1])[0]
    if unit[0] == "dates":
        lo, hi = digits(unit[1])[0] if unit[1] else "", digits(unit[2])[1] if unit[2] else "9"
        return bool(article.date) and lo <= article.date <= hi
    _, field, text = unit
    if field == "id":
        return article.id == text
    if field == "lang":
        return text.lower() in (article.lang, article.lang[:2])
    readings = wants(text, False, False)
    for places in article.fields.get(field, ()):
        for r in readings:
            for i in range(len(places) - len(r) + 1):
                if all(any(w.matches(t) for t in places[i + k]) for k, w in enumerate(r)):
                    return True
    return False


FILTERS = ("filter", "dates", "since")
SINGLE = ("source", "lang", "place", "dates", "since", "id")


def holds(article, q, match_all=False):
    """Whether ARTICLE is found by Q."""
    kind = q[0]
    if kind in ("words", "exact", "prefix"):
        return bool(stretches(article, q))
    if kind == "near":
        return near(article, q[1])
    if kind in FILTERS:
        return filtered(article, q)
    if kind == "or":
        return any(holds(article, k, match_all) for k in q[1])
    if kind == "and":
        return all(holds(article, k, match_all) for k in q[1])
    if kind == "not":
        return holds(article, q[1], match_all) and not holds(article, q[2], match_all)
    filters, must, rest = {}, [], []
    for sign, unit in q[1]:
        good = holds(article, unit, match_all)
        if sign == "-":
            if good:
                return False
        elif unit[0] in FILTERS:
            filters.setdefault(unit[1] if unit[0] == "filter" else unit[0], []).append(good)
        else:
            (must if sign == "+" or match_all else rest).append(good)
    for field, good in filters.items():
        if not (any(good) if field in SINGLE else all(good)):
            return False
    return all(must) and (bool(must) or not rest or any(rest))
