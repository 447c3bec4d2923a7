#!/usr/bin/env python3
"""Checks what compilers do not: who includes whom, words left behind, paths of one machine, run bits.

check_tree.py [TOP]        prints every offence as file:line: what, and exits 1 if there is one
check_tree.py --self-test  makes trees that offend in every way and checks that each is caught
"""

import pathlib
import re
import subprocess
import sys
import tempfile

# Who may include whom. A room may include its own headers and those of the rooms named here; one that is not
# listed may not exist, so a new room is given its place here first.
ENGINE = {"core/base", "core/tensor", "core/formats", "core/quant", "core/schemes", "core/measure", "core/nn", "core/study"}
LOOK = {"ui/theme", "ui/widgets"}
# Of plots, what is drawn and how numbers read: values without a widget, which others speak of as well.
PLOTTED = {"ui/plots/plotted_levels.h", "ui/plots/plot_text.h"}
MAY_INCLUDE = {
    "core/base": set(),
    "core/tensor": {"core/base"},
    "core/formats": {"core/base", "core/tensor"},
    "core/quant": {"core/base", "core/tensor"},
    "core/schemes": {"core/base", "core/tensor", "core/quant"},
    "core/measure": {"core/base", "core/tensor", "core/quant"},
    "core/nn": {"core/base", "core/tensor", "core/quant", "core/schemes", "core/measure"},
    "core/study": ENGINE,
    "resources": set(),
    "ui/theme": {"core/base", "core/quant", "core/schemes", "resources"},
    "ui/jobs": {"core/base"},
    "ui/session": ENGINE | PLOTTED | {"ui/jobs", "ui/theme"},
    "ui/models": ENGINE | LOOK | PLOTTED | {"ui/session"},
    "ui/plots": ENGINE | LOOK | {"ui/jobs"},
    "ui/widgets": ENGINE | {"ui/theme"},
    "ui/dialogs": ENGINE | LOOK | {"ui/session", "ui/models", "ui/jobs", "ui/plots", "resources"},
    "ui/panels": ENGINE | LOOK | {"ui/session", "ui/models", "ui/jobs", "ui/plots", "ui/dialogs", "resources"},
    "ui/lab": ENGINE | LOOK | {"ui/session", "ui/models", "ui/jobs", "ui/plots", "ui/dialogs", "resources"},
    "app/cli": ENGINE,
}
# The window and the programs put the rooms together.
EVERYWHERE = {"ui", "app", "tests"}
# Headers that only one place may include, and why.
ONLY_IN = [
    (re.compile(r"<qcustomplot\.h>"), re.compile(r"^(ui/plots/|tests/ui/)"), "QCustomPlot belongs to ui/plots"),
    (re.compile(r"<(oneapi/)?tbb/"), re.compile(r"^core/.*\.cpp$"), "oneTBB stays in core's .cpp files"),
    (re.compile(r"<(oneapi/)?dnnl[/._]"), re.compile(r"^core/nn/onednn_"), "oneDNN belongs to core/nn/onednn_*"),
]
QT = re.compile(r"<(Q[A-Z]|Qt|qcustomplot)")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')

# Spelled in parts, or this file would offend.
WORDS = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK", "not imple" + "mented"]) + r")\b")
# Where people keep their own things, and the folders this was once built in.
PLACES = "|".join(["ho" + "me", "ro" + "ot", "Us" + "ers", "t" + "mp", "m" + "nt", "wo" + "rk", "fa" + "rm"])
PATHS = re.compile(rf"""(?:^|[\s"'(=:])(/(?:{PLACES})/[A-Za-z0-9][\w./-]*)""")
TEXT = {".cpp", ".h", ".py", ".sh", ".md", ".txt", ".cmake", ".json", ".qss", ".xml", ".desktop", ".qrc", ""}
TOP = {"app", "core", "ui", "resources", "tests", "CMakeLists.txt", "CMakePresets.json", "LICENSE", "README.md"}
DATA = ("tests/data/", "tests/fuzz/corpus/", "resources/samples/", "LICENSE")


def room(path):
    parts = path.split("/")
    if parts[0] in ("core", "ui"):
        return "/".join(parts[:2]) if len(parts) > 2 else parts[0]
    if path.startswith("app/cli/"):
        return "app/cli"
    return parts[0]


def included_rooms(path, lines):
    """(line number, delimiter, target) of every include."""
    for number, line in enumerate(lines, 1):
        match = INCLUDE.match(line)
        if match:
            yield number, match[1], match[2]


def check_includes(path, lines):
    here = room(path)
    if here not in EVERYWHERE and here not in MAY_INCLUDE:
        yield 1, f"room {here} has no place in tests/check_tree.py"
        return
    for number, delimiter, target in included_rooms(path, lines):
        spelled = f"{delimiter}{target}>"
        if path.startswith("core/") and QT.match(spelled):
            yield number, f"core knows no Qt: <{target}>"
        for header, place, why in ONLY_IN:
            if header.match(spelled) and not place.match(path):
                yield number, f"{why}: <{target}>"
        if delimiter == "<" or "/" not in target or here in EVERYWHERE:
            if here == "ui" and target.startswith(("app/", "tests/")):
                yield number, f"{here} may not include {target}"
            continue
        there = room(target)
        if there != here and not MAY_INCLUDE[here] & {there, target}:
            yield number, f"{here} may not include {target}"


