#include "core/measure/energy.h"

#include "core/base/utf8.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cerrno>
#include <charconv>
#include <limits>
#include <system_error>

namespace quantoscope {

namespace {

constexpr std::array kMemories = {
    MemoryCost{"8 KB cache", 8u << 10, 10},
    MemoryCost{"32 KB cache", 32u << 10, 20},
    MemoryCost{"1 MB cache", 1u << 20, 100},
    MemoryCost{"DRAM", std::numeric_limits<std::uint64_t>::max(), 1300},
};

/// The text of a file of one short line, in a single read: a counter that is read in pieces moves on between them.
Result<std::string> readLine(const std::filesystem::path& path) {
    const auto failure = [&](int reason) {
        const bool none = reason == ENOENT || reason == ENOTDIR;
        return Error{none ? ErrorCode::NotFound : ErrorCode::Unreadable, toUtf8(path.native()),
                     std::generic_category().message(reason)};
    };
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) return failure(errno);
    std::array<char, 64> bytes;
    const ssize_t got = ::read(descriptor, bytes.data(), bytes.size());
    const int reason = errno;
    ::close(descriptor);
    if (got < 0) return failure(reason);
    const std::string_view text(bytes.data(), static_cast<std::size_t>(got));
    return std::string(text.substr(0, text.find('\n')));
}

Result<std::uint64_t> readCounter(const std::filesystem::path& path) {
    const auto text = readLine(path);
    if (!text) return text.error();
    std::uint64_t value = 0;
    const char* const end = text->data() + text->size();
    const auto parsed = std::from_chars(text->data(), end, value);
    if (parsed.ec != std::errc() || parsed.ptr != end)
        return Error{ErrorCode::Malformed, toUtf8(path.native()),
                     fmt::format("{} is no count of microjoules", inQuotes(*text))};
    return value;
}

/// intel-rapl:0, and neither its part intel-rapl:0:1 nor intel-rapl-mmio:0.
bool isTopDomain(std::string_view name) {
    constexpr std::string_view prefix = "intel-rapl:";
    return name.starts_with(prefix) && name.find(':', prefix.size()) == std::string_view::npos;
}

} // namespace

Result<EnergyMeter> EnergyMeter::open(const std::filesystem::path& powercap) {
    std::vector<std::filesystem::path> domains;
    std::error_code failure;
    for (std::filesystem::directory_iterator entry(powercap, failure), end; !failure && entry != end;
         entry.increment(failure))
        if (isTopDomain(entry->path().filename().native())) domains.push_back(entry->path());
    std::sort(domains.begin(), domains.end());

    EnergyMeter meter;
    for (const std::filesystem::path& domain : domains) {
        auto domainName = readLine(domain / "name");
        if (!domainName) return domainName.error();
        if (!domainName->starts_with("package")) continue;
        const auto range = readCounter(domain / "max_energy_range_uj");
        if (!range) return range.error();
        meter.m_packages.push_back({std::move(*domainName), domain / "energy_uj", *range});
    }
    if (meter.m_packages.empty())
        return Error{ErrorCode::NotFound, toUtf8(powercap.native()),
                     "this machine does not count the energy of its processor (RAPL)"};
    // The counters are root's alone on most systems: better to know now than after the work that was to be measured.
    if (const auto reading = meter.read(); !reading) return reading.error();
    return meter;
}

std::string EnergyMeter::packages() const {
    std::string names;
    for (const Package& package : m_packages) names.append(names.empty() ? "" : ", ").append(package.name);
    return names;
}

Result<EnergyReading> EnergyMeter::read() const {
    EnergyReading reading;
    for (const Package& package : m_packages) {
        const auto counter = readCounter(package.counter);
        if (!counter) return counter.error();
        reading.counters.push_back(*counter);
    }
    return reading;
}

double EnergyMeter::joules(const EnergyReading& from, const EnergyReading& to) const {
    assert(from.counters.size() == m_packages.size() && to.counters.size() == m_packages.size());
    double microjoules = 0;
    for (std::size_t i = 0; i < m_packages.size(); ++i) {
        const std::uint64_t before = from.counters[i], after = to.counters[i];
        const std::uint64_t used = after >= before ? after - before : after + (m_packages[i].range - before);
        microjoules += static_cast<double>(used);
    }
    return microjoules * 1e-6;
}

const MemoryCost& memoryFor(std::uint64_t workingSetBytes) {
    return *std::find_if(kMemories.begin(), kMemories.end(),
                         [&](const MemoryCost& memory) { return workingSetBytes <= memory.capacityBytes; });
}

EnergyEstimate estimateEnergy(const OperationCounts& counts) {
    constexpr PicojoulesOfOperations cost;
    constexpr double pico = 1e-12;
    const auto times = [](std::uint64_t count, double picojoules) { return static_cast<double>(count) * picojoules; };
    const MemoryCost& memory = memoryFor(counts.workingSetBytes);
    EnergyEstimate estimate;
    estimate.computeJoules =
        pico * (times(counts.floatMultiplyAdds, cost.floatMultiply + cost.floatAdd) +
                times(counts.floatAdds, cost.floatAdd) + times(counts.floatMultiplies, cost.floatMultiply) +
                times(counts.int8MultiplyAdds, cost.intMultiply8 + cost.intAdd32));
    estimate.memoryJoules = pico * times(counts.bytesMoved, memory.picojoules / 8);
    estimate.memory = memory.name;
    return estimate;
}

} // namespace quantoscope
