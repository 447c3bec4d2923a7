// A regular file, read by position. Several threads may read at once. Not mapped into memory: a file cut short under a
// mapping kills the process, here it is an error.
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace quantoscope {

class InputFile {
public:
    /// Errors: NotFound; Unreadable where the system refuses, and for whatever is not a regular file (a directory, a
    /// pipe, a device), which is never waited for.
    static Result<InputFile> open(const std::filesystem::path& path);

    InputFile(InputFile&& other) noexcept;
    InputFile& operator=(InputFile&& other) noexcept;
    ~InputFile();

    const std::filesystem::path& path() const { return m_path; }
    /// The path as UTF-8 for messages; with a place ("byte 12", "key \"x\"") that follows it.
    std::string at(std::string_view place = {}) const;
    /// Bytes when it was opened.
    std::uint64_t size() const { return m_size; }

    /// Fills out from byte offset on. Errors: Truncated where the file ends before, Unreadable.
    Status read(std::uint64_t offset, std::span<std::byte> out) const;
    /// As many of size bytes from offset as there are.
    Result<std::vector<std::byte>> readUpTo(std::uint64_t offset, std::size_t size) const;

private:
    InputFile(std::filesystem::path path, int descriptor, std::uint64_t size);

    std::filesystem::path m_path;
    int m_descriptor;
    std::uint64_t m_size;
};

} // namespace quantoscope
