// Labels whose type and colour are named by what they are for; they follow the theme.
#pragma once

#include <QLabel>

namespace quantoscope::ui {

enum class TextStyle {
    Body,          // 13, text
    Label,         // 13, text2: beside a field
    Note,          // 12, text2: an explaining sentence
    Caption,       // 11, text2
    Quiet,         // 12, text3: only on surface
    Heading,       // 13/600: "Scheme", "Summary"
    Title,         // 15/600: the title of a plot or panel
    StartTitle,    // 28/600
    StartSentence, // 15, text2
};

QFont textFont(TextStyle style);
QColor textColor(TextStyle style);

class TextLabel : public QLabel {
    Q_OBJECT

public:
    explicit TextLabel(TextStyle style, const QString& text = {}, QWidget* parent = nullptr);

    TextStyle style() const { return m_style; }

private:
    void dress();

    TextStyle m_style;
};

/// One line that gives way: too long a text is cut with an ellipsis and shown whole in the tooltip.
class ElidedLabel : public QWidget {
    Q_OBJECT

public:
    explicit ElidedLabel(TextStyle style, const QString& text = {}, QWidget* parent = nullptr);

    QString text() const { return m_text; }
    void setText(const QString& text);
    void setElideMode(Qt::TextElideMode mode);
    void setAlignment(Qt::Alignment alignment);
    bool isElided() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    TextStyle m_style;
    QString m_text;
    Qt::TextElideMode m_mode = Qt::ElideRight;
    Qt::Alignment m_alignment = Qt::AlignLeft | Qt::AlignVCenter;
};

} // namespace quantoscope::ui
