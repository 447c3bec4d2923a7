#!/usr/bin/env bash
# Runs every test: installs what is missing, builds a release with its tests, and hands the arguments to ctest
# (tests/run.sh -R kmeans, tests/run.sh -L core). QUANTOSCOPE_CONFIGURE holds further options for CMake.
set -euo pipefail
# shellcheck source=app/packages.sh
source "$(dirname "${BASH_SOURCE[0]}")/../app/packages.sh"

# The real clients that read our files (numpy, safetensors) live in an environment of their own.
make_clients() {
    local python=python3
    [[ -x /usr/bin/python3 ]] && python=/usr/bin/python3
    # The system's certificates, to which a company may have added its proxy's.
    local certificates=/etc/ssl/certs/ca-certificates.crt
    if [[ -z ${PIP_CERT:-} && -r $certificates ]]; then export PIP_CERT=$certificates; fi
    rm -rf "$clients"
    "$python" -m venv "$clients" && "$clients/bin/python" -m pip install --quiet --disable-pip-version-check -r "$wanted" &&
        cp "$wanted" "$clients/installed.txt"
}

install_packages "${build_packages[@]}" "${run_packages[@]}" "${test_packages[@]}"
clients=$top/build/clients
wanted=$top/tests/clients.txt
if ! cmp -s "$wanted" "$clients/installed.txt" || ! "$clients/bin/python" -c '' 2>/dev/null; then
    quietly clients "Installing the Python clients that check our files" make_clients
fi
IFS=' ' read -r -a options <<<"${QUANTOSCOPE_CONFIGURE:-}"
configure release -DQUANTOSCOPE_TESTS=ON -DQUANTOSCOPE_PYTHON="$clients/bin/python" "${options[@]}"
build release
exec ctest --test-dir "$top/build/release" --output-on-failure --no-tests=error -j "$(nproc)" "$@"
