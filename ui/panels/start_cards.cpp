#include "ui/panels/start_cards.h"

#include "ui/panels/sample_thumbnail.h"
#include "ui/panels/samples.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icon.h"
#include "ui/theme/paint.h"
#include "ui/theme/roles.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_text.h"

#include <QDir>
#include <QFileInfo>
#include <QKeyEvent>
#include <QPainter>

namespace quantoscope::ui {

namespace {

QString withTilde(const QString& directory) {
    const QString home = QDir::homePath();
    if (directory == home) return QStringLiteral("~");
    return directory.startsWith(home + u'/') ? u'~' + directory.mid(home.size()) : directory;
}

} // namespace

QString dayText(const QDate& day, const QDate& today) {
    if (!day.isValid()) return {};
    const qint64 ago = day.daysTo(today);
    if (ago <= 0) return StartButton::tr("today");
    if (ago == 1) return StartButton::tr("yesterday");
    //: A date of this year, in the notation of QLocale
    if (day.year() == today.year()) return QLocale().toString(day, StartButton::tr("d MMM"));
    //: A date of another year, in the notation of QLocale
    return QLocale().toString(day, StartButton::tr("MMM yyyy"));
}

StartButton::StartButton(QWidget* parent) : QAbstractButton(parent) {
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void StartButton::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return click();
    QAbstractButton::keyPressEvent(event);
}

SampleCard::SampleCard(const Sample& sample, QWidget* parent) : StartButton(parent), m_sample(sample) { retranslate(); }

QString SampleCard::sampleId() const { return QLatin1String(m_sample.id); }

void SampleCard::retranslate() {
    setText(sampleTitle(m_sample));
    setAccessibleName(sampleTitle(m_sample));
    setAccessibleDescription(sampleSentence(m_sample));
    update();
}

void SampleCard::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Palette& c = colors();
    const bool hover = underMouse() || isDown();
    paintPanel(painter, rect(), kCardRadius,
               isDown() ? c.sel
               : hover  ? blended(c.surface, c.raised, 0.6)
                        : c.surface,
               hover ? c.line2 : c.line);
    if (showsFocus(this)) paintFocusRing(painter, rect(), kCardRadius);
    const QRectF picture(12, 12, 88, 56);
    paintSampleThumbnail(painter, sampleId(), picture);
    const QRectF text(112, 14, width() - 112 - 12, 56);
    painter.setFont(typeface(type::control, weight::semiBold));
    painter.setPen(c.text);
    painter.drawText(QRectF(text.x(), text.y(), text.width(), 17), Qt::AlignLeft | Qt::AlignVCenter, this->text());
    painter.setFont(typeface(type::table));
    painter.setPen(c.text2);
    painter.drawText(QRectF(text.x(), text.y() + 18, text.width(), 34), Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap,
                     sampleSentence(m_sample));
}

RecentRow::RecentRow(RecentFile file, bool rule, QWidget* parent)
    : StartButton(parent), m_file(std::move(file)), m_rule(rule) {
    const QFileInfo info(m_file.path);
    setText(info.fileName());
    setToolTip(m_file.path);
    setAccessibleName(info.fileName());
    setAccessibleDescription(tr("%1, %2").arg(withTilde(info.path()), byteText(m_file.bytes)));
}

void RecentRow::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Palette& c = colors();
    if (m_rule) painter.fillRect(QRect(28, 0, width() - 28, 1), c.line);
    if (underMouse() || isDown())
        paintPanel(painter, QRectF(0, 3, width(), height() - 5), kFieldRadius, isDown() ? c.sel : c.raised);
    if (showsFocus(this)) paintFocusRing(painter, QRectF(0, 3, width(), height() - 5), kFieldRadius);
    paintIcon(painter, m_file.iconName.isEmpty() ? QStringLiteral("file") : m_file.iconName, QRectF(1, 11, 16, 16),
              c.text2);

    const QFileInfo info(m_file.path);
    const QRectF upper(28, 7, width() - 28, 18), lower(28, 26, width() - 28, 17);
    painter.setFont(typeface(type::table));
    painter.setPen(underMouse() ? c.text2 : c.text3);
    const QString day = dayText(m_file.opened, QDate::currentDate());
    const int dayWidth = painter.fontMetrics().horizontalAdvance(day);
    painter.drawText(upper, Qt::AlignRight | Qt::AlignVCenter, day);
    const QString size = byteText(m_file.bytes);
    const int rest = painter.fontMetrics().horizontalAdvance(QStringLiteral(" · ") + size);
    const QString directory = painter.fontMetrics().elidedText(withTilde(info.path()), Qt::ElideMiddle,
                                                               static_cast<int>(lower.width()) - rest);
    painter.drawText(lower, Qt::AlignLeft | Qt::AlignVCenter, directory + QStringLiteral(" · ") + size);
    painter.setFont(typeface(type::control, weight::medium));
    painter.setPen(c.text);
    const QString name = painter.fontMetrics().elidedText(info.fileName(), Qt::ElideMiddle,
                                                          static_cast<int>(upper.width()) - dayWidth - 12);
    painter.drawText(upper, Qt::AlignLeft | Qt::AlignVCenter, name);
}

} // namespace quantoscope::ui
