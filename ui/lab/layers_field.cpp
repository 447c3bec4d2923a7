#include "ui/lab/layers_field.h"

#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include "ui/widgets/text_label.h"

#include <QLineEdit>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace quantoscope::ui {

namespace {

constexpr int kGap = 4;

/// A field that shows that something is wrong with it.
class MarkedLine : public QLineEdit {
public:
    using QLineEdit::QLineEdit;
    void setWrong(bool wrong) {
        m_wrong = wrong;
        update();
    }

protected:
    void paintEvent(QPaintEvent* event) override {
        QLineEdit::paintEvent(event);
        if (!m_wrong) return;
        QPainter painter(this);
        paintPanel(painter, rect(), kFieldRadius, {}, colors().error, hasFocus() ? 2 : 1);
    }

private:
    bool m_wrong = false;
};

} // namespace

LayersField::LayersField(QWidget* parent)
    : QWidget(parent), m_line(new MarkedLine(this)), m_note(new TextLabel(TextStyle::Caption, {}, this)) {
    const QString help =
        tr("Hidden layers in order. A number is a dense layer, conv8 a convolution of 8 channels by 3 × 3 (conv16x5: "
           "5 × 5), pool2 and avgpool2 windows of 2 × 2, bn a batch norm of the layer before it: conv8, bn, pool2, 64");
    m_line->setToolTip(help);
    m_line->setAccessibleName(tr("Layers"));
    m_line->setAccessibleDescription(help);
    m_line->setPlaceholderText(tr("no hidden layer"));
    m_note->setWordWrap(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGap);
    layout->addWidget(m_line);
    layout->addWidget(m_note);
    setFocusProxy(m_line);
    connect(m_line, &QLineEdit::textEdited, this, [this](const QString& text) { check(text.toStdString()); });
    connect(m_line, &QLineEdit::editingFinished, this, [this] {
        const std::string hidden = m_line->text().trimmed().toStdString();
        if (check(hidden)) emit layersChosen(hidden);
    });
}

bool LayersField::check(const std::string& hidden) {
    const Reading reading = read ? read(hidden) : Reading{true, {}};
    m_error = reading.good ? QString() : reading.text;
    m_note->setText(reading.text);
    m_note->setVisible(!reading.text.isEmpty());
    static_cast<MarkedLine*>(m_line)->setWrong(!reading.good);
    fitHeight();
    return reading.good;
}

/// All of the note, however narrow the panel.
void LayersField::fitHeight() {
    const int note = m_note->text().isEmpty() ? 0 : kGap + m_note->heightForWidth(std::max(40, width()));
    setFixedHeight(m_line->sizeHint().height() + note);
}

void LayersField::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitHeight();
}

void LayersField::setLayers(const std::string& hidden) {
    if (m_line->hasFocus() && m_line->isModified() && !m_error.isEmpty()) return; // the user is typing the next ones
    const QString text = QString::fromStdString(hidden);
    if (m_line->text() != text) m_line->setText(text);
    check(hidden);
}

} // namespace quantoscope::ui
