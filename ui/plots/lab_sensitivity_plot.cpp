#include "ui/plots/lab_sensitivity_plot.h"

#include "ui/plots/plot_text.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"
#include "ui/widgets/lab_look.h"

#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QWheelEvent>
#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace quantoscope::ui {

namespace {

constexpr double kTop = 28;      // the title of the axis
constexpr double kBottom = 52;   // ticks and the legend
constexpr double kValue = 34;    // the figure at the end of a bar
constexpr double kTallest = 118; // of a layer's row
constexpr double kBar = 18, kPitch = 22;
constexpr double kSmallPitch = 11; // three lines of the caption type do not touch
constexpr double kRowGap = 9;
constexpr double kWidestLabel = 88;
constexpr int kScrollWidth = 10;

/// 1 at the fewest bits, paler with every bit more.
double strength(std::size_t rank) { return std::max(0.22, std::pow(0.63, static_cast<double>(rank))); }

} // namespace

SensitivityPlot::SensitivityPlot(QWidget* parent)
    : PlotView(parent), m_scroll(new QScrollBar(Qt::Vertical, this)), m_card(new Card(this)) {
    setAccessibleName(tr("Layer sensitivity"));
    setMouseTracking(true);
    setMinimumSize(200, 160);
    m_scroll->setAccessibleName(tr("Layers"));
    m_scroll->hide();
    connect(m_scroll, &QScrollBar::valueChanged, this, [this] {
        hover(-1);
        update();
    });
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void SensitivityPlot::setSensitivities(const std::vector<LabSensitivity>& sensitivities) {
    const int current = currentLayer();
    hover(-1);
    m_file.clear();
    m_bits.clear();
    for (const LabSensitivity& each : sensitivities) {
        auto layer = std::find_if(m_file.begin(), m_file.end(), [&](const Layer& l) { return l.index == each.layer; });
        if (layer == m_file.end())
            layer = m_file.insert(
                m_file.end(), {each.layer, QString::fromStdString(each.name), QString::fromStdString(each.shape), {}});
        layer->bars.push_back({each.bits, each.lost, each.sqnrDb});
        if (std::find(m_bits.begin(), m_bits.end(), each.bits) == m_bits.end()) m_bits.push_back(each.bits);
    }
    std::sort(m_bits.begin(), m_bits.end());
    for (Layer& layer : m_file)
        std::stable_sort(layer.bars.begin(), layer.bars.end(),
                         [](const Bar& a, const Bar& b) { return a.bits < b.bits; });
    sort();
    m_current = rowOf(current);
    updateScrollBar();
    update();
}

void SensitivityPlot::setOrder(Order order) {
    if (order == m_order) return;
    const int current = currentLayer();
    m_order = order;
    hover(-1);
    sort();
    m_current = -1;
    update();
    setCurrentLayer(current);
}

void SensitivityPlot::setScale(AccuracyScale scale) {
    if (scale == m_scale) return;
    m_scale = scale;
    update();
}

void SensitivityPlot::sort() {
    m_layers = m_file;
    if (m_order == Order::File || m_bits.empty()) return;
    const auto loss = [this](const Layer& layer) -> double {
        for (const Bar& bar : layer.bars)
            if (bar.bits == m_bits.front()) return std::isfinite(bar.lost) ? bar.lost : -INFINITY;
        return -INFINITY;
    };
    std::stable_sort(m_layers.begin(), m_layers.end(),
                     [&](const Layer& a, const Layer& b) { return loss(a) > loss(b); });
}

std::vector<std::size_t> SensitivityPlot::shownLayers() const {
    std::vector<std::size_t> result;
    for (const Layer& layer : m_layers) result.push_back(layer.index);
    return result;
}

int SensitivityPlot::rowOf(int layer) const {
    for (std::size_t i = 0; i < m_layers.size(); ++i)
        if (static_cast<int>(m_layers[i].index) == layer) return static_cast<int>(i);
    return -1;
}

int SensitivityPlot::currentLayer() const {
    return m_current < 0 ? -1 : static_cast<int>(m_layers[static_cast<std::size_t>(m_current)].index);
}

void SensitivityPlot::setCurrentLayer(int layer) {
    m_current = rowOf(layer);
    if (m_current >= 0) {
        const QRectF row = rowRect(m_current);
        const QRectF area = layout().area;
        if (row.top() < area.top())
            m_scroll->setValue(m_scroll->value() - static_cast<int>(std::ceil(area.top() - row.top())));
        else if (row.bottom() > area.bottom())
            m_scroll->setValue(m_scroll->value() + static_cast<int>(std::ceil(row.bottom() - area.bottom())));
    }
    update();
}

SensitivityPlot::Layout SensitivityPlot::layoutFor(const QSize& size, bool scrolls) const {
    Layout result;
    const QFontMetricsF name(typeface(type::caption, weight::semiBold)), shape(typeface(type::caption));
    double low = 0;
    double high = 0;
    for (const Layer& layer : m_layers) {
        result.labelWidth = std::max(
            {result.labelWidth, name.horizontalAdvance(layer.name) + 1, shape.horizontalAdvance(layer.shape) + 1});
        for (const Bar& bar : layer.bars) {
            if (!std::isfinite(bar.lost)) continue;
            low = std::min(low, m_scale.shown(bar.lost));
            high = std::max(high, m_scale.shown(bar.lost));
        }
    }
    result.labelWidth = std::min({result.labelWidth, kWidestLabel, size.width() * 0.34});
    const double left = kMargin + result.labelWidth + 12;
    const double right = size.width() - kMargin - (scrolls ? kScrollWidth : 0);
    result.area = QRectF(left, kTop, std::max(20.0, right - left), std::max(20.0, size.height() - kTop - kBottom));
    // The longest bar leaves room for its figure; all of nothing is shown on an axis of one point.
    const double span = std::max(high - low, m_scale.isPercent() ? 1.0 : 0.01);
    result.lower = low < 0 ? low - span * 0.04 : 0;
    result.upper = result.lower + (std::max(high, result.lower + span) - result.lower) * result.area.width() /
                                      std::max(20.0, result.area.width() - kValue);
    const auto layers = static_cast<double>(std::max<std::size_t>(1, m_layers.size()));
    const double least = static_cast<double>(std::max<std::size_t>(2, m_bits.size())) * kSmallPitch + kRowGap;
    result.rowHeight = std::clamp(result.area.height() / layers, least, std::max(least, kTallest));
    return result;
}

SensitivityPlot::Layout SensitivityPlot::layout() const { return layoutFor(size(), isScrolled()); }

bool SensitivityPlot::isScrolled() const { return m_scroll->maximum() > 0; }

void SensitivityPlot::updateScrollBar() {
    const Layout now = layoutFor(size(), true);
    const int over =
        static_cast<int>(std::ceil(now.rowHeight * static_cast<double>(m_layers.size()) - now.area.height() - 0.01));
    m_scroll->setRange(0, std::max(0, over));
    m_scroll->setPageStep(std::max(1, static_cast<int>(now.area.height())));
    m_scroll->setSingleStep(std::max(1, static_cast<int>(now.rowHeight)));
    m_scroll->setGeometry(width() - kScrollWidth - 2, static_cast<int>(kTop), kScrollWidth,
                          static_cast<int>(now.area.height()));
    m_scroll->setVisible(over > 0);
}

QRectF SensitivityPlot::rowRect(int row) const {
    if (row < 0) return {};
    const Layout now = layout();
    return {0, now.area.top() + row * now.rowHeight - m_scroll->value(), now.area.right(), now.rowHeight};
}

QRectF SensitivityPlot::layerRect(int layer) const { return rowRect(rowOf(layer)); }

QRectF SensitivityPlot::barIn(const Layout& layout, const QRectF& row, std::size_t bar, double lost) const {
    const auto count = static_cast<double>(m_bits.size());
    const double pitch = std::clamp((layout.rowHeight - kRowGap) / std::max(1.0, count), 4.0, kPitch);
    const double height = std::min(kBar, pitch - (pitch >= 16 ? 4 : 1));
    const double top = row.center().y() - count * pitch / 2 + static_cast<double>(bar) * pitch + (pitch - height) / 2;
    const double from = std::round(layout.x(0));
    const double to = std::round(layout.x(m_scale.shown(lost)));
    return {std::min(from, to), std::round(top), std::max(1.0, std::abs(to - from)), std::round(height)};
}

QRectF SensitivityPlot::barRect(int layer, int bits) const {
    const int row = rowOf(layer);
    if (row < 0) return {};
    for (const Bar& bar : m_layers[static_cast<std::size_t>(row)].bars)
        if (bar.bits == bits) return barIn(layout(), rowRect(row), rankOf(bits), bar.lost);
    return {};
}

std::size_t SensitivityPlot::rankOf(int bits) const {
    return static_cast<std::size_t>(std::find(m_bits.begin(), m_bits.end(), bits) - m_bits.begin());
}

QColor SensitivityPlot::tint(int bits) const {
    return blended(colors().surface, labLook(LabMethod::Static).color, strength(rankOf(bits)));
}

void SensitivityPlot::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    draw(painter, size(), layout(), m_scroll->value());
    countReplot();
}

