"""No files of src/ call each other in a circle: what a file builds on can be read first."""

import re

from house import ROOT, end, sources

DEFINED = re.compile(r"^(?!static)[a-z][^\n;={]*?\b(frem_\w+)\([^;{]*\)\s*\{", re.M)
NOISE = re.compile(r'/\*.*?\*/|"(?:\\.|[^"\\\n])*"', re.S)


def calls(texts):
    """For each file, the other files that define what it names."""
    home = {name: path for path, text in texts.items() for name in DEFINED.findall(text)}
    used = {path: {home[name] for name in re.findall(r"\bfrem_\w+", text) if name in home} for path, text in texts.items()}
    return {path: sorted(others - {path}) for path, others in used.items()}


def circles(graph):
    """The sets of files that reach each other (Tarjan's strongly connected components of more than one file)."""
    number, low, stack, found = {}, {}, [], []

    def visit(path):
        number[path] = low[path] = len(number)
        stack.append(path)
        for other in graph[path]:
            if other not in number:
                visit(other)
            if other in stack:
                low[path] = min(low[path], low[other])
        if low[path] == number[path]:
            place = stack.index(path)
            if len(stack) - place > 1:
                found.append(sorted(stack[place:]))
            del stack[place:]

    for path in graph:
        if path not in number:
            visit(path)
    return found


texts = {str(path.relative_to(ROOT / "src")): NOISE.sub("", path.read_text(encoding="utf-8"))
         for path in sources("src") if path.suffix == ".c"}
problems = [f"these files call each other in a circle: {' '.join(files)}" for files in circles(calls(texts))]
end(problems, len(texts))
