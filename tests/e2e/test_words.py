#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What the build says of files of words that are not as dragoman-words(5) has them."""
import os
import subprocess

from harness import Tap, program, tempdir

tap = Tap()
LANGUAGES = "en english\nfr french\n"
FILES = {"languages": LANGUAGES, "en.words": "# English\nmr abbreviation\nthe function\n", "fr.words": "d elision\n",
         "states.lex": "country:jo\n\tname Jordan, Hashemite Kingdom\n\tcapital Amman\n\tgiven Jordan\n"}


def make(changed, kind="table"):
    """Exit status, table and complaint for FILES with those CHANGED."""
    files = dict(FILES, **changed)
    with tempdir() as tmp:
        for name, text in files.items():
            with open(os.path.join(tmp, name), "wb") as f:
                f.write(text if isinstance(text, bytes) else text.encode())
        names = ["languages"] + sorted(set(files) - {"languages"})
        r = subprocess.run([program("engine/text/words_make"), kind] + names, cwd=tmp, capture_output=True,
                           encoding="utf-8", errors="replace")
        return r.returncode, r.stdout, r.stderr


def refused(changed, want):
    status, _, said = make(changed)
    tap.ok(status == 1 and said.strip() == want, want, "%d %s" % (status, said))


def table():
    status, plain, said = make({})
    tap.ok(status == 0 and said == "" and '"mr"' in plain, "a table is made", said)
    tap.ok('"amman"' in plain and "jordan" not in plain and "kingdom" not in plain,
           "with the names of states and capitals that are a single word and no person's")
    tap.equal(make({"en.words": "# other\n\nmr\tabbreviation # of Mister\nthe function\n"})[1], plain,
              "comments and blanks are nothing to it")
    for changed in ({"en.words": "mr abbreviation\nthe function elision\n"}, {"en.words": "mr abbreviation\n"},
                    {"fr.words": "", "any.words": "d elision\n"}, {"languages": LANGUAGES + "tr turkish\n"},
                    {"languages": "en english\nfr french +prefixes\n"},
                    {"states.lex": "country:at\n\tname Austria\n"}):
        status, other, said = make(changed)
        tap.ok(status == 0 and hash_of(other) != hash_of(plain), "its hash changes with " + repr(changed), said)


def titles():
    status, text, said = make({"en.words": "captain role title\nminister role office\nmr abbreviation title\nsaid say\n"}, "titles")
    tap.equal(text.splitlines()[1:], ["words:title", "\tword captain", "\tword mr"], "titles for the lexicon")


def hash_of(text):
    return text.split("word_table_hash")[1]


def words():
    refused({"en.words": "the function\nmr abbreviation\n"}, "en.words:2: out of order: mr")
    refused({"en.words": "mr abbreviation\nmr function\n"}, "en.words:2: there twice: mr")
    refused({"en.words": "mr title-or-so\n"}, "en.words:1: no class of words: title-or-so")
    refused({"en.words": "mr function function\n"}, "en.words:1: the class is there twice: function")
    refused({"en.words": "# x\nmr\n"}, "en.words:2: without a class: mr")
    refused({"en.words": "Mr abbreviation\n"}, "en.words:1: not in small letters, or not composed: Mr")
    refused({"fr.words": "e\u0301t\u00e9 function\n"},
            "fr.words:1: not in small letters, or not composed: e\u0301t\u00e9")
    refused({"en.words": "m\"r abbreviation\n"}, 'en.words:1: neither quotation marks nor backslashes: m"r abbreviation')
    refused({"en.words": "%s function\n" % ("x" * 41)}, "en.words:1: longer than WORD_LENGTH_MAX: " + "x" * 41)
    status, _, said = make({"en.words": b"mr abbreviation\n\xff function\n"})
    tap.ok(status == 1 and said.startswith("en.words:2: not UTF-8: "), "what is no UTF-8", said)
    status, _, said = make({"en.words": "mr abbreviation\nthe function"})
    tap.ok(status == 1 and said.startswith("en.words:2: the line is too long, or does not end"), "no line's end", said)


def places():
    refused({"en.words": "amman place\n"}, "states.lex:4: listed as a place, which it is by this file: amman")
    status, plain, said = make({"en.words": "jordan place\n"})
    tap.ok(status == 0 and '"jordan"' in plain, "a name of persons may be listed", said)


def languages():
    refused({"xx.words": "d elision\n"}, "xx.words:0: not among the languages: xx")
    refused({"languages": "fr french\nen english\n"}, "languages:2: out of order, or there twice: en")
    refused({"languages": "en english\neng english\n"}, "languages:2: no code of two small letters: eng")
    refused({"languages": "en english\nfr\n"}, "languages:2: without a stemmer: fr")
    refused({"languages": "en english +prefixes x\nfr french\n"}, "languages:1: behind +prefixes: x")
    refused({"languages": "fr french\n", "en.words": ""}, "en.words:0: not among the languages: en")
    codes = sorted({"en"} | {"a%c" % c for c in range(ord("a"), ord("z") + 1)} | {"b%c" % c for c in range(97, 105)})
    refused({"languages": "".join("%s english\n" % c for c in codes), "fr.words": ""},
            "languages:33: more languages than WORD_LANGUAGES_MAX: " + codes[32])


table()
words()
titles()
places()
languages()
tap.done()
