// Reads golden files: JSON, and float32 data written as hexadecimal bytes.
#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace quantoscope::test {

/// tests/data/NAME; an empty value where it cannot be read, which no test accepts.
nlohmann::json goldenJson(std::string_view name);

/// Little-endian bytes as hexadecimal digits.
std::vector<std::uint8_t> bytesOfHex(const std::string& digits);
std::vector<float> floatsOfHex(const std::string& digits);

/// A list of numbers that float32 holds exactly.
std::vector<float> floatsOf(const nlohmann::json& list);

} // namespace quantoscope::test
