#include "tests/support/scratch_folder.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace quantoscope::test {

namespace {

QString folderTemplate() {
    // In memory where there is such a place: writers sync every file to the disk, thousands of them in a test.
    const QString memory = "/dev/shm";
    const QString parent = QFileInfo(memory).isWritable() ? memory : QDir::tempPath();
    return parent + "/quantoscope-test-XXXXXX";
}

} // namespace

ScratchFolder::ScratchFolder() : m_folder(folderTemplate()) {
    if (!m_folder.isValid()) qFatal("cannot make a scratch folder");
}

std::filesystem::path ScratchFolder::path(const char* name) const {
    return std::filesystem::path(m_folder.path().toStdString()) / name;
}

std::filesystem::path ScratchFolder::write(const char* name, const QByteArray& bytes) const {
    const std::filesystem::path to = path(name);
    // Not over an old one: some file systems write that to the disk at once, and tests write thousands of files.
    std::filesystem::remove(to);
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
