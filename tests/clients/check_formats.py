#!/usr/bin/env python3
"""Real clients read what we write, and we read what they write: numpy, safetensors, Python's csv and wave.

check_formats.py FORMAT_CLIENT: the path of the built tests/clients/format_client. A missing client is a failure.
"""
import csv
import json
import math
import pathlib
import struct
import subprocess
import sys
import tempfile
import wave

import numpy
import safetensors
import safetensors.numpy

client = sys.argv[1]
failures = []


def check(condition, what):
    if not condition:
        failures.append(what)


def run(*arguments):
    done = subprocess.run([client, *map(str, arguments)], capture_output=True, text=True, check=False)
    check(done.returncode == 0, f"format_client {arguments[0]}: {done.stderr.strip()}")
    return done.stdout


def dump(path):
    text = run("dump", path)
    return {entry["name"]: entry for entry in json.loads(text)} if text else {}


def same(a, b):
    a, b = numpy.asarray(a), numpy.asarray(b)
    return a.shape == b.shape and numpy.array_equal(a.astype("f4").view("u4") & 0x7FC00000, b.astype("f4").view("u4") & 0x7FC00000) \
        and numpy.array_equal(a.astype("f8"), b.astype("f8"), equal_nan=True)


WHOLE, BOOLS = [0, 1, 2, 3, 64, 96], [0, 1, 1, 0, 1, 0]
REAL = [0, -1.5, 0.375, 64, math.nan, -0.0]
NUMPY_TYPES = {"BOOL": "?", "U8": "u1", "I8": "i1", "U16": "u2", "I16": "i2", "U32": "u4", "I32": "i4", "U64": "u8",
               "I64": "i8", "F16": "f2", "F32": "f4", "F64": "f8"}


def expected(kind):
    values = BOOLS if kind == "BOOL" else WHOLE if kind[0] in "UI" else REAL
    return numpy.array(values, "f8").reshape(2, 3).astype(NUMPY_TYPES[kind])


def our_arrays(folder):
    archive = numpy.load(folder / "all.npz")
    for kind, code in NUMPY_TYPES.items():
        for where, array in (("npy", numpy.load(folder / f"t.{kind}.npy")), ("npz", archive[f"t.{kind}"])):
            check(array.dtype == numpy.dtype(code), f"numpy reads our {kind} from {where} as {array.dtype}")
            check(same(array, expected(kind)), f"numpy reads our {kind} from {where}")
    check(archive["empty"].shape == (0, 3), "numpy reads our empty array")
    check(archive["scalar"].shape == () and archive["scalar"] == 2.5, "numpy reads our scalar")
    check(same(archive["이름/ü"], numpy.array([0.1, -3e38], "f4")), "numpy reads our array with a name beyond ASCII")
    for kind in ("BF16", "F8_E4M3", "F8_E5M2"):
        check(not (folder / f"t.{kind}.npy").exists(), f"{kind}, which numpy does not know, was written all the same")


def our_safetensors(folder):
    path = folder / "all.safetensors"
    with safetensors.safe_open(path, "numpy") as file:
        names = set(file.keys())
        check({"empty", "scalar", "이름/ü"} | {f"t.{kind}" for kind in NUMPY_TYPES} <= names, f"names of safetensors: {names}")
        for kind in NUMPY_TYPES:
            tensor = file.get_tensor(f"t.{kind}")
            check(tensor.dtype == numpy.dtype(NUMPY_TYPES[kind]) and same(tensor, expected(kind)),
                  f"safetensors reads our {kind}")
        check(file.get_tensor("empty").shape == (0, 3), "safetensors reads our empty tensor")
        check(file.get_tensor("scalar").shape == (), "safetensors reads our scalar")
    # numpy knows neither bfloat16 nor 8-bit floats: their bytes, from the reference reader.
    raw = dict(safetensors.deserialize(path.read_bytes()))
    bfloat = [struct.unpack("<f", bytes(2) + bytes(raw["t.BF16"]["data"][i:i + 2]))[0] for i in range(0, 12, 2)]
    check(same(numpy.array(bfloat), numpy.array(REAL)), f"bfloat16: {bfloat}")
    check(raw["t.F8_E4M3"]["dtype"] == "F8_E4M3" and bytes(raw["t.F8_E4M3"]["data"]) == bytes([0, 0xBC, 0x2C, 0x68, 0x7F, 0x80]),
          f"F8_E4M3: {bytes(raw['t.F8_E4M3']['data']).hex()}")
    check(raw["t.F8_E5M2"]["dtype"] == "F8_E5M2" and bytes(raw["t.F8_E5M2"]["data"]) == bytes([0, 0xBE, 0x36, 0x54, 0x7E, 0x80]),
          f"F8_E5M2: {bytes(raw['t.F8_E5M2']['data']).hex()}")


