# SPDX-License-Identifier: GPL-2.0-or-later
"""What a query must find, by looking at every article: a second, plain
implementation of dragoman-query(7) for text in Latin letters. It shares no
code with the engine, and has neither stems nor an index.

A query is a tree of tuples:
    ("words", text, field)    a phrase of folded words; field None, "title" or "lead"
    ("exact", word, field)    ("prefix", start, field)
    ("near", [operand, (ordered, distance), operand, ("same", "S" or "P"), operand, ...])
    ("atleast", times, unit)
    ("filter", field, text)   ("dates", lo, hi)   ("since", lo)   ("voice", "quoted" or "reporter")
    ("or", [..]) ("and", [..]) ("not", a, b)
    ("list", [(sign, unit), ...])   sign "", "+" or "-"
"""
import functools
import os
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


def tokens(text, starts=None):
    """[position -> [Token, ...]]; of a hyphenated word the joined form stands
    at its first and last part. Where each begins in the text in NFC goes to STARTS."""
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
        if starts is not None:
            starts.append(m.start())
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


BEFORE_NAMES = "adm amb capt cf col dr gen gov hon lt maj messrs mr mrs ms mt prof rep rev sen sgt st vs"
BEFORE_NUMBERS = "apr art aug dec feb jan jul jun mar no nos nov oct para sec sep sept vol"


def function_words():
    """The engine's own list: which words these are is not what is compared."""
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../corpus/lexicon/en.words")
    with open(source, encoding="utf-8") as f:
        entries = [line.split() for line in f if not line.startswith("#")]
    return {entry[0] for entry in entries if "function" in entry[1:]}


# What begins a sentence, even behind an abbreviation.
STARTERS = {word for word in function_words() if len(word) > 1}


def sentences(text):
    """Where sentences of a paragraph begin."""
    begins = [0]
    for m in re.finditer(r"""([.!?…])(["')\]’”»]*)\s+(["'(\[‘“„«¡¿\s]*)(\S)""", text):
        at = m.end(2) + len(re.match(r"\s*", text[m.end(2):]).group())
        if m.group(4).islower():
            continue
        if m.group(1) == ".":
            after = re.match(r"[A-Z][A-Za-z]+(?![A-Za-z])", text[m.start(4):])
            word = re.search(r"(\S*) ?$", text[:m.start(1)]).group(1)
            last = re.search(r"[^\W\d_]*$", word).group()
            dotted = word[:len(word) - len(last)].endswith(".")
            short = dotted or (len(last) == 1 and last.isupper()) or last.lower() in BEFORE_NAMES.split() or \
                (m.group(4).isdigit() and last.lower() in BEFORE_NUMBERS.split())
            if short and not (after and after.group().lower() in STARTERS):
                continue
        begins.append(at)
    return begins


class Article:
    """What a query looks at. Lists hold the entries of a field. PARAS, where they are known, are
    (kind, text), kind "h" for a heading."""

    def __init__(self, ident, title, body, date="", lang="", fields=None, paras=()):
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
        self.regions = {"lead": [(1, len(head))], "section": [], "quote": []}
        self.begins = {"S": [1], "P": [1]}
        self.structure(paras, 1 + len(head) + GAP)

    def structure(self, paras, base):
        """Regions as [(first, last, name)], and where sentences and paragraphs begin."""
        for kind, text in paras:
            text, starts = unicodedata.normalize("NFC", text), []
            count = len(tokens(text, starts))
            if kind == "h":
                self.regions["section"].append((base, base + count - 1, tokens(text)))
            elif self.regions["section"]:
                first, _, name = self.regions["section"][-1]
                self.regions["section"][-1] = (first, base + count - 1, name)
            if kind != "h" and len(self.regions["lead"]) == 1:
                self.regions["lead"].append((base, base + count - 1))
            self.begins["P"].append(base)
            for at in sentences(text):
                self.begins["S"].append(base + sum(s < at for s in starts))
            for m in re.finditer("“([^“”]*)”", text):
                words = [base + i for i, s in enumerate(starts) if m.start(1) <= s < m.end(1)]
                if words:
                    self.regions["quote"].append((words[0], words[-1]))
            base += count

    def scope(self, regions):
        """([(first, last) where words count], [(first, last) where they do not])."""
        inside, outside = [(0, 1 << 32)], []
        for kind, text in regions:
            if kind == "reporter":
                outside = self.regions["quote"]
                continue
            if kind == "section":
                readings = wants(text, False, False)
                if any(named(entry, readings) for entry in self.fields.get("whole", ())):
                    continue
                found = [r[:2] for r in self.regions["section"] if named(r[2], readings)]
            else:
                found = self.regions["quote" if kind == "quoted" else kind]
            inside = [(max(a, c), min(b, d)) for a, b in inside for c, d in found if max(a, c) <= min(b, d)]
        return inside, outside

    def unit(self, kind, pos):
        return max(b for b in self.begins[kind] if b <= pos)

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


