#include "ui/panels/trade_off_page.h"

#include "core/study/sweep.h"
#include "ui/plots/rate_distortion_plot.h"
#include "ui/plots/speed_plot.h"
#include "ui/session/run_label.h"
#include "ui/widgets/divider.h"
#include "ui/widgets/plot_header.h"
#include "ui/widgets/segmented_switch.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace quantoscope::ui {

namespace {

constexpr double kMostLimitBits = 16;
constexpr int kLimitPointsPerBit = 32;
constexpr double kOutOfSight = 1e4;                       // dB
constexpr std::size_t kSpeedLimit = std::size_t{1} << 22; // values up to which speeds are measured without being asked

TradeOffPoint pointOf(const RunPtr& run) {
    const NamedSpec named = nameOf(run->spec());
    const RunLabel label = runLabel(run->spec());
    const bool variant = label.look.contains(u':');
    return {run, label.name, QString::fromStdString(named.scheme),
            variant ? QString::fromStdString(named.variant) : QString()};
}

/// The limit as a line, upwards out of sight where the values themselves are reached.
std::vector<BoundPoint> limitOf(const RateBound& bound) {
    std::vector<BoundPoint> line;
    for (const RateBound::Point& point : bound.curve(std::min(bound.closeBits(), kMostLimitBits), kLimitPointsPerBit))
        line.push_back({point.bits, point.sqnrDb});
    if (!line.empty() && bound.closeBits() == bound.entropy() && bound.entropy() <= kMostLimitBits)
        line.push_back({std::max(bound.entropy(), line.back().bits), kOutOfSight});
    return line;
}

QWidget* column(PlotHeader* header, QWidget* plot, QWidget* parent) {
    auto* widget = new QWidget(parent);
    auto* layout = new QVBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(header);
    layout->addWidget(plot, 1);
    return widget;
}

} // namespace

TradeOffPage::TradeOffPage(Session& session, QWidget* parent)
    : ViewPage(parent),
      m_session(session),
      m_rates(new RateDistortionPlot(this)),
      m_speeds(new SpeedPlot(this)),
      m_speedHeader(new PlotHeader(this)),
      m_speedJob(LatestJob<std::vector<RunPtr>>::Superseded::Stop) {
    auto* rateHeader = new PlotHeader(this);
    rateHeader->setTitle(tr("Rate–distortion"));
    auto* quantity = new SegmentedSwitch({tr("SQNR"), tr("To bound")}, SegmentedSwitch::Size::Plot, this);
    quantity->setAccessibleName(tr("What the plot shows"));
    quantity->setSegmentToolTip(1,
                                tr("SQNR of the rate–distortion limit at the rate of a run's codes, minus the run's"));
    rateHeader->addControl(quantity);
    connect(quantity, &SegmentedSwitch::currentChanged, this, [this](int index) {
        m_rates->setQuantity(index == 0 ? RateDistortionPlot::Quantity::Sqnr : RateDistortionPlot::Quantity::ToBound);
    });
    m_speedHeader->setTitle(tr("Error and speed"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(column(rateHeader, m_rates, this), 29);
    layout->addWidget(new Divider(Qt::Vertical, this));
    layout->addWidget(column(m_speedHeader, m_speeds, this), 21);
    setFocusProxy(m_rates);

    connect(m_rates, &RateDistortionPlot::runChosen, this,
            [this](int index) { m_session.show(m_session.sweep()[static_cast<std::size_t>(index)]); });
    connect(m_speeds, &SpeedPlot::runChosen, this,
            [this](int index) { m_session.show(m_measured[static_cast<std::size_t>(index)]); });
    connect(&m_session, &Session::changed, this, &TradeOffPage::update);
    m_speedJob.delivered = [this](Result<std::vector<RunPtr>> runs) {
        if (!runs) return;
        m_measured = std::move(*runs);
        showPoints();
    };
}

PlotView* TradeOffPage::plotView() const { return m_rates; }

void TradeOffPage::showEvent(QShowEvent* event) {
    ViewPage::showEvent(event);
    if (m_stale) update(Aspect::Sweep);
}

void TradeOffPage::update(Aspects aspects) {
    if (!(aspects & (Aspect::Sweep | Aspect::Run | Aspect::Data | Aspect::Importance | Aspect::Spec))) return;
    if (aspects & (Aspect::Data | Aspect::Importance)) m_measured.clear();
    if (aspects & (Aspect::Spec | Aspect::Importance)) m_speedJob.cancel();
    m_stale = !isVisible();
    if (m_stale) return;
    showPoints();
    measureSpeeds();
}

void TradeOffPage::showPoints() {
    std::vector<TradeOffPoint> rates, speeds;
    for (const RunPtr& run : m_session.sweep()) rates.push_back(pointOf(run));
    m_rates->setPoints(std::move(rates));
    const RateBoundPtr bound = m_session.data() ? m_session.data()->knownRateBound() : nullptr;
    m_rates->setBound(bound ? limitOf(*bound) : std::vector<BoundPoint>());
    m_rates->setCurrent(m_session.shown());
    for (const RunPtr& run : m_measured) speeds.push_back(pointOf(run));
    const DistributionPtr& sorted = m_session.distribution();
    m_speeds->setPoints(std::move(speeds), sorted && !sorted->empty() ? std::sqrt(sorted->variance()) : 1);
    m_speeds->setCurrent(m_session.shown());
    const int bits = bitsFor(m_session.spec().levels);
    m_speedHeader->setTitle(tr("Error and speed"), bits == 1 ? tr("at 1 bit") : tr("at %1 bits").arg(bits));
}

void TradeOffPage::measureSpeeds() {
    const QuantSpec& spec = m_session.spec();
    const bool ready = m_session.settled() && !m_session.sweepRunning() && !m_session.sweep().empty();
    if (!ready || m_session.data()->values().size() > kSpeedLimit || m_speedJob.busy()) return;
    const bool known = !m_measured.empty() && m_measuredFor.levels == spec.levels &&
                       m_measuredFor.grouping == spec.grouping && m_measuredFor.range == spec.range;
    if (known) return;
    m_measuredFor = spec;
    std::vector<RunPtr> runs;
    for (const RunPtr& run : m_session.sweep())
        if (bitsFor(run->spec().levels) == bitsFor(spec.levels)) runs.push_back(run);
    m_speedJob.submit([runs = std::move(runs)](const JobControl& job) -> Result<std::vector<RunPtr>> {
        std::vector<RunPtr> measured;
        for (const RunPtr& run : runs) {
            auto result = withSpeed(run, JobControl{job.stop, {}});
            if (!result) return result.error();
            measured.push_back(std::move(*result));
        }
        return measured;
    });
}

} // namespace quantoscope::ui
