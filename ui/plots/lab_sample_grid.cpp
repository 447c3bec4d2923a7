#include "ui/plots/lab_sample_grid.h"

#include "ui/plots/lab_sample_delegate.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"

#include <QFocusEvent>
#include <QPainter>
#include <QScrollBar>

namespace quantoscope::ui {

SampleGrid::SampleGrid(QWidget* parent)
    : QListView(parent),
      m_model(new SampleCardModel(this)),
      m_emptyText(tr("The samples on which methods disagree: run the methods to see them")) {
    setAccessibleName(tr("Samples"));
    setFrameShape(QFrame::NoFrame);
    setViewMode(QListView::IconMode);
    setMovement(QListView::Static);
    setResizeMode(QListView::Adjust);
    setUniformItemSizes(true);
    setSpacing(0); // cards keep their distance themselves
    setSelectionMode(QAbstractItemView::SingleSelection);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setMouseTracking(true);
    setMinimumSize(240, 120);
    setModel(m_model);
    setItemDelegate(new SampleCardDelegate(m_model, this));
    connect(this, &QAbstractItemView::activated, this, [this](const QModelIndex& index) {
        emit sampleActivated(m_model->cards()[static_cast<std::size_t>(index.row())].index);
    });
    connect(&Theme::instance(), &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

void SampleGrid::setSamples(DatasetPtr dataset, ValueRange range, std::vector<ComparedSample> cards) {
    Q_ASSERT(dataset || cards.empty());
    m_model->setCards(std::move(dataset), range, std::move(cards));
    scrollToTop();
    viewport()->update();
}

void SampleGrid::setEmptyText(const QString& text) {
    if (text == m_emptyText) return;
    m_emptyText = text;
    viewport()->update();
}

int SampleGrid::cardCount() const { return m_model->rowCount(); }

const ComparedSample& SampleGrid::card(int index) const { return m_model->cards()[static_cast<std::size_t>(index)]; }

QString SampleGrid::cardText(int index) const { return m_model->index(index).data(Qt::AccessibleTextRole).toString(); }

bool SampleGrid::showsPictures() const { return m_model->dataset() && m_model->dataset()->isPicture(); }

void SampleGrid::paintEvent(QPaintEvent* event) {
    if (cardCount() > 0) return QListView::paintEvent(event);
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), colors().surface);
    painter.setPen(colors().text3);
    painter.setFont(typeface(type::control));
    painter.drawText(viewport()->rect().adjusted(24, 24, -24, -24), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
}

// Who comes by keyboard sees at once where they are.
void SampleGrid::focusInEvent(QFocusEvent* event) {
    if (!currentIndex().isValid() && cardCount() > 0 && event->reason() != Qt::MouseFocusReason)
        setCurrentIndex(m_model->index(0));
    QListView::focusInEvent(event);
}

} // namespace quantoscope::ui
