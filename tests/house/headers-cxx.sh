#!/bin/sh
# Every public header compiles alone as C++.
set -eu
if ! command -v g++ >/dev/null; then
    echo "g++ is not installed: skipped"
    exit 77
fi
failed=0
for header in include/fremskriv/*.h; do
    if ! printf '#include "%s"\n' "${header#include/}" |
        g++ -std=c++11 -Wall -Wextra -Wpedantic -Werror -Iinclude -fsyntax-only -x c++ -; then
        echo "$header does not compile as C++"
        failed=1
    fi
done
exit "$failed"
