// What every view can do: draw itself at any size into a picture, a vector file or the clipboard; put off all work
// while it is hidden; show where the keyboard focus is.
#pragma once

#include "core/base/result.h"

#include <QImage>
#include <QWidget>

class QCPPainter;

namespace quantoscope::ui {

class PlotView : public QWidget {
    Q_OBJECT

public:
    explicit PlotView(QWidget* parent = nullptr);

    /// The view as it is on screen, without cards and hover, laid out for `size` with its top left corner at the
    /// origin.
    virtual void paintTo(QCPPainter& painter, const QSize& size) = 0;
    /// Shows all of the data again.
    virtual void resetView() = 0;

    QImage image(const QSize& size, double scale = 2);
    /// By extension: .png (scaled up), .svg or .pdf. The file appears whole or not at all. An empty size is the one on
    /// screen. Errors: Unsupported (another extension), WriteFailed.
    Status exportTo(const QString& path, const QSize& size = {}, double scale = 2);
    void copyToClipboard();

    /// Copying from this view copies that one: a pane stands for its whole.
    void setCopySource(PlotView* whole) { m_copySource = whole; }

    /// How often the view has been drawn anew: a hidden one must not be.
    int replotCount() const { return m_replots; }

signals:
    /// From the context menu: whoever owns the view asks where to and calls exportTo.
    void exportRequested();

protected:
    void countReplot() { ++m_replots; }
    /// Copy, export, reset; `globalPosition` is where it opens.
    void showContextMenu(const QPoint& globalPosition);
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* m_focusRing;
    PlotView* m_copySource = nullptr;
    int m_replots = 0;
};

} // namespace quantoscope::ui
