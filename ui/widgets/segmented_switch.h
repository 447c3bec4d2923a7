// A choice of a few words side by side, one of them always chosen: "Explore | Model lab", "Linear | Log".
#pragma once

#include <QList>
#include <QWidget>

class QRadioButton;

namespace quantoscope::ui {

class SegmentedSwitch : public QWidget {
    Q_OBJECT

public:
    enum class Size {
        Header, // 32 px, type 13
        Plot,   // 28 px, type 12
    };

    explicit SegmentedSwitch(const QStringList& labels, Size size = Size::Header, QWidget* parent = nullptr);

    int currentIndex() const;
    /// Emits currentChanged when it is another one.
    void setCurrentIndex(int index);
    int count() const { return static_cast<int>(m_segments.size()); }
    void setSegmentEnabled(int index, bool enabled);
    void setSegmentToolTip(int index, const QString& text);
    /// For retranslation.
    void setLabel(int index, const QString& text);

signals:
    void currentChanged(int index);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QList<QRadioButton*> m_segments;
};

} // namespace quantoscope::ui
