#!/bin/sh
# danish.sh BUILD JOBS: the tree's tests under da_DK.UTF-8, where the decimal point is a comma. Where the system has no
# such locale it is compiled into the tree.
set -eu
build=$1
jobs=$2
if ! locale -a | grep -qixE 'da_DK\.utf-?8'; then
    LOCPATH=$build/locale
    export LOCPATH
    if [ ! -d "$LOCPATH/da_DK.UTF-8" ]; then
        mkdir -p "$LOCPATH"
        localedef -i da_DK -f UTF-8 "$LOCPATH/da_DK.UTF-8"
    fi
fi
LC_ALL=da_DK.UTF-8
export LC_ALL
[ "$(locale decimal_point)" = , ] || {
    echo "da_DK.UTF-8 is not in effect"
    exit 1
}
ctest --test-dir "$build" --output-on-failure --no-label-summary --parallel "$jobs" -LE 'house|everything'
