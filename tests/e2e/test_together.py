#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""All at once, on one index: eight clients ask with pipelining, a feed commits
every second, articles are removed and folders pruned, a timer makes a new
generation every ten seconds, four connections watch. No request fails, each
reply is that of the one state whose revision it names (model.py knows them
all), each watcher is told of each article once, and the daemon does not grow.

DRAGOMAN_SOAK_SECONDS (45) makes it longer, SEED=N repeats its choices.
"""
import os
import random
import re
import sys
import time

from askers import Clients, Watcher
from harness import PATIENCE, Daemon, Tap, index_build, program, run, sanitized, tempdir, wait_until
from model import PAIRS, SOURCES, WORDS, Article, Get, History, both, dated, phrase, prefix, source, title, wants, without, word
from world import World
from writers import Feed, Remover, Timer, ballast, folder_of_lines, folder_of_texts

QUICK = bool(os.environ.get("DRAGOMAN_TEST_QUICK"))
SECONDS = float(os.environ.get("DRAGOMAN_SOAK_SECONDS", "20" if QUICK else "45"))
SEED = int(os.environ.get("SEED", time.time_ns() % 1000000))
CLIENTS = 8
TIMER = 10            # seconds from one new generation to the next
BALLAST = 100 if QUICK else 400


def prepare(tmp):
    """The index as it is at the beginning, and what the model knows of it."""
    rng = random.Random(SEED)
    folders = {name: os.path.join(tmp, name) for name in "ab"}
    names = ["a-%03d.txt" % n for n in range(100)], ["b/%03d" % n for n in range(100)]
    articles = {i: Article(rng, i, serial) for serial, i in enumerate(names[0] + names[1])}
    folder_of_texts(folders["a"], {i: articles[i] for i in names[0]})
    folder_of_lines(folders["b"], {i: articles[i] for i in names[1]})
    rest = os.path.join(tmp, "ballast.jsonl")
    ballast(rest, BALLAST)
    index = index_build(tmp, [folders["a"], folders["b"], rest])
    return index, folders, articles


def watches():
    """What each of the four watchers watches."""
    some = [phrase(*PAIRS[0]), title(WORDS[3]), source(SOURCES[1], word(WORDS[9])), prefix(WORDS[12][:4]),
            both(word(WORDS[1]), word(WORDS[2])), without(word(WORDS[5]), word(WORDS[6])),
            dated("2025-05-01", "2025-09-30", phrase(*PAIRS[4]))]
    return [[word(WORDS[0])], some, [word(WORDS[4]), phrase(*PAIRS[2])], [word(WORDS[7]), title(WORDS[8])]]


def warm(d):
    """Each worker opens its files at its first request."""
    with d.connect() as c:
        for w in wants() * 3:
            c.ask("SEARCH -- " + w.text)


def sample(d, world, clients, seconds):
    """Lets SECONDS pass; what the daemon held meanwhile."""
    memory, descriptors = [], []
    end = time.monotonic() + seconds
    while time.monotonic() < end and not world.problems and not world.history.problems and d.proc.poll() is None:
        time.sleep(0.25)
        memory.append(d.resident())
        descriptors.append(d.descriptors())
        world.history.forget(min([clients.floor()] + [w.rev for w in world.watchers if w.busy]))
    return memory, descriptors


def finish(world, actors):
    """Ends the writers, then those who ask, then those who are told; what the last revision is."""
    world.ended.set()
    for a in actors:
        a.join(10 * PATIENCE)
    final = world.history.last
    for w in world.watchers:
        w.goal = final
    for w in world.watchers:
        w.join(2 * PATIENCE)
        if w.is_alive():
            world.problem("a watcher heard of revision %d, of %d" % (w.known(), final))
    return final


def judge_growth(tap, memory, descriptors, before, after, slow):
    third = len(memory) // 3
    early, late = max(memory[third // 2:third + 1]), max(memory[-third - 1:])
    flat = "%.1f MB in the first third, %.1f MB in the last" % (early / 1e6, late / 1e6)
    if slow:
        tap.skip("memory is flat", "sanitizers keep freed memory")
    else:
        tap.ok(late < early * 1.15 + 4e6, "memory is flat: " + flat)
    early, late = max(descriptors[third // 2:third + 1]), max(descriptors[-third - 1:])
    tap.ok(late <= early + 8 and after <= before, "descriptors are flat: %d before, %d, %d, %d after" %
           (before, early, late, after))


def judge(tap, d, world, final):
    history = world.history
    tap.ok(not world.problems, "no error", "\n\n".join(world.problems[:5]) + "\n" + d.log()[-2000:])
    # What went wrong and was made good again would be there, too.
    odd = [line for line in d.log().splitlines()
           if not re.match("dragomand: (ready on |switched to generation |job [a-z]+ ended)", line)]
    tap.ok(not odd, "the daemon's log is of switches and jobs alone", "\n".join(odd[:20]))
    tap.ok(not history.problems and history.judged > 0, "%d replies, each that of its revision" % history.judged,
           "%d are not\n" % len(history.problems) + "\n\n".join(history.problems[:5]))
    tap.ok(not history.coming and not history.waiting, "no revision but those of the writers",
           "known up to %d, then %s; replies wait for %s" % (history.last, sorted(history.coming), sorted(history.waiting)))
    gens = [gen for _, gen in sorted(world.generations.items())]
    tap.equal(gens, sorted(gens), "generations follow each other as revisions do")
    wrong = [line for w in world.watchers for line in w.missing(final)]
    told = sum(len(rows) for w in world.watchers for pushes in w.told.values() for _, rows in pushes)
    tap.ok(not wrong and told > 0, "%d articles told to %d watchers, each once" % (told, len(world.watchers)), "\n".join(wrong))
    with d.connect() as c:
        bad = []
        for i in history.changed:
            problem = Get(i).judge(history.now(), c.ask("GET " + i))
            bad += ["%s: %s" % (i, problem)] if problem else []
            c.ask("PING")   # ten errors in a row would end the connection
    tap.ok(not bad, "at the end the index is what was written", bad)
    check = run([program("dragoman-index"), "check", "-d", world.index, "--deep"])
    tap.ok(check.returncode == 0, "and sound", check.stdout + check.stderr)


def main():
    tap = Tap()
    slow = sanitized()
    print("# SEED=%d" % SEED)
    with tempdir() as tmp:
        index, folders, articles = prepare(tmp)
        with Daemon(tmp, index, ["--deadline", "20"] if slow else []) as d:
            warm(d)
            before = d.descriptors()
            lists = watches()
            world = World(index, History(1, articles, [w for some in lists for w in some]), SEED)
            world.watchers = [Watcher(world, d.socket, lists[0], SEED),
                              Watcher(world, d.socket, lists[1], SEED + 1, json_format=True),
                              Watcher(world, d.socket, lists[2], SEED + 2, away=True),
                              Watcher(world, d.socket, lists[3], SEED + 3, busy=True)]
            for w in world.watchers:
                w.start()
            if not wait_until(lambda: world.problems or all(w.known() > 0 for w in world.watchers)):
                world.problem("the watchers do not begin")
            clients, feed = Clients(world, d.socket, CLIENTS, SEED), Feed(world)
            actors = [clients, feed, Remover(world, folders["b"]), Timer(world, folders["a"], TIMER)]
            for a in actors:
                a.start()
            memory, descriptors = sample(d, world, clients, SECONDS)
            final = finish(world, actors)
            judge(tap, d, world, final)
            wait_until(lambda: d.descriptors() <= before)
            judge_growth(tap, memory, descriptors, before, d.descriptors(), slow)
            tap.ok(world.jobs["remove"] and world.jobs["update"] and sum(world.jobs[j] for j in ("build", "rebuild", "compact")) > 0,
                   "%d revisions, %s, %d commits of the feed" % (final, dict(world.jobs), feed.commits))
            print("# %d replies, %d connections; feed: acknowledged after %.2f s at most; new generation: %.1f s at most; "
                  "watchers told %.2f s after the acknowledgement at most" %
                  (world.history.judged, clients.opened, feed.delay, actors[3].longest,
                   max(w.delay for w in world.watchers)))
    tap.done()


if __name__ == "__main__":
    sys.exit(main())
