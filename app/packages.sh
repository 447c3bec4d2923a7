# What the project needs from the system, and how it gets there. Sourced by app/run.sh, tests/run.sh and .ci/run.
# Names are those of Debian 12 and 13. One that ends in "?" exists on only one of them and is taken where it is.
# shellcheck shell=bash disable=SC2034

build_packages=(
    build-essential cmake ninja-build pkgconf ccache mold
    qt6-base-dev qt6-svg-dev "qt6-svg-plugins?" qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools libqcustomplot-dev
    libtbb-dev libhwy-dev libexpected-dev libfmt-dev nlohmann-json3-dev libcli11-dev
    libeigen3-dev libdnnl-dev
    libzip-dev zlib1g-dev libcsv-dev libsndfile1-dev libpng-dev libturbojpeg0-dev
)
# A window on X11 comes with Qt itself.
run_packages=(qt6-qpa-plugins qt6-translations-l10n fontconfig fonts-dejavu-core fonts-nanum)
if [[ -n ${WAYLAND_DISPLAY:-} ]]; then run_packages+=(qt6-wayland); fi

# The programs that read what Quantoscope writes.
test_packages=(python3 python3-venv)

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
logs=$top/build/log
# The cache then serves another clone of the project too.
export CCACHE_BASEDIR=$top CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=pch_defines,time_macros

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

# quietly NAME WHAT COMMAND...: says WHAT, keeps the output in build/log/NAME.log and shows its end if COMMAND fails.
quietly() {
    local name=$1 what=$2 status=0
    shift 2
    mkdir -p "$logs"
    [[ -z $what ]] || echo "$what"
    "$@" </dev/null 2>&1 | keep_log "$logs/$name.log" || status=${PIPESTATUS[0]}
    ((status == 0)) && return
    tail -n 60 "$logs/$name.log" >&2
    fail "" "Failed ($status): $*" "The whole log: $logs/$name.log" ${libraries_hint:+"" "$libraries_hint"}
}

# Of a build's output shows that something is compiled, and on a terminal how far it is.
keep_log() {
    local line announced=""
    while IFS= read -r line; do
        printf '%s\n' "$line" >&4
        if [[ -z $announced && $line == \[*"] Building "* ]]; then
            announced=yes
            echo "Building (the first time takes some minutes)"
        fi
        if [[ -t 1 && $line == \[*/*\]* ]]; then printf '\r%s' "${line%%]*}]"; fi
    done 4>"$1"
    if [[ -t 1 ]]; then printf '\r\033[K'; fi
}

installed() { [[ $(dpkg-query -W -f='${db:Status-Abbrev}' "$1" 2>/dev/null) == ii* ]]; }

# Not through grep -q: a reader that leaves early fails the whole pipe when the writer is late.
known() { [[ $(apt-cache show --no-all-versions "$1" 2>/dev/null) == *Package:* ]]; }

apt_get() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 "$@"; }

# Debian's lists may be missing or stale, and a third party's broken source must not stop us.
refresh_lists() { apt_get update || echo "apt-get update failed; going on with the lists there are"; }

install_or_refresh() {
    local package
    for package in "$@"; do
        if ! known "$package"; then
            refresh_lists
            apt_get install --no-install-recommends "$@"
            return
        fi
    done
    apt_get install --no-install-recommends "$@" || { refresh_lists && apt_get install --no-install-recommends "$@"; }
}

# install_packages NAME...: installs what is missing and nothing else. Says nothing when all is there.
install_packages() {
    local package missing=() optional=()
    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        without_apt "$@"
        return
    fi
    for package in "$@"; do
        if installed "${package%\?}"; then continue; fi
        if [[ $package == *\? ]]; then optional+=("${package%\?}"); else missing+=("$package"); fi
    done
    ((${#missing[@]} + ${#optional[@]})) || return 0

    if ((${#missing[@]})); then
        if ((EUID == 0)); then
            as_root=()
        elif command -v sudo >/dev/null; then
            as_root=(sudo)
            echo "Administrator rights are needed to install packages."
            sudo -v || fail "sudo was refused. Install these packages, then try again:" "  ${missing[*]}"
        else
            fail "These packages are missing, and this is neither root nor is there sudo to install them:" "  ${missing[*]}"
        fi
        quietly packages "Installing ${#missing[@]} packages: ${missing[*]}" install_or_refresh "${missing[@]}"
    fi
    missing=()
    for package in "${optional[@]}"; do
        if known "$package"; then missing+=("$package"); fi
    done
    if ((${#missing[@]})) && { ((EUID == 0)) || command -v sudo >/dev/null; }; then
        if ((EUID == 0)); then as_root=(); else as_root=(sudo); fi
        quietly packages "Installing ${missing[*]}" install_or_refresh "${missing[@]}"
    fi
}

# Elsewhere the tools must be there already; libraries are CMake's to find, and it says which one it misses.
without_apt() {
    local tool missing=()
    for tool in cmake ninja c++ pkg-config; do command -v "$tool" >/dev/null || missing+=("$tool"); done
    if ((${#missing[@]})); then
        fail "There is no apt here to install packages with, and these tools are missing: ${missing[*]}" \
            "Quantoscope needs what Debian calls:" "  ${*//\?/}"
    fi
    libraries_hint="There is no apt here to install packages with. Quantoscope needs what Debian calls:
  ${*//\?/}"
}

# configure PRESET [OPTION...]
configure() {
    local preset=$1
    shift
    quietly "configure-$preset" "" cmake_in_top --preset "$preset" "$@"
}

cmake_in_top() { (cd "$top" && cmake "$@"); }

# build PRESET [TARGET...]
build() {
    local preset=$1 target targets=()
    shift
    for target in "$@"; do targets+=(--target "$target"); done
    quietly "build-$preset" "" cmake_in_top --build "build/$preset" "${targets[@]}"
}
