#include "ui/plots/plot_view.h"

#include "ui/theme/paint.h"
#include "ui/theme/roles.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QBuffer>
#include <QClipboard>
#include <QFileInfo>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QPageLayout>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>
#include <qcustomplot.h>

namespace quantoscope::ui {

namespace {

class FocusRing : public QWidget {
public:
    explicit FocusRing(QWidget* parent) : QWidget(parent) {
        setAttribute(Qt::WA_TransparentForMouseEvents);
        hide();
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        paintFocusRing(painter, QRectF(rect()).adjusted(2, 2, -2, -2));
    }
};

} // namespace

PlotView::PlotView(QWidget* parent) : QWidget(parent), m_focusRing(new FocusRing(this)) {
    setFocusPolicy(Qt::StrongFocus);
    setMinimumSize(240, 160);
    setContextMenuPolicy(Qt::PreventContextMenu); // the right button pans; a click without a drag opens the menu
}

QImage PlotView::image(const QSize& size, double scale) {
    const QSize used = size.isEmpty() ? this->size() : size;
    QImage result((QSizeF(used) * scale).toSize(), QImage::Format_ARGB32_Premultiplied);
    result.fill(colors().surface);
    QCPPainter painter(&result);
    painter.setMode(QCPPainter::pmNoCaching);
    painter.scale(scale, scale);
    paintTo(painter, used);
    return result;
}

Status PlotView::exportTo(const QString& path, const QSize& size, double scale) {
    const QSize used = size.isEmpty() ? this->size() : size;
    const QString extension = QFileInfo(path).suffix().toLower();
    const std::string where = path.toStdString();
    if (extension != u"png" && extension != u"svg" && extension != u"pdf")
        return Error{ErrorCode::Unsupported, where, "a plot is exported as .png, .svg or .pdf"};
    QSaveFile file(path);
    const auto failed = [&] { return Error{ErrorCode::WriteFailed, where, file.errorString().toStdString()}; };
    if (!file.open(QIODevice::WriteOnly)) return failed();
    if (extension == u"png") {
        if (!image(used, scale).save(&file, "PNG")) return failed();
    } else {
        // Drawn into memory first: the generators do not report a device that is full.
        QBuffer buffer;
        buffer.open(QIODevice::WriteOnly);
        if (extension == u"svg") {
            QSvgGenerator generator;
            generator.setOutputDevice(&buffer);
            generator.setSize(used);
            generator.setViewBox(QRect(QPoint(), used));
            generator.setTitle(accessibleName());
            generator.setDescription(accessibleDescription());
            QCPPainter painter;
            painter.begin(&generator);
            painter.setMode(QCPPainter::pmVectorized);
            painter.setMode(QCPPainter::pmNoCaching);
            painter.fillRect(QRect(QPoint(), used), colors().surface);
            paintTo(painter, used);
        } else {
            QPdfWriter writer(&buffer);
            writer.setTitle(accessibleName());
            writer.setCreator(QStringLiteral("Quantoscope"));
            writer.setResolution(96);
            writer.setPageSize(QPageSize(QSizeF(used) * 72.0 / 96.0, QPageSize::Point, {}, QPageSize::ExactMatch));
            writer.setPageMargins({});
            QCPPainter painter;
            painter.begin(&writer);
            painter.setMode(QCPPainter::pmVectorized);
            painter.setMode(QCPPainter::pmNoCaching);
            painter.fillRect(QRect(QPoint(), used), colors().surface);
            paintTo(painter, used);
        }
        if (file.write(buffer.data()) != buffer.data().size()) return failed();
    }
    if (!file.commit()) return failed();
    return {};
}

void PlotView::copyToClipboard() {
    if (m_copySource) return m_copySource->copyToClipboard();
    QApplication::clipboard()->setImage(image({}, std::max<double>(2, devicePixelRatioF())));
}

void PlotView::showContextMenu(const QPoint& globalPosition) {
    QMenu menu(this);
    menu.addAction(tr("Copy picture"), QKeySequence::Copy, this, &PlotView::copyToClipboard);
    menu.addAction(tr("Export picture…"), this, &PlotView::exportRequested);
    menu.addSeparator();
    menu.addAction(tr("Show all"), QKeySequence(Qt::Key_0), this, &PlotView::resetView);
    menu.exec(globalPosition);
}

bool PlotView::event(QEvent* event) {
    switch (event->type()) {
    case QEvent::FocusIn:
    case QEvent::FocusOut:
    case QEvent::KeyPress:
    case QEvent::MouseButtonPress: {
        const bool handled = QWidget::event(event);
        m_focusRing->setVisible(hasFocus() && showsFocus(this));
        m_focusRing->raise();
        return handled;
    }
    default: return QWidget::event(event);
    }
}

void PlotView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    m_focusRing->setGeometry(rect());
    m_focusRing->raise();
}

void PlotView::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy)) {
        copyToClipboard();
    } else if (event->key() == Qt::Key_0 && !(event->modifiers() & Qt::ControlModifier)) {
        resetView();
    } else if (event->key() == Qt::Key_Menu ||
               (event->key() == Qt::Key_F10 && event->modifiers() & Qt::ShiftModifier)) {
        showContextMenu(mapToGlobal(rect().center()));
    } else {
        QWidget::keyPressEvent(event);
    }
}

} // namespace quantoscope::ui
