#!/bin/sh
# headers.sh COMPILER FLAGS: every header compiles alone, and all of them together, as C11, with the project's warnings
# as errors: a name means one thing in all rooms.
set -eu
failed=0
for header in $(cd include && find . -name '*.h' | sort) $(cd src && find . -name '*.h' | sort); do
    # Twice: a header is also guarded.
    if ! printf '#include "%s"\n#include "%s"\n' "${header#./}" "${header#./}" |
        "$@" -std=c11 -Werror -Iinclude -Isrc -fsyntax-only -x c -; then
        echo "$header does not compile alone"
        failed=1
    fi
done
for header in $(cd include && find . -name '*.h' | sort) $(cd src && find . -name '*.h' | sort); do
    printf '#include "%s"\n' "${header#./}"
done | "$@" -std=c11 -Werror -Iinclude -Isrc -fsyntax-only -x c - || {
    echo "the headers do not compile together"
    failed=1
}
exit "$failed"
