// The invitation of an empty window: drop files here, or open one.
#pragma once

#include <QList>
#include <QUrl>
#include <QWidget>

class QPushButton;

namespace quantoscope::ui {

class TextLabel;

class DropArea : public QWidget {
    Q_OBJECT

public:
    explicit DropArea(QWidget* parent = nullptr);

    /// ".safetensors", ".npy", ...
    void setExtensions(const QStringList& extensions);

    QSize sizeHint() const override { return {640, 176}; }
    QSize minimumSizeHint() const override { return {320, 136}; }

signals:
    void openRequested();
    void filesDropped(const QList<QUrl>& files);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void place();
    int iconTop() const;

    TextLabel* m_title;
    TextLabel* m_extensions;
    QPushButton* m_open;
    bool m_over = false;
};

} // namespace quantoscope::ui
