// The first byte chooses what the user says about the table; the rest is the table.
#include "tests/fuzz/fuzz_format.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const quantoscope::Format format = quantoscope::csvFormat();
    if (size == 0) return 0;
    quantoscope::OpenOptions options;
    constexpr char separators[] = {',', ';', '\t', '|'};
    if (data[0] & 1) options.separator = separators[data[0] >> 1 & 3];
    if (data[0] & 8) options.decimalMark = data[0] & 16 ? ',' : '.';
    if (data[0] & 32) options.header = (data[0] & 64) != 0;
    return quantoscope::fuzz::run(format, data[0] & 128 ? "" : "csv", data + 1, size - 1, options);
}
