#include "tests/support/golden.h"

#include "tests/support/data.h"

#include <cstring>
#include <fstream>

namespace quantoscope::test {

nlohmann::json goldenJson(std::string_view name) {
    std::ifstream file(dataPath(name));
    return nlohmann::json::parse(file, nullptr, false);
}

std::vector<std::uint8_t> bytesOfHex(const std::string& digits) {
    std::vector<std::uint8_t> bytes;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
        bytes.push_back(static_cast<std::uint8_t>(std::stoul(digits.substr(i, 2), nullptr, 16)));
    return bytes;
}

std::vector<float> floatsOfHex(const std::string& digits) {
    const std::vector<std::uint8_t> bytes = bytesOfHex(digits);
    std::vector<float> floats(bytes.size() / sizeof(float));
    std::memcpy(floats.data(), bytes.data(), floats.size() * sizeof(float));
    return floats;
}

std::vector<float> floatsOf(const nlohmann::json& list) {
    std::vector<float> floats;
    for (const auto& number : list) floats.push_back(static_cast<float>(number.get<double>()));
    return floats;
}

} // namespace quantoscope::test
