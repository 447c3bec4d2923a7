// A line to filter by, with a magnifier, a button to clear, and Esc to do the same.
#pragma once

#include <QLineEdit>

class QAction;

namespace quantoscope::ui {

class SearchField : public QLineEdit {
    Q_OBJECT

public:
    explicit SearchField(const QString& placeholder = {}, QWidget* parent = nullptr);

signals:
    /// Down or Enter: on to what was found.
    void leaveToResults();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    QAction* m_clear;
};

} // namespace quantoscope::ui
