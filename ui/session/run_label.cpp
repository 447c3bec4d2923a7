#include "ui/session/run_label.h"

#include "core/schemes/scheme_registry.h"
#include "core/study/sweep.h"

#include <QCoreApplication>

namespace quantoscope::ui {

namespace {
QString translate(const char* text) { return QCoreApplication::translate("RunLabel", text); }
} // namespace

RunLabel runLabel(const QuantSpec& spec) {
    const NamedSpec named = nameOf(spec);
    RunLabel label;
    label.name = QString::fromStdString(named.name);
    label.look = QString::fromStdString(named.scheme);
    const auto scheme = findScheme(named.scheme);
    if (scheme && (*scheme)->info().variants.size() > 1 && !named.variant.empty())
        label.look += u':' + QString::fromStdString(named.variant);
    switch (spec.grouping.kind) {
    case Grouping::Kind::Tensor: break;
    case Grouping::Kind::Channel: label.suffix = translate("channel %1").arg(spec.grouping.axis); break;
    case Grouping::Kind::Block: label.suffix = translate("block %1").arg(spec.grouping.blockSize); break;
    }
    return label;
}

QString groupingText(const Grouping& grouping) {
    switch (grouping.kind) {
    case Grouping::Kind::Channel: return translate("Channel, axis %1").arg(grouping.axis);
    case Grouping::Kind::Block: return translate("Block of %1").arg(grouping.blockSize);
    case Grouping::Kind::Tensor: break;
    }
    return translate("Whole tensor");
}

} // namespace quantoscope::ui
