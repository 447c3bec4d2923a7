// Loads the translation of the interface and of Qt's own texts.
#pragma once

#include <QString>

class QApplication;

namespace quantoscope::ui {

/// Installs the language of this code, or the system's where it is empty. Before the first widget.
void applyLanguage(QApplication& application, const QString& code);

} // namespace quantoscope::ui