def check_words(path, lines):
    for number, line in enumerate(lines, 1):
        if match := WORDS.search(line):
            yield number, f"left behind: {match[0]}"
        if match := PATHS.search(line):
            yield number, f"a path of one machine: {match[1]}"


def check_file(top, path):
    file = top / path
    if path.split("/")[0] not in TOP and not path.startswith("."):
        yield 1, "nothing but dot files and what has its place lies at the top"
    if path.endswith(".sh") or path == ".ci/run":
        if not file.read_text().startswith("#!") and path != "app/packages.sh":
            yield 1, "a script without #!"
        if file.read_text().startswith("#!") and not file.stat().st_mode & 0o111:
            yield 1, "a script that cannot be run: chmod +x"
    if file.suffix not in TEXT or path.startswith(DATA):
        return
    lines = file.read_text(encoding="utf-8").splitlines()
    yield from check_words(path, lines)
    if file.suffix in (".cpp", ".h") and path.startswith(("core/", "ui/", "app/", "tests/", "resources/")):
        yield from check_includes(path, lines)


def tracked(top):
    names = subprocess.run(["git", "-C", top, "ls-files", "-z"], check=True, capture_output=True).stdout
    return [name for name in names.decode().split("\0") if name and (top / name).is_file()]


def offences(top, files):
    return [f"{path}:{number}: {what}" for path in files for number, what in check_file(top, path)]


def self_test():
    rows = [
        ("pictures/a.txt", "light", "lies at the top"),
        ("core/base/a.h", "#include <QString>", "core knows no Qt"),
        ("core/quant/a.cpp", '#include "ui/theme/theme.h"', "core/quant may not include"),
        ("core/base/a.cpp", '#include "core/tensor/tensor.h"', "core/base may not include"),
        ("core/formats/a.cpp", '#include "core/schemes/kmeans.h"', "core/formats may not include"),
        ("core/tensor/a.h", "#include <oneapi/tbb/info.h>", "oneTBB stays"),
        ("core/nn/a.cpp", "#include <oneapi/dnnl/dnnl.hpp>", "oneDNN belongs"),
        ("ui/plots/a.cpp", '#include "ui/session/session.h"', "ui/plots may not include"),
        ("ui/session/a.cpp", '#include "ui/plots/plot_view.h"', "ui/session may not include"),
        ("ui/panels/a.cpp", "#include <qcustomplot.h>", "QCustomPlot belongs"),
        ("ui/main_window.cpp", '#include "app/version.h"', "ui may not include"),
        ("app/cli/main.cpp", '#include "ui/main_window.h"', "app/cli may not include"),
        ("core/elsewhere/a.h", "", "no place"),
        ("core/base/b.cpp", "// TO" + "DO: later", "left behind"),
        ("README.md", "see /ho" + "me/someone/notes", "path of one machine"),
        ("tests/run.sh", "#!/bin/sh", "cannot be run"),
    ]
    fine = [
        ("core/study/a.cpp", '#include "core/schemes/kmeans.h"\n#include <oneapi/tbb/info.h>\n#include <vector>'),
        ("core/nn/onednn_products.cpp", "#include <oneapi/dnnl/dnnl.hpp>"),
        ("ui/plots/b.cpp", '#include "ui/theme/theme.h"\n#include <qcustomplot.h>\n#include <QPen>'),
        ("ui/main_window.h", '#include "ui/panels/data_panel.h"'),
        ("ui/session/a.h", '#include "ui/plots/plotted_levels.h"'),
        ("core/study/b.cpp", 'at("/spec/levels")'),
        ("README.md", "build/release and /usr/bin/env, and/or https://example.org/a/b"),
    ]
    with tempfile.TemporaryDirectory() as folder:
        top = pathlib.Path(folder)

        def found(path, text):
            (top / path).parent.mkdir(parents=True, exist_ok=True)
            (top / path).write_text(text + "\n")
            return offences(top, [path])

        missed = [row for row in rows if not any(row[2] in line for line in found(row[0], row[1]))]
        wrong = [line for row in fine for line in found(*row)]
    for row in missed:
        print(f"not caught: {row}")
    for line in wrong:
        print(f"wrongly caught: {line}")
    print(f"{len(rows) - len(missed)} of {len(rows)} offences caught, {len(wrong)} false alarms")
    return 1 if missed or wrong else 0


def main():
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    top = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent.parent)
    files = tracked(top)
    found = offences(top, files)
    print("\n".join(found) if found else f"{len(files)} files: nothing to say")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
