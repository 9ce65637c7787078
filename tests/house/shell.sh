#!/bin/sh
# The shell scripts pass shellcheck, and the tools can be run.
set -eu
for tool in tools/quickstart tools/studio tools/test tools/bench tools/gallery .ci/run; do
    [ -x "$tool" ] || {
        echo "$tool has no run bit"
        exit 1
    }
done
if ! command -v shellcheck >/dev/null; then
    echo "shellcheck is not installed: skipped"
    exit 77
fi
# Every script says in its first line which shell reads it.
grep -rlE --exclude='*.md' '^(#!.*/(sh|bash|env bash)|# shellcheck shell=)' .ci tools tests |
    xargs shellcheck -x -P SCRIPTDIR
