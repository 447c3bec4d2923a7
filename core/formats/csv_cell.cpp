#include "core/formats/csv_cell.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

namespace quantoscope {

namespace {

bool isSpace(char c) { return c == ' ' || c == '\t'; }

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && isSpace(text.front())) text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back())) text.remove_suffix(1);
    return text;
}

bool meansMissing(std::string_view text) {
    constexpr std::array<std::string_view, 4> words{"na", "n/a", "#n/a", "null"};
    if (text.empty() || text == "-") return true;
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
        return text.size() == word.size() && std::equal(text.begin(), text.end(), word.begin(), [](char a, char b) {
                   return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b;
               });
    });
}

/// Whether a decimal number beyond double's range is too large (else too small), from the place of its first digit.
bool isHuge(std::string_view number) {
    long long exponent = 0;
    const std::size_t e = number.find_first_of("eE");
    if (e != std::string_view::npos) {
        const char* begin = number.data() + e + 1;
        if (e + 1 < number.size() && *begin == '+') ++begin;
        const auto parsed = std::from_chars(begin, number.data() + number.size(), exponent);
        if (parsed.ec == std::errc::result_out_of_range) return *begin != '-';
        number = number.substr(0, e);
    }
    const std::size_t point = std::min(number.find('.'), number.size());
    const std::size_t digit = number.find_first_of("123456789");
    if (digit == std::string_view::npos) return false;
    const auto place = static_cast<long long>(point) - static_cast<long long>(digit);
    constexpr long long limit = 1ll << 60; // far beyond the length of any text
    return place + std::clamp(exponent, -limit, limit) > 0;
}

Cell number(double value) {
    Cell cell{Cell::Kind::Number, false, static_cast<float>(value), 0};
    if (std::isfinite(value)) cell.error = std::fabs(value - static_cast<double>(cell.value));
    return cell;
}

Cell number(std::int64_t value) {
    Cell cell{Cell::Kind::Number, true, static_cast<float>(value), 0};
    // 2^63 as float does not fit; every other difference of the two is exact in 64 bits.
    const bool beyond = cell.value >= 0x1p63f;
    const std::uint64_t rounded =
        beyond ? 1ull << 63 : static_cast<std::uint64_t>(static_cast<std::int64_t>(cell.value));
    const std::uint64_t difference = rounded - static_cast<std::uint64_t>(value);
    cell.error = static_cast<double>(std::min(difference, 0 - difference));
    return cell;
}

} // namespace

Cell readCell(std::string_view text, char decimalMark) {
    text = trimmed(text);
    if (meansMissing(text)) return {Cell::Kind::Missing};
    const char* begin = text.data();
    const char* const end = begin + text.size();
    if (*begin == '+' && text.size() > 1 && text[1] != '-') ++begin; // from_chars knows no plus

    std::int64_t whole = 0;
    const auto integer = std::from_chars(begin, end, whole);
    if (integer.ptr == end && integer.ec == std::errc()) return number(whole);

    std::string withPoint;
    if (decimalMark != '.') {
        if (text.find('.') != std::string_view::npos) return {};
        withPoint.assign(begin, end);
        std::replace(withPoint.begin(), withPoint.end(), decimalMark, '.');
        begin = withPoint.data();
    }
    const char* const stop = decimalMark == '.' ? end : withPoint.data() + withPoint.size();
    double value = 0;
    const auto real = std::from_chars(begin, stop, value);
    if (real.ptr != stop) return {};
    if (real.ec == std::errc()) return number(value);
    if (real.ec != std::errc::result_out_of_range) return {};
    Cell cell{Cell::Kind::Number};
    if (isHuge({begin, stop})) {
        cell.value = std::numeric_limits<float>::infinity();
        cell.error = std::numeric_limits<double>::infinity();
    }
    if (*begin == '-') cell.value = -cell.value;
    return cell;
}

} // namespace quantoscope
