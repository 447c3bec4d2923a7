#include "core/base/output_file.h"

#include "core/base/utf8.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <random>
#include <system_error>
#include <utility>

namespace quantoscope {

namespace {

Error writeError(const std::filesystem::path& path, std::string_view what, int code) {
    return {ErrorCode::WriteFailed, toUtf8(path.native()),
            fmt::format("{}: {}", what, std::generic_category().message(code))};
}

/// Where the bytes really go: the end of a chain of links, or the path itself.
std::filesystem::path targetOf(const std::filesystem::path& path) {
    std::error_code error;
    if (!std::filesystem::is_symlink(path, error)) return path;
    std::filesystem::path target = std::filesystem::weakly_canonical(path, error);
    return error ? path : target;
}

} // namespace

Result<OutputFile> OutputFile::create(const std::filesystem::path& path) {
    const std::filesystem::path target = targetOf(path);
    if (!target.has_filename())
        return Error{ErrorCode::WriteFailed, toUtf8(path.native()), "this names no file to write"};
    struct stat old = {};
    const bool exists = ::stat(target.c_str(), &old) == 0;
    if (exists && !S_ISREG(old.st_mode))
        return Error{ErrorCode::WriteFailed, toUtf8(path.native()),
                     S_ISDIR(old.st_mode) ? "is a directory" : "is not a regular file"};

    // A short name of its own: one made from the file's could be longer than a name may be.
    std::random_device random;
    for (int attempt = 0; attempt < 100; ++attempt) {
        const std::filesystem::path temporary =
            target.parent_path() / fmt::format(".quantoscope-{:08x}{:08x}.part", random(), random());
        const int descriptor = ::open(temporary.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (descriptor < 0 && (errno == EEXIST || errno == EINTR)) continue;
        if (descriptor < 0) return writeError(path, "cannot create a file here", errno);
        OutputFile file(target, temporary, descriptor);
        if (exists && ::fchmod(descriptor, old.st_mode & 07777) != 0)
            return writeError(path, "cannot keep the permissions", errno);
        return file;
    }
    return writeError(path, "cannot create a file here", EEXIST);
}

OutputFile::OutputFile(std::filesystem::path path, std::filesystem::path temporary, int descriptor)
    : m_path(std::move(path)), m_temporary(std::move(temporary)), m_descriptor(descriptor) {}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : m_path(std::move(other.m_path)),
      m_temporary(std::exchange(other.m_temporary, {})),
      m_descriptor(std::exchange(other.m_descriptor, -1)),
      m_end(other.m_end) {}

OutputFile::~OutputFile() {
    if (m_descriptor >= 0) ::close(m_descriptor);
    if (!m_temporary.empty()) ::unlink(m_temporary.c_str());
}

std::string OutputFile::name() const { return toUtf8(m_path.native()); }

Error OutputFile::failure(std::string_view what) const { return writeError(m_path, what, errno); }

Status OutputFile::write(std::span<const std::byte> bytes) {
    Status status = writeAt(m_end, bytes);
    if (status) m_end += bytes.size();
    return status;
}

Status OutputFile::write(std::string_view text) { return write(std::as_bytes(std::span(text))); }

Status OutputFile::writeAt(std::uint64_t offset, std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t put = ::pwrite(m_descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return failure("cannot write");
        bytes = bytes.subspan(static_cast<std::size_t>(put));
        offset += static_cast<std::uint64_t>(put);
    }
    return {};
}

Result<std::size_t> OutputFile::readAt(std::uint64_t offset, std::span<std::byte> out) const {
    std::size_t done = 0;
    while (done < out.size()) {
        const ssize_t got =
            ::pread(m_descriptor, out.data() + done, out.size() - done, static_cast<off_t>(offset + done));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return failure("cannot read back");
        if (got == 0) break;
        done += static_cast<std::size_t>(got);
    }
    return done;
}

Status OutputFile::commit() {
    if (::fsync(m_descriptor) != 0) return failure("cannot sync");
    if (::close(std::exchange(m_descriptor, -1)) != 0) return failure("cannot close");
    if (::rename(m_temporary.c_str(), m_path.c_str()) != 0) return failure("cannot put the file in its place");
    m_temporary.clear();
    // The new name too should survive a power cut; where a directory cannot be synced it still is a whole file.
    const std::filesystem::path directory = m_path.has_parent_path() ? m_path.parent_path() : ".";
    const int descriptor = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        ::fsync(descriptor);
        ::close(descriptor);
    }
    return {};
}

} // namespace quantoscope
