#include "ui/panels/trade_off_page.h"

#include "core/study/sweep.h"
#include "ui/plots/rate_distortion_plot.h"
#include "ui/session/run_label.h"
#include "ui/widgets/divider.h"
#include "ui/widgets/plot_header.h"
#include "ui/widgets/segmented_switch.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QStandardItemModel>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace quantoscope::ui {

namespace {

constexpr double kMostLimitBits = 16;
constexpr int kLimitPointsPerBit = 32;
constexpr int kRoomForTitle = 640;                        // pixels; where there is less, the titles are brief
constexpr double kOutOfSight = 1e4;                       // dB
constexpr std::size_t kSpeedLimit = std::size_t{1} << 22; // values up to which speeds are measured without being asked

bool same(const RunPtr& a, const RunPtr& b) { return a->whole() == b->whole() && a->spec() == b->spec(); }

bool holds(const std::vector<RunPtr>& runs, const RunPtr& run) {
    return std::any_of(runs.begin(), runs.end(), [&](const RunPtr& each) { return same(each, run); });
}

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

QString productHelp() { return TradeOffPage::tr("y = W·x straight from the codes, beside the product in float32"); }

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
      m_quantity(new SegmentedSwitch({tr("SQNR"), tr("To bound")}, SegmentedSwitch::Size::Plot, this)),
      m_workCombo(new QComboBox(this)),
      m_speedJob(LatestJob<std::vector<RunPtr>>::Superseded::Stop) {
    auto* rateHeader = new PlotHeader(this);
    rateHeader->setTitle(tr("Rate–distortion"));
    m_quantity->setAccessibleName(tr("What the plot shows"));
    m_quantity->setSegmentToolTip(
        1, tr("SQNR of the rate–distortion limit at the rate of a run's codes, minus the run's"));
    rateHeader->addControl(m_quantity);
    connect(m_quantity, &SegmentedSwitch::currentChanged, this, [this](int index) {
        m_rates->setQuantity(index == 0 ? RateDistortionPlot::Quantity::Sqnr : RateDistortionPlot::Quantity::ToBound);
    });
    using Work = SpeedPlot::Work;
    const auto add = [this](Work work, const QString& text, const QString& help) {
        m_workCombo->addItem(text, static_cast<int>(work));
        m_workCombo->setItemData(m_workCombo->count() - 1, help, Qt::ToolTipRole);
    };
    add(Work::Fit, tr("Fit"), tr("From the values in memory to the codebook"));
    add(Work::Encode, tr("Encode"), tr("From values to codes"));
    add(Work::Decode, tr("Decode"), tr("From codes to values"));
    add(Work::Product, tr("Product"), productHelp());
    m_workCombo->setCurrentIndex(m_workCombo->findData(static_cast<int>(m_work)));
    m_workCombo->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_workCombo->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed); // the title gives way
    m_workCombo->setAccessibleName(tr("Measured work"));
    m_workCombo->setToolTip(tr("Which work's time the plot shows"));
    connect(m_workCombo, &QComboBox::activated, this, [this] {
        m_work = static_cast<Work>(m_workCombo->currentData().toInt());
        showPoints();
    });
    m_speedHeader->addControl(m_workCombo);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(column(rateHeader, m_rates, this), 29);
    layout->addWidget(new Divider(Qt::Vertical, this));
    layout->addWidget(column(m_speedHeader, m_speeds, this), 21);
    setFocusProxy(m_rates);

    connect(m_rates, &RateDistortionPlot::runChosen, this,
            [this](int index) { m_session.show(m_rated[static_cast<std::size_t>(index)]); });
    connect(m_speeds, &SpeedPlot::runChosen, this,
            [this](int index) { m_session.show(m_timed[static_cast<std::size_t>(index)]); });
    connect(&m_session, &Session::changed, this, &TradeOffPage::update);
    m_speedJob.delivered = [this](Result<std::vector<RunPtr>> runs) {
        if (!runs) return;
        m_measuredFor = *m_measuringFor;
        setMeasured(std::move(*runs));
        showPoints();
    };
}

PlotView* TradeOffPage::plotView() const { return m_rates; }

void TradeOffPage::showEvent(QShowEvent* event) {
    ViewPage::showEvent(event);
    if (m_stale) update(Aspect::Sweep);
}

void TradeOffPage::resizeEvent(QResizeEvent* event) {
    ViewPage::resizeEvent(event);
    showSpeedTitle();
}

void TradeOffPage::showSpeedTitle() {
    // Until those of other bits have been measured, the ones before stay.
    const int bits = bitsFor((m_timed.empty() ? m_session.spec() : m_timed.front()->spec()).levels);
    m_speedHeader->setTitle(width() < kRoomForTitle ? tr("Speed") : tr("Error and speed"),
                            bits == 1 ? tr("at 1 bit") : tr("at %1 bits").arg(bits));
}

void TradeOffPage::update(Aspects aspects) {
    if (!(aspects & (Aspect::Sweep | Aspect::Run | Aspect::Data | Aspect::Importance | Aspect::Spec))) return;
    if (aspects & (Aspect::Data | Aspect::Importance)) setMeasured({});
    if (aspects & (Aspect::Spec | Aspect::Importance)) {
        m_speedJob.cancel();
        m_measuringFor.reset();
    }
    m_stale = !isVisible();
    if (m_stale) return;
    showPoints();
    measureSpeeds();
}

