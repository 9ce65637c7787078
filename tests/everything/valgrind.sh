#!/bin/sh
# valgrind.sh PROGRAM: a whole run of the first scenario reads nothing unset and leaves nothing behind.
set -eu
if ! command -v valgrind >/dev/null; then
    echo "valgrind is not installed: skipped"
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
valgrind --quiet --error-exitcode=99 --leak-check=full --show-leak-kinds=all --errors-for-leak-kinds=all \
    --track-fds=no "$1" run scenarios/paedagog-syddanmark.yaml -o "$work/out" --quiet
[ -s "$work/out/results.csv" ] || {
    echo "the run wrote no results.csv"
    exit 1
}
