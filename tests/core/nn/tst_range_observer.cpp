// Grids from what was observed, against torch's observers.
#include "core/nn/range_observer.h"
#include "tests/support/datasets.h"
#include "tests/support/golden.h"

#include <QTest>

#include <cmath>
#include <map>

using namespace quantoscope;
using namespace quantoscope::test;

namespace {

struct Torch {
    RangeObserver observer;
    int bits;
};

/// Those of torch's that give unsigned codes with a zero point, as activations have them.
const std::map<std::string, Torch> kTorch{
    {"minmax_affine_quint8", {RangeObserver::MinMax, 8}},
    {"minmax_affine_quint8_reduced", {RangeObserver::MinMax, 7}},
    {"minmax_affine_int4_range", {RangeObserver::MinMax, 4}},
};

double squaredError(const std::vector<float>& values, const CodeGrid& grid) {
    double sum = 0;
    for (const float value : values) sum += std::pow(static_cast<double>(value) - grid.decode(grid.encode(value)), 2);
    return sum;
}

} // namespace

class TestRangeObserver : public QObject {
    Q_OBJECT

private slots:
    void gridsAreTorchs() {
        const auto golden = goldenJson("torch_observers.json");
        int compared = 0;
        for (const auto& row : golden["data"]) {
            const auto name = row["observer"].get<std::string>();
            const auto known = kTorch.find(name);
            if (known == kTorch.end()) continue;
            ++compared;
            const auto data = floatsOfHex(golden["inputs"][row["dataset"].get<std::string>()]);
            const float scale = floatsOfHex(row["scale_hex"]).at(0);
            const std::string label = name + " on " + row["dataset"].get<std::string>();
            const auto grid = observeGrid(data, known->second.observer, known->second.bits, false);
            QVERIFY(grid);
            QVERIFY2(std::abs(grid->scale - scale) <= 1e-6 * scale,
                     qPrintable(QStringLiteral("%1: %2, torch %3").arg(label.c_str()).arg(grid->scale).arg(scale)));
            QCOMPARE(grid->zero, row["zero_point"].at(0).get<int>());
            if (!row.contains("codes")) continue;
            const auto codes = bytesOfHex(row["codes"]);
            for (std::size_t i = 0; i < data.size(); ++i) QCOMPARE(grid->encode(data[i]), static_cast<int>(codes[i]));
        }
        QCOMPARE(compared, 21);
    }

    void everyGridHoldsZeroExactly() {
        for (const RangeObserver observer : rangeObservers())
            for (const bool symmetric : {false, true})
                for (int bits = 2; bits <= 8; ++bits) {
                    const auto grid = observeGrid(normalValues(500, 3, 2, 1), observer, bits, symmetric);
                    QVERIFY(grid);
                    QCOMPARE(grid->decode(grid->encode(0)), 0.0f);
                    QCOMPARE(grid->highest - grid->lowest + 1, (1 << bits) - (symmetric ? 1 : 0));
                    QVERIFY(grid->lowest <= grid->zero && grid->zero <= grid->highest);
                }
    }

    void theLeastSquaredErrorIsBelowTheExtremes() {
        const auto values = normalValues(2000, 4);
        for (const bool symmetric : {false, true})
            for (const int bits : {2, 3, 4}) {
                const double least = squaredError(values, *observeGrid(values, RangeObserver::Mse, bits, symmetric));
                QVERIFY(least <
                        0.9 * squaredError(values, *observeGrid(values, RangeObserver::MinMax, bits, symmetric)));
            }
    }

    void dataWithoutWidthHasAGrid() {
        for (const RangeObserver observer : rangeObservers())
            for (const std::vector<float>& values :
                 {std::vector<float>{0, 0, 0}, std::vector<float>{3, 3}, std::vector<float>{-2}}) {
                const auto grid = observeGrid(values, observer, 8, false);
                QVERIFY(grid);
                QVERIFY(grid->scale > 0);
                QVERIFY(std::abs(grid->decode(grid->encode(values[0])) - values[0]) <= grid->scale);
            }
    }

    void namesAreReadBack() {
        for (const RangeObserver observer : rangeObservers()) QCOMPARE(*parseRangeObserver(name(observer)), observer);
        QVERIFY(!parseRangeObserver("average"));
    }
};

QTEST_GUILESS_MAIN(TestRangeObserver)
#include "tst_range_observer.moc"
