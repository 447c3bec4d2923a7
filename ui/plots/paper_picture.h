// A view as it looks on paper: vectors in the light theme's colours, whatever the screen shows.
#pragma once

#include <QPicture>
#include <QSize>

namespace quantoscope::ui {

class PlotView;

/// Laid out for `size` in pixels of 1/96 inch, and to be scaled to the room there is. The application turns light for
/// as long as that takes, which nobody sees: nothing is drawn on the screen meanwhile.
QPicture paperPicture(PlotView& view, const QSize& size);

} // namespace quantoscope::ui