def named(places, readings):
    """Whether a phrase in one of its READINGS stands in PLACES."""
    return any(all(any(w.matches(t) for t in places[i + k]) for k, w in enumerate(r))
               for r in readings for i in range(len(places) - len(r) + 1))


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


def stretches(article, unit, regions=()):
    """Where a word, prefix or phrase stands: {(first, last), ...}."""
    if unit[2]:
        regions = [("lead", "")] if unit[2] == "lead" else []
    if not regions:
        return anywhere(article, unit)
    inside, outside = article.scope(regions)
    return {s for s in anywhere(article, unit) if any(a <= s[0] and s[1] <= b for a, b in inside) and
            not any(a <= s[1] and s[0] <= b for a, b in outside)}


def anywhere(article, unit):
    kind, text, field = unit
    field = "title" if field == "title" else None
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


def near(article, chain, regions):
    """Whether the operands stand so: all ways to choose one stretch of each."""
    operands = []
    for unit in chain[::2]:
        operands.append(stretches(article, unit, regions))
        if not operands[-1]:
            return False

    def together(chosen):
        first, last = min(s[0] for s in chosen), max(s[1] for s in chosen)
        return any(a <= first and last <= b for a, b in inside)

    def follows(i, before, s):
        """Whether operand I may stand at S when the operand before it stands there."""
        ordered, distance = chain[2 * i - 1]
        if ordered == "same":
            return article.unit(distance, min(before[0], s[0])) == article.unit(distance, max(before[1], s[1]))
        if before[0] > s[1]:
            return not ordered and before[0] - s[1] <= distance
        return s[0] - before[1] <= distance

    def rest(i, chosen):
        if i == len(operands):
            return together(chosen)
        return any(follows(i, chosen[-1], s) and rest(i + 1, chosen + [s]) for s in operands[i]
                   if not any(s[0] <= c[1] and c[0] <= s[1] for c in chosen[-2:]))

    inside, _ = article.scope(regions)
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
    if unit[0] == "voice":
        return unit[1] == "reporter" or bool(article.regions["quote"])
    if unit[0] == "dates":
        lo, hi = digits(unit[1])[0] if unit[1] else "", digits(unit[2])[1] if unit[2] else "9"
        return bool(article.date) and lo <= article.date <= hi
    _, field, text = unit
    if field == "id":
        return article.id == text
    if field == "lang":
        return text.lower() in (article.lang, article.lang[:2])
    readings = wants(text, False, False)
    return any(named(places, readings) for places in article.fields.get(field, ()))


FILTERS = ("filter", "dates", "since", "voice")
SINGLE = ("source", "lang", "place", "dates", "since", "id")


def region(unit):
    """The part of an article that a filter wants words in, or None."""
    if unit[0] == "voice":
        return unit[1], ""
    return ("section", unit[2]) if unit[:2] == ("filter", "section") else None


def holds(article, q, match_all=False, regions=()):
    """Whether ARTICLE is found by Q, its words standing in all of REGIONS."""
    kind = q[0]
    if kind in ("words", "exact", "prefix"):
        return bool(stretches(article, q, regions))
    if kind == "atleast":
        return len(stretches(article, q[2], regions)) >= q[1]
    if kind == "near":
        return near(article, q[1], regions)
    if kind in FILTERS:
        return filtered(article, q)
    if kind == "or":
        return any(holds(article, k, match_all, regions) for k in q[1])
    if kind == "and":
        return all(holds(article, k, match_all, regions) for k in q[1])
    if kind == "not":
        return holds(article, q[1], match_all, regions) and not holds(article, q[2], match_all, regions)
    filters, must, rest = {}, [], []
    regions = list(regions) + [region(u) for s, u in q[1] if s != "-" and region(u)]
    for sign, unit in q[1]:
        good = holds(article, unit, match_all, regions)
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
