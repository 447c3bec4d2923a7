#include "ui/widgets/card.h"

#include "ui/theme/fonts.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include "ui/widgets/mark.h"

#include <QPainter>

namespace quantoscope::ui {

namespace {

constexpr int kShadow = 8;
constexpr int kPadding = 12;
constexpr int kTitleRow = 22;
constexpr int kGap = 3;
constexpr int kRow = 20;
constexpr int kLeast = 184;

} // namespace

Card::Card(QWidget* parent) : QWidget(parent) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAttribute(Qt::WA_NoSystemBackground);
    setFocusPolicy(Qt::NoFocus);
    hide();
}

void Card::setContent(const CardContent& content) {
    m_content = content;
    QStringList spoken{content.title, content.note};
    for (const Property& row : content.rows) spoken << row.label + QStringLiteral(": ") + row.value;
    spoken.removeAll(QString());
    setAccessibleName(spoken.join(QStringLiteral("; ")));
    // Grows with its content and does not shrink while it is up, or it would flicker as the numbers change.
    const QSize wanted = sizeHint();
    resize(isVisible() ? qMax(width(), wanted.width()) : wanted.width(), wanted.height());
    update();
}

void Card::dock(const QRect& area, const QRect& avoid) {
    const QSize panel = panelRect().size();
    QRect right(QPoint(area.right() + 1 - panel.width(), area.top()), panel);
    const bool covers = avoid.isValid() && right.adjusted(-4, 0, 4, 0).intersects(avoid);
    m_left = covers;
    // Where the area is too narrow, rather over what lies right of it than cut off.
    const QPoint corner = covers || right.left() < area.left() ? area.topLeft() : right.topLeft();
    move(corner - QPoint(kShadow, kShadow));
    show();
    raise();
}

QSize Card::sizeHint() const {
    const QFontMetrics title(typeface(type::control, weight::semiBold)), label(typeface(type::table)),
        value(typeface(type::table, weight::medium)), note(typeface(type::caption));
    int width = (m_content.look ? 16 : 0) + title.horizontalAdvance(m_content.title) +
                (m_content.note.isEmpty() ? 0 : 16 + note.horizontalAdvance(m_content.note));
    for (const Property& row : m_content.rows)
        width = qMax(width, label.horizontalAdvance(row.label) + 20 + value.horizontalAdvance(row.value));
    const int rows = static_cast<int>(m_content.rows.size());
    return {qMax(kLeast, width + 2 * kPadding) + 2 * kShadow,
            2 * (kPadding - 3) + kTitleRow + (rows ? kGap : 0) + rows * kRow + 2 * kShadow};
}

QRect Card::panelRect() const { return rect().adjusted(kShadow, kShadow, -kShadow, -kShadow); }

void Card::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Palette& c = colors();
    const QRect panel = panelRect();
    paintShadow(painter, panel, kCardRadius, kShadow, 2);
    paintPanel(painter, panel, kCardRadius, c.card, c.line2);

    QRect row = panel.adjusted(kPadding, kPadding - 3, -kPadding, 0);
    row.setHeight(kTitleRow);
    QRect title = row;
    if (m_content.look) {
        drawSwatch(painter, *m_content.look, QPointF(row.x() + 4.5, QRectF(row).center().y()), c.card);
        title.adjust(17, 0, 0, 0);
    }
    painter.setFont(typeface(type::control, weight::semiBold));
    painter.setPen(c.text);
    painter.drawText(title, Qt::AlignVCenter | Qt::AlignLeft, m_content.title);
    painter.setFont(typeface(type::caption));
    painter.setPen(c.text2);
    painter.drawText(title, Qt::AlignVCenter | Qt::AlignRight, m_content.note);

    row.translate(0, kTitleRow + kGap);
    row.setHeight(kRow);
    for (const Property& property : m_content.rows) {
        painter.setFont(typeface(type::table));
        painter.setPen(c.text2);
        painter.drawText(row, Qt::AlignVCenter | Qt::AlignLeft, property.label);
        painter.setFont(typeface(type::table, weight::medium));
        painter.setPen(c.text);
        painter.drawText(row, Qt::AlignVCenter | Qt::AlignRight, property.value);
        row.translate(0, kRow);
    }
}

} // namespace quantoscope::ui