void SensitivityPlot::paintTo(QCPPainter& painter, const QSize& size) {
    draw(painter, size, layoutFor(size, false), isScrolled() ? m_scroll->value() : 0);
}

void SensitivityPlot::resetView() { m_scroll->setValue(0); }

void SensitivityPlot::resizeEvent(QResizeEvent* event) {
    updateScrollBar();
    PlotView::resizeEvent(event);
}

int SensitivityPlot::rowAt(const QPointF& position) const {
    const Layout now = layout();
    if (position.y() < now.area.top() || position.y() >= now.area.bottom() || position.x() > now.area.right())
        return -1;
    const auto row = static_cast<int>(std::floor((position.y() - now.area.top() + m_scroll->value()) / now.rowHeight));
    return row >= 0 && row < static_cast<int>(m_layers.size()) ? row : -1;
}

void SensitivityPlot::choose(int row) {
    if (row < 0 || row >= static_cast<int>(m_layers.size())) return;
    const bool another = row != m_current;
    setCurrentLayer(static_cast<int>(m_layers[static_cast<std::size_t>(row)].index));
    const Layer& layer = m_layers[static_cast<std::size_t>(row)];
    QStringList spoken{layer.name + QStringLiteral(", ") + layer.shape};
    for (const Bar& bar : layer.bars)
        spoken << bitsText(bar.bits) + QStringLiteral(": ") + m_scale.pointsText(bar.lost);
    setAccessibleDescription(spoken.join(QStringLiteral("; ")));
    if (another) emit layerSelected(currentLayer());
}

