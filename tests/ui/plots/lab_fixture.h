// Rows, points and losses of a laboratory that never ran, for tests of its views, and what they share.
#pragma once

#include "core/study/lab.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QImage>
#include <QTest>
#include <QWidget>

#include <cmath>
#include <cstdint>
#include <optional>
#include <set>

namespace quantoscope::test {

/// `microseconds` per sample in the large batch; at batch 1 it takes twice as long. None: simulated.
inline LabRowPtr labRow(LabMethod method, int bits, double accuracy, std::optional<double> microseconds,
                        std::uint64_t bytes = 52'000) {
    auto row = std::make_shared<LabRow>();
    row->spec = {method, bits, 8};
    row->label = std::string(label(method));
    row->score.accuracy = accuracy;
    row->interval = Interval{accuracy - 0.02, accuracy + 0.01};
    row->bytes = bytes;
    row->simulated = !microseconds;
    if (microseconds) {
        const double seconds = *microseconds * 1e-6;
        row->batched = LabTime{{seconds, seconds * 0.9, seconds * 1.2}, 9};
        row->single = LabTime{{2 * seconds, 2 * seconds * 0.9, 2 * seconds * 1.2}, 9};
    }
    return row;
}

inline std::vector<LabRowPtr> labRows() {
    return {labRow(LabMethod::Float, 32, 0.975, 2.84, 208'000), labRow(LabMethod::Dynamic, 8, 0.975, 1.63),
            labRow(LabMethod::Static, 8, 0.972, 1.04),          labRow(LabMethod::Qat, 8, 0.978, 0.93),
            labRow(LabMethod::Static, 4, 0.936, {}, 27'000),    labRow(LabMethod::Qat, 4, 0.967, {}, 27'000)};
}

template<class View>
std::unique_ptr<View> shown(std::unique_ptr<View> view, QSize size) {
    view->resize(size);
    view->show();
    if (!QTest::qWaitForWindowExposed(view.get())) qFatal("not shown");
    QApplication::processEvents();
    return view;
}

inline void leave(QWidget* widget) {
    QEvent event(QEvent::Leave);
    QApplication::sendEvent(widget, &event);
}

/// How many colours a picture has: a view that draws nothing has one.
inline std::size_t colourCount(const QImage& image) {
    std::set<QRgb> seen;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) seen.insert(image.pixel(x, y));
    return seen.size();
}

} // namespace quantoscope::test
