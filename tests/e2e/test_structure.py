#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Parts of articles over the socket: sections, quotations, the lead, sentences
and paragraphs, how often; hits, counts, marks, errors."""
import json
import os

from harness import SHARED, Daemon, Tap, index_build, tempdir

tap = Tap()

TEXT = {"id": "talks", "title": "Envoys resume talks", "section": "World news", "body": [
    "Two envoys met in Geneva. No treaty was signed.",
    "\u201cWe want the obstacles gone,\u201d Hakan Fidan said. The talks go on."]}
OTHER = {"id": "oil", "title": "Oil prices", "body": "Obstacles to trade remain. Envoys of both sides said so, and so did we."}

# On the article that the whole project began with: query, whether it finds it.
SEED = [
    ('section:"Fidan-Rubio meeting" obstacles', True), ("section:background obstacles", False),
    ('section:"F-35 removal" S-400', True), ('section:"Fidan-Rubio meeting" S-400', False),
    ("voice:reporter unjust", False), ("voice:quoted unjust", True), ("voice:quoted exclusion", False),
    ("voice:quoted momentum", True), ("voice:reporter momentum", False),
    ("lead:exclusion", True), ("lead:unjust", False), ('lead:"technical talks"', True),
    ("compliance SAME/S caatsa", True), ("stalled SAME/S pressure", False), ("stalled SAME/P pressure", True),
    ("stalled SAME/P resolving", False), ("atleast2(s-400)", True), ("atleast3(s-400)", False),
    ("speaker:akturk F-35", True), ("speaker:akturk CATSAA", True), ("speaker:spokesperson momentum", True),
    ('speaker:"zeki akturk" unlawful NEAR/5 sanctions', True), ("speaker:akturk unjust", False),
    ("speaker:akturk Rubio", False), ("speaker:akturk illogical", False), ("speaker:rubio sanctions", False),
    ('section:"F-35 removal" atleast3(f-35)', True), ("section:context atleast3(f-35)", False),
]


def seed(tmp):
    path = os.path.join(SHARED, "seed-article.txt")
    if not os.path.exists(path):
        tap.skip("the seed article", "it is not there")
        return
    with Daemon(tmp, index_build(tmp, [path], name="seed")) as d, d.connect() as c:
        for query, found in SEED:
            reply = c.ask("COUNT -- " + query)
            tap.ok(reply.code == 250 and reply.figures["total"] == str(int(found)), query, reply)
        # What is marked stands where it was asked for.
        for query, text in (("voice:quoted sanctions", "<b>sanctions</b> are unlawful"),
                            ("speaker:akturk F-35", "returning to the <b>F-35</b>"),
                            ("voice:reporter atleast2(s-400)", "Russia\u2019s <b>S-400</b>"),
                            ('section:"strategic context" f-35', "from the <b>F-35</b> program. However"),
                            ("lead:f-35", "exclusion from the <b>F-35</b>")):
            reply = c.ask("SEARCH -- " + query)
            snippet = reply.of("S")[0][1] if reply.of("S") else ""
            tap.ok(text in snippet, "marks of " + query, reply)


def own(tmp):
    path = os.path.join(tmp, "own.jsonl")
    with open(path, "w", encoding="utf-8") as f:
        for a in (TEXT, OTHER):
            f.write(json.dumps(dict(a, body=a["body"] if isinstance(a["body"], str) else "\n\n".join(a["body"]))) + "\n")
    with Daemon(tmp, index_build(tmp, [path], name="own")) as d, d.connect() as c:
        for query, ids in (
                ("voice:quoted obstacle", ["talks"]), ("voice:reporter obstacle", ["oil"]),
                ('section:"world news" envoys', ["talks"]), ("section:world -treaty", []),
                ("lead:envoys", ["oil", "talks"]), ("lead:obstacles", ["oil"]), ("treaty SAME/S signed", ["talks"]),
                ("met SAME/S signed", []), ("met SAME/P signed", ["talks"]), ("atleast2(talks)", ["talks"]),
                ('envoys SAME/P "obstacles-trade"', [])):    # a compound's words that stand, and nowhere as one
            reply = c.ask("SEARCH -- " + query)
            tap.ok(reply.code == 250 and sorted(reply.ids()) == ids, query, reply)
        reply = c.ask("SEARCH -- voice:quoted obstacle")
        tap.ok("<b>obstacles</b> gone" in reply.rows[1][1], "what stands there is marked", reply)
        for query, col in (("atleast0(x)", 1), ("a SAME/X b", 3), ("x voice:foo", 9), ("lead:", 1), ("atleast2(a b)", 12)):
            reply = c.ask("COUNT -- " + query)
            tap.ok(reply.code == 510 and reply.figures.get("col") == str(col), "510: " + query, reply)


with tempdir() as tmp:
    own(tmp)
    seed(tmp)
tap.done()
