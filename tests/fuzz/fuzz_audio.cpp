#include "tests/fuzz/fuzz_format.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const quantoscope::Format format = quantoscope::wavFormat();
    return quantoscope::fuzz::run(format, "wav", data, size, {}, false);
}
