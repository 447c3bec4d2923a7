#include "core/base/text_width.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace quantoscope {

namespace {

struct Interval {
    char32_t first, last;
};

constexpr std::array kCombining = {
    Interval{0x0300, 0x036F}, Interval{0x0483, 0x0489}, Interval{0x0591, 0x05BD}, Interval{0x0610, 0x061A},
    Interval{0x064B, 0x065F}, Interval{0x1AB0, 0x1AFF}, Interval{0x1DC0, 0x1DFF}, Interval{0x200B, 0x200F},
    Interval{0x20D0, 0x20FF}, Interval{0xFE00, 0xFE0F}, Interval{0xFE20, 0xFE2F}, Interval{0xFEFF, 0xFEFF},
};

constexpr std::array kWide = {
    Interval{0x1100, 0x115F},   Interval{0x2E80, 0x303E},   Interval{0x3041, 0xA4CF},   Interval{0xA960, 0xA97F},
    Interval{0xAC00, 0xD7A3},   Interval{0xF900, 0xFAFF},   Interval{0xFE30, 0xFE6F},   Interval{0xFF00, 0xFF60},
    Interval{0xFFE0, 0xFFE6},   Interval{0x1F300, 0x1F64F}, Interval{0x1F680, 0x1F6FF}, Interval{0x1F900, 0x1FAFF},
    Interval{0x20000, 0x3FFFD},
};

bool among(const auto& intervals, char32_t c) {
    return std::any_of(intervals.begin(), intervals.end(), [&](Interval i) { return c >= i.first && c <= i.last; });
}

/// Takes the first character off a text that is not empty; a stray byte is a character of its own.
char32_t takeCharacter(std::string_view& text) {
    const auto lead = static_cast<std::uint8_t>(text.front());
    const std::size_t length = lead < 0x80                   ? 1
                               : lead >= 0xF0 && lead < 0xF8 ? 4
                               : lead >= 0xE0 && lead < 0xF0 ? 3
                               : lead >= 0xC2 && lead < 0xE0 ? 2
                                                             : 0;
    if (length >= 2 && text.size() >= length) {
        char32_t c = lead & (0x7F >> length);
        std::size_t i = 1;
        for (; i < length && (static_cast<std::uint8_t>(text[i]) & 0xC0) == 0x80; ++i)
            c = c << 6 | (static_cast<std::uint8_t>(text[i]) & 0x3F);
        if (i == length) {
            text.remove_prefix(length);
            return c;
        }
    }
    text.remove_prefix(1);
    return lead < 0x80 ? lead : 0xFFFD;
}

std::size_t widthOf(char32_t c) { return among(kCombining, c) ? 0 : among(kWide, c) ? 2 : 1; }

} // namespace

std::size_t textWidth(std::string_view text) {
    std::size_t width = 0;
    while (!text.empty()) width += widthOf(takeCharacter(text));
    return width;
}

std::string padRight(std::string_view text, std::size_t width) {
    const std::size_t own = textWidth(text);
    return std::string(text).append(own < width ? width - own : 0, ' ');
}

std::string padLeft(std::string_view text, std::size_t width) {
    const std::size_t own = textWidth(text);
    return std::string(own < width ? width - own : 0, ' ').append(text);
}

std::string elide(std::string_view text, std::size_t width) {
    if (textWidth(text) <= width) return std::string(text);
    std::string_view rest = text;
    for (std::size_t used = 0; !rest.empty();) {
        std::string_view next = rest;
        used += widthOf(takeCharacter(next));
        if (used + 1 > width) break;
        rest = next;
    }
    return std::string(text.substr(0, text.size() - rest.size())).append("…");
}

} // namespace quantoscope
