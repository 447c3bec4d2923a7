// What the parts of the style share: which widget is which, and measures that more than one of them needs.
#pragma once

#include <QWidget>

class QStyleOption;

namespace quantoscope::ui {

inline constexpr int kPopupShadow = 8; // around the list of a combo box, inside its window

/// The window of a combo box's list.
inline bool isComboPopup(const QWidget* widget) { return widget && widget->inherits("QComboBoxPrivateContainer"); }

/// Whether a line edit has a field of its own: one that fills a spin box, a combo box or a cell has not.
bool isOwnField(const QStyleOption* option, const QWidget* widget);

} // namespace quantoscope::ui