void TradeOffPage::showPoints() {
    std::vector<TradeOffPoint> rates, speeds;
    const auto& sweep = m_session.sweep();
    const auto point = [&](const RunPtr& run) {
        TradeOffPoint result = pointOf(run);
        result.alone = !holds(sweep, run);
        if (result.alone) result.label = tr("this run");
        return result;
    };
    m_rated = allRuns();
    for (const RunPtr& run : m_rated) rates.push_back(point(run));
    m_rates->setPoints(std::move(rates));
    const RateBoundPtr bound = m_session.data() ? m_session.data()->knownRateBound() : nullptr;
    m_rates->setBound(bound ? limitOf(*bound) : std::vector<BoundPoint>());
    m_rates->setCurrent(m_session.shown());
    showWork();
    m_timed = m_measured;
    // What a fit took is known of every run.
    if (m_timed.empty() && m_speeds->work() == SpeedPlot::Work::Fit) m_timed = runsAtBits();
    for (const RunPtr& run : m_timed) speeds.push_back(point(run));
    const DistributionPtr& sorted = m_session.distribution();
    m_speeds->setPoints(std::move(speeds), sorted && !sorted->empty() ? std::sqrt(sorted->variance()) : 1);
    m_speeds->setCurrent(m_session.shown());
    showSpeedTitle();
}

std::vector<RunPtr> TradeOffPage::allRuns() const {
    std::vector<RunPtr> runs = m_session.sweep();
    const RunPtr& shown = m_session.shown();
    if (shown && shown->whole() == m_session.data() && !runs.empty() && !holds(runs, shown)) runs.push_back(shown);
    return runs;
}

std::vector<RunPtr> TradeOffPage::runsAtBits() const {
    std::vector<RunPtr> runs = allRuns();
    const int bits = bitsFor(m_session.spec().levels);
    std::erase_if(runs, [bits](const RunPtr& run) { return bitsFor(run->spec().levels) != bits; });
    return runs;
}

void TradeOffPage::setMeasured(std::vector<RunPtr> runs) {
    if (runs.empty() && m_measured.empty()) return;
    m_measured = std::move(runs);
    emit measured(m_measured);
}

QString TradeOffPage::whyNoProduct() const {
    const PreparedTensorPtr& prepared = m_session.data();
    if (prepared && prepared->tensor().info.shape.size() != 2)
        return tr("This tensor is no matrix: there is no product to measure");
    const bool any = std::any_of(m_measured.begin(), m_measured.end(),
                                 [](const RunPtr& run) { return run->speed && run->speed->product; });
    if (!m_measured.empty() && !any) return tr("Only codes of 2, 3, 4 or 8 bits are multiplied as they are");
    return {};
}

/// The work that is wanted, or encoding where the tensor does not have it.
void TradeOffPage::showWork() {
    const QString why = whyNoProduct();
    const int product = m_workCombo->findData(static_cast<int>(SpeedPlot::Work::Product));
    static_cast<QStandardItemModel*>(m_workCombo->model())->item(product)->setEnabled(why.isEmpty());
    m_workCombo->setItemData(product, why.isEmpty() ? productHelp() : why, Qt::ToolTipRole);
    const bool lacking = m_work == SpeedPlot::Work::Product && !why.isEmpty();
    const SpeedPlot::Work shown = lacking ? SpeedPlot::Work::Encode : m_work;
    m_workCombo->setCurrentIndex(m_workCombo->findData(static_cast<int>(shown)));
    m_workCombo->setToolTip(lacking ? why : tr("Which work's time the plot shows"));
    m_speeds->setWork(shown);
}

void TradeOffPage::measureSpeeds() {
    const QuantSpec& spec = m_session.spec();
    const bool ready = m_session.settled() && !m_session.sweepRunning() && !m_session.sweep().empty();
    if (!ready || !m_session.data()->resident() || m_session.data()->valueCount() > kSpeedLimit) return;
    if (m_speedJob.busy() && m_measuringFor == spec) return;
    // Only the run on screen changes where these stay: what was measured of the others holds.
    const bool alike = m_measuredFor.levels == spec.levels && m_measuredFor.grouping == spec.grouping &&
                       m_measuredFor.range == spec.range;
    const std::vector<RunPtr> runs = runsAtBits();
    const auto unknown = [&](const RunPtr& run) { return !holds(m_measured, run); };
    if (alike && std::none_of(runs.begin(), runs.end(), unknown)) return;
    m_measuringFor = spec;
    m_speedJob.submit([runs, before = alike ? m_measured : std::vector<RunPtr>()](
                          const JobControl& job) -> Result<std::vector<RunPtr>> {
        std::vector<RunPtr> measured;
        for (const RunPtr& run : runs) {
            const auto known =
                std::find_if(before.begin(), before.end(), [&](const RunPtr& each) { return same(each, run); });
            auto result = known != before.end() ? Result<RunPtr>(*known) : withSpeed(run, JobControl{job.stop, {}});
            if (!result) return result.error();
            measured.push_back(std::move(*result));
        }
        return measured;
    });
}

} // namespace quantoscope::ui
