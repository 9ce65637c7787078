"""hardening.py PROGRAM LIBRARY COMPILER (OPTIMISED|PLAIN): both are linked and compiled as cmake/Hardening.cmake says: position-
independent, relocated before main() and read-only from then on, no stack that can be executed, stacks with a guard, large
frames touched page by page, and in optimised builds calls of the C library that know how long their buffers are."""

import re
import subprocess
import sys

from house import end

program, library, compiler, kind = sys.argv[1:]


def readelf(path, *options):
    return subprocess.run(["readelf", "--wide", *options, path], check=True, capture_output=True, text=True).stdout


def linked(path):
    """What the linker was to do and did not."""
    head, segments, dynamic = (readelf(path, option) for option in ("--file-header", "--segments", "--dynamic"))
    if not re.search(r"Type:\s+DYN", head):
        yield "not position-independent"
    if path == program and not re.search(r"FLAGS_1\).*\bPIE\b", dynamic):
        yield "not marked as a position-independent program"
    if "GNU_RELRO" not in segments:
        yield "no segment that becomes read-only"
    if not re.search(r"\(FLAGS(_1)?\).*\b(BIND_)?NOW\b", dynamic):
        yield "functions are looked up when they are first called, so that their table stays writable"
    if not re.search(r"GNU_STACK\s.*\sRW\s", segments):
        yield "its stack can be executed"


def compiled(path):
    """What the compiler was to do and did not."""
    called = set(re.findall(r"UND (\w+)", readelf(path, "--dyn-syms")))
    if "__stack_chk_fail" not in called:
        yield "no function guards its stack"
    if kind == "OPTIMISED":
        # Both compilers check these; printf needs headers that clang takes, too.
        if not any(name.endswith("_chk") for name in called):
            yield "no call of the C library knows the length of its buffer"
    # gcc writes into debug information what it was called with; the archives of packages have none.
    producers = set(re.findall(r"GNU C11 [^\n]*", readelf(path, "--string-dump=.debug_str")))
    if compiler == "GNU" and kind == "OPTIMISED" and not producers:
        yield "no debug information to read the compiler's options from"
    for producer in sorted(producers):
        for option in ("-fstack-protector-strong", "-fstack-clash-protection"):
            if option not in producer.split():
                yield f"compiled without {option}: {producer}"


checks = [f"{path}: {problem}" for path in (program, library) for check in (linked, compiled) for problem in check(path)]
end(checks, 2)
