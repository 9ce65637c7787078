"""libraries.py PROGRAM: the program asks the loader for the C library and its mathematics and nothing else, so that a
start costs its own work only (docs/decisions/0019)."""

import re
import subprocess
import sys

from house import end

ALLOWED = {"libc", "libm"}

dynamic = subprocess.run(
    ["readelf", "--dynamic", "--wide", sys.argv[1]], check=True, capture_output=True, text=True
).stdout
needed = re.findall(r"\(NEEDED\).*\[(\w+)", dynamic)
end([f"{name} is loaded at every start" for name in sorted(set(needed) - ALLOWED)], len(needed))
