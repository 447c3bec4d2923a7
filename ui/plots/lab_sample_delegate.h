// The cards of the sample grid: a model of their values, and a delegate that paints one.
#pragma once

#include "ui/plots/lab_sample_cards.h"

#include <QAbstractListModel>
#include <QStyledItemDelegate>

namespace quantoscope::ui {

class SampleCardModel : public QAbstractListModel {
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    void setCards(DatasetPtr data, ValueRange range, std::vector<ComparedSample> cards);
    const std::vector<ComparedSample>& cards() const { return m_cards; }
    const Dataset* dataset() const { return m_data.get(); }
    ValueRange range() const { return m_range; }
    QString className(int index) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    /// What a card tells in words, as text for tools and screen readers.
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    DatasetPtr m_data;
    ValueRange m_range;
    std::vector<ComparedSample> m_cards;
};

class SampleCardDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    SampleCardDelegate(const SampleCardModel* model, QObject* parent) : QStyledItemDelegate(parent), m_model(model) {}

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    qreal nameWidth() const; // of the widest class
    void paintFeatures(QPainter& painter, const QRectF& place, std::size_t sample) const;
    void paintAnswers(QPainter& painter, const QRectF& place, const ComparedSample& card) const;

    const SampleCardModel* m_model;
};

} // namespace quantoscope::ui
