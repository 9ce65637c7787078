"""pure.py (--room NAME OBJECT...)...: what the objects of the library's rooms call and keep.

- no room prints, exits, or asks for the time, the environment, a locale or a random number;
- no room keeps a writable global, except the flag that GSL's error handler was switched off;
- only numeric calls GSL, and every external symbol starts with frem_;
- core calls nothing but memory, itself, and the few calls of core-calls.txt: no I/O, no libm.
"""

import re
import subprocess
import sys
from pathlib import Path

from house import ROOT, end

FORBIDDEN = re.compile(
    r"(stdin|stdout|stderr|v?printf|puts|putchar|perror|exit|_exit|_Exit|quick_exit|atexit|abort|__assert_fail"
    r"|system|signal|sigaction|setlocale|getenv|secure_getenv|setenv|s?rand|s?random|[dlm]rand48|getrandom"
    r"|time|clock|clock_gettime|gettimeofday|localtime(_r)?|gmtime)$"
)
# What the compiler writes by itself: position-independent code, hardening, and the question which CPU this is.
COMPILER = {"_GLOBAL_OFFSET_TABLE_", "__stack_chk_fail"} | {
    "__cpu_model", "__cpu_indicator_init", "__x86_get_cpuid_feature_leaf"
}
# How a process of its own ends (frem_process_apart()), and nothing else does.
ENDS = ("platform_threads.c", "_exit")
# FORTIFY_SOURCE calls memcpy as __memcpy_chk where it knows how long the buffer is.
HARDENED = re.compile(r"__(\w+)_chk$")
# The process-wide switch of GSL's error handler, thrown once.
KEPT = {("numeric", "handler_off")}
WRITABLE = re.compile(r"\.(data|bss|tdata|tbss)(?!\.rel\.ro)|\*COM\*")


def by_room(arguments):
    objects = {}
    for argument in arguments:
        if argument == "--room":
            room = None
        elif room is None:
            room = argument
            objects[room] = []
        else:
            objects[room].append(Path(argument))
    return objects


def symbols(path):
    """(name, section, whether external, whether a variable) of each symbol in an object."""
    table = subprocess.run(["objdump", "--syms", str(path)], check=True, capture_output=True, text=True).stdout
    for line in table.splitlines():
        # value, seven columns of flags, section, TAB, size, visibility, name
        found = re.match(r"[0-9a-f]{16} (.{7}) (\S+)\t[0-9a-f]{16} (?:\.hidden )?(\S+)$", line)
        if found:
            flags, section, name = found.groups()
            yield name, section, flags[0] in "gu!" or section == "*COM*", flags[5] != "d" and flags[6] != "F"


def check_object(room, path, core_calls):
    for name, section, external, variable in symbols(path):
        place = f"{room}/{path.name.removesuffix('.o')}: "
        if section == "*UND*":
            name = HARDENED.sub(r"\1", name)
            if FORBIDDEN.match(name) and (path.name.removesuffix(".o"), name) != ENDS:
                yield place + f"calls or reads {name}"
            if name.startswith("gsl_") and room != "numeric":
                yield place + f"calls {name}; GSL is for room numeric alone"
            if room == "core" and name not in core_calls:
                yield place + f"calls {name}, which tests/house/core-calls.txt does not list"
        else:
            if external and not name.startswith("frem_"):
                yield place + f"the external symbol {name} does not start with frem_"
            if variable and WRITABLE.match(section) and (room, name) not in KEPT:
                yield place + f"keeps the writable global {name}"


objects = by_room(sys.argv[1:])
core_own = {name for path in objects.get("core", []) for name, section, _, _ in symbols(path) if section != "*UND*"}
listed = (ROOT / "tests/house/core-calls.txt").read_text(encoding="utf-8")
core_calls = core_own | COMPILER | set(re.sub(r"#.*", "", listed).split())
problems = [
    problem for room, paths in objects.items() for path in paths for problem in check_object(room, path, core_calls)
]
end(problems, sum(map(len, objects.values())))
