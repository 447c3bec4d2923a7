// Text from outside, made fit to show: names in files and paths are bytes and need not be UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace quantoscope {

bool isUtf8(std::string_view bytes);

/// The bytes as they are where they are UTF-8, else read as Latin-1 (ISO 8859-1), in which every byte is a character.
std::string toUtf8(std::string_view bytes);

/// The text in quotation marks for a message: control characters shown as \xNN, cut after 80 characters.
std::string inQuotes(std::string_view text);

} // namespace quantoscope
