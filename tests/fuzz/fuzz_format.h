// What the fuzzers of all readers do: put the bytes into a file in memory, open it as one format, load every entry, and
// compare slices with the whole. A crash, a sanitizer's report, an error without a reason or a difference is a finding.
#pragma once

#include "core/formats/known_formats.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

namespace quantoscope::fuzz {

inline void check(bool condition, const char* what) {
    if (condition) return;
    std::fprintf(stderr, "finding: %s\n", what);
    std::abort();
}

/// Lossy decoders begin a slice from a little before it and round a little otherwise: there `exact` is false.
inline void readAll(const TensorSource& source, bool exact) {
    constexpr std::uint64_t mostValues = 1 << 22; // what is honest about its size is only slow
    for (std::size_t i = 0; i < source.entries().size() && i < 16; ++i) {
        const auto count = elementCount(source.entries()[i].shape);
        check(count.has_value(), "an entry whose shape has no count");
        std::vector<float> slice(static_cast<std::size_t>(*count < 7 ? *count : 7));
        const std::uint64_t first = (*count - slice.size()) / 2;
        const Status status = source.read(i, first, slice, {});
        check(status || !status.error().detail.empty(), "an error without a reason");
        if (*count > mostValues) continue;
        const auto tensor = source.load(i, {});
        check(tensor || !tensor.error().detail.empty(), "an error without a reason");
        if (!tensor) continue;
        check(tensor->values.size() == *count, "a tensor against its shape");
        check(status.has_value(), "a whole tensor without its slice");
        check(!exact || slice.empty() ||
                  std::memcmp(slice.data(), tensor->values.data() + first, slice.size() * sizeof(float)) == 0,
              "a slice that differs from the whole");
    }
}

inline int run(const Format& format, std::string_view extension, const std::uint8_t* data, std::size_t size,
               const OpenOptions& options = {}, bool exact = true) {
    const int descriptor = ::memfd_create("fuzz", MFD_CLOEXEC);
    check(descriptor >= 0, "no file in memory");
    check(::write(descriptor, data, size) == static_cast<ssize_t>(size), "no room in memory");
    format.sniff({reinterpret_cast<const std::byte*>(data), size < 4096 ? size : 4096}, extension);
    const auto source = format.open("/proc/self/fd/" + std::to_string(descriptor), options, {});
    if (source)
        readAll(**source, exact);
    else
        check(!source.error().detail.empty(), "an error without a reason");
    ::close(descriptor);
    return 0;
}

} // namespace quantoscope::fuzz
