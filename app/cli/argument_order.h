// FILE may stand anywhere. An option that takes several values (--output a.csv b.npz) would swallow a FILE that follows
// it; this finds such a FILE and moves it to the front.
#pragma once

#include <CLI/App.hpp>

#include <string>
#include <vector>

namespace quantoscope::cli {

/// The arguments after the program's name, in the same order but for that FILE. What makes no sense is left to the
/// parser.
std::vector<std::string> withFileFirst(std::vector<std::string> arguments, CLI::App& program);

} // namespace quantoscope::cli
