#include "tests/support/source_checks.h"

#include <QStringList>

namespace quantoscope::test {

namespace {

std::shared_ptr<const TensorSource> opened(const std::filesystem::path& path, const OpenOptions& options) {
    auto source = openFile(path, options);
    if (!source) qFatal("%s", source.error().message().c_str());
    return *source;
}

} // namespace

Complaint complaintAbout(const std::filesystem::path& path, const OpenOptions& options) {
    const auto complaint = [](const Error& error) {
        return Complaint{error.code, QString::fromStdString(error.message())};
    };
    const auto source = openFile(path, options);
    if (!source) return complaint(source.error());
    for (std::size_t i = 0; i < (*source)->entries().size(); ++i) {
        const auto tensor = (*source)->load(i, {});
        if (!tensor) return complaint(tensor.error());
    }
    return {};
}

Tensor loadEntry(const std::filesystem::path& path, std::size_t index, const OpenOptions& options) {
    auto tensor = opened(path, options)->load(index, {});
    if (!tensor) qFatal("%s", tensor.error().message().c_str());
    return std::move(*tensor);
}

Tensor loadEntry(const std::filesystem::path& path, const char* name, const OpenOptions& options) {
    const auto source = opened(path, options);
    for (std::size_t i = 0; i < source->entries().size(); ++i)
        if (source->entries()[i].name == name) return loadEntry(path, i, options);
    qFatal("no entry %s", name);
}

QString entriesOf(const std::filesystem::path& path, const OpenOptions& options) {
    QStringList list;
    const auto source = opened(path, options);
    for (const TensorInfo& info : source->entries())
        list += QString::fromStdString(info.name + " " + std::string(name(info.dtype)) + " " + describe(info.shape));
    return list.join(", ");
}

} // namespace quantoscope::test
