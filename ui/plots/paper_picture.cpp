#include "ui/plots/paper_picture.h"

#include "ui/plots/plot_view.h"
#include "ui/theme/theme.h"

#include <qcustomplot.h>

namespace quantoscope::ui {

namespace {

class LightTheme {
public:
    LightTheme() { theme().setPreference(Theme::Preference::Light); }
    ~LightTheme() { theme().setPreference(m_before); }
    LightTheme(const LightTheme&) = delete;
    LightTheme& operator=(const LightTheme&) = delete;

private:
    Theme::Preference m_before = theme().preference();
};

} // namespace

QPicture paperPicture(PlotView& view, const QSize& size) {
    const LightTheme light;
    QPicture picture;
    QCPPainter painter;
    painter.begin(&picture);
    painter.setMode(QCPPainter::pmVectorized);
    painter.setMode(QCPPainter::pmNoCaching);
    view.paintTo(painter, size);
    painter.end();
    picture.setBoundingRect(QRect(QPoint(), size));
    return picture;
}

} // namespace quantoscope::ui
