#!/bin/sh
# package.sh BUILD: the package for Debian holds a program that works from where it is put, with data, pages and completion.
set -eu
build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
    echo "$*"
    exit 1
}
cpack --config "$build/CPackConfig.cmake" -B "$work/made" >"$work/log" 2>&1 || {
    cat "$work/log"
    exit 1
}
package=$(find "$work/made" -maxdepth 1 -name 'fremskriv_*.deb')
[ -n "$package" ] || fail "no package was made"
depends=$(dpkg-deb -f "$package" Depends)
for library in libgsl libyaml libc6; do
    case $depends in *"$library"*) ;; *) fail "the package does not depend on $library: $depends" ;; esac
done
dpkg-deb -x "$package" "$work/unpacked"
for file in share/fremskriv/data share/fremskriv/scenarios/velfaerd-danmark.yaml share/doc/fremskriv/COPYING \
    share/man/man1/fremskriv.1 share/man/da/man1/fremskriv.1 share/bash-completion/completions/fremskriv; do
    [ -e "$work/unpacked/usr/$file" ] || fail "$file is not in the package"
done
cd "$work"
PATH=$work/unpacked/usr/bin:$PATH
[ "$(command -v fremskriv)" = "$work/unpacked/usr/bin/fremskriv" ] || fail "fremskriv is not in the package's bin"
fremskriv new plan --region Esbjerg --profession laerer --quiet
fremskriv run plan.yaml --variant base --measure gap --year 2035 -o - >gap.csv
# The same as the country's scenario, cut to the municipality.
printf 'extends: velfaerd-danmark.yaml\nname: plan\nregions: {where: {name: Esbjerg}}\n' >country.yaml
fremskriv run country.yaml --measure gap --year 2035 --profession laerer -o - >whole.csv
tail -n +2 whole.csv | while read -r line; do grep -qxF "$line" gap.csv || exit 1; done || fail "plan.yaml gives another gap than the country's scenario"
