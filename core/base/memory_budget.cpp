#include "core/base/memory_budget.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace quantoscope {

namespace {

constexpr std::uint64_t kUnknownMachine = 4'000'000'000;
constexpr double kMostBytes = 0x1p60;

struct Unit {
    std::string_view name; // lower case
    double bytes;
};
constexpr std::array<Unit, 10> kUnits{{{"", 1},
                                       {"b", 1},
                                       {"kb", 1e3},
                                       {"mb", 1e6},
                                       {"gb", 1e9},
                                       {"tb", 1e12},
                                       {"kib", 0x1p10},
                                       {"mib", 0x1p20},
                                       {"gib", 0x1p30},
                                       {"tib", 0x1p40}}};

} // namespace

std::uint64_t physicalMemory() {
    const long pages = ::sysconf(_SC_PHYS_PAGES), pageSize = ::sysconf(_SC_PAGESIZE);
    return pages > 0 && pageSize > 0 ? static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(pageSize) : 0;
}

std::uint64_t defaultMemoryBudget() {
    const std::uint64_t memory = physicalMemory();
    return memory == 0 ? kUnknownMachine : std::max(memory / 2, kLeastMemoryBudget);
}

Result<std::uint64_t> parseByteSize(std::string_view text) {
    const auto wrong = [&](std::string_view why) {
        return Error{ErrorCode::InvalidArgument, {}, fmt::format("\"{}\" {}", text, why)};
    };
    double number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc() || !(number >= 0)) return wrong("is no size such as 2GB or 500MB");
    std::string unit;
    for (const char c : text.substr(static_cast<std::size_t>(end - text.data())))
        if (c != ' ') unit += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    for (const Unit& known : kUnits) {
        if (unit != known.name) continue;
        const double bytes = number * known.bytes;
        if (!(bytes <= kMostBytes)) return wrong("is more than any machine has");
        if (bytes < static_cast<double>(kLeastMemoryBudget)) return wrong("is too little: 2MB is the least");
        return static_cast<std::uint64_t>(bytes);
    }
    return wrong("is no size such as 2GB or 500MB");
}

std::string byteSizeText(std::uint64_t bytes) {
    constexpr std::array<std::string_view, 5> names{"bytes", "kB", "MB", "GB", "TB"};
    auto number = static_cast<double>(bytes);
    std::size_t unit = 0;
    for (; number >= 999.5 && unit + 1 < names.size(); ++unit) number /= 1000;
    return fmt::format("{:.3g} {}", number, names[unit]);
}

} // namespace quantoscope
