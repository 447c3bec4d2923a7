// What the program does on a machine without a display: the window as a picture, and its comparison as text.
#pragma once

#include <QString>

namespace quantoscope::ui {

class MainWindow;

/// Waits until the window's data is compared, saves it as a PNG, prints the path and the table. The exit status: 0, or
/// 1 with the reason on standard error.
int renderHeadless(MainWindow& window, const QString& picture);

} // namespace quantoscope::ui
