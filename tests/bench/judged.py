# SPDX-License-Identifier: GPL-2.0-or-later
"""Judged topics, and what is said of a ranking: for relevance.py.

A topic is (id, class, query, {id of an article: relevant}); articles that are judged, but neither way, are
not counted in rankings (False)."""
import gzip
import json
import math
import os
import random
import re
import statistics

MEASURES = ("MAP", "nDCG@10", "P@5", "R@50", "MRR")
HEADLINE_WORDS = 4   # a headline with fewer names no article
SURE = {"doc", "sole", "span", "words", "shared"}   # of FRUS' indexes: the article itself is meant, not its footnotes


def plain(text):
    """TEXT as words that the query language reads as nothing else."""
    words = (re.sub(r"^\W+|\W+$", "", word) for word in text.lower().split())
    return " ".join(re.sub(r"[^\w.'-]", " ", word) for word in words if word)


def measure(found, answer):
    """MEASURES of the ranking FOUND."""
    relevant = sum(answer.values())
    counted = [ident for ident in found if answer.get(ident) is not False]
    at = [i for i, ident in enumerate(counted) if answer.get(ident)]
    gain = sum(1 / math.log2(i + 2) for i in at if i < 10)
    best = sum(1 / math.log2(i + 2) for i in range(min(10, relevant)))
    return (sum((n + 1) / (i + 1) for n, i in enumerate(at)) / relevant, gain / best, sum(i < 5 for i in at) / 5,
            sum(i < 50 for i in at) / relevant, 1 / (at[0] + 1) if at else 0)


def interval(values):
    """The mean, and half of the 95 % interval around it."""
    spread = statistics.stdev(values) if len(values) > 1 else 0
    return statistics.fmean(values), 1.96 * spread / math.sqrt(len(values))


def lines(path):
    with (gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8")) as f:
        for line in f:
            yield line.rstrip("\n")


def articles(corpora, name):
    return map(json.loads, lines(os.path.join(corpora, name + ".jsonl.gz")))


def volume_of(ident):
    return ident.split("/")[0]


def frus_index(corpora, whole):
    """The headings of FRUS' printed indexes: the drawn ones, or all."""
    folder = os.path.join(corpora, "frus-index")
    judged = {}
    for line in lines(os.path.join(folder, "qrels.gz")):
        topic, _, ident, _, kind = line.split()
        judged.setdefault(topic, {})[ident] = kind in SURE
    for line in lines(os.path.join(folder, "topics-all.tsv.gz" if whole else "topics.tsv")):
        topic, kind, volume, query = line.split("\t")[:4]
        if any(judged[topic].values()):
            yield topic, kind, "topic:%s %s" % (volume, plain(query)), judged[topic]


def time_topics(corpora):
    judged = {}
    for line in lines(os.path.join(corpora, "time.qrels")):
        topic, _, ident, grade = line.split()
        if int(grade) > 0:
            judged.setdefault(topic, {})[ident] = True
    for line in lines(os.path.join(corpora, "time.topics.tsv")):
        topic, text = line.split("\t")
        yield topic, "time", plain(text), judged[topic]


def headlines(corpora, n, seed):
    """The words of N headlines that only one article with a text has: that article is the one to be found."""
    by_title = {}
    for name in ("frus", "reuters"):
        for a in articles(corpora, name):
            if (a.get("body") or "").strip():
                by_title.setdefault(plain(a.get("title", "") or ""), []).append((a["id"], name))
    unique = {ids[0]: title for title, ids in by_title.items() if len(ids) == 1 and len(title.split()) >= HEADLINE_WORDS}
    for ident, name in random.Random(seed).sample(sorted(unique), min(n, len(unique))):
        yield ident, name, unique[ident, name], {ident: True}
