#include "ui/session/file_icon.h"

#include "core/formats/format_registry.h"

#include <algorithm>

namespace quantoscope::ui {

QString iconForFileName(const QString& name) {
    const std::string extension = name.section(u'.', -1).toLower().toStdString();
    for (const Format& format : formats()) {
        if (std::find(format.extensions.begin(), format.extensions.end(), extension) == format.extensions.end())
            continue;
        if (format.id == "png" || format.id == "jpeg") return QStringLiteral("image");
        if (format.id == "audio") return QStringLiteral("signal");
        if (format.id == "csv" || format.id == "tsv") return QStringLiteral("table");
    }
    return QStringLiteral("file");
}

} // namespace quantoscope::ui
