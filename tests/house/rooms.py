"""Every include in src/ and include/ goes to the own room or to its left, every public header belongs to a room, and
every system library's header is included only by the rooms that call it."""

import re

from house import ROOT, end, rooms, sources

INCLUDE = re.compile(r'^\s*#\s*include\s*(<([^>]+)>|"([^"]+)")')

# Files that choose between the folders of their room, and so include each.
DISPATCHERS = ["src/output/writers.c"]

ROOMS = rooms()
ORDER = {room.name: place for place, room in enumerate(ROOMS)}
PUBLIC = {f"fremskriv/{header}": room.name for room in ROOMS for header in room.public}
SYSTEM = {}
for room in ROOMS:
    for header in room.system:
        SYSTEM.setdefault(header, []).append(room.name)


def room_of_file(path):
    parts = path.relative_to(ROOT).parts
    return PUBLIC.get(f"fremskriv/{parts[-1]}") if parts[0] == "include" else parts[1]


def room_of_include(name):
    return PUBLIC.get(name) if name.startswith("fremskriv/") else name.split("/")[0]


def wrong_own(room, name):
    """What is wrong with #include "name" in a room; None where nothing is."""
    target = room_of_include(name)
    if target not in ORDER or not any((ROOT / folder / name).is_file() for folder in ("src", "include")):
        return f'"{name}" is no header of a room'
    if ORDER[target] > ORDER[room]:
        return f'room {room} includes "{name}" of room {target}, which is to its right'
    return None


def wrong_folder(path, name):
    """What is wrong with including another folder of the own room; only DISPATCHERS may."""
    own = path.relative_to(ROOT).parts[1:-1]
    target = tuple(name.split("/")[:-1])
    if not name.endswith(".h") or len(target) < 2 or target[0] != own[0] or target == own or str(path.relative_to(ROOT)) in DISPATCHERS:
        return None
    return f'"{name}" belongs to another folder of the room: move what both need into {own[0]}/'


def wrong_system(room, name):
    for header, owners in SYSTEM.items():
        if (name == header or (header.endswith("/") and name.startswith(header))) and room not in owners:
            return f"room {room} includes <{name}>, which is only for {' and '.join(owners)}"
    if name.startswith("fremskriv/"):
        return f"<{name}> is ours: include it with quotes"
    return None


problems = []
files = sources("src", "include")
for path in files:
    shown = path.relative_to(ROOT)
    room = room_of_file(path)
    if room not in ORDER:
        problems.append(f"{shown}: belongs to no room of cmake/rooms.txt")
        continue
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        found = INCLUDE.match(line)
        if found:
            wrong = wrong_system(room, found[2]) if found[2] else wrong_own(room, found[3]) or wrong_folder(path, found[3])
            if wrong:
                problems.append(f"{shown}:{number}: {wrong}")
end(problems, len(files))
