#include "ui/plots/lab_confusion_view.h"

#include "ui/plots/marks.h"
#include "ui/plots/plot_text.h"
#include "ui/theme/fonts.h"
#include "ui/theme/scheme_look.h"
#include "ui/theme/theme.h"

#include <QMouseEvent>
#include <QPainter>
#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace quantoscope::ui {

namespace {

constexpr double kMargin = 16;
constexpr double kTop = 30;    // the title of the rows
constexpr double kBottom = 50; // names of the columns and their title
constexpr double kLargestCell = 48;
constexpr double kWidestName = 96, kWidestColumnName = 72;
constexpr double kLeastForNumber = 16;
constexpr int kMostNumbers = 20; // classes
constexpr double kGapFrom = 6;   // cells smaller than this touch

QColor rightColor() { return schemeLook(u"lab:static").color; }
QColor wrongColor() { return schemeLook(u"rank").color; }

} // namespace

ConfusionView::ConfusionView(QWidget* parent) : PlotView(parent), m_card(new Card(this)) {
    setAccessibleName(tr("Confusion matrix"));
    setMouseTracking(true);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ConfusionView::setCounts(std::vector<std::uint32_t> counts, QStringList classes, const QString& method) {
    Q_ASSERT(counts.empty() || counts.size() == static_cast<std::size_t>(classes.size() * classes.size()));
    const bool same = classes == m_classes;
    m_counts = std::move(counts);
    m_classes = m_counts.empty() ? QStringList() : std::move(classes);
    m_method = method;
    m_rowTotals.assign(static_cast<std::size_t>(classCount()), 0);
    m_mostErrors = 0;
    for (int truth = 0; truth < classCount(); ++truth)
        for (int prediction = 0; prediction < classCount(); ++prediction) {
            const std::uint32_t n = count(truth, prediction);
            m_rowTotals[static_cast<std::size_t>(truth)] += n;
            if (truth != prediction) m_mostErrors = std::max(m_mostErrors, n);
        }
    if (!same) m_selected.reset();
    point({});
    update();
}

void ConfusionView::setSelectedCell(int truth, int prediction) {
    const bool valid = truth >= 0 && prediction >= 0 && truth < classCount() && prediction < classCount();
    m_selected = valid ? std::optional(QPoint(prediction, truth)) : std::nullopt;
    update();
}

std::uint32_t ConfusionView::count(int truth, int prediction) const {
    return m_counts[static_cast<std::size_t>(truth) * static_cast<std::size_t>(classCount()) +
                    static_cast<std::size_t>(prediction)];
}

ConfusionView::Layout ConfusionView::layoutFor(const QSize& size) const {
    Layout layout;
    const QFontMetricsF metrics(typeface(type::caption));
    for (const QString& name : m_classes) layout.labels = std::max(layout.labels, metrics.horizontalAdvance(name));
    layout.labels = std::ceil(std::min({layout.labels, kWidestName, size.width() * 0.3}));
    const double left = kMargin + layout.labels + 8;
    const double room = std::min(size.width() - left - kMargin, size.height() - kTop - kBottom);
    const double cells = std::max(1, classCount());
    layout.cell = std::clamp(room / cells, 0.0, kLargestCell);
    // Whole pixels where there are enough of them.
    if (layout.cell >= 4) layout.cell = std::floor(layout.cell);
    layout.matrix = QRectF(left, kTop, std::floor(layout.cell * cells), std::floor(layout.cell * cells));
    return layout;
}

bool ConfusionView::hasNumbers() const {
    return classCount() <= kMostNumbers && layoutFor(size()).cell >= kLeastForNumber;
}

QRectF ConfusionView::cellRect(int truth, int prediction) const {
    const Layout layout = layoutFor(size());
    return {layout.matrix.left() + prediction * layout.cell, layout.matrix.top() + truth * layout.cell, layout.cell,
            layout.cell};
}

std::optional<QPoint> ConfusionView::cellAt(const QPointF& position) const {
    const Layout layout = layoutFor(size());
    if (m_counts.empty() || layout.cell <= 0 || !layout.matrix.contains(position)) return {};
    const QPoint cell(static_cast<int>((position.x() - layout.matrix.left()) / layout.cell),
                      static_cast<int>((position.y() - layout.matrix.top()) / layout.cell));
    if (cell.x() >= classCount() || cell.y() >= classCount()) return {};
    return cell;
}

QColor ConfusionView::cellColor(int truth, int prediction) const {
    const std::uint32_t n = count(truth, prediction);
    if (n == 0) return blended(colors().surface, colors().text, 0.035);
    if (truth == prediction) {
        const double share = n / static_cast<double>(m_rowTotals[static_cast<std::size_t>(truth)]);
        return blended(colors().surface, rightColor(), 0.2 + 0.8 * share);
    }
    // By the root, so that single errors are still seen beside frequent ones.
    return blended(colors().surface, wrongColor(), 0.16 + 0.74 * std::sqrt(n / static_cast<double>(m_mostErrors)));
}

QString ConfusionView::cellText(int truth, int prediction) const {
    return tr("truth %1, predicted %2: %3 of %4")
        .arg(m_classes[truth], m_classes[prediction], countText(count(truth, prediction)),
             countText(static_cast<qint64>(m_rowTotals[static_cast<std::size_t>(truth)])));
}

// Of cells that share a pixel the most frequent error is seen, for that is what is looked for.
QImage ConfusionView::picture(int pixels) const {
    const int n = classCount();
    const int side = std::min(n, std::max(1, pixels));
    QImage image(side, side, QImage::Format_ARGB32_Premultiplied);
    std::vector<std::uint64_t> rank(static_cast<std::size_t>(side) * static_cast<std::size_t>(side), 0);
    image.fill(blended(colors().surface, colors().text, 0.035));
    for (int truth = 0; truth < n; ++truth)
        for (int prediction = 0; prediction < n; ++prediction) {
            const std::uint32_t samples = count(truth, prediction);
            if (samples == 0) continue;
            const int x = static_cast<int>(static_cast<std::int64_t>(prediction) * side / n);
            const int y = static_cast<int>(static_cast<std::int64_t>(truth) * side / n);
            // Any error counts for more than a right answer.
            const std::uint64_t weight = truth == prediction ? 1 : std::uint64_t(samples) + 1;
            auto& best =
                rank[static_cast<std::size_t>(y) * static_cast<std::size_t>(side) + static_cast<std::size_t>(x)];
            if (weight <= best) continue;
            best = weight;
            image.setPixelColor(x, y, cellColor(truth, prediction));
        }
    return image;
}

void ConfusionView::draw(QPainter& painter, const QSize& size) const {
    painter.fillRect(QRect(QPoint(), size), colors().surface);
    if (m_counts.empty()) {
        painter.setPen(colors().text3);
        painter.setFont(typeface(type::control));
        painter.drawText(QRectF(QPointF(), size).adjusted(24, 24, -24, -24), Qt::AlignCenter | Qt::TextWordWrap,
                         tr("Which classes are taken for which: choose a row of the methods to see it"));
        return;
    }
    const Layout layout = layoutFor(size);
    drawCells(painter, layout);
    drawNames(painter, layout);
    const QFont caption = typeface(type::caption);
    const QFontMetricsF metrics(caption);
    painter.setFont(caption);
    painter.setPen(colors().text2);
    const QString rows = tr("truth");
    painter.drawText(QRectF(kMargin, 6, size.width() - 2 * kMargin, 16), Qt::AlignLeft | Qt::AlignVCenter, rows);
    if (!m_method.isEmpty()) {
        const double from = kMargin + metrics.horizontalAdvance(rows) + 16;
        painter.drawText(QRectF(from, 6, size.width() - kMargin - from, 16), Qt::AlignRight | Qt::AlignVCenter,
                         metrics.elidedText(m_method, Qt::ElideRight, size.width() - kMargin - from));
    }
    painter.drawText(QRectF(kMargin, layout.matrix.bottom() + 26, layout.matrix.right() - kMargin, 16),
                     Qt::AlignRight | Qt::AlignVCenter, tr("prediction"));
}

void ConfusionView::drawCells(QPainter& painter, const Layout& layout) const {
    if (layout.matrix.isEmpty()) return;
    const int n = classCount();
    if (layout.cell < kGapFrom) {
        painter.drawImage(layout.matrix, picture(static_cast<int>(layout.matrix.width())));
        painter.setPen(QPen(colors().line2, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(layout.matrix.adjusted(-1, -1, 0, 0));
    } else {
        const bool numbers = n <= kMostNumbers && layout.cell >= kLeastForNumber;
        const QFont right = typeface(type::caption, weight::medium), wrong = typeface(type::caption, weight::semiBold);
        for (int truth = 0; truth < n; ++truth)
            for (int prediction = 0; prediction < n; ++prediction) {
                const QRectF cell(layout.matrix.left() + prediction * layout.cell,
                                  layout.matrix.top() + truth * layout.cell, layout.cell - 1, layout.cell - 1);
                const QColor fill = cellColor(truth, prediction);
                painter.fillRect(cell, fill);
                const std::uint32_t samples = count(truth, prediction);
                if (!numbers || samples == 0) continue;
                const QString text = countText(samples);
                painter.setFont(truth == prediction ? right : wrong);
                if (QFontMetricsF(painter.font()).horizontalAdvance(text) > cell.width()) continue;
                const QColor dark = lightPalette().text, light = lightPalette().surface;
                // Light where it can be read, or neighbours of nearly one colour would differ in this.
                const double onFill = contrastRatio(light, fill);
                painter.setPen(onFill >= 4 || onFill >= contrastRatio(dark, fill) ? light : dark);
                painter.drawText(cell.adjusted(-4, -4, 4, 4), Qt::AlignCenter, text);
            }
    }
    const auto ring = [&](const QPoint& at, const QColor& color) {
        const QRectF cell(layout.matrix.left() + at.x() * layout.cell, layout.matrix.top() + at.y() * layout.cell,
                          layout.cell - 1, layout.cell - 1);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(color, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(cell.width() < 6 ? QRectF(cell.center() - QPointF(4, 4), QSizeF(8, 8))
                                          : cell.adjusted(1, 1, -1, -1));
    };
    if (m_selected) ring(*m_selected, colors().ink);
    if (m_hovered && painter.device() == this && m_hovered != m_selected) ring(*m_hovered, colors().text2);
}

// Names thin out where they would touch.
void ConfusionView::drawNames(QPainter& painter, const Layout& layout) const {
    painter.setFont(typeface(type::caption));
    const QFontMetricsF metrics(painter.font());
    double widest = 0;
    for (const QString& name : m_classes) widest = std::max(widest, metrics.horizontalAdvance(name));
    const auto step = [&](double needed) {
        return layout.cell > 0 ? std::max(1, static_cast<int>(std::ceil(needed / layout.cell))) : classCount();
    };
    const int rowStep = step(13);
    const int columnStep = step(std::min(widest + 6, kWidestColumnName));
    for (int i = 0; i < classCount(); ++i) {
        const QPoint* at = m_hovered ? &*m_hovered : m_selected ? &*m_selected : nullptr;
        if (i % rowStep == 0) {
            painter.setPen(at && at->y() == i ? colors().text : colors().text2);
            const QRectF place(kMargin, layout.matrix.top() + (i + 0.5) * layout.cell - 8, layout.labels, 16);
            painter.drawText(place.adjusted(-2, 0, 0, 0), Qt::AlignRight | Qt::AlignVCenter,
                             metrics.elidedText(m_classes[i], Qt::ElideRight, layout.labels + 1));
        }
        if (i % columnStep == 0) {
            painter.setPen(at && at->x() == i ? colors().text : colors().text2);
            const double width = layout.cell * columnStep;
            const double middle = layout.matrix.left() + (i + 0.5) * layout.cell;
            if (columnStep > 1 && middle + std::min(widest, width) / 2 > layout.matrix.right() + kMargin) continue;
            painter.drawText(QRectF(middle - width / 2, layout.matrix.bottom() + 6, width, 16), Qt::AlignCenter,
                             metrics.elidedText(m_classes[i], Qt::ElideRight, width - 3));
        }
    }
}

void ConfusionView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    draw(painter, size());
    countReplot();
}

void ConfusionView::paintTo(QCPPainter& painter, const QSize& size) { draw(painter, size); }

void ConfusionView::point(std::optional<QPoint> cell) {
    if (cell == m_hovered) return;
    m_hovered = cell;
    update();
    emit cellHovered(cell ? cell->y() : -1, cell ? cell->x() : -1);
    if (!cell) {
        m_card->hide();
        setAccessibleDescription({});
        return;
    }
    const int truth = cell->y();
    const int prediction = cell->x();
    const std::uint32_t samples = count(truth, prediction);
    const std::uint64_t total = m_rowTotals[static_cast<std::size_t>(truth)];
    CardContent content;
    content.title = truth == prediction ? tr("Right") : tr("Mistaken");
    content.rows = {{tr("Truth"), m_classes[truth]},
                    {tr("Prediction"), m_classes[prediction]},
                    {tr("Samples"), tr("%1 of %2").arg(countText(samples), countText(static_cast<qint64>(total)))}};
    if (total > 0) content.rows.push_back({tr("Share"), percentText(samples / static_cast<double>(total), 1)});
    m_card->setContent(content);
    m_card->dock(rect().adjusted(8, 28, -12, 0), cellRect(truth, prediction).adjusted(-8, -8, 8, 8).toAlignedRect());
    setAccessibleDescription(cellText(truth, prediction));
}

void ConfusionView::mousePressEvent(QMouseEvent* event) {
    event->accept();
    if (event->button() == Qt::RightButton) return showContextMenu(event->globalPosition().toPoint());
    const auto cell = cellAt(event->position());
    if (event->button() != Qt::LeftButton || !cell) return;
    setSelectedCell(cell->y(), cell->x());
    emit cellClicked(cell->y(), cell->x());
}

void ConfusionView::mouseMoveEvent(QMouseEvent* event) {
    const auto cell = cellAt(event->position());
    if (cell)
        setCursor(Qt::PointingHandCursor);
    else
        unsetCursor();
    point(cell);
}

void ConfusionView::keyPressEvent(QKeyEvent* event) {
    if (m_counts.empty()) return PlotView::keyPressEvent(event);
    const QPoint from = m_hovered ? *m_hovered : m_selected ? *m_selected : QPoint(0, 0);
    const bool first = !m_hovered && !m_selected;
    const auto go = [&](int dx, int dy) {
        const int last = classCount() - 1;
        point(first ? from : QPoint(std::clamp(from.x() + dx, 0, last), std::clamp(from.y() + dy, 0, last)));
    };
    switch (event->key()) {
    case Qt::Key_Left: go(-1, 0); break;
    case Qt::Key_Right: go(1, 0); break;
    case Qt::Key_Up: go(0, -1); break;
    case Qt::Key_Down: go(0, 1); break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!m_hovered) break;
        setSelectedCell(from.y(), from.x());
        emit cellClicked(from.y(), from.x());
        break;
    case Qt::Key_Escape:
        if (!m_hovered) return PlotView::keyPressEvent(event);
        point({});
        break;
    default: PlotView::keyPressEvent(event);
    }
}

void ConfusionView::leaveEvent(QEvent* event) {
    point({});
    PlotView::leaveEvent(event);
}

} // namespace quantoscope::ui
