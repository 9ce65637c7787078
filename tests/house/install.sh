#!/bin/sh
# install.sh BUILD COMPILER: what is installed works from where it is: the program, a C program compiled through
# pkg-config, one built by CMake's find_package(), and the examples, built both ways.
set -eu
build=$1
compiler=$2
source=$PWD
version=$(sed -n 's/.*FREM_VERSION_STRING "\(.*\)"/\1/p' include/fremskriv/version.h)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Into a package's folder first, then moved: nothing may remember where it was installed.
DESTDIR=$work/stage cmake --install "$build" --prefix /opt/fremskriv >"$work/log" || {
    cat "$work/log"
    exit 1
}
prefix=$work/moved
mv "$work/stage/opt/fremskriv" "$prefix"

fail() {
    echo "$*"
    exit 1
}
for file in share/fremskriv/data share/fremskriv/scenarios share/doc/fremskriv/COPYING \
    share/fremskriv/scenarios/fremskriv.schema.json share/man/man1/fremskriv.1 share/man/da/man1/fremskriv.1 \
    share/bash-completion/completions/fremskriv; do
    [ -e "$prefix/$file" ] || fail "$file is not installed"
done
cd "$work"
"$prefix/bin/fremskriv" --version | grep -qF "$version" || fail "fremskriv --version does not say $version"

cat >user.c <<'END'
#include <fremskriv/diag.h>
#include <fremskriv/version.h>

#include <stdio.h>
#include <string.h>

int main(void)
{
    frem_diags *diags = NULL;
    if (frem_diags_new(&diags) != FREM_OK || frem_diags_count(diags) != 0)
        return 1;
    frem_diags_free(diags);
    printf("%s %s\n", frem_version(), frem_status_text(FREM_OK, FREM_EN));
    return strcmp(frem_version(), FREM_VERSION_STRING) != 0;
}
END
PKG_CONFIG_PATH=$(dirname "$(find "$prefix" -name fremskriv.pc)")
export PKG_CONFIG_PATH
[ "$(pkg-config --modversion fremskriv)" = "$version" ] || fail "fremskriv.pc has another version than $version"
# Flags are words on purpose.
# shellcheck disable=SC2046
"$compiler" -std=c11 -Wall -Werror user.c -o user $(pkg-config --cflags --libs fremskriv)
said=$(LD_LIBRARY_PATH=$(pkg-config --variable=libdir fremskriv) ./user) || fail "the program built by pkg-config fails"
[ "$said" = "$version done" ] || fail "the program built by pkg-config says: $said"

cat >CMakeLists.txt <<'END'
cmake_minimum_required(VERSION 3.25)
project(user C)
find_package(fremskriv REQUIRED)
add_executable(found user.c)
target_link_libraries(found PRIVATE fremskriv::fremskriv)
END
{ cmake -S . -B user-build -DCMAKE_C_COMPILER="$compiler" -DCMAKE_PREFIX_PATH="$prefix" &&
    cmake --build user-build; } >"$work/log" 2>&1 || {
    cat "$work/log"
    fail "find_package(fremskriv) does not work"
}
[ "$(user-build/found)" = "$version done" ] || fail "the program built by CMake does not run"

# The examples, from where they are installed.
examples=$prefix/share/doc/fremskriv/examples
data=$(pkg-config --variable=datadir fremskriv)
[ -e "$data/scenarios/paedagog-syddanmark.yaml" ] || fail "the datadir of fremskriv.pc is $data, which is not the data's folder"
LD_LIBRARY_PATH=$(pkg-config --variable=libdir fremskriv)
export LD_LIBRARY_PATH
for file in "$source"/examples/*.c; do
    name=$(basename "$file" .c)
    lines=$(wc -l <"$file")
    [ "$lines" -le 50 ] || fail "examples/$name.c has $lines lines: an example is short"
    # shellcheck disable=SC2046
    "$compiler" -std=c11 -Wall -Wextra -Wpedantic -Werror "$examples/$name.c" -o "$name" \
        -DFREMSKRIV_DATA="\"$data\"" $(pkg-config --cflags --libs fremskriv) || fail "$name does not compile"
    "./$name" out >"$name.txt" 2>&1 || {
        cat "$name.txt"
        fail "$name fails"
    }
done
{ cmake -S "$examples" -B examples-build -DCMAKE_C_COMPILER="$compiler" -DCMAKE_PREFIX_PATH="$prefix" &&
    cmake --build examples-build; } >"$work/log" 2>&1 || {
    cat "$work/log"
    fail "the examples' own CMakeLists.txt does not work"
}

# What they print is what the program gives.
value() {
    grep "^paedagog-syddanmark,base,$1,Syddanmark,paedagog,all,gap," results.csv | sed 's/.*,//'
}
cp out/results.csv results.csv
expected=$(LC_ALL=C printf 'gap in 2035: %.1f FTE' "$(value 2035)")
[ "$(cat run.txt)" = "$expected" ] || fail "run prints $(cat run.txt), the program gives: $expected"
[ "$(examples-build/run)" = "$expected" ] || fail "run as CMake builds it prints something else"
[ -s out/results.xlsx ] || fail "workbook has written no workbook"
last=$(LC_ALL=C printf ' 0 points fewer complete: gap %.1f FTE' "$(value 2040)")
[ "$(head -n 1 change.txt)" = "$last" ] || fail "change begins with $(head -n 1 change.txt), not with $last"
[ "$(wc -l <change.txt)" = 5 ] || fail "change does not print five lines"
"$prefix/bin/fremskriv" run "$data/scenarios/paedagog-syddanmark.yaml" --variant base --quiet \
    --set 'programmes.paedagog.completion+=-0.2 from 2026' -o changed
set=$(grep '^paedagog-syddanmark,base,2040,Syddanmark,paedagog,all,gap,' changed/results.csv | sed 's/.*,//')
[ "$(tail -n 1 change.txt)" = "$(LC_ALL=C printf '20 points fewer complete: gap %.1f FTE' "$set")" ] ||
    fail "change ends with $(tail -n 1 change.txt), --set gives $set"
[ "$(wc -l <sweep.txt)" = 5 ] || fail "sweep does not print five points"
grep -q '^mine.yaml:5:5-15: error: .*completoin' diagnostics.txt || {
    cat diagnostics.txt
    fail "diagnostics does not find the misspelt key"
}
