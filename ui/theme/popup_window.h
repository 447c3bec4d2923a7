// Menus and pop-ups as windows with round corners, where the window system can blend them.
#pragma once

class QWidget;

namespace quantoscope::ui {

/// False on X11 without a compositor, where a translucent window shows black corners.
bool windowsAreTranslucent();

/// Before the pop-up is first shown: no frame, no system shadow, translucent where that works.
void makePopup(QWidget* popup);

} // namespace quantoscope::ui
