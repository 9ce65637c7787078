#!/bin/sh
# tools/lib.sh without touching the system: package lists, what is missing, when apt-get is called and when not.
# The fakes' own text is not for this shell to expand.
# shellcheck disable=SC2016
set -eu
unset FREMSKRIV_PACKAGES
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A project's folder with a tool of its own, and a PATH with nothing but what is put there.
mkdir "$work/project" "$work/project/tools" "$work/bin"
cp tools/lib.sh "$work/project/tools"
printf '# comment\nalpha\n\nbeta # why\n' >"$work/project/tools/packages"
printf '  gamma\n' >"$work/project/tools/packages.test"
printf '. "$(dirname -- "$0")/lib.sh"\nneed_packages tools/packages tools/packages.test\necho ready\n' \
    >"$work/project/tools/tool"
for command in dirname sed env cat sh; do
    ln -s "$(command -v "$command")" "$work/bin/$command"
done
fake() {
    printf '#!/bin/sh\n%s\n' "$2" >"$work/bin/$1"
    chmod +x "$work/bin/$1"
}

# expect WHAT STATUS TEXT...: runs the tool; its status and what it must say
expect() {
    what=$1
    status=$2
    shift 2
    : >"$work/calls"
    got=0
    (cd / && PATH=$work/bin WORK=$work /bin/sh -eu "$work/project/tools/tool") >"$work/said" 2>&1 </dev/null || got=$?
    [ "$got" -eq "$status" ] || {
        echo "$what: status $got, expected $status"
        cat "$work/said"
        exit 1
    }
    for text in "$@"; do
        grep -qF -- "$text" "$work/said" "$work/calls" || {
            echo "$what: '$text' is not said"
            cat "$work/said" "$work/calls"
            exit 1
        }
    done
}
# expect_calls WHAT N: how often apt-get was called
expect_calls() {
    [ "$(wc -l <"$work/calls")" -eq "$2" ] || {
        echo "$1: apt-get is called otherwise than $2 times"
        cat "$work/calls"
        exit 1
    }
}

expect "no apt-get" 2 "no apt-get" "  alpha beta gamma" "FREMSKRIV_PACKAGES=installed"
FREMSKRIV_PACKAGES=installed expect "installed by hand" 0 ready

fake apt-get 'echo "$*" >>"$WORK/calls"'
fake dpkg-query 'case $4 in beta) exit 1 ;; gamma) printf "rc " ;; *) printf "ii " ;; esac'
fake id 'echo 0'
expect "two missing, root" 0 "Installing: beta gamma" "install --no-install-recommends beta gamma" ready
expect_calls "two missing, root" 2
fake apt-get 'case "$*" in *install*) exit 100 ;; esac'
expect "apt-get fails" 2 "could not install" "  beta gamma"
fake id 'echo 1000'
expect "no sudo" 2 "root or sudo" "  beta gamma"
fake apt-get 'echo "$*" >>"$WORK/calls"'
fake sudo 'echo "sudo $*" >>"$WORK/asked"; [ "$1" = -n ] && shift; exec "$@"'
expect "sudo without a terminal" 0 "install --no-install-recommends beta gamma" ready
grep -qF "sudo -n env DEBIAN_FRONTEND=noninteractive apt-get" "$work/asked" || {
    echo "sudo asks, or apt-get does"
    exit 1
}
fake dpkg-query 'printf "ii "'
expect "nothing missing" 0 ready
expect_calls "nothing missing" 0
