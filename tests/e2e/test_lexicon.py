#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The lexicon over the socket: names that find one another, filters, capitals
that stand for governments, lexicons of users, and what an index keeps of them."""
import os
import re
import subprocess

from harness import SAMPLE, SHARED, Daemon, Tap, clean_env, index_build, program, tempdir

tap = Tap()

ARTICLES = {
    "turkey.txt": "Talks\n\nThe envoy said that Turkey would not yield.\n",
    "roast.txt": "Recipes\n\nThey ate roast turkey at dinner, and turkey soup.\n",
    "turkiye.txt": "Statement\n\nThe capital of Türkiye is large.\n",
    "turkiye2.txt": "Statement\n\nThe press of Turkiye is large.\n",
    "russian.txt": "Новости\n\nТурция согласна.\n",
    "french.txt": "Nouvelles\n\nLa Turquie accepte.\n",
    "ankara.txt": "Reply\n\nAnkara replied to the Kremlin.\n",
    "player.txt": "Sports\n\nMichael Jordan scored. Jordan was glad.\n",
    "king.txt": "Visit\n\nThe king of Jordan went to Amman.\n",
    "us.txt": "Trade\n\nUS sanctions hit the banks.\n",
    "states.txt": "Trade\n\nUnited States sanctions hit the banks.\n",
    "pronoun.txt": "Letter\n\nTell us of sanctions that hit you.\n",
    "abd.txt": "Haber\n\nABD kanunda.\n",
    "usa-ru.txt": "Договор\n\nДоговор подписали США.\n",
    "otan.txt": "Sommet\n\nLe sommet de l'OTAN.\n",
    "nato.txt": "Summit\n\nThe summit of NATO.\n",
    "tbilisi.txt": "Caucasus\n\nIn Tbilisi the leaders of Georgia met.\n",
    "mansion.txt": "Houses\n\nThey bought one of the Georgian mansions of Dublin.\n",
    "atlanta.txt": "South\n\nHe moved from Atlanta, Georgia, to Ohio.\n",
}
TURKEY = {"turkey.txt", "turkiye.txt", "turkiye2.txt", "russian.txt", "french.txt"}
STATES = {"us.txt", "states.txt", "abd.txt", "usa-ru.txt"}


def write(tmp, name, articles):
    folder = os.path.join(tmp, name)
    os.mkdir(folder)
    for file, text in articles.items():
        with open(os.path.join(folder, file), "w", encoding="utf-8") as f:
            f.write(text)
    return folder


def found(c, query, options=""):
    return set(c.ask("SEARCH limit=100 snippets=0 %s -- %s" % (options, query)).ids())


def names(c):
    for word in ("Turkey", "Türkiye", "Turkiye", "Турция", "Turquie", "turquie"):
        got = found(c, word) - {"roast.txt"}
        tap.equal(got, TURKEY, word + " finds all the others")
    tap.ok("roast.txt" not in found(c, "Türkiye"), "and not the bird")
    tap.ok(TURKEY <= found(c, "turkey"), "typed in small letters, too")
    r = c.ask("SEARCH -- Turkey")
    tap.equal([row[1:3] for row in r.of("C")], [["Turkey", "country:tr"]], "a C row tells")
    tap.ok(any("<b>Turquie</b>" in row[1] for row in r.of("S")), "what was found is marked", r)
    r = c.ask("SEARCH alias=0 -- Turkey")
    tap.ok(set(r.ids()) == {"turkey.txt", "roast.txt"} and not r.of("C"), "alias=0", r)
    tap.equal(found(c, "=Turkey"), {"turkey.txt", "roast.txt"}, "=Turkey")
    tap.equal(found(c, "minister -Turkey envoy"), set(), "what is excluded has no aliases")
    tap.equal(found(c, "country:tr"), TURKEY, "country:tr is not the bird")
    tap.equal(found(c, "country:Turkey"), TURKEY, "nor is country:Turkey")
    tap.equal(found(c, "country:jo"), {"king.txt"}, "Jordan the surname is no state")
    tap.equal(found(c, "country:us"), STATES, "acronyms in other languages")
    tap.equal(found(c, "country:ge"), {"tbilisi.txt"}, "Georgia the state is no state, nor a style of houses")
    r = c.ask("SEARCH -- country:atlantis envoy")
    tap.ok(r.code == 250 and not r.ids() and r.of("W"), "a country that nobody knows", r)
    for word in ("NATO", "OTAN", "nato", "НАТО", "org:nato", '"North Atlantic Treaty Organization"'):
        tap.equal(found(c, word), {"nato.txt", "otan.txt"}, word)


def phrases(c):
    both = {"us.txt", "states.txt"}
    for query in ('"US sanctions"', '"United States sanctions"', "US ADJ/1 sanctions", '"United States" NEAR/2 sanctions'):
        tap.equal(found(c, query), both, query)
    tap.equal(found(c, '"US sanctions"', "alias=0"), {"us.txt"}, "not with alias=0")
    tap.equal(found(c, "United States", "match=all"), STATES, "words side by side that are a name")
    tap.equal(found(c, '"United States"'), STATES, "a phrase that is a name")
    r = c.ask('SEARCH -- "US sanctions"')
    tap.ok(any("<b>United States sanctions</b>" in row[1] for row in r.of("S")), "and marked", r)
    tap.ok("states.txt" not in found(c, "us"), "the pronoun has no other names")


def alone(tmp):
    """The other name need not have the word in it that was typed, letters of it are not enough."""
    folder = write(tmp, "alone", {
        "un.txt": "Reply\n\nThe UN said so.\n", "nations.txt": "Reply\n\nThe United Nations said so.\n",
        "eu.txt": "Reply\n\nThe EU said so.\n", "union.txt": "Reply\n\nThe European Union said so.\n"})
    with Daemon(tmp, index_build(tmp, [folder], name="alone-index")) as d, d.connect() as c:
        for query, ids in (("UN", {"un.txt", "nations.txt"}), ("EU", {"eu.txt", "union.txt"}),
                           ('"United Nations"', {"un.txt", "nations.txt"}), ("European Union", {"eu.txt", "union.txt"})):
            tap.equal(found(c, query, "match=all"), ids, query + ", of which there is one other name")
        for query, ids in (('"UN said"', {"un.txt", "nations.txt"}), ('"EU SAID"', {"eu.txt", "union.txt"}),
                           ('"Un said"', {"un.txt"}), ('"un said"', {"un.txt"}), ('"un"', {"un.txt", "nations.txt"})):
            tap.equal(found(c, query), ids, query + ": among words a short acronym has its capitals")
        tap.ok(not c.ask('COUNT -- "Kim Jong Un"').of("C"), "a name's last word is none")


def governments(c):
    tap.ok("ankara.txt" not in found(c, "Turkey"), "a capital is a city")
    r = c.ask("SEARCH meto=1 -- Turkey")
    tap.ok("ankara.txt" in r.ids() and ["C", "Turkey", "capital:tr"] in r.of("C"), "and a government with meto=1", r)
    tap.ok(TURKEY <= found(c, "Ankara", "meto=1"), "the other way round")
    tap.ok("ankara.txt" in found(c, "country:ru", "meto=1") and not found(c, "country:ru"), "country: as well")
    tap.equal(c.ask("COUNT meto=1 -- Russia").figures["total"], "1", "COUNT")


def scores(c):
    """An article counts once for a word and its other names."""
    one = {row[2]: float(row[3]) for row in c.ask("SEARCH snippets=0 -- Turkey").of("R")}
    alone = {row[2]: float(row[3]) for row in c.ask("SEARCH snippets=0 alias=0 -- Turkey").of("R")}
    tap.ok(one["turkey.txt"] <= alone["turkey.txt"] * 1.01, "no article counts twice", (one, alone))


def watching(tmp, index, d):
    with d.connect() as c, d.connect() as w:
        w.ask("WATCH name=t -- Turkey")
        folder = write(tmp, "more", {"more.txt": "Later\n\nA letter from Türkiye.\n"})
        subprocess.run([program("dragoman-index"), "update", "-q", "-d", index, folder], env=clean_env(), check=True)
        lines = [w.line()]
        while "more.txt" not in lines[-1] and len(lines) < 4:
            lines.append(w.line())
        tap.ok(any("more.txt" in line for line in lines), "a watch finds other names, too", lines)
        tap.ok("more.txt" in found(c, "Turkey"), "and update marks by the index's lexicon")


def lexicons(tmp, folder):
    mine = os.path.join(tmp, "mine")
    os.mkdir(mine)
    with open(os.path.join(mine, "a.lex"), "w", encoding="utf-8") as f:
        f.write("country:tr\n\twithout Turquie\norg:chefs\n\tname Envoy Club\n\tacronym EC\nlaw:soup\n\tname turkey soup\n")
    index = index_build(tmp, [folder], name="mine-index", args=["--lexicon", mine])
    with Daemon(tmp, index) as d, d.connect() as c:
        tap.equal(found(c, "country:tr"), TURKEY - {"french.txt"}, "--lexicon takes a name away")
        tap.equal(found(c, "law:soup"), {"roast.txt"}, "and adds some")
    run = lambda *args: subprocess.run([program("dragoman-index"), *args], env=clean_env(), capture_output=True, text=True)
    tap.equal(run("check", "--deep", "-d", index).returncode, 0, "check --deep knows the index's lexicon")
    more = write(tmp, "soup", {"soup.txt": "Later\n\nMore turkey soup.\n"})
    r = run("update", "-q", "--lexicon", mine, "-d", index, more)
    tap.ok(r.returncode == 0 and not r.stderr, "update", r)
    for option in (["--no-lexicon"], ["--no-lexicon", "--lexicon", mine]):
        r = run("update", "-q", *option, "-d", index, more)
        tap.ok(r.returncode == 0 and re.fullmatch("dragoman-index: %s: keeps the lexicon .* changes it\n" % index, r.stderr),
               "another lexicon is not what an index gets by an update, and that is told", r)
    tap.equal(run("rebuild", "-q", "-d", index).returncode, 0, "rebuild")
    with Daemon(tmp, index) as d, d.connect() as c:
        tap.equal(found(c, "law:soup"), {"roast.txt", "soup.txt"}, "both keep it")
    tap.equal(run("rebuild", "-q", "--no-lexicon", "-d", index).returncode, 0, "rebuild --no-lexicon")
    with Daemon(tmp, index) as d, d.connect() as c:
        tap.ok(found(c, "Turkey") == {"turkey.txt", "roast.txt", "soup.txt"} and not found(c, "country:tr"), "drops it")
    tap.equal(run("check", "--deep", "-d", index).returncode, 0, "and check --deep knows")
    with open(os.path.join(mine, "b.lex"), "w", encoding="utf-8") as f:
        f.write("country:xx\n\n\tnames Nowhere\n")
    r = run("rebuild", "-q", "--lexicon", mine, "-d", index)
    tap.ok(r.returncode == 65 and mine + "/b.lex:3: no property \"names\"" in r.stderr, "a wrong line", r.stderr)
    r = run("build", "-q", "--lexicon", os.path.join(tmp, "none"), "-d", index, folder)
    tap.ok(r.returncode == 66 and "none" in r.stderr, "a folder that is not there", r.stderr)


def client(tmp, d):
    def run(*args):
        return subprocess.run([program("dragoman"), "-s", d.socket, *args], env=clean_env(), capture_output=True, text=True)
    r = run("search", "--tsv", "Turkey")
    tap.ok("dragoman: Turkey: searched as country:tr" in r.stderr and "ankara.txt" not in r.stdout, "the client tells", r.stderr)
    tap.ok("ankara.txt" in run("search", "--tsv", "--meto", "Turkey").stdout, "--meto")
    tap.ok("capital:tr" in run("explain", "--meto", "Turkey").stdout and
           run("explain", "--meto", "--id", "ankara.txt", "Turkey").returncode == 0, "explained, too")
    tap.equal(run("quotes", "--meto", "Turkey").returncode, 1, "and taken by quotes")


def sample(tmp):
    with Daemon(tmp, index_build(tmp, [SAMPLE], name="sample")) as d, d.connect() as c:
        tap.ok("2022/mariupol-evacuation.txt" in found(c, "country:tr"), "a state that begins a sentence")


def seed(tmp):
    article = os.path.join(SHARED, "seed-article.txt")
    if not os.path.exists(article):
        tap.skip("the seed article names two states", "no shared corpora")
        return
    with Daemon(tmp, index_build(tmp, [article], name="seed")) as d, d.connect() as c:
        tap.equal(len(found(c, "country:tr country:us")), 1, "the seed article names two states")
        tap.equal(len(found(c, "law:caatsa org:nato weapon:s-400", "match=all")), 1, "a law, an alliance and a weapon")


with tempdir() as tmp:
    folder = write(tmp, "articles", ARTICLES)
    index = index_build(tmp, [folder])
    with Daemon(tmp, index) as d:
        with d.connect() as c:
            names(c)
            phrases(c)
            governments(c)
            scores(c)
        client(tmp, d)
        watching(tmp, index, d)
    lexicons(tmp, folder)
    alone(tmp)
    sample(tmp)
    seed(tmp)
tap.done()
