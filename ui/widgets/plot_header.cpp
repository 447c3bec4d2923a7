#include "ui/widgets/plot_header.h"

#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QPainter>

namespace quantoscope::ui {

namespace {
constexpr int kHeight = 48;
constexpr int kSubtitleFrom = 620; // narrower headers drop the subtitle
constexpr int kLegendFrom = 600;
} // namespace

/// Three small keys: the histogram's area, a stem with its disc, a dashed line.
class PlotHeader::Legend : public QWidget {
public:
    explicit Legend(QWidget* parent) : QWidget(parent) {
        setFixedHeight(20);
        setAccessibleName(PlotHeader::tr("Legend: area is data, stems are levels, dashed lines are boundaries"));
        connect(&theme(), &Theme::changed, this, qOverload<>(&QWidget::update));
        setFixedWidth(sizeHint().width());
    }

    void setLook(const SchemeLook& look) {
        if (look == m_look) return;
        m_look = look;
        update();
    }

    QSize sizeHint() const override {
        const QFontMetrics metrics(typeface(type::caption));
        int width = 0;
        for (const QString& text : texts()) width += kKey + metrics.horizontalAdvance(text) + kGap;
        return {width - kGap, 20};
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        const QFont font = typeface(type::caption);
        const QFontMetrics metrics(font);
        painter.setFont(font);
        const Palette& palette = colors();
        qreal x = 0;
        const QStringList names = texts();
        for (int i = 0; i < names.size(); ++i) {
            painter.setRenderHint(QPainter::Antialiasing, i == 1);
            if (i == 0) {
                painter.setPen(palette.histogramOutline);
                painter.setBrush(palette.histogramFill);
                painter.drawRect(QRectF(x + 0.5, 5.5, 9, 9));
            } else if (i == 1) {
                painter.setPen(Qt::NoPen);
                painter.setBrush(m_look.color);
                painter.drawRect(QRectF(x + 4, 6, 2, 11));
                painter.drawEllipse(QPointF(x + 5, 6.5), 3.5, 3.5);
            } else {
                painter.setPen(QPen(palette.text2, 1, Qt::CustomDashLine));
                QPen pen(palette.text2, 1);
                pen.setDashPattern({3, 3});
                painter.setPen(pen);
                painter.drawLine(QPointF(x + 5.5, 3), QPointF(x + 5.5, 17));
            }
            painter.setPen(palette.text2);
            painter.drawText(QPointF(x + kKey, 10 + metrics.capHeight() / 2.0), names[i]);
            x += kKey + metrics.horizontalAdvance(names[i]) + kGap;
        }
    }

private:
    static constexpr int kKey = 16;
    static constexpr int kGap = 14;
    static QStringList texts() { return {PlotHeader::tr("data"), PlotHeader::tr("level"), PlotHeader::tr("boundary")}; }

    SchemeLook m_look;
};

PlotHeader::PlotHeader(QWidget* parent)
    : QWidget(parent),
      m_title(new ElidedLabel(TextStyle::Title, {}, this)),
      m_subtitle(new TextLabel(TextStyle::Quiet, {}, this)),
      m_layout(new QHBoxLayout(this)) {
    setFixedHeight(kHeight);
    m_layout->setContentsMargins(16, 0, 16, 0);
    m_layout->setSpacing(8);
    m_title->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    m_layout->addWidget(m_title, 100); // all it needs, before the empty space has any
    m_layout->addWidget(m_subtitle);
    m_layout->addStretch(1);
}

void PlotHeader::setTitle(const QString& title, const QString& subtitle) {
    m_title->setText(title);
    m_subtitle->setText(subtitle);
}

void PlotHeader::setLegend(const SchemeLook& look) {
    if (!m_legend) {
        m_legend = new Legend(this);
        m_layout->insertWidget(3, m_legend);
        m_layout->insertSpacing(4, 8);
    }
    m_legend->setLook(look);
}

void PlotHeader::addControl(QWidget* control) { m_layout->addWidget(control); }

void PlotHeader::addRemark(QWidget* remark) {
    m_remark = remark;
    m_layout->addWidget(remark);
}

void PlotHeader::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    m_subtitle->setVisible(width() >= kSubtitleFrom);
    if (m_legend) m_legend->setVisible(width() >= kLegendFrom);
    if (m_remark) m_remark->setVisible(width() >= kSubtitleFrom);
}

} // namespace quantoscope::ui
