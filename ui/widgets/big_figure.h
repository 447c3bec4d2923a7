// A result as a large number: label above, small unit beside. "SQNR / 19.66 dB".
#pragma once

#include <QWidget>

namespace quantoscope::ui {

class BigFigure : public QWidget {
    Q_OBJECT

public:
    /// The number's height in pixels: 36 (28 in a small window), or 20 for the secondary ones.
    explicit BigFigure(const QString& label, qreal pixels = 36, QWidget* parent = nullptr);

    void setLabel(const QString& label);
    void setFigure(const QString& number, const QString& unit);
    void setPixels(qreal pixels);
    QString number() const { return m_number; }
    QString unit() const { return m_unit; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void name();

    QString m_label, m_number = QStringLiteral("–"), m_unit;
    qreal m_pixels;
};

} // namespace quantoscope::ui
