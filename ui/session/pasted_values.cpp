#include "ui/session/pasted_values.h"

#include "core/formats/format_registry.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>

namespace quantoscope::ui {

namespace {

/// As a file of this name, read by whichever format recognises it: a pasted table is read just as a saved one is.
Result<std::vector<Tensor>> readAsTable(const QByteArray& bytes) {
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("clipboard.csv"));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        return Error{ErrorCode::WriteFailed, path.toStdString(), file.errorString().toStdString()};
    file.close();
    const auto source = openFile(std::filesystem::path(path.toStdU16String()));
    if (!source) return source.error();
    std::vector<Tensor> tensors;
    for (std::size_t i = 0; i < (*source)->entries().size(); ++i) {
        auto tensor = (*source)->load(i, {});
        if (!tensor) return tensor.error();
        tensor->file.clear();
        tensors.push_back(std::move(*tensor));
    }
    return tensors;
}

} // namespace

Result<std::vector<Tensor>> pastedValues(const QString& text) {
    // Numbers and nothing else, with any mixture of spaces, commas, semicolons and brackets between them: one list.
    static const QRegularExpression between(QStringLiteral("[\\s,;\\[\\](){}]+"));
    const QStringList words = text.split(between, Qt::SkipEmptyParts);
    std::vector<float> values;
    bool onlyNumbers = !words.isEmpty();
    for (const QString& word : words) {
        bool read = false;
        values.push_back(QLocale::c().toFloat(word, &read));
        onlyNumbers = onlyNumbers && read;
        if (!onlyNumbers) break;
    }
    const bool oneLineOrColumn = !text.trimmed().contains(u'\t');
    if (onlyNumbers && oneLineOrColumn) return std::vector<Tensor>{makeTensor("values", values)};
    auto table = readAsTable(text.toUtf8());
    if (!table) return Error{ErrorCode::Unsupported, {}, "there are no numbers in the copied text"};
    return table;
}

} // namespace quantoscope::ui
