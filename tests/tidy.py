#!/usr/bin/env python3
"""Runs clang-tidy over the project's own sources, two at a time or as many as there are cores.

tidy.py CLANG_TIDY BUILD [FOLDER...]

BUILD holds compile_commands.json; FOLDERs (core, app, ...) limit what is looked at. A file that was clean is not
looked at again until it, a header of ours that it includes, .clang-tidy or clang-tidy itself has changed: what was
clean is remembered under $XDG_CACHE_HOME/quantoscope/tidy. Exits 1 if there is a finding.
"""

import concurrent.futures
import functools
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "quantoscope" / "tidy"
INCLUDE = re.compile(rb'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)


@functools.lru_cache(maxsize=None)
def own_headers(file):
    """The headers of the tree that a file names, found from the root or beside it."""
    named = (name.decode() for name in INCLUDE.findall(file.read_bytes()))
    places = (place / name for name in named for place in (TOP, file.parent))
    return frozenset(place for place in places if place.is_file())


def key(file, tool):
    seen, waiting = set(), [file]
    while waiting:
        current = waiting.pop()
        if current not in seen:
            seen.add(current)
            waiting.extend(own_headers(current))
    digest = hashlib.sha256(tool)
    settings = {folder / ".clang-tidy" for folder in file.parents if (folder / ".clang-tidy").is_file()}
    for name in sorted(seen | {name for name in settings if name.is_relative_to(TOP)}):
        digest.update(str(name.relative_to(TOP)).encode() + b"\0" + name.read_bytes())
    return digest.hexdigest()


def without_precompiled(commands, folder):
    """Writes the compile commands without GCC's precompiled headers, which clang cannot read; returns the folder."""
    for command in commands:
        command["command"] = re.sub(r" -(include \S+cmake_pch\.hxx|Winvalid-pch|fpch-preprocess)(?=\s)", "", command["command"])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "compile_commands.json").write_text(json.dumps(commands))
    return folder


def look(program, build, tool, file):
    stamp = CACHE / key(file, tool)
    if stamp.exists():
        return file, 0, ""
    done = subprocess.run([program, "--quiet", "-p", build, file], capture_output=True, text=True)
    if done.returncode == 0:
        stamp.touch()
    return file, done.returncode, done.stdout + (done.stderr if done.returncode else "")


def main():
    program, build, folders = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3:]
    tool = subprocess.run([program, "--version"], check=True, capture_output=True).stdout
    commands = json.loads((build / "compile_commands.json").read_text())
    files = {pathlib.Path(command["directory"], command["file"]).resolve() for command in commands}
    own = [file for file in sorted(files) if file.is_relative_to(TOP) and not file.is_relative_to(build.resolve())]
    chosen = [file for file in own if not folders or any(file.is_relative_to(TOP / folder) for folder in folders)]
    if not chosen:
        print(f"no source of {' '.join(folders)} in {build}")
        return 1
    CACHE.mkdir(parents=True, exist_ok=True)
    plain = without_precompiled(commands, build / "tidy")
    findings = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for file, status, text in pool.map(lambda file: look(program, plain, tool, file), chosen):
            if status:
                findings += 1
                print(f"{file.relative_to(TOP)}:\n{text}")
    print(f"clang-tidy: {len(chosen)} files, {findings} with findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
