#!/bin/sh
# keys.sh REFERENCE: docs/scenario-keys.md and .da.md are what the field table prints.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$1" >"$work/scenario-keys.md"
"$1" --lang da >"$work/scenario-keys.da.md"
failed=0
for page in scenario-keys.md scenario-keys.da.md; do
    diff -u "docs/$page" "$work/$page" || failed=1
done
[ "$failed" -eq 0 ] || {
    echo "docs/scenario-keys*.md are old. Write them anew, in the project's folder:"
    echo "  build/tests/bin/reference >docs/scenario-keys.md"
    echo "  build/tests/bin/reference --lang da >docs/scenario-keys.da.md"
}
exit "$failed"
