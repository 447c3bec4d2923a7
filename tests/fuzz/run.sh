#!/usr/bin/env bash
# Runs every fuzzer on its corpus and then on new inputs, SECONDS in all (300 unless told), shared equally, as many at a
# time as there are cores; builds them first. What is found is kept in build/fuzz/findings, and the exit status is 1.
# QUANTOSCOPE_FUZZ_SEED repeats a run; without it each is another.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
seconds=${1:-300}
build=$top/build/fuzz
findings=$build/findings
clang=$(command -v clang-14 || command -v clang)

cmake -S "$top" -B "$build" -G Ninja -Wno-dev \
    -DCMAKE_C_COMPILER="$clang" -DCMAKE_CXX_COMPILER="${clang/clang/clang++}" \
    -DCMAKE_BUILD_TYPE=None -DCMAKE_CXX_FLAGS="-O1 -g1" -DQUANTOSCOPE_SANITIZE=fuzzer-no-link,address,undefined \
    -DQUANTOSCOPE_FUZZERS=ON -DQUANTOSCOPE_UI=OFF -DQUANTOSCOPE_TESTS=OFF >"$build.log" 2>&1 || { cat "$build.log"; exit 1; }
mapfile -t sources < <(find "$top/tests/fuzz" -name 'fuzz_*.cpp' -printf '%f\n' | sort)
names=("${sources[@]%.cpp}")
ninja -C "$build" "${names[@]}" >"$build.log" 2>&1 || { cat "$build.log"; exit 1; }

mkdir -p "$findings"
# What libraries forget is not ours to find.
export LSAN_OPTIONS=suppressions=$top/tests/suppressions/lsan.txt:print_suppressions=0
share=$((seconds / ${#names[@]}))
((share > 0)) || share=1

fuzz() {
    local name=$1 format=${1#fuzz_}
    mkdir -p "$build/corpus/$format"
    if "$build/fuzz/$name" -max_total_time="$share" -seed="${QUANTOSCOPE_FUZZ_SEED:-0}" -max_len=65536 -timeout=20 -rss_limit_mb=4096 -print_final_stats=0 \
        -artifact_prefix="$findings/$format-" "$build/corpus/$format" "$top/tests/fuzz/corpus/$format" \
        >"$build/$name.log" 2>&1; then
        echo "$name: $(grep -oE 'Done [0-9]+ runs' "$build/$name.log" || echo 'no runs')"
    else
        echo "$name: FINDING, see $build/$name.log"
        tail -n 40 "$build/$name.log"
        return 1
    fi
}

export -f fuzz
export build top findings share
printf '%s\n' "${names[@]}" | xargs -P "$(nproc)" -I NAME bash -c 'fuzz NAME' || exit 1
