// Whether the desktop is dark. Qt 6.5 and later know; before, the desktop portal does, and else the platform's palette.
#pragma once

#include <functional>

class QObject;

namespace quantoscope::ui {

/// False where nothing tells. Needs a QGuiApplication, and must be called first before a palette is set on it.
bool systemPrefersDark();

/// Calls `changed` on the GUI thread, as long as `context` lives, whenever the answer may have become another.
void onSystemSchemeChanged(QObject* context, std::function<void()> changed);

} // namespace quantoscope::ui
