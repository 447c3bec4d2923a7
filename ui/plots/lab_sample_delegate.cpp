#include "ui/plots/lab_sample_delegate.h"

#include "ui/plots/plot_text.h"
#include "ui/theme/fonts.h"
#include "ui/theme/paint.h"
#include "ui/theme/roles.h"
#include "ui/theme/theme.h"
#include "ui/widgets/lab_look.h"
#include "ui/widgets/mark.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace quantoscope::ui {

namespace {

constexpr int kGap = 8; // between cards, of which each has half around it
constexpr int kPadding = 8;
constexpr int kPicture = 80;
constexpr int kFeatures = 148;                      // the width of a table's features
constexpr int kFewestWords = 104, kMostWords = 196; // the width of the answers
constexpr qreal kLine = 16;
constexpr qreal kMarkPitch = 12;
constexpr qreal kBesideName = 5 + 2 + 18; // around marks, and the check

/// Answers of one mind, the right one first, then by how many gave it.
struct Verdict {
    int predicted = 0;
    std::vector<LabMethod> methods;
};

std::vector<Verdict> verdicts(const ComparedSample& card) {
    std::vector<Verdict> result;
    for (const SampleAnswer& answer : card.answers) {
        auto same = std::find_if(result.begin(), result.end(),
                                 [&](const Verdict& v) { return v.predicted == answer.predicted; });
        if (same == result.end()) same = result.insert(result.end(), {answer.predicted, {}});
        same->methods.push_back(answer.method);
    }
    std::stable_sort(result.begin(), result.end(), [&](const Verdict& a, const Verdict& b) {
        const bool rightA = a.predicted == card.truth;
        const bool rightB = b.predicted == card.truth;
        return rightA != rightB ? rightA : a.methods.size() > b.methods.size();
    });
    return result;
}

} // namespace

void SampleCardModel::setCards(DatasetPtr data, ValueRange range, std::vector<ComparedSample> cards) {
    beginResetModel();
    m_data = std::move(data);
    m_range = range;
    m_cards = std::move(cards);
    endResetModel();
}

QString SampleCardModel::className(int index) const {
    if (!m_data || index < 0 || index >= static_cast<int>(m_data->classes.size())) return QString::number(index);
    return QString::fromStdString(m_data->classes[static_cast<std::size_t>(index)]);
}

int SampleCardModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_cards.size());
}

QVariant SampleCardModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != Qt::AccessibleTextRole) return {};
    const ComparedSample& card = m_cards[static_cast<std::size_t>(index.row())];
    QStringList lines{tr("Sample %1, truth %2").arg(countText(static_cast<qint64>(card.index)), className(card.truth))};
    for (const SampleAnswer& answer : card.answers)
        lines << (answer.predicted == card.truth ? tr("%1: %2, right").arg(answer.label, className(answer.predicted))
                                                 : tr("%1: %2").arg(answer.label, className(answer.predicted)));
    return lines.join(role == Qt::ToolTipRole ? QStringLiteral("\n") : QStringLiteral("; "));
}

qreal SampleCardDelegate::nameWidth() const {
    if (!m_model->dataset()) return 0;
    const QFontMetricsF metrics(typeface(type::table, weight::semiBold));
    qreal widest = 0;
    for (const std::string& name : m_model->dataset()->classes)
        widest = std::max(widest, metrics.horizontalAdvance(QString::fromStdString(name)));
    return std::min(widest, 100.0);
}

QSize SampleCardDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    const bool pictures = m_model->dataset() && m_model->dataset()->isPicture();
    const qreal words = kBesideName + kMarkPitch * static_cast<qreal>(labMethods().size()) + nameWidth();
    return {kGap + 3 * kPadding + (pictures ? kPicture : kFeatures) +
                std::clamp(static_cast<int>(std::ceil(words)), kFewestWords, kMostWords),
            kGap + 2 * kPadding + kPicture};
}

void SampleCardDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const ComparedSample& card = m_model->cards()[static_cast<std::size_t>(index.row())];
    const QRectF panel = QRectF(option.rect).adjusted(kGap / 2.0, kGap / 2.0, -kGap / 2.0, -kGap / 2.0);
    const bool selected = option.state & QStyle::State_Selected;
    const bool hovered = option.state & QStyle::State_MouseOver;
    painter->save();
    paintPanel(*painter, panel, kCardRadius,
               selected  ? colors().sel
               : hovered ? colors().raised
                         : colors().surface,
               selected ? colors().text2 : colors().line2);
    if (option.state & QStyle::State_HasFocus && showsFocus(option.widget))
        paintFocusRing(*painter, panel, kCardRadius);

    const QRectF inside = panel.adjusted(kPadding, kPadding, -kPadding, -kPadding);
    double left = inside.left();
    const QImage image = sampleImage(*m_model->dataset(), card.index, m_model->range());
    if (!image.isNull()) {
        const QRectF place(left, inside.top(), kPicture, kPicture);
        // Square pixels, as large as fit; small pictures stay as sharp as they are.
        const QSizeF size = QSizeF(image.size()).scaled(place.size(), Qt::KeepAspectRatio);
        QRectF target(QPointF(), size);
        target.moveCenter(place.center());
        painter->setRenderHint(QPainter::SmoothPixmapTransform, image.width() > kPicture || image.height() > kPicture);
        painter->drawImage(target, image);
        left += kPicture + kPadding;
    } else {
        paintFeatures(*painter, QRectF(left, inside.top(), kFeatures, kPicture), card.index);
        left += kFeatures + kPadding;
    }
    paintAnswers(*painter, QRectF(left, inside.top(), inside.right() - left, inside.height()), card);
    painter->restore();
}

void SampleCardDelegate::paintFeatures(QPainter& painter, const QRectF& place, std::size_t sample) const {
    const Dataset& data = *m_model->dataset();
    const auto values = data.sample(sample);
    const QFont font = typeface(type::caption);
    const QFontMetricsF metrics(font);
    painter.setFont(font);
    const auto lines = static_cast<std::size_t>(place.height() / kLine);
    const bool all = values.size() <= lines;
    const std::size_t shown = all ? values.size() : lines - 1;
    double y = place.top();
    for (std::size_t i = 0; i < shown; ++i, y += kLine) {
        const QString value = compactText(values[i], 3);
        const double room = place.width() - metrics.horizontalAdvance(value) - 8;
        const QString name =
            i < data.features.size() ? QString::fromStdString(data.features[i]) : QStringLiteral("x%1").arg(i + 1);
        painter.setPen(colors().text2);
        painter.drawText(QRectF(place.left(), y, room, kLine), Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(name, Qt::ElideRight, room));
        painter.setPen(colors().text);
        painter.drawText(QRectF(place.left(), y, place.width(), kLine), Qt::AlignRight | Qt::AlignVCenter, value);
    }
    if (all) return;
    painter.setPen(colors().text2);
    painter.drawText(QRectF(place.left(), y, place.width(), kLine), Qt::AlignLeft | Qt::AlignVCenter,
                     tr("and %1 more").arg(countText(static_cast<qint64>(values.size() - shown))));
}

void SampleCardDelegate::paintAnswers(QPainter& painter, const QRectF& place, const ComparedSample& card) const {
    const QFont plain = typeface(type::caption), strong = typeface(type::table, weight::semiBold);
    QRectF line(place.left(), place.top(), place.width(), kLine);
    painter.setFont(plain);
    painter.setPen(colors().text2);
    const QString word = tr("truth");
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, word);
    const double from = QFontMetricsF(plain).horizontalAdvance(word) + 6;
    painter.setFont(strong);
    painter.setPen(colors().text);
    painter.drawText(
        line.adjusted(from, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
        QFontMetricsF(strong).elidedText(m_model->className(card.truth), Qt::ElideRight, line.width() - from));
    line.translate(0, kLine + 2);
    const auto all = verdicts(card);
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (line.bottom() > place.bottom() + 2) return;
        const bool right = all[i].predicted == card.truth;
        painter.setFont(typeface(type::table, right ? weight::regular : weight::semiBold));
        painter.setPen(colors().text);
        // A mark for each method, as many as leave room for the class.
        const QString name = m_model->className(all[i].predicted);
        const double wanted = std::min(100.0, QFontMetricsF(painter.font()).horizontalAdvance(name));
        const auto room = static_cast<std::size_t>(std::max(1.0, (line.width() - kBesideName - wanted) / kMarkPitch));
        const std::size_t marks = std::min(all[i].methods.size(), room);
        double x = line.left() + 5;
        for (std::size_t m = 0; m < marks; ++m, x += kMarkPitch) {
            const SchemeLook look = labLook(all[i].methods[m]);
            drawMark(painter, look.shape, look.color, {x, line.center().y()}, 9, colors().surface);
        }
        x += 2;
        if (right) {
            paintCheck(painter, QRectF(line.right() - 14, line.center().y() - 6, 12, 12), colors().exact, 1.5);
            painter.setPen(colors().text);
        }
        const double width = line.right() - (right ? 16 : 0) - x;
        painter.drawText(QRectF(x, line.top(), width + 2, kLine), Qt::AlignLeft | Qt::AlignVCenter,
                         QFontMetricsF(painter.font()).elidedText(name, Qt::ElideRight, width + 1));
        line.translate(0, kLine);
    }
}

} // namespace quantoscope::ui
