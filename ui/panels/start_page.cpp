// Placed by hand: what is left out in a small window depends on both dimensions at once, which no layout says well.
#include "ui/panels/start_page.h"

#include "ui/panels/samples.h"
#include "ui/widgets/drop_area.h"
#include "ui/widgets/text_label.h"

#include <QEvent>

namespace quantoscope::ui {

namespace {

constexpr int kWidest = 1008, kMargin = 32, kColumnGap = 32, kGap = 12;
constexpr int kCardHeight = 80, kRowHeight = 53;
constexpr int kTitle = 36, kSentence = 24, kHeading = 24;

struct Measures {
    int drop = 176, afterSentence = 22, afterDrop = 28, afterHeading = 12;
    int height(int rows) const {
        return kTitle + 2 + kSentence + afterSentence + drop + afterDrop + kHeading + afterHeading +
               rows * kCardHeight + (rows - 1) * kGap;
    }
};

constexpr Measures kRoomy, kTight{148, 14, 18, 8};

} // namespace

StartPage::StartPage(QWidget* parent)
    : QWidget(parent),
      m_title(new TextLabel(TextStyle::StartTitle, {}, this)),
      m_sentence(new TextLabel(TextStyle::StartSentence, {}, this)),
      m_drop(new DropArea(this)),
      m_samplesTitle(new TextLabel(TextStyle::Title, {}, this)),
      m_recentTitle(new TextLabel(TextStyle::Title, {}, this)),
      m_noRecent(new TextLabel(TextStyle::Note, {}, this)) {
    m_noRecent->setWordWrap(true);
    m_noRecent->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    setExtensions({QStringLiteral(".safetensors"), QStringLiteral(".npy"), QStringLiteral(".npz"),
                   QStringLiteral(".csv"), QStringLiteral(".png"), QStringLiteral(".wav")});
    for (const Sample& sample : samples()) {
        auto* card = new SampleCard(sample, this);
        connect(card, &QAbstractButton::clicked, this, [this, card] { emit sampleChosen(card->sampleId()); });
        m_cards.push_back(card);
    }
    connect(m_drop, &DropArea::openRequested, this, &StartPage::openRequested);
    connect(m_drop, &DropArea::filesDropped, this, &StartPage::filesDropped);
    retranslate();
}

void StartPage::setRecentFiles(std::vector<RecentFile> files) {
    if (files == m_files && !m_rows.empty()) return;
    m_files = std::move(files);
    qDeleteAll(m_rows);
    m_rows.clear();
    for (const RecentFile& file : m_files) {
        auto* row = new RecentRow(file, !m_rows.empty(), this);
        connect(row, &QAbstractButton::clicked, this, [this, path = file.path] { emit recentChosen(path); });
        m_rows.push_back(row);
    }
    arrange();
}

void StartPage::offerGenerated() {
    if (m_cards.back()->sampleId() == QLatin1String(generatedSample().id)) return;
    m_cards.push_back(new SampleCard(generatedSample(), this));
    connect(m_cards.back(), &QAbstractButton::clicked, this, &StartPage::generateRequested);
    arrange();
}

void StartPage::setExtensions(const QStringList& extensions) { m_drop->setExtensions(extensions); }

void StartPage::retranslate() {
    m_title->setText(tr("What happens to your data at fewer bits?"));
    m_sentence->setText(tr(
        "Open numbers, an image, a signal or the weights of a network. The first answer is on screen in two seconds."));
    m_samplesTitle->setText(tr("Samples"));
    m_recentTitle->setText(tr("Recent files"));
    m_noRecent->setText(tr("Files that you open will be listed here."));
    setAccessibleName(tr("Start"));
    for (SampleCard* card : m_cards) card->retranslate();
}

void StartPage::arrange() {
    const int width = qMin(kWidest, this->width() - 2 * kMargin);
    const int left = (this->width() - width) / 2;
    // Everything in four rows, else without the last sample, else closer together.
    const bool four = kRoomy.height(4) + 48 <= height();
    const Measures measures = four || kRoomy.height(3) + 32 <= height() ? kRoomy : kTight;
    const int rows = four ? 4 : 3;
    const int spare = height() - measures.height(rows);
    int y = qMax(8, spare * 2 / 5);

    m_title->setGeometry(left, y, width, kTitle);
    y += kTitle + 2;
    m_sentence->setGeometry(left, y, width, kSentence);
    y += kSentence + measures.afterSentence;
    m_drop->setGeometry(left, y, width, measures.drop);
    y += measures.drop + measures.afterDrop;

    const int recent = qRound(width * 0.33);
    const int samplesWidth = width - recent - kColumnGap, card = (samplesWidth - kGap) / 2;
    m_samplesTitle->setGeometry(left, y, samplesWidth, kHeading);
    m_recentTitle->setGeometry(left + samplesWidth + kColumnGap, y, recent, kHeading);
    y += kHeading + measures.afterHeading;
    for (std::size_t i = 0; i < m_cards.size(); ++i) {
        const int row = static_cast<int>(i) / 2, column = static_cast<int>(i) % 2;
        m_cards[i]->setGeometry(left + column * (card + kGap), y + row * (kCardHeight + kGap), card, kCardHeight);
        m_cards[i]->setVisible(row < rows);
    }
    const int room = rows * (kCardHeight + kGap);
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const int at = static_cast<int>(i) * kRowHeight;
        m_rows[i]->setGeometry(left + samplesWidth + kColumnGap, y + at, recent, kRowHeight);
        m_rows[i]->setVisible(at + kRowHeight <= room);
    }
    m_noRecent->setGeometry(left + samplesWidth + kColumnGap, y + 6, recent, 40);
    m_noRecent->setVisible(m_rows.empty());
}

void StartPage::resizeEvent(QResizeEvent*) { arrange(); }

void StartPage::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

} // namespace quantoscope::ui
