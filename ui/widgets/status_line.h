// The window's foot: what runs, how far it is, a way to stop it, and whether the numbers on screen are exact.
#pragma once

#include <QWidget>

class QProgressBar;
class QToolButton;
class QTimer;

namespace quantoscope::ui {

class ElidedLabel;

class StatusLine : public QWidget {
    Q_OBJECT

public:
    explicit StatusLine(QWidget* parent = nullptr);

    void setText(const QString& text);
    QString text() const;
    /// 0 to 1; below 0 where no end is known. Shows the bar and, where it can be stopped, the button.
    void setProgress(double share, bool cancellable = true);
    void hideProgress();
    bool showsProgress() const;

    /// "✓ exact · n = 16,384"
    void setExact(qint64 count);
    /// "sampled: 262,144 of 10,000,000"
    void setSampled(qint64 used, qint64 count);
    /// Any other remark: "360 test images · seed 42".
    void setRemark(const QString& text);
    QString remark() const { return m_remark; }

    QSize sizeHint() const override { return {640, 28}; }
    QSize minimumSizeHint() const override { return {320, 28}; }

signals:
    void cancelRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void setRemark(const QString& text, bool exact);
    int remarkWidth() const;
    void retranslate();

    ElidedLabel* m_text;
    QProgressBar* m_progress;
    QToolButton* m_cancel;
    QTimer* m_wander;
    QWidget* m_room;
    QString m_remark;
    bool m_exact = false;
};

} // namespace quantoscope::ui
