#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What a fault of memory meets in the programs as they are built by default, read off their files: code and
data at addresses that nobody knows, tables of addresses that are read-only once it runs, a stack that is guarded and
not executed, functions of libc that know the room there is."""
import os
import re
import struct

from harness import BUILDDIR, Tap, program, sanitized

PROGRAMS = ("dragoman", "dragoman-index", "dragomand")
LARGE = ("dragoman-index", "dragomand")   # they have functions whose frames are larger than a page
LIBRARY = ".libs/libdragoman.so"
PT_DYNAMIC, PT_GNU_STACK, PT_GNU_RELRO = 2, 0x6474E551, 0x6474E552
DT_FLAGS, DT_FLAGS_1 = 30, 0x6FFFFFFB
BIND_NOW, NOW, PIE = 8, 1, 0x08000000
ET_DYN, EM_X86_64 = 3, 62
LANDING = b"\xf3\x0f\x1e\xfa"   # endbr64, where -fcf-protection lets a jump land
# A page of a large frame is taken, sub $4096, %rsp, and touched before the next one: orq $0, (%rsp), or clang's movq.
PAGE_TAKEN = b"\x48\x81\xec\x00\x10\x00\x00"
PROBES = (PAGE_TAKEN + b"\x48\x83\x0c\x24\x00", PAGE_TAKEN + b"\x48\xc7\x04\x24\x00\x00\x00\x00")


class Elf:
    """As much of an ELF file as is asked about here."""

    def __init__(self, path):
        with open(path, "rb") as f:
            self.data = f.read()
        assert self.data[:6] == b"\x7fELF\x02\x01", path
        self.type, self.machine = struct.unpack_from("<HH", self.data, 16)
        segments_at, sections_at = struct.unpack_from("<QQ", self.data, 32)
        size, n, section_size, sections, names = struct.unpack_from("<HHHHH", self.data, 54)
        self.segments = {}
        for i in range(n):
            kind, flags, at, _, _, length = struct.unpack_from("<IIQQQQ", self.data, segments_at + i * size)
            self.segments[kind] = (flags, self.data[at:at + length])
        heads = [struct.unpack_from("<IIQQQQI", self.data, sections_at + i * section_size) for i in range(sections)]
        self.sections = {}
        for name, _, _, address, at, length, _ in heads:
            self.sections[self.string(heads[names][4] + name)] = (address, at, length)

    def string(self, at):
        return self.data[at:self.data.index(b"\0", at)].decode()

    def section(self, name):
        _, at, length = self.sections[name]
        return self.data[at:at + length]

    def dynamic(self, tag):
        pairs = struct.iter_unpack("<QQ", self.segments[PT_DYNAMIC][1])
        return next((value for key, value in pairs if key == tag), 0)

    def symbols(self, table, names):
        """Address by name."""
        for name, _, _, _, value, _ in struct.iter_unpack("<IBBHQQ", self.section(table)):
            yield self.string(self.sections[names][1] + name), value

    def imports(self):
        return {name for name, value in self.symbols(".dynsym", ".dynstr") if value == 0}

    def code_at(self, function, size):
        address, at, _ = self.sections[".text"]
        at += dict(self.symbols(".symtab", ".strtab"))[function] - address
        return self.data[at:at + size]


def plain():
    """Whether the build is one of those that are installed: optimised, without a sanitizer."""
    with open(os.path.join(BUILDDIR, "Makefile")) as f:
        flags = re.search("^CFLAGS = (.*)$", f.read(), re.M)[1].split()
    last = [flag for flag in flags if flag.startswith("-O")][-1:]
    return not sanitized() and last not in ([], ["-O0"])


def built_file(name):
    """Libtool may have put a script in the place of a program."""
    inner = os.path.join(BUILDDIR, ".libs", name)
    return inner if os.path.exists(inner) else program(name)


def examine(tap, path, is_program):
    elf = Elf(path)
    name = os.path.basename(path)
    if is_program:
        tap.ok(elf.type == ET_DYN and elf.dynamic(DT_FLAGS_1) & PIE, "%s: may be anywhere" % name)
    tap.ok(PT_GNU_RELRO in elf.segments and (elf.dynamic(DT_FLAGS) & BIND_NOW or elf.dynamic(DT_FLAGS_1) & NOW),
           "%s: what is linked at the start is read-only after it" % name)
    tap.ok(PT_GNU_STACK in elf.segments and not elf.segments[PT_GNU_STACK][0] & 1, "%s: the stack is not executed" % name)
    imports = elf.imports()
    tap.ok("__stack_chk_fail" in imports, "%s: the stack is guarded" % name)
    rest = ["functions of libc know the room"]
    good = [any(re.fullmatch("__\\w+_chk", one) for one in imports)]
    if elf.machine == EM_X86_64 and is_program:
        rest += ["jumps land where they are to"]
        good += [elf.code_at("main", 4) == LANDING]
    if elf.machine == EM_X86_64 and name in LARGE:
        rest += ["large frames touch each page"]
        good += [any(probe in elf.section(".text") for probe in PROBES)]
    for what, is_so in zip(rest, good):
        if plain():
            tap.ok(is_so, "%s: %s" % (name, what))
        else:
            tap.skip("%s: %s" % (name, what), "with a sanitizer, or not optimised")


def main():
    tap = Tap()
    for name in PROGRAMS:
        examine(tap, built_file(name), True)
    examine(tap, os.path.join(BUILDDIR, LIBRARY), False)
    tap.done()


if __name__ == "__main__":
    main()
