#include "core/study/digits.h"

namespace quantoscope {

namespace {

constexpr std::size_t kCount = 1797, kPixels = 64;

// A row: 64 pixels and the digit. Made from the sample by core/CMakeLists.txt.
constexpr std::uint8_t kRows[] = {
#include "digits_rows.inc"
};
static_assert(sizeof(kRows) == kCount * (kPixels + 1));

} // namespace

Dataset digits() {
    Dataset data;
    data.name = "digits";
    data.sampleShape = {8, 8, 1};
    for (char digit = '0'; digit <= '9'; ++digit) data.classes.emplace_back(1, digit);
    data.inputs.reserve(kCount * kPixels);
    data.labels.reserve(kCount);
    for (std::size_t i = 0; i < kCount; ++i) {
        const std::uint8_t* const row = kRows + i * (kPixels + 1);
        data.inputs.insert(data.inputs.end(), row, row + kPixels);
        data.labels.push_back(row[kPixels]);
    }
    return data;
}

} // namespace quantoscope
