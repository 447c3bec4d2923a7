// A wall of samples: the picture of each, or of a table its first features, with the true class and what the methods
// said, those of one mind together. Scrolls; arrow keys go from card to card, Enter opens one.
#pragma once

#include "ui/plots/lab_sample_cards.h"

#include <QListView>

namespace quantoscope::ui {

class SampleCardModel;

class SampleGrid : public QListView {
    Q_OBJECT

public:
    explicit SampleGrid(QWidget* parent = nullptr);

    /// `range` is that of the dataset's inputs (inputRange).
    void setSamples(DatasetPtr dataset, ValueRange range, std::vector<ComparedSample> cards);
    /// What is said where there are no cards; a sentence of what will be here unless it is set.
    void setEmptyText(const QString& text);

    int cardCount() const;
    const ComparedSample& card(int index) const;
    /// All that a card tells, in words.
    QString cardText(int index) const;
    bool showsPictures() const;

signals:
    void sampleActivated(std::size_t sample); // its index in the data

protected:
    void paintEvent(QPaintEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    SampleCardModel* m_model;
    QString m_emptyText;
};

} // namespace quantoscope::ui
