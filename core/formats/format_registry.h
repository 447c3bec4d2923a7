// Every file format the program knows. Adding one is one file and one line in format_registry.cpp.
#pragma once

#include "core/formats/tensor_source.h"

namespace quantoscope {

std::span<const Format> formats();

/// The format that writes files with this lower-case extension (no dot), or null.
const Format* formatForExtension(std::string_view extension);

/// The format of a file by what it contains; never null. Errors: NotFound, Unreadable, Malformed (an empty file),
/// Unsupported (no format recognises it).
Result<const Format*> detectFormat(const std::filesystem::path& path);

/// Opens a file by what it contains; the extension decides only between formats that the bytes allow alike.
/// Errors: detectFormat's and the format's own.
Result<std::shared_ptr<const TensorSource>> openFile(const std::filesystem::path& path, const OpenOptions& options = {},
                                                     const JobControl& job = {});

} // namespace quantoscope
