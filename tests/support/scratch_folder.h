// A folder of a test's own, gone afterwards, and little-endian bytes to put into its files.
#pragma once

#include <QByteArray>
#include <QStringList>
#include <QTemporaryDir>

#include <cstring>
#include <filesystem>

namespace quantoscope::test {

class ScratchFolder {
public:
    ScratchFolder();
    std::filesystem::path path(const char* name) const;
    /// Writes the file and returns its path.
    std::filesystem::path write(const char* name, const QByteArray& bytes) const;
    static QByteArray bytesOf(const std::filesystem::path& path);
    /// Everything in the folder, hidden files too.
    QStringList names() const;

private:
    QTemporaryDir m_folder;
};

/// The numbers' bytes as they lie in memory (tests run on little-endian machines).
template<class T, class... More>
QByteArray raw(T first, More... more) {
    QByteArray bytes(sizeof(T), '\0');
    std::memcpy(bytes.data(), &first, sizeof(T));
    if constexpr (sizeof...(More) > 0) bytes += raw<T>(static_cast<T>(more)...);
    return bytes;
}

} // namespace quantoscope::test