def our_tables(folder):
    for name, delimiter in (("table.csv", ","), ("table.tsv", "\t")):
        with open(folder / name, newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file, delimiter=delimiter))
        check(rows[0] == ['a, "b"', "n"], f"{name}: {rows[0]}")
        check([numpy.float32(row[0]) for row in rows[1:]] == [numpy.float32(v) for v in (0.1, -2, 3e10)], f"{name}: {rows}")
        check([row[1] for row in rows[1:]] == ["1", "2", "3"], f"{name}: {rows}")


def their_files(folder):
    random = numpy.random.default_rng(1)
    arrays = {}
    for kind, code in NUMPY_TYPES.items():
        dtype = numpy.dtype(code)
        if dtype.kind == "b":
            array = random.integers(0, 2, (3, 4, 5)).astype(dtype)
        elif dtype.kind in "iu":
            info = numpy.iinfo(dtype)
            array = random.integers(info.min, info.max, (3, 4, 5), dtype=dtype, endpoint=True)
        else:
            array = random.normal(size=(3, 4, 5)).astype(dtype)
        arrays[kind] = array
    variants = {}
    for kind, array in arrays.items():
        variants[f"{kind}.plain"] = array
        variants[f"{kind}.fortran"] = numpy.asfortranarray(array)
        variants[f"{kind}.big"] = array.astype(array.dtype.newbyteorder(">"))
        variants[f"{kind}.both"] = numpy.asfortranarray(array.astype(array.dtype.newbyteorder(">")))
    numpy.savez(folder / "theirs.npz", **variants)
    numpy.savez_compressed(folder / "packed.npz", **variants)
    safetensors.numpy.save_file(arrays, folder / "theirs.safetensors", metadata={"made": "here"})
    for file, wanted in (("theirs.npz", variants), ("packed.npz", variants), ("theirs.safetensors", arrays)):
        ours = dump(folder / file)
        check(set(ours) == set(wanted), f"{file}: entries {sorted(ours)}")
        for name, array in wanted.items():
            entry = ours.get(name)
            if entry is None:
                continue
            check(entry["dtype"] == name.split(".")[0] and entry["shape"] == list(array.shape), f"{file}: {name}: {entry['dtype']}")
            bits = numpy.ascontiguousarray(array.astype("f4")).view("u4").ravel()
            check(numpy.array_equal(bits, numpy.array(entry["bits"], "u4")), f"{file}: {name}: values")

    with wave.open(str(folder / "theirs.wav"), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(22050)
        samples = random.integers(-32768, 32767, 600, dtype="<i2")
        file.writeframes(samples.tobytes())
    entry = dump(folder / "theirs.wav").get("samples", {"shape": None, "bits": []})
    check(entry["shape"] == [300, 2], f"theirs.wav: {entry['shape']}")
    check(numpy.array_equal(numpy.array(entry["bits"], "u4").view("f4"), samples.astype("f4") / 32768), "theirs.wav: values")

    table = random.normal(size=(50, 3))
    with open(folder / "theirs.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["x", "y, z", 'say "w"'])
        writer.writerows(table.tolist())
    entry = dump(folder / "theirs.csv").get("*", {"bits": []})
    check(numpy.array_equal(numpy.array(entry["bits"], "u4"), table.astype("f4").view("u4").ravel()), "theirs.csv: values")


with tempfile.TemporaryDirectory() as name:
    scratch = pathlib.Path(name)
    run("write", scratch)
    if not failures:
        our_arrays(scratch)
        our_safetensors(scratch)
        our_tables(scratch)
        their_files(scratch)

for failure in failures:
    print("FAILED:", failure)
print(f"numpy {numpy.__version__}, safetensors {safetensors.__version__}: {len(failures)} failures")
sys.exit(1 if failures else 0)
