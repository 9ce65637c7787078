#!/bin/sh
# manual.sh SHARE PROGRAM: the manual pages are good roff and name every verb and option, and bash completes them.
set -eu
share=$1
program=$2
fail() {
    echo "$*"
    exit 1
}
for page in "$share/fremskriv.1" "$share/da/fremskriv.1"; do
    if command -v man >/dev/null; then
        faults=$(MANROFFOPT='' LC_ALL=C.UTF-8 man --warnings=w -l "$page" 2>&1 >/dev/null || true)
        [ -z "$faults" ] || fail "$page: $faults"
    fi
    "$program" --help | sed -n 's/^  \([a-z][a-z]*\) .*/\1/p' | while read -r verb; do
        grep -q "^\\\\fB$verb\\\\fR" "$page" || fail "$page does not have $verb"
        "$program" "$verb" --help | grep -o -e '--[a-z-]*' | sort -u | while read -r option; do
            grep -qF "$(printf '%s' "$option" | sed 's/-/\\-/g')" "$page" || fail "$page does not have $option"
        done
    done
done
command -v bash >/dev/null || exit 0
# What bash would offer for a line of words, the last one begun.
offers() {
    bash -c 'compopt() { :; }; source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _fremskriv
             echo "${COMPREPLY[*]}"' offers "$share/fremskriv.bash" "$@"
}
[ "$(offers fremskriv ru)" = run ] || fail "ru is not completed to run: $(offers fremskriv ru)"
[ "$(offers fremskriv run --dec)" = --decimal ] || fail "--dec is not completed: $(offers fremskriv run --dec)"
[ "$(offers fremskriv run --lang d)" = da ] || fail "--lang d is not completed: $(offers fremskriv run --lang d)"
[ "$(offers fremskriv run scenarios/vel)" = scenarios/velfaerd-danmark.yaml ] || fail "files are not completed"
[ "$(offers fremskriv check --dec)" = "" ] || fail "check does not take --decimal, but it is offered"
