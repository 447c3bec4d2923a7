// The colour and mark of each method of the model laboratory: one place for its tables and its plots.
#pragma once

#include "core/study/lab.h"
#include "ui/theme/scheme_look.h"

#include <QString>

namespace quantoscope::ui {

/// The id under which schemeLook knows a method: "lab:static".
inline QString labLookId(LabMethod method) {
    const std::string_view id = name(method);
    return QStringLiteral("lab:") + QString::fromUtf8(id.data(), static_cast<qsizetype>(id.size()));
}

/// FP32 ink, trained on the same hollow, weight-only purple, dynamic orange, static blue, QAT green.
inline SchemeLook labLook(LabMethod method) { return schemeLook(labLookId(method)); }

} // namespace quantoscope::ui
