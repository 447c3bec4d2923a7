#include "tests/support/scratch_folder.h"

#include <QDir>
#include <QFile>

namespace quantoscope::test {

std::filesystem::path ScratchFolder::path(const char* name) const {
    return std::filesystem::path(m_folder.path().toStdString()) / name;
}

std::filesystem::path ScratchFolder::write(const char* name, const QByteArray& bytes) const {
    const std::filesystem::path to = path(name);
    QFile file(to);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) qFatal("cannot write a scratch file");
    return to;
}

QByteArray ScratchFolder::bytesOf(const std::filesystem::path& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) qFatal("cannot read %s", path.c_str());
    return file.readAll();
}

QStringList ScratchFolder::names() const {
    return QDir(m_folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
}

} // namespace quantoscope::test
