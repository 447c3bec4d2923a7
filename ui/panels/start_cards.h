// The things to choose on the start page: a card for each sample, a row for each recent file. Both are buttons.
#pragma once

#include <QAbstractButton>
#include <QDate>

namespace quantoscope::ui {

struct Sample;

struct RecentFile {
    QString path;
    qint64 bytes = 0;
    QDate opened;
    QString iconName; // "file", "signal", "image", "table"
    friend bool operator==(const RecentFile&, const RecentFile&) = default;
};

/// "today", "yesterday", "18 Nov", "Nov 2024".
QString dayText(const QDate& day, const QDate& today);

/// Painted as one piece; Enter presses it, as Space does.
class StartButton : public QAbstractButton {
    Q_OBJECT

public:
    explicit StartButton(QWidget* parent = nullptr);

protected:
    void keyPressEvent(QKeyEvent* event) override;
};

class SampleCard : public StartButton {
    Q_OBJECT

public:
    explicit SampleCard(const Sample& sample, QWidget* parent = nullptr);

    QString sampleId() const;
    void retranslate();
    QSize sizeHint() const override { return {316, 80}; }
    QSize minimumSizeHint() const override { return {220, 80}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Sample& m_sample;
};

class RecentRow : public StartButton {
    Q_OBJECT

public:
    explicit RecentRow(RecentFile file, bool rule, QWidget* parent = nullptr);

    const RecentFile& file() const { return m_file; }
    QSize sizeHint() const override { return {332, 53}; }
    QSize minimumSizeHint() const override { return {200, 53}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    RecentFile m_file;
    bool m_rule;
};

} // namespace quantoscope::ui
