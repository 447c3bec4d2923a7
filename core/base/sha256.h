// SHA-256 (FIPS 180-4, sections 4.1.2, 5 and 6.2): the name by which sessions and reports know a file's contents.
#pragma once

#include "core/base/job_control.h"
#include "core/base/result.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace quantoscope {

class Sha256 {
public:
    using Digest = std::array<std::uint8_t, 32>;

    void add(std::span<const std::byte> bytes);
    void add(std::string_view text) { add(std::as_bytes(std::span(text))); }

    /// The digest of all that was added. Nothing may be added afterwards.
    Digest finish();

private:
    void transform(const std::byte* block);

    std::array<std::uint32_t, 8> m_state = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                            0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    std::array<std::byte, 64> m_pending = {};
    std::uint64_t m_length = 0; // bytes added
};

/// Lower-case hexadecimal digits, two a byte.
std::string hexDigits(std::span<const std::uint8_t> bytes);

/// The digest of a file's bytes as 64 hexadecimal digits. Errors: NotFound, Unreadable, Truncated, Cancelled.
Result<std::string> sha256OfFile(const std::filesystem::path& path, const JobControl& job = {});

} // namespace quantoscope