void SensitivityPlot::hover(int row) {
    if (row == m_hovered) return;
    m_hovered = row;
    update();
    if (row < 0) return m_card->hide();
    const Layer& layer = m_layers[static_cast<std::size_t>(row)];
    CardContent content;
    content.title = layer.name;
    content.note = layer.shape;
    for (const Bar& bar : layer.bars)
        content.rows.push_back(
            {bitsText(bar.bits), m_scale.pointsText(bar.lost) + QStringLiteral(" · ") + decibelText(bar.sqnrDb)});
    m_card->setContent(content);
    // Below the row, or above it where there is no room: never over what it speaks of.
    const QRectF place = rowRect(row);
    QRect area = layout().area.toRect().adjusted(0, 4, 0, 0);
    const int height = m_card->panelRect().height();
    const int below = static_cast<int>(place.bottom()) + 4;
    area.setTop(below + height <= this->height() ? below : std::max(4, static_cast<int>(place.top()) - height - 4));
    m_card->dock(area);
}

void SensitivityPlot::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton)
        choose(rowAt(event->position()));
    else if (event->button() == Qt::RightButton)
        showContextMenu(event->globalPosition().toPoint());
    event->accept();
}

void SensitivityPlot::mouseMoveEvent(QMouseEvent* event) { hover(rowAt(event->position())); }

void SensitivityPlot::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    const int row = rowAt(event->position());
    if (row >= 0) emit layerActivated(static_cast<int>(m_layers[static_cast<std::size_t>(row)].index));
}

void SensitivityPlot::wheelEvent(QWheelEvent* event) {
    m_scroll->setValue(m_scroll->value() - event->angleDelta().y() / 2);
    event->accept();
}

void SensitivityPlot::keyPressEvent(QKeyEvent* event) {
    const int last = static_cast<int>(m_layers.size()) - 1;
    if (last < 0) return PlotView::keyPressEvent(event);
    const Layout now = layout();
    const int page = std::max(1, static_cast<int>(now.area.height() / now.rowHeight) - 1);
    switch (event->key()) {
    case Qt::Key_Up: choose(m_current < 0 ? last : std::max(0, m_current - 1)); break;
    case Qt::Key_Down: choose(std::min(last, m_current + 1)); break;
    case Qt::Key_PageUp: choose(std::max(0, m_current - page)); break;
    case Qt::Key_PageDown: choose(std::min(last, m_current + page)); break;
    case Qt::Key_Home: choose(0); break;
    case Qt::Key_End: choose(last); break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_current >= 0) emit layerActivated(currentLayer());
        break;
    default: PlotView::keyPressEvent(event);
    }
}

void SensitivityPlot::leaveEvent(QEvent* event) {
    hover(-1);
    PlotView::leaveEvent(event);
}

} // namespace quantoscope::ui
