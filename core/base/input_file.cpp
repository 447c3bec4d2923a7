#include "core/base/input_file.h"

#include "core/base/utf8.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

namespace quantoscope {

namespace {

std::string systemReason() { return std::generic_category().message(errno); }

const char* whatItIs(mode_t mode) {
    if (S_ISDIR(mode)) return "is a directory";
    if (S_ISFIFO(mode)) return "is a pipe, and only regular files can be read by position";
    if (S_ISSOCK(mode)) return "is a socket";
    return "is a device";
}

} // namespace

Result<InputFile> InputFile::open(const std::filesystem::path& path) {
    // Without O_NONBLOCK, opening a pipe waits for its writer.
    int descriptor = -1;
    do descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    while (descriptor < 0 && errno == EINTR);
    if (descriptor < 0) {
        const bool missing = errno == ENOENT || errno == ENOTDIR;
        return Error{missing ? ErrorCode::NotFound : ErrorCode::Unreadable, toUtf8(path.native()), systemReason()};
    }
    struct stat status = {};
    if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
        const std::string reason = S_ISREG(status.st_mode) ? systemReason() : whatItIs(status.st_mode);
        ::close(descriptor);
        return Error{ErrorCode::Unreadable, toUtf8(path.native()), reason};
    }
    return InputFile(path, descriptor, static_cast<std::uint64_t>(status.st_size));
}

InputFile::InputFile(std::filesystem::path path, int descriptor, std::uint64_t size)
    : m_path(std::move(path)), m_descriptor(descriptor), m_size(size) {}

InputFile::InputFile(InputFile&& other) noexcept
    : m_path(std::move(other.m_path)), m_descriptor(std::exchange(other.m_descriptor, -1)), m_size(other.m_size) {}

InputFile& InputFile::operator=(InputFile&& other) noexcept {
    std::swap(m_path, other.m_path);
    std::swap(m_descriptor, other.m_descriptor);
    std::swap(m_size, other.m_size);
    return *this;
}

InputFile::~InputFile() {
    if (m_descriptor >= 0) ::close(m_descriptor);
}

std::string InputFile::at(std::string_view place) const {
    std::string text = toUtf8(m_path.native());
    if (!place.empty()) text.append(": ").append(place);
    return text;
}

Status InputFile::read(std::uint64_t offset, std::span<std::byte> out) const {
    if (offset > m_size || out.size() > m_size - offset)
        return Error{
            ErrorCode::Truncated, at(fmt::format("byte {}", std::min(offset, m_size))),
            fmt::format("needs {} bytes here and the file has {}", out.size(), offset > m_size ? 0 : m_size - offset)};
    while (!out.empty()) {
        const ssize_t got = ::pread(m_descriptor, out.data(), out.size(), static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return Error{ErrorCode::Unreadable, at(fmt::format("byte {}", offset)), systemReason()};
        if (got == 0)
            return Error{ErrorCode::Truncated, at(fmt::format("byte {}", offset)), "the file was cut short meanwhile"};
        out = out.subspan(static_cast<std::size_t>(got));
        offset += static_cast<std::uint64_t>(got);
    }
    return {};
}

Result<std::vector<std::byte>> InputFile::readUpTo(std::uint64_t offset, std::size_t size) const {
    const std::uint64_t left = offset < m_size ? m_size - offset : 0;
    std::vector<std::byte> bytes(static_cast<std::size_t>(std::min<std::uint64_t>(size, left)));
    if (bytes.empty()) return bytes;
    if (Status status = read(offset, bytes); !status) return status.error();
    return bytes;
}

} // namespace quantoscope
