#include "app/cli/memory_argument.h"

#include "core/base/memory_budget.h"

namespace quantoscope::cli {

void MemoryArgument::addTo(CLI::App& command) {
    command
        .add_option("--memory", size,
                    "What a tensor may take in memory, such as 2GB or 500MB; a larger one is read in slices, and its "
                    "levels are fitted to groups of values with a stated bound")
        ->type_name("SIZE")
        ->default_str("half of the machine's");
}

Outcome<std::uint64_t> MemoryArgument::budget() const {
    if (size.empty()) return defaultMemoryBudget();
    const auto parsed = parseByteSize(size);
    if (!parsed) return usage("--memory: " + parsed.error().message());
    return *parsed;
}

} // namespace quantoscope::cli
