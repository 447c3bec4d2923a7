#include "tests/fuzz/fuzz_format.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const quantoscope::Format format = quantoscope::npzFormat();
    return quantoscope::fuzz::run(format, "npz", data, size);
}
