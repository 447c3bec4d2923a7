#include "tests/support/data.h"

#include <cstdlib>

namespace quantoscope::test {

std::string dataPath(std::string_view name) { return std::string(TEST_DATA_DIR "/").append(name); }

std::string pythonProgram() {
    const char* program = std::getenv("QUANTOSCOPE_PYTHON");
    return program && *program ? program : "python3";
}

} // namespace quantoscope::test
