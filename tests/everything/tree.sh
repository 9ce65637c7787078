#!/bin/sh
# tree.sh PRESET JOBS CTEST-OPTIONS: builds and tests the tree of a preset.
set -eu
preset=$1
jobs=$2
shift 2
[ -f "build-$preset/CMakeCache.txt" ] || cmake --preset "$preset"
cmake --build "build-$preset" --parallel "$jobs"
ctest --test-dir "build-$preset" --output-on-failure --no-label-summary --parallel "$jobs" "$@"
