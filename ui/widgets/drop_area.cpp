#include "ui/widgets/drop_area.h"

#include "ui/theme/icon.h"
#include "ui/theme/roles.h"
#include "ui/theme/theme.h"
#include "ui/widgets/text_label.h"

#include <QDragEnterEvent>
#include <QDropEvent>
#include <QEvent>
#include <QMimeData>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace quantoscope::ui {

namespace {

constexpr int kRadius = 12;
constexpr int kIconSize = 28;
constexpr int kContent = 120; // icon, two lines and the button, with their gaps

QList<QUrl> filesOf(const QMimeData* data) {
    QList<QUrl> files;
    for (const QUrl& url : data->urls())
        if (url.isLocalFile()) files.append(url);
    return files;
}

} // namespace

DropArea::DropArea(QWidget* parent)
    : QWidget(parent),
      m_title(new TextLabel(TextStyle::Title)),
      m_extensions(new TextLabel(TextStyle::Quiet)),
      m_open(new QPushButton) {
    setAcceptDrops(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setPrimary(m_open);
    m_open->setFixedSize(136, 32);
    auto* column = new QVBoxLayout(this);
    column->setSpacing(0);
    column->addWidget(m_title, 0, Qt::AlignHCenter);
    column->addSpacing(3);
    column->addWidget(m_extensions, 0, Qt::AlignHCenter);
    column->addSpacing(11);
    column->addWidget(m_open, 0, Qt::AlignHCenter);
    column->addStretch();
    place();
    connect(m_open, &QPushButton::clicked, this, &DropArea::openRequested);
    retranslate();
}

int DropArea::iconTop() const { return qMax(8, (height() - kContent) / 2); }

void DropArea::place() { layout()->setContentsMargins(16, iconTop() + kIconSize + 12, 16, 0); }

void DropArea::resizeEvent(QResizeEvent*) { place(); }

void DropArea::setExtensions(const QStringList& extensions) {
    m_extensions->setText(extensions.join(QStringLiteral("   ")));
}

void DropArea::retranslate() {
    m_title->setText(tr("Drop files here"));
    m_open->setText(tr("Open file…"));
    m_open->setAccessibleDescription(tr("Choose one or more files to open"));
    setAccessibleName(tr("Drop files here"));
}

void DropArea::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

void DropArea::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Palette& c = colors();
    QPen pen(m_over ? c.ink : c.line2, 1.5, Qt::CustomDashLine, Qt::FlatCap);
    pen.setDashPattern({6, 3.5}); // in units of the width
    if (m_over) pen.setStyle(Qt::SolidLine);
    painter.setPen(pen);
    painter.setBrush(m_over ? c.sel : blended(c.surface, c.raised, 0.55));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), kRadius, kRadius);
    paintIcon(painter, QStringLiteral("drop"), QRectF((width() - kIconSize) / 2.0, iconTop(), kIconSize, kIconSize),
              m_over ? c.text : c.text2);
}

void DropArea::dragEnterEvent(QDragEnterEvent* event) {
    if (filesOf(event->mimeData()).isEmpty()) return;
    event->acceptProposedAction();
    m_over = true;
    update();
}

void DropArea::dragLeaveEvent(QDragLeaveEvent*) {
    m_over = false;
    update();
}

void DropArea::dropEvent(QDropEvent* event) {
    m_over = false;
    update();
    const QList<QUrl> files = filesOf(event->mimeData());
    if (files.isEmpty()) return;
    event->acceptProposedAction();
    emit filesDropped(files);
}

} // namespace quantoscope::ui
