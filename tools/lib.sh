# shellcheck shell=sh
# What the tools share: the packages that are missing, and the build trees. A tool sources this file first:
#   . "$(dirname -- "$0")/lib.sh"
# and is in the project's folder afterwards.

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
cd "$root" || exit

# Standard output is kept for results.
say() {
    printf '%s\n' "$*" >&2
}

# The packages that lists name, one a line; '#' starts a comment.
read_packages() {
    sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^$/d' "$@"
}

# Those of the named packages that are not installed, one a line.
missing_packages() {
    for package in "$@"; do
        case $(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null) in
        ?i*) ;;
        *) printf '%s\n' "$package" ;;
        esac
    done
}

# Ends the tool: why packages can't be installed here, and which ones it is about.
cannot_install() {
    say "$1"
    shift
    say "Install these packages (Debian's names), then run the command again:"
    say "  $*"
    say "Where they are installed under other names, run it with FREMSKRIV_PACKAGES=installed."
    exit 2
}

# Runs apt-get without a question, as root or through sudo. Without a terminal sudo must not ask either.
apt_get() {
    set -- env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 "$@"
    if [ "$(id -u)" -ne 0 ]; then
        if [ -t 0 ]; then
            set -- sudo "$@"
        else
            set -- sudo -n "$@"
        fi
    fi
    "$@" >&2
}

# Installs what is missing of the packages that the given lists name.
need_packages() {
    [ "${FREMSKRIV_PACKAGES:-}" != installed ] || return 0
    # Package names hold no blanks: the lists are split into words on purpose.
    # shellcheck disable=SC2046
    set -- $(read_packages "$@")
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        cannot_install "This system has no apt-get, so nothing can be installed for you." "$@"
    fi
    # shellcheck disable=SC2046
    set -- $(missing_packages "$@")
    [ $# -gt 0 ] || return 0
    if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
        cannot_install "Packages are missing, and installing them takes root or sudo." "$@"
    fi
    say "Installing: $*"
    apt_get update || say "apt-get update failed; trying with the package lists that are here."
    apt_get install --no-install-recommends "$@" || cannot_install "apt-get could not install the packages." "$@"
}

# How many commands to run at a time.
cores() {
    nproc 2>/dev/null || echo 2
}

# The value of a variable in a tree's cache; nothing when there is no tree yet.
cached() {
    [ ! -f "$1/CMakeCache.txt" ] || sed -n "s/^$2:INTERNAL=//p" "$1/CMakeCache.txt"
}

# configure PRESET TREE [CMAKE OPTIONS]: Ninja where it is installed, else make. A tree keeps its generator, and one
# that was configured elsewhere (a folder that was moved) starts anew.
configure() {
    preset=$1
    tree=$2
    shift 2
    home=$(cached "$tree" CMAKE_HOME_DIRECTORY)
    if [ -n "$home" ] && [ "$home" != "$root" ]; then
        set -- "$@" --fresh
        home=
    fi
    if [ -n "$home" ]; then
        set -- "$@" -G "$(cached "$tree" CMAKE_GENERATOR)"
    elif ! command -v ninja >/dev/null; then
        set -- "$@" -G "Unix Makefiles"
    fi
    cmake --preset "$preset" "$@" >&2
}

# build TREE [TARGETS]
build() {
    tree=$1
    shift
    if [ $# -gt 0 ]; then
        set -- --target "$@"
    fi
    cmake --build "$tree" --parallel "$(cores)" "$@" >&2
}
