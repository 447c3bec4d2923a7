// What computing costs in joules: read from the processor where it tells, else estimated from operation counts.
//
// Read: Linux's power capping interface, powercap/intel-rapl:N/{name, energy_uj, max_energy_range_uj}; a counter of
// microjoules a package (socket), AMD's too, that begins again at 0 beyond its range. Other domains (cores, memory,
// psys, the same package again through memory-mapped registers) are parts or wholes of these and are not added.
// (Documentation/power/powercap/powercap.rst of the Linux kernel.)
//
// Estimated: picojoules of an operation in 45 nm at 0.9 V. (Horowitz, Computing's energy problem (and what we can do
// about it), ISSCC 2014, figure 1.1.9.) Processors of today need less and move their data further; what holds is how
// the figures compare.
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace quantoscope {

/// The counters of all packages at one moment, in microjoules.
struct EnergyReading {
    std::vector<std::uint64_t> counters;
};

class EnergyMeter {
public:
    /// Errors: NotFound (the machine has no such counters), Unreadable (this user may not read them), Malformed.
    static Result<EnergyMeter> open(const std::filesystem::path& powercap = "/sys/class/powercap");

    /// "package-0, package-1"
    std::string packages() const;

    /// Errors: Unreadable, Malformed.
    Result<EnergyReading> read() const;
    /// What all packages used between two readings, the other work of the machine included. A counter may have begun
    /// again once in between, which takes longer than half an hour at 100 W.
    double joules(const EnergyReading& from, const EnergyReading& to) const;

private:
    struct Package {
        std::string name;
        std::filesystem::path counter;
        std::uint64_t range = 0; // the counter's highest value
    };
    std::vector<Package> m_packages;
};

struct OperationCounts {
    std::uint64_t floatMultiplyAdds = 0; // float32
    std::uint64_t floatAdds = 0;
    std::uint64_t floatMultiplies = 0;
    std::uint64_t int8MultiplyAdds = 0; // added up in 32 bits
    std::uint64_t bytesMoved = 0;       // between the arithmetic and the memory that holds the working set
    std::uint64_t workingSetBytes = 0;  // weights and activations that are used again and again
};

struct PicojoulesOfOperations {
    double floatAdd = 0.9, floatMultiply = 3.7; // float32
    double intAdd32 = 0.1, intMultiply8 = 0.2;
};

/// The smallest memory of the table that holds the working set; beyond the largest cache it is DRAM, at the lower end
/// of the 1.3 to 2.6 nJ that are given for it.
struct MemoryCost {
    std::string_view name; // "8 KB cache"
    std::uint64_t capacityBytes;
    double picojoules; // of moving 64 bits
};
const MemoryCost& memoryFor(std::uint64_t workingSetBytes);

struct EnergyEstimate {
    double computeJoules = 0;
    double memoryJoules = 0;
    std::string_view memory; // where the working set was taken to be
    double joules() const { return computeJoules + memoryJoules; }
};
EnergyEstimate estimateEnergy(const OperationCounts& counts);

} // namespace quantoscope
