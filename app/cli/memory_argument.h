// --memory SIZE: how much memory the values of a tensor may take.
#pragma once

#include "app/cli/outcome.h"

#include <CLI/App.hpp>

#include <cstdint>
#include <string>

namespace quantoscope::cli {

struct MemoryArgument {
    std::string size; // empty: the default of the machine

    void addTo(CLI::App& command);
    /// In bytes. Failures: Usage.
    Outcome<std::uint64_t> budget() const;
};

} // namespace quantoscope::cli
