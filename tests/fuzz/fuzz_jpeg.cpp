#include "tests/fuzz/fuzz_format.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const quantoscope::Format format = quantoscope::jpegFormat();
    return quantoscope::fuzz::run(format, "jpg", data, size);
}
