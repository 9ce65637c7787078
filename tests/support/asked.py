"""Checks of verbs that ask something of a scenario: problems are collected, and all of them are said at the end."""

import csv
import io
import os
import subprocess

problems = []


def must(condition, what):
    if not condition:
        problems.append(what)


def run(program, folder, *words, status=0):
    """Standard output of a command in a folder, in no locale; its exit status must be the one expected."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("LC_") and k != "LANG"}
    done = subprocess.run([program, *words], cwd=folder, env={**env, "LC_ALL": "C.UTF-8"}, capture_output=True, text=True,
                          encoding="utf-8", check=False)
    must(done.returncode == status, f"{words}: exit status {done.returncode}, not {status}\n{done.stderr}")
    return done.stdout


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))
