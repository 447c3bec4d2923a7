// How a run is called on screen: "Affine asymmetric", "channel 0", and the id of its colour and mark.
#pragma once

#include "core/quant/quant_spec.h"

#include <QString>

namespace quantoscope::ui {

struct RunLabel {
    QString name;   // "k-means"
    QString suffix; // "block 64"; empty for the whole tensor
    QString look;   // as ui/theme/scheme_look.h takes it: "affine:asymmetric"
};

RunLabel runLabel(const QuantSpec& spec);

/// "Whole tensor", "Channel, axis 0", "Block of 64".
QString groupingText(const Grouping& grouping);

} // namespace quantoscope::ui
