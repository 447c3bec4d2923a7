// Rate–distortion with real runs and their real limit: where the limit's curve lies, and what the switch to distances
// does.
#include "core/schemes/scheme_registry.h"
#include "core/study/generated.h"
#include "core/study/rate.h"
#include "core/study/sweep.h"
#include "tests/ui/plots/plot_fixture.h"
#include "ui/plots/rate_distortion_plot.h"

#include <QSignalSpy>

#include <set>

using namespace quantoscope;
using namespace quantoscope::ui;

namespace {

using Quantity = RateDistortionPlot::Quantity;
constexpr int kMostBits = 5;
constexpr double kLimitBits = 6;

bool isFixedRate(const RunResult& run) { return storedBits(run) == run.storage.bitsPerValue; }
bool isGrouped(const RunResult& run) { return run.quantizer->groupCount() > 1; }

} // namespace

class TestRateDistortionPlot : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<RateDistortionPlot> shown(bool withLimit = true, QSize size = {640, 440}) const {
        auto plot = std::make_unique<RateDistortionPlot>();
        plot->setPoints(m_points);
        if (withLimit) plot->setBound(m_limit);
        plot->resize(size);
        plot->show();
        if (!QTest::qWaitForWindowExposed(plot.get())) qFatal("not shown");
        plot->flush();
        return plot;
    }
    int indexOf(const char* scheme, std::uint32_t levels) const {
        for (std::size_t i = 0; i < m_points.size(); ++i)
            if (m_points[i].run->spec().scheme == scheme && m_points[i].run->spec().levels == levels)
                return static_cast<int>(i);
        return -1;
    }
    const RunResult& run(int index) const { return *m_points[static_cast<std::size_t>(index)].run; }

    PreparedTensorPtr m_data;
    std::vector<TradeOffPoint> m_points;
    std::vector<BoundPoint> m_limit;

