#!/usr/bin/env bash
# Opens Quantoscope: installs what is missing, builds a release, starts the program with the arguments given.
# Without a display it renders the window to a PNG and prints the comparison table instead.
set -euo pipefail
# shellcheck source=app/packages.sh
source "$(dirname "${BASH_SOURCE[0]}")/packages.sh"

install_packages "${build_packages[@]}" "${run_packages[@]}"
configure release
build release quantoscope quantoscope-cli

program=$top/build/release/app/quantoscope
case ${QT_QPA_PLATFORM:-} in
'' | offscreen | minimal)
    if [[ -z ${DISPLAY:-}${WAYLAND_DISPLAY:-} && $(uname -s) != Darwin ]]; then
        echo "No display (neither DISPLAY nor WAYLAND_DISPLAY is set): the window goes to a picture instead."
        # Qt wants a folder of its own here, and a session without a display often has none.
        if [[ -z ${XDG_RUNTIME_DIR:-} ]]; then
            export XDG_RUNTIME_DIR=$top/build/runtime
            (umask 077 && mkdir -p "$XDG_RUNTIME_DIR")
        fi
        QT_QPA_PLATFORM=offscreen exec "$program" --headless="$top/build/quantoscope.png" "$@"
    fi
    ;;
esac
exec "$program" "$@"
