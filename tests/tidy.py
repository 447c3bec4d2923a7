#!/usr/bin/env python3
"""Runs clang-tidy over the project's own sources, as many at a time as there are cores.

tidy.py CLANG_TIDY BUILD [FOLDER...]

BUILD holds compile_commands.json; FOLDERs (core, app, ...) limit what is looked at. A file that was clean is not
looked at again until it, a header of ours that it includes, .clang-tidy or clang-tidy itself has changed: what was
clean is remembered under $XDG_CACHE_HOME/quantoscope/tidy. Exits 1 if there is a finding.

Most of the time goes to the headers of Qt and the standard library, so several sources are read as one where their
names do not clash. Where such a batch is not clean, for whatever reason, its sources are looked at one by one: what is
reported is always about a source on its own.
"""

import concurrent.futures
import functools
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "quantoscope" / "tidy"
BATCH = 10  # sources read as one
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


def names(file):
    """What a source may declare for itself: names at the left margin, where the house's style puts what is not in a
    class or function. None where it is read more than once or sets macros, and so must stand alone."""
    text = file.read_text()
    if "foreach_target" in text or re.search(r"^\s*#\s*(define|undef)", text, re.MULTILINE):
        return None
    found = set(re.findall(r"^(?:class|struct|enum(?: class)?|using) (\w+)", text, re.MULTILINE))
    for line in re.findall(r"^\w[^\n]*", text, re.MULTILINE):
        if not re.match(r"(?:namespace|template|class|struct|enum|using)\b", line) and not re.search(r"\w::~?\w+\(", line):
            found.update(re.findall(r"\b(\w+)\s*(?=[({=;\[])", line)[:1])
    return found


def without_precompiled(command):
    """The command without GCC's precompiled headers, which clang cannot read."""
    return re.sub(r" -(include \S+cmake_pch\.hxx|Winvalid-pch|fpch-preprocess)(?=\s)", "", command)


def batches(files, commands):
    """Lists of files with the same flags and no name in common."""
    made = []  # (flags, names, files)
    for file in files:
        own = names(file)
        flags = re.sub(r" -o \S+ -c \S+$", "", commands[file]["command"])
        place = None
        if own is not None:
            fits = (each for each in made if each[0] == flags and len(each[2]) < BATCH and not each[1] & own)
            place = next(fits, None)
        if place is None:
            made.append((flags if own is not None else None, own or set(), [file]))
        else:
            place[1].update(own)
            place[2].append(file)
    return [files for _, _, files in made]


def write_batches(groups, commands, folder):
    """One source for each group that has several, beside copies of the settings of their folders."""
    sources = {}
    for number, group in enumerate(groups):
        if len(group) == 1:
            continue
        room = pathlib.Path(os.path.commonpath([file.parent for file in group])).relative_to(TOP)
        source = folder / room / f"batch_{number}.cpp"
        source.parent.mkdir(parents=True, exist_ok=True)
        for place in (room, *room.parents):
            settings = TOP / place / ".clang-tidy"
            if place != pathlib.Path(".") and settings.is_file():
                (folder / place / ".clang-tidy").write_bytes(settings.read_bytes())
        source.write_text("".join(f'#include "{file.relative_to(TOP)}"\n' for file in group))
        sources[number] = source
        first = commands[group[0]]
        command = first["command"].replace(f" -c {first['file']}", f" -c {source}")
        commands[source] = {"directory": first["directory"], "command": command, "file": str(source)}
    return sources


def run(program, build, file, *arguments):
    done = subprocess.run([program, "--quiet", "-p", build, *arguments, file], capture_output=True, text=True)
    return done.returncode, done.stdout + (done.stderr if done.returncode else "")


def look(program, build, tool, group, batch):
    """(file, findings) for each file of the group that has some."""
    if batch:
        ours = r"--header-filter=/(core|ui|app|resources)/[^ ]*\.(h|cpp)$"
        status, _ = run(program, build, batch, ours, "--checks=-bugprone-suspicious-include")
        if status == 0:
            for file in group:
                (CACHE / key(file, tool)).touch()
            return []
    findings = []
    for file in group:
        status, text = run(program, build, file)
        if status == 0:
            (CACHE / key(file, tool)).touch()
        else:
            findings.append((file, text))
    return findings


def main():
    program, build, folders = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3:]
    tool = subprocess.run([program, "--version"], check=True, capture_output=True).stdout
    commands = {}
    for command in json.loads((build / "compile_commands.json").read_text()):
        file = pathlib.Path(command["directory"], command["file"]).resolve()
        commands.setdefault(file, command | {"command": without_precompiled(command["command"])})
    own = [file for file in sorted(commands) if file.is_relative_to(TOP) and not file.is_relative_to(build.resolve())]
    chosen = [file for file in own if not folders or any(file.is_relative_to(TOP / folder) for folder in folders)]
    if not chosen:
        print(f"no source of {' '.join(folders)} in {build}")
        return 1
    CACHE.mkdir(parents=True, exist_ok=True)
    folder = build.resolve() / "tidy"
    shutil.rmtree(folder, ignore_errors=True)
    groups = batches([file for file in chosen if not (CACHE / key(file, tool)).exists()], commands)
    sources = write_batches(groups, commands, folder)
    folder.mkdir(exist_ok=True)
    (folder / "compile_commands.json").write_text(json.dumps(list(commands.values())))
    findings = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = [pool.submit(look, program, folder, tool, group, sources.get(i)) for i, group in enumerate(groups)]
        for job in concurrent.futures.as_completed(jobs):
            for file, text in job.result():
                findings += 1
                print(f"{file.relative_to(TOP)}:\n{text}")
    print(f"clang-tidy: {len(chosen)} files, {findings} with findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
