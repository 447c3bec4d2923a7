#include "ui/lab/advice_card.h"

#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include "ui/widgets/core_text.h"
#include "ui/widgets/lab_look.h"
#include "ui/widgets/text_label.h"

#include <QPainter>
#include <QPainterPath>
#include <QVBoxLayout>

#include <algorithm>

namespace quantoscope::ui {

namespace {

constexpr int kMostLines = 3, kCompactLines = 1;
constexpr int kBar = 4, kRadius = 6;
constexpr QMargins kPadding{20, 12, 16, 12};

} // namespace

AdviceCard::AdviceCard(LabSession& session, QWidget* parent)
    : QWidget(parent),
      m_session(session),
      m_headline(new TextLabel(TextStyle::Title, {}, this)),
      m_reasons(new TextLabel(TextStyle::Note, {}, this)),
      m_stale(new TextLabel(TextStyle::Heading, {}, this)) {
    setAccessibleName(tr("Advice"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    for (TextLabel* label : {m_headline, m_reasons, m_stale}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_stale->setText(tr("Results are of the settings before; run again."));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kPadding);
    layout->setSpacing(4);
    layout->addWidget(m_headline);
    layout->addWidget(m_reasons);
    layout->addWidget(m_stale);
    connect(&m_session, &LabSession::changed, this, [this](LabAspects aspects) {
        if (aspects & ~LabAspects(LabAspect::Curve | LabAspect::Selection)) showAdvice();
    });
    connect(&theme(), &Theme::changed, this, qOverload<>(&QWidget::update));
    showAdvice();
}

QString AdviceCard::headline() const { return m_headline->text(); }
QString AdviceCard::reasons() const { return m_text; }

void AdviceCard::setCompact(bool compact) {
    m_compact = compact;
    fitReasons();
}

void AdviceCard::showAdvice() {
    const std::optional<LabAdvice>& advice = m_session.advice();
    const LabResult& result = m_session.result();
    m_look.clear();
    if (advice && advice->choice < result.rows.size() && result.machine.instructions.size() > 0) {
        m_headline->setText(coreText(advice->headline));
        m_text = coreText(Phrase::joined(advice->reasons, " "));
        m_look = labLookId(result.rows[advice->choice]->spec.method);
    } else if (m_session.isRunning()) {
        m_headline->setText(tr("Methods are being compared"));
        m_text = tr("Rows appear as they are evaluated; times follow when all are, so that none disturbs another.");
    } else if (!result.rows.empty()) {
        m_headline->setText(tr("Stopped before times were measured"));
        m_text = tr("Run all methods for advice from what was measured.");
    } else {
        m_headline->setText(tr("Which way of quantizing should this network take?"));
        m_text = tr("Run all methods: the network is trained, then each method is evaluated on the test samples and "
                    "timed. The answer stands here, with what it rests on.");
    }
    m_stale->setVisible(!result.rows.empty() && !m_session.isRunning() && !m_session.isResultCurrent());
    fitReasons();
    setAccessibleDescription(m_headline->text() + u' ' + m_text);
    update();
}

/// No more lines than there is room for; the tooltip has them all.
void AdviceCard::fitReasons() {
    const QFontMetrics metrics(m_reasons->font());
    const int room = std::max(80, width() - kPadding.left() - kPadding.right());
    const int most = (m_compact ? kCompactLines : kMostLines) * metrics.lineSpacing();
    const auto fits = [&](const QString& text) {
        return metrics.boundingRect(QRect(0, 0, room, 10'000), Qt::TextWordWrap, text).height() <= most;
    };
    QString shown = m_text;
    while (!shown.isEmpty() && !fits(shown)) {
        const qsizetype space = shown.lastIndexOf(u' ', -3);
        shown = space < 0 ? QString() : shown.left(space) + QStringLiteral("…");
    }
    if (shown != m_reasons->text()) m_reasons->setText(shown);
    m_reasons->setToolTip(shown == m_text ? QString() : m_text);
    setFixedHeight(heightForWidth(width())); // a splitter asks for no height by width
}

void AdviceCard::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitReasons();
}

void AdviceCard::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath path;
    path.addRoundedRect(rect(), kRadius, kRadius);
    painter.setClipPath(path);
    painter.fillRect(rect(), colors().sel);
    painter.fillRect(QRect(0, 0, kBar, height()), m_look.isEmpty() ? colors().line2 : schemeLook(m_look).color);
}

} // namespace quantoscope::ui
