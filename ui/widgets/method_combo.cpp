// The list is the combo box's own, so that keys, typing ahead and screen readers work as everywhere; only its rows are
// painted.
#include "ui/widgets/method_combo.h"

#include "ui/theme/fonts.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include "ui/widgets/mark.h"

#include <QAbstractItemView>
#include <QPainter>
#include <QStandardItemModel>
#include <QStylePainter>
#include <QStyledItemDelegate>

namespace quantoscope::ui {

namespace {

enum Role { IdRole = Qt::UserRole, HintRole, CaptionRole, FirstRole };

constexpr int kRow = 30;
constexpr int kCaptionRow = 34;
constexpr int kPadding = 10;
constexpr int kTextLeft = 28;

class Delegate : public QStyledItemDelegate {
public:
    explicit Delegate(MethodCombo* combo) : QStyledItemDelegate(combo), m_combo(combo) {}

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override {
        const bool caption = isCaption(index);
        const QFontMetrics name(typeface(caption ? type::caption : type::control, weight::semiBold)),
            note(typeface(caption ? type::caption : type::table));
        const int width = name.horizontalAdvance(index.data().toString()) +
                          note.horizontalAdvance(index.data(caption ? CaptionRole : HintRole).toString());
        return {width + (caption ? 0 : kTextLeft + 6) + 2 * kPadding + 16, caption ? kCaptionRow : kRow};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        if (isCaption(index)) return paintCaption(*painter, option.rect, index);
        const Palette& c = colors();
        const QRect rect = option.rect;
        const bool enabled = index.flags() & Qt::ItemIsEnabled;
        const bool current = index.row() == m_combo->currentIndex();
        const bool active = option.state & (QStyle::State_Selected | QStyle::State_MouseOver);
        const QColor under = active && enabled ? blended(c.card, c.ink, 0.07) : c.card;
        if (active && enabled) paintPanel(*painter, rect, 5, under);
        const SchemeLook look = schemeLook(index.data(IdRole).toString());
        painter->setOpacity(enabled ? 1 : 0.4);
        drawSwatch(*painter, look, QPointF(rect.x() + kPadding + 3.5, QRectF(rect).center().y()), under);
        painter->setOpacity(1);
        painter->setFont(typeface(type::control, current ? weight::semiBold : weight::regular));
        painter->setPen(enabled ? c.text : c.disabled);
        const QRect text = rect.adjusted(kTextLeft, 0, -kPadding, 0);
        painter->drawText(text, Qt::AlignVCenter | Qt::AlignLeft, index.data().toString());
        QRect hint = text;
        if (current) {
            paintCheck(*painter, QRectF(rect.right() - kPadding - 15, QRectF(rect).center().y() - 8, 16, 16), c.text,
                       1.6);
            hint.adjust(0, 0, -22, 0);
        }
        painter->setFont(typeface(type::table));
        painter->setPen(!enabled ? c.disabled : active ? c.text2 : c.text3);
        painter->drawText(hint, Qt::AlignVCenter | Qt::AlignRight, index.data(HintRole).toString());
    }

private:
    static bool isCaption(const QModelIndex& index) { return !index.data(IdRole).isValid(); }

    static void paintCaption(QPainter& painter, const QRect& rect, const QModelIndex& index) {
        const Palette& c = colors();
        if (!index.data(FirstRole).toBool())
            painter.fillRect(QRect(rect.x() - 5, rect.y() + 2, rect.width() + 10, 1), c.line);
        const QRect text = rect.adjusted(kPadding - 2, 4, -kPadding, 0);
        painter.setFont(typeface(type::caption, weight::semiBold));
        painter.setPen(c.text2);
        painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft, index.data().toString());
        painter.setFont(typeface(type::caption));
        painter.setPen(c.text3);
        painter.drawText(text, Qt::AlignVCenter | Qt::AlignRight, index.data(CaptionRole).toString());
    }

    MethodCombo* m_combo;
};

} // namespace

MethodCombo::MethodCombo(QWidget* parent) : QComboBox(parent) {
    setItemDelegate(new Delegate(this));
    setMaxVisibleItems(40);
    setAccessibleName(tr("Method"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(this, &QComboBox::activated, this, [this](int row) {
        const QString id = itemData(row, IdRole).toString();
        if (!id.isEmpty()) emit methodChosen(id);
    });
}

void MethodCombo::setMethods(const std::vector<MethodItem>& methods) {
    if (methods == m_methods) return;
    m_methods = methods;
    const QString id = currentId();
    const QSignalBlocker quiet(this);
    auto* model = new QStandardItemModel(this);
    QString family;
    for (const MethodItem& method : methods) {
        if (method.family != family) {
            auto* caption = new QStandardItem(method.family);
            caption->setData(method.caption, CaptionRole);
            caption->setData(family.isEmpty(), FirstRole);
            caption->setFlags(Qt::NoItemFlags);
            model->appendRow(caption);
            family = method.family;
        }
        auto* item = new QStandardItem(method.label);
        item->setData(method.id, IdRole);
        item->setData(method.hint, HintRole);
        item->setData(method.hint.isEmpty() ? method.label : tr("%1, %2").arg(method.label, method.hint),
                      Qt::AccessibleTextRole);
        item->setFlags(method.enabled ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::NoItemFlags);
        if (!method.reason.isEmpty()) item->setToolTip(method.reason);
        model->appendRow(item);
    }
    setModel(model); // deletes the one before, which was this one's child, too
    if (!setCurrentId(id)) {
        int first = 0;
        while (first < count() && !(model->item(first)->flags() & Qt::ItemIsEnabled)) ++first;
        setCurrentIndex(first < count() ? first : -1);
    }
    update();
}

QString MethodCombo::currentId() const { return currentData(IdRole).toString(); }

bool MethodCombo::setCurrentId(const QString& id) {
    const int row = id.isEmpty() ? -1 : findData(id, IdRole);
    if (row < 0) return false;
    const QSignalBlocker quiet(this);
    setCurrentIndex(row);
    update();
    return true;
}

QSize MethodCombo::sizeHint() const { return {240, QComboBox::sizeHint().height()}; }

QSize MethodCombo::minimumSizeHint() const { return {140, QComboBox::minimumSizeHint().height()}; }

void MethodCombo::showPopup() {
    // As wide as its longest row, where the combo box is narrower.
    view()->setMinimumWidth(view()->sizeHintForColumn(0));
    QComboBox::showPopup();
}

void MethodCombo::paintEvent(QPaintEvent*) {
    QStylePainter painter(this);
    QStyleOptionComboBox option;
    initStyleOption(&option);
    painter.drawComplexControl(QStyle::CC_ComboBox, option);
    if (currentIndex() < 0) return;
    const Palette& c = colors();
    const bool enabled = isEnabled();
    painter.setOpacity(enabled ? 1 : 0.4);
    drawSwatch(painter, schemeLook(currentId()), QPointF(15.5, QRectF(rect()).center().y()), c.field);
    painter.setOpacity(1);
    painter.setFont(typeface(type::control, weight::semiBold));
    painter.setPen(enabled ? c.text : c.text3);
    const QRect text = rect().adjusted(30, 0, -30, 0);
    painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(currentText(), Qt::ElideRight, text.width()));
}

} // namespace quantoscope::ui
