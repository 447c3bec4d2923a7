#include "core/base/phrase.h"

#include <fmt/format.h>

#include <charconv>
#include <cstddef>
#include <system_error>

namespace quantoscope {

Phrase Phrase::joined(std::vector<Phrase> phrases, std::string_view between) {
    Phrase all;
    for (std::size_t i = 0; i < phrases.size(); ++i) all.m_text += fmt::format("{}{{{}}}", i > 0 ? between : "", i);
    all.m_arguments = std::move(phrases);
    return all;
}

std::string Phrase::english() const {
    return said([](std::string_view text) { return std::string(text); });
}

std::string Phrase::said(const Translation& translation) const {
    const std::string pattern = m_translatable ? translation(m_text) : m_text;
    std::string text;
    for (std::size_t at = 0; at < pattern.size();) {
        std::size_t slot = 0;
        const char* const number = &pattern[at] + 1;
        const char* const end = pattern.data() + pattern.size();
        const auto read = std::from_chars(number, end, slot);
        const bool isNumber = read.ec == std::errc() && read.ptr < end && *read.ptr == '}';
        if (pattern[at] == '{' && isNumber && slot < m_arguments.size()) {
            text += m_arguments[slot].said(translation);
            at = static_cast<std::size_t>(read.ptr + 1 - pattern.data());
        } else {
            text += pattern[at++];
        }
    }
    return text;
}

} // namespace quantoscope
