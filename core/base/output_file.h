// A file that appears whole or not at all: written beside its place under another name, synced to the disk, renamed.
// Whatever had the name before stays readable until then, and for good if anything fails or the job is cancelled.
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace quantoscope {

class OutputFile {
public:
    /// A link is followed: the file it points to is replaced. The new file gets the old one's permissions.
    /// Errors: WriteFailed, also where the name belongs to something that is not a regular file.
    static Result<OutputFile> create(const std::filesystem::path& path);

    OutputFile(OutputFile&& other) noexcept;
    OutputFile& operator=(OutputFile&& other) = delete;
    ~OutputFile(); // removes what was written unless commit() succeeded

    /// The path in the end as UTF-8, for messages.
    std::string name() const;

    /// Appends.
    Status write(std::span<const std::byte> bytes);
    Status write(std::string_view text);
    /// Overwrites or extends from this byte on; where write() appends does not change.
    Status writeAt(std::uint64_t offset, std::span<const std::byte> bytes);
    /// Bytes from this offset on, as many as there are: for libraries that read back what they wrote.
    Result<std::size_t> readAt(std::uint64_t offset, std::span<std::byte> out) const;

    /// Puts the file in its place. Nothing may be written afterwards.
    Status commit();

private:
    OutputFile(std::filesystem::path path, std::filesystem::path temporary, int descriptor);
    Error failure(std::string_view what) const;

    std::filesystem::path m_path;
    std::filesystem::path m_temporary; // empty once committed
    int m_descriptor;
    std::uint64_t m_end = 0;
};

} // namespace quantoscope
