// A line with a chevron that shows and hides what stands under it.
#pragma once

#include <QAbstractButton>

namespace quantoscope::ui {

class FoldButton : public QAbstractButton {
    Q_OBJECT

public:
    /// `content` follows the button; it is hidden at first.
    FoldButton(const QString& text, QWidget* content, QWidget* parent = nullptr);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace quantoscope::ui
