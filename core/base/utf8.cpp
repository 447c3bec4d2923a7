#include "core/base/utf8.h"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>

namespace quantoscope {

bool isUtf8(std::string_view bytes) {
    for (std::size_t i = 0; i < bytes.size();) {
        const auto lead = static_cast<unsigned char>(bytes[i++]);
        if (lead < 0x80) continue;
        const int following = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
        if (lead < 0xc2 || lead > 0xf4) return false;
        std::uint32_t point = lead & (0x3fu >> following);
        for (int k = 0; k < following; ++k) {
            if (i == bytes.size() || (static_cast<unsigned char>(bytes[i]) & 0xc0) != 0x80) return false;
            point = point << 6 | (static_cast<unsigned char>(bytes[i++]) & 0x3fu);
        }
        const bool overlong = (following == 2 && point < 0x800) || (following == 3 && point < 0x10000);
        if (overlong || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return false;
    }
    return true;
}

std::string toUtf8(std::string_view bytes) {
    if (isUtf8(bytes)) return std::string(bytes);
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            text += c;
        } else {
            text += static_cast<char>(0xc0 | byte >> 6);
            text += static_cast<char>(0x80 | (byte & 0x3f));
        }
    }
    return text;
}

std::string inQuotes(std::string_view text) {
    std::string shown = "\"";
    const std::string utf8 = toUtf8(text);
    std::size_t characters = 0;
    for (const char c : utf8) {
        const auto byte = static_cast<unsigned char>(c);
        const bool startsCharacter = (byte & 0xc0) != 0x80;
        if (startsCharacter && ++characters > 80) return shown + "…\"";
        if (byte < 0x20 || byte == 0x7f)
            shown += fmt::format("\\x{:02x}", byte);
        else
            shown += c;
    }
    return shown + '"';
}

} // namespace quantoscope
