"""Only the seams to the operating system include its headers, and nothing outside them calls what one C library or one
system alone has; no name of ours is one that the C library of another system has (such as io.h of Windows)."""

import re

from house import ROOT, end, sources

# The library's seam and the program's (docs/decisions/0025).
SEAMS = re.compile(r"src/(base/platform|cli/console)_\w+\.c$")
HEADERS = re.compile(
    r"\s*#\s*include\s*<((unistd|fcntl|pthread|dlfcn|dirent|poll|sched|spawn|malloc|termios|threads)\.h|sys/[^>]*)>"
)
CALLS = re.compile(
    r"\b(renameat2?|statx|strerror(desc_np|name_np|_r)?|qsort_[rs]|reallocarray|get_current_dir_name|pthread_\w+"
    r"|dlopen|dlsym|dlclose|openat|fstatat|unlinkat|mkdirat|linkat|realpath|isatty|ioctl|fsync|flock|sysconf)\s*\("
)
TAKEN = re.compile(r"^(static )?\w[\w *]*\b(t[e]ll|access|dup|dup2|lseek|umask|spawn)\(", re.MULTILINE)


def without_comments(text):
    """The text with comments and strings blanked, its lines kept."""
    kept = r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"'
    return re.sub(kept, lambda found: re.sub(r"[^\n]", " ", found[0]), text, flags=re.DOTALL)


problems, checked, seams = [], 0, 0
for path in sources("src", "include"):
    shown = path.relative_to(ROOT).as_posix()
    checked += 1
    if SEAMS.match(shown):
        seams += 1
        continue
    text = path.read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        found = HEADERS.match(line)
        if found:
            problems.append(f"{shown}:{number}: includes <{found[1]}>, which is for the seams alone")
    for number, line in enumerate(without_comments(text).splitlines(), 1):
        for found in CALLS.finditer(line):
            problems.append(f"{shown}:{number}: calls {found[1]}(), which is for the seams alone")
        found = TAKEN.match(line)
        if found:
            problems.append(f"{shown}:{number}: {found[2]}() has the name of a function of a C library")
if seams != 4:
    problems.append(f"{seams} seams were found, not 4")
end(problems, checked)
