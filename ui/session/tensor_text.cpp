#include "ui/session/tensor_text.h"

#include "core/base/memory_budget.h"

#include <QCoreApplication>
#include <QLocale>

namespace quantoscope::ui {

QString tensorText(const TensorInfo& info) {
    QStringList extents;
    for (const std::int64_t extent : info.shape) extents << QLocale().toString(static_cast<qlonglong>(extent));
    const std::string_view type = name(info.dtype);
    return (extents.isEmpty() ? QCoreApplication::translate("TensorText", "one value")
                              : extents.join(QStringLiteral(" × "))) +
           QStringLiteral(" · ") + QString::fromLatin1(type.data(), static_cast<qsizetype>(type.size()));
}

QString valueName(const TensorInfo& info) {
    if (info.kind == TensorKind::Image) return QCoreApplication::translate("TensorText", "pixel value");
    if (info.kind == TensorKind::Table) return QCoreApplication::translate("TensorText", "value");
    return QString::fromStdString(info.name).section(u'.', -1).section(u'/', -1);
}

QString tooLargeText(const PreparedTensor& data) {
    if (data.resident()) return {};
    return QCoreApplication::translate(
               "TensorText", "This tensor is larger than the memory budget (%1), and this view needs all of its "
                             "values at once. Distribution, transfer curve, levels, comparison and trade-off "
                             "work; the budget is among the preferences.")
        .arg(QString::fromStdString(byteSizeText(data.budget())));
}

} // namespace quantoscope::ui
