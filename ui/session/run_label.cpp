#include "ui/session/run_label.h"

#include "core/schemes/scheme_registry.h"
#include "core/study/sweep.h"

#include <QCoreApplication>

namespace quantoscope::ui {

RunLabel runLabel(const QuantSpec& spec) {
    const NamedSpec named = nameOf(spec);
    RunLabel label;
    label.name = QCoreApplication::translate("core", named.name.c_str());
    label.look = QString::fromStdString(named.scheme);
    const auto scheme = findScheme(named.scheme);
    if (scheme && (*scheme)->info().variants.size() > 1 && !named.variant.empty())
        label.look += u':' + QString::fromStdString(named.variant);
    switch (spec.grouping.kind) {
    case Grouping::Kind::Tensor: break;
    case Grouping::Kind::Channel:
        label.suffix = QCoreApplication::translate("RunLabel", "channel %1").arg(spec.grouping.axis);
        break;
    case Grouping::Kind::Block:
        label.suffix = QCoreApplication::translate("RunLabel", "block %1").arg(spec.grouping.blockSize);
        break;
    }
    if (const auto count = static_cast<int>(spec.byHand.size()); count > 0)
        label.suffix += QStringLiteral(", ") + QCoreApplication::translate("RunLabel", "%1 by hand").arg(count);
    return label;
}

QString groupingText(const Grouping& grouping) {
    switch (grouping.kind) {
    case Grouping::Kind::Channel: return QCoreApplication::translate("RunLabel", "Channel, axis %1").arg(grouping.axis);
    case Grouping::Kind::Block: return QCoreApplication::translate("RunLabel", "Block of %1").arg(grouping.blockSize);
    case Grouping::Kind::Tensor: break;
    }
    return QCoreApplication::translate("RunLabel", "Whole tensor");
}

} // namespace quantoscope::ui
