#!/bin/sh
# The sources are formatted as .clang-format says. Other versions of clang-format than Debian 12's break lines
# elsewhere, so only that one is asked.
set -eu
version=14
formatter=$(command -v "clang-format-$version" || command -v clang-format || true)
case $([ -z "$formatter" ] || "$formatter" --version) in
*"version $version."*) ;;
*)
    echo "clang-format $version is not installed: skipped"
    exit 77
    ;;
esac
failed=0
for file in $(find src include tests tools examples \( -name '*.[ch]' -o -name '*.inc' \) | sort); do
    if ! "$formatter" --dry-run -Werror "$file" 2>/dev/null; then
        echo "$file is formatted otherwise; see: clang-format $file | diff $file -"
        failed=1
    fi
done
exit "$failed"
