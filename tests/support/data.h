// Where the golden files are. dataPath("quant/kmeans.json") is tests/data/quant/kmeans.json of this checkout.
#pragma once

#include <string>
#include <string_view>

namespace quantoscope::test {

std::string dataPath(std::string_view name);

/// The Python that has the clients of tests/clients.txt: $QUANTOSCOPE_PYTHON, which ctest sets, else python3.
std::string pythonProgram();

} // namespace quantoscope::test