private slots:
    void initTestCase() {
        applyTheme(*qApp);
        m_data = PreparedTensor::make(std::make_shared<const Tensor>(generate("laplace", 20000, 1).value()));
        const auto limit = m_data->rateBound(kLimitBits);
        QVERIFY(limit);
        for (const RateBound::Point& point : (*limit)->curve(kLimitBits, 32))
            m_limit.push_back({point.bits, point.sqnrDb});
        std::set<std::string> schemesSeen;
        for (int bits = 1; bits <= kMostBits; ++bits)
            for (const NamedSpec& named : comparisonSpecs(bits, {}, {}).specs) {
                const auto result = quantoscope::run(m_data, named.spec);
                QVERIFY2(result, result ? "" : result.error().message().c_str());
                m_points.push_back({*result, QString::fromStdString(named.name), QString::fromStdString(named.scheme),
                                    QString::fromStdString(named.variant)});
                schemesSeen.insert(named.scheme);
            }
        QVERIFY(schemesSeen.size() > 8 && schemesSeen.count("kmeans") && schemesSeen.count("ecsq"));
    }

    void theLimitFallsAsALimitDoes() {
        const auto plot = shown();
        const std::vector<BoundPoint>& curve = plot->bound();
        QVERIFY(curve.size() > 150);
        QCOMPARE(curve.front().bits, 0.0);
        QVERIFY(std::abs(curve.back().bits - kLimitBits) < 0.1);
        const auto distortion = [&](std::size_t i) { return std::pow(10, -curve[i].sqnrDb / 10); };
        for (std::size_t i = 1; i < curve.size(); ++i) {
            QVERIFY(curve[i].bits > curve[i - 1].bits && distortion(i) < distortion(i - 1));
            // Convex, or codes could be mixed to lie beyond it.
            if (i + 1 < curve.size())
                QVERIFY(distortion(i) <= (distortion(i - 1) + distortion(i + 1)) / 2 * (1 + 1e-9));
        }
        // At last a bit is worth 6.02 dB.
        const double last = curve.back().bits;
        const double worth = boundAt(curve, last) - boundAt(curve, last - 1);
        QVERIFY2(std::abs(worth - 6.02) < 0.2, qPrintable(QString::number(worth)));
    }

    void noUngroupedFixedRateRunLiesBeyondIt() {
        const auto plot = shown();
        int seen = 0;
        for (int i = 0; i < static_cast<int>(m_points.size()); ++i) {
            if (isGrouped(run(i)) || !isFixedRate(run(i)) || !std::isfinite(run(i).errors.sqnrDb)) continue;
            const double limit = boundAt(plot->bound(), codeRate(run(i)));
            QVERIFY2(run(i).errors.sqnrDb <= limit, run(i).spec().scheme.c_str());
            // On screen the limit passes above the point, and so to the left of it.
            QVERIFY(plot->yToPixel(limit) <= plot->pointPosition(i).y() + 1e-6);
            QVERIFY(plot->plotArea().adjusted(-1, -1, 1, 1).contains(plot->pointPosition(i)));
            ++seen;
        }
        QVERIFY(seen > 25);
    }

    void whatIsBeyondTheLimitIsShaded() {
        const auto plot = shown();
        const QImage picture = plot->grab().toImage();
        const auto colorAt = [&](double bits, double sqnr) {
            return picture.pixelColor(static_cast<int>(plot->xToPixel(bits)), static_cast<int>(plot->yToPixel(sqnr)));
        };
        for (const double bits : {0.5, 0.8}) { // away from texts and lines
            const double limit = boundAt(plot->bound(), bits);
            QCOMPARE(colorAt(bits, limit + 3), colors().impossible);
            QVERIFY(colorAt(bits, limit - 2.5) != colors().impossible);
        }
    }

    void theSwitchShowsDistances() {
        const auto plot = shown();
        for (const Quantity quantity : {Quantity::Sqnr, Quantity::ToBound, Quantity::Sqnr}) {
            plot->setQuantity(quantity);
            plot->flush();
            const bool distances = quantity == Quantity::ToBound;
            for (int i = 0; i < static_cast<int>(m_points.size()); ++i) {
                const double expected = distances ? boundDistanceDb(run(i)) : run(i).errors.sqnrDb;
                if (!std::isfinite(expected)) continue;
                QVERIFY(std::abs(plot->pixelToY(plot->pointPosition(i).y()) - expected) < 1e-6);
                QVERIFY(std::abs(plot->pixelToX(plot->pointPosition(i).x()) - storedBits(run(i))) < 1e-6);
                if (distances) {
                    const double limit = boundAt(plot->bound(), codeRate(run(i)));
                    QVERIFY(std::abs(plot->toBound(m_points[static_cast<std::size_t>(i)]) -
                                     (limit - run(i).errors.sqnrDb)) < 0.02);
                }
            }
            // The limit is a line with something on either side of it.
            if (distances) QVERIFY(plot->yRange().lower < 0 && plot->yRange().upper > 0);
        }
    }

    void codesMadeForEntropyCodingAreNearestToTheLimit() {
        const auto plot = shown();
        for (const std::uint32_t levels : {8u, 16u}) {
            const int coded = indexOf("ecsq", levels), best = indexOf("kmeans", levels);
            QVERIFY(coded >= 0 && best >= 0);
            const double distance = plot->toBound(m_points[static_cast<std::size_t>(coded)]);
            QVERIFY(distance > 0 && distance < plot->toBound(m_points[static_cast<std::size_t>(best)]));
            // It stands where its entropy is, not at the width of its codes.
            QVERIFY(plot->pixelToX(plot->pointPosition(coded).x()) < run(coded).storage.bitsPerValue);
        }
    }

    void withoutALimitThereAreNoDistances() {
        auto data = PreparedTensor::make(m_data->tensorPtr());
        auto result = std::make_shared<RunResult>(run(0));
        result->data = data; // of which nobody has asked the limit
        auto plot = std::make_unique<RateDistortionPlot>();
        plot->setPoints({{result, QStringLiteral("k-means"), QStringLiteral("kmeans"), {}}});
        plot->setQuantity(Quantity::ToBound);
        plot->resize(500, 400);
        plot->show();
        QVERIFY(QTest::qWaitForWindowExposed(plot.get()));
        plot->flush();
        QVERIFY(std::isnan(plot->toBound({result, {}, {}, {}})));
        const QImage without = plot->grab().toImage();
        QVERIFY(data->rateBound(kLimitBits));
        plot->setBound(m_limit);
        plot->flush();
        QVERIFY(std::isfinite(plot->pointPosition(0).y()));
        QVERIFY(plot->grab().toImage() != without);
    }

    void keysWalkAmongDistances() {
        const auto plot = shown();
        plot->setQuantity(Quantity::ToBound);
        plot->flush();
        QSignalSpy hovered(plot.get(), &RateDistortionPlot::pointHovered);
        plot->setCurrent(m_points[static_cast<std::size_t>(indexOf("kmeans", 16))].run);
        QTest::keyClick(plot.get(), Qt::Key_Up);
        QVERIFY(!hovered.isEmpty());
        const int first = hovered.last().first().toInt();
        QTest::keyClick(plot.get(), Qt::Key_Up);
        const int second = hovered.last().first().toInt();
        QVERIFY(first != second && boundDistanceDb(run(second)) > boundDistanceDb(run(first)));
        QVERIFY(plot->accessibleDescription().contains(QStringLiteral("To the bound")));
    }
};

QTEST_MAIN(TestRateDistortionPlot)
#include "tst_rate_distortion_plot.moc"
