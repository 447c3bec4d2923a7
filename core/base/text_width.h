// How many columns of a terminal a text takes: two for East Asian wide characters, none for marks that combine.
// (Unicode Standard Annex 11, by its blocks.)
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace quantoscope {

/// Of UTF-8; a byte that is not counts as one.
std::size_t textWidth(std::string_view text);

/// Filled with spaces to a width: at the end, or in front.
std::string padRight(std::string_view text, std::size_t width);
std::string padLeft(std::string_view text, std::size_t width);

/// No wider than so many columns (at least 1); what was cut ends in "…".
std::string elide(std::string_view text, std::size_t width);

} // namespace quantoscope
