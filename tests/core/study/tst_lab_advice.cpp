// Advice on rows whose figures are given.
#include "core/study/lab_advice.h"

#include <QTest>

using namespace quantoscope;

namespace {

struct Figures {
    LabMethod method = LabMethod::Float;
    const char* label = "";
    double accuracy = 0.97;
    double microseconds = 1; // 0: simulated
    std::uint64_t bytes = 1000;
};

LabAdvice adviceOn(const std::vector<Figures>& rows) {
    LabResult result;
    for (const Figures& figures : rows) {
        LabRow row;
        row.spec.method = figures.method;
        row.label = figures.label;
        row.score.accuracy = figures.accuracy;
        row.score.count = 450;
        row.bytes = figures.bytes;
        row.simulated = figures.microseconds == 0;
        if (!row.simulated) {
            LabTime time;
            time.spread.median = figures.microseconds * 1e-6;
            row.single = row.batched = time;
        }
        result.rows.push_back(std::make_shared<LabRow>(std::move(row)));
    }
    return advise(result);
}

constexpr Figures kFloat{LabMethod::Float, "FP32", 0.97, 1, 4000};

} // namespace

class TestLabAdvice : public QObject {
    Q_OBJECT

private slots:
    void theSimplestOfEqualsIsTaken() {
        // One sample in 450, and 1 % of time.
        const Figures fixed{LabMethod::Static, "Static", 0.97, 0.3}, qat{LabMethod::Qat, "QAT", 0.9722, 0.297};
        const LabAdvice advice = adviceOn({kFloat, fixed, qat});
        QCOMPARE(advice.choice, std::size_t{1});
        QVERIFY(advice.text().english().find("Fastest: Static") != std::string::npos);
    }

    void accuracyThatIsThereIsTaken() {
        const Figures fixed{LabMethod::Static, "Static", 0.966, 0.3}, qat{LabMethod::Qat, "QAT", 0.98, 0.3};
        QCOMPARE(adviceOn({kFloat, fixed, qat}).choice, std::size_t{2});
    }

    void speedThatCostsTooMuchAccuracyIsNot() {
        const Figures fixed{LabMethod::Static, "Static", 0.6, 0.1}, dynamic{LabMethod::Dynamic, "Dynamic", 0.97, 0.5};
        const LabAdvice advice = adviceOn({kFloat, dynamic, fixed});
        QCOMPARE(advice.choice, std::size_t{1});
        QVERIFY(advice.headline.english().starts_with("Take Dynamic"));
    }

    void floatStaysWhereNothingIsFaster() {
        const Figures fixed{LabMethod::Static, "Static", 0.97, 2};
        QVERIFY(adviceOn({kFloat, fixed}).headline.english().starts_with("Stay with FP32"));
    }

    void rowsWithoutTimesAreNotTaken() {
        const Figures few{LabMethod::Qat, "QAT", 0.99, 0, 500};
        QCOMPARE(adviceOn({kFloat, few}).choice, std::size_t{0});
        QCOMPARE(adviceOn({{LabMethod::Static, "Static", 0.5, 0}, few}).choice, std::size_t{1});
    }

    void theFrontHoldsWhatNothingBeats() {
        const Figures slow{LabMethod::Dynamic, "Dynamic", 0.96, 0.5, 1100},
            fixed{LabMethod::Static, "Static", 0.97, 0.3};
        QCOMPARE(adviceOn({kFloat, slow, fixed}).front, std::vector<std::size_t>{2});
    }
};

QTEST_APPLESS_MAIN(TestLabAdvice)
#include "tst_lab_advice.moc"
