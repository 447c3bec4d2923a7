// Accuracies, widths and times as the laboratory's plots write them, and the axis of accuracies.
#include "ui/plots/lab_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/lab_look.h"

#include <QSet>
#include <QTest>

using namespace quantoscope;
using namespace quantoscope::ui;

class TestLabText : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp); }

    void classesAreInPercentAndNumbersAreNot() {
        QCOMPARE(AccuracyScale(true).text(0.975), QStringLiteral("97.5 %"));
        QCOMPARE(AccuracyScale(true).text(Interval{0.959, 0.985}), QStringLiteral("95.9 … 98.5 %"));
        QCOMPARE(AccuracyScale(true).pointsText(-0.014), QStringLiteral("−1.4 points"));
        QCOMPARE(AccuracyScale(false).text(0.975), QStringLiteral("0.975"));
        QCOMPARE(AccuracyScale(false).pointsText(-0.014), QStringLiteral("−0.014"));
        QCOMPARE(AccuracyScale(false).axisTitle(), QStringLiteral("R²"));
    }

    void theAxisOfAccuracies_data() {
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        QTest::addColumn<double>("atLeast");
        QTest::addColumn<double>("atMost");
        QTest::newRow("near the top it ends just above 100 %") << 0.95 << 1.0 << 94.0 << 100.3;
        QTest::newRow("in the middle both ends have room") << 0.4 << 0.6 << 37.0 << 62.1;
        QTest::newRow("nothing is below 0 % but a mark's half") << 0.0 << 0.5 << -2.1 << 55.1;
        QTest::newRow("all alike still is an axis") << 0.9 << 0.9 << 88.0 << 92.0;
    }
    void theAxisOfAccuracies() {
        QFETCH(double, low);
        QFETCH(double, high);
        QFETCH(double, atLeast);
        QFETCH(double, atMost);
        const ValueRange axis = AccuracyScale(true).axis(low, high);
        QVERIFY2(axis.lower >= atLeast && axis.lower <= 100 * low,
                 qPrintable(QStringLiteral("lower %1").arg(axis.lower)));
        QVERIFY2(axis.upper <= atMost && axis.upper >= 100 * high,
                 qPrintable(QStringLiteral("upper %1").arg(axis.upper)));
        QVERIFY(axis.size() > 0);
    }

    void widths() {
        QCOMPARE(widthText({LabMethod::Float, 8, 8}), QStringLiteral("float32"));
        QCOMPARE(widthText({LabMethod::WeightOnly, 4, 8}), QStringLiteral("4-bit weights"));
        QCOMPARE(widthText({LabMethod::Static, 4, 8}), QStringLiteral("4 / 8 bits"));
        QCOMPARE(bitsText(1), QStringLiteral("1 bit"));
        QCOMPARE(bitsText(3), QStringLiteral("3 bits"));
    }

    void timesHaveThreeFigures() {
        QCOMPARE(microsecondsText(0.93e-6), QStringLiteral("0.93 µs"));
        QCOMPARE(microsecondsText(12.34e-6), QStringLiteral("12.3 µs"));
        QCOMPARE(microsecondsText(123.4e-6), QStringLiteral("123 µs"));
    }

    void everyMethodLooksDifferentInBothThemes() {
        for (const bool dark : {false, true}) {
            QSet<QString> seen;
            for (const LabMethod method : labMethods()) {
                const SchemeLook look = schemeLook(labLookId(method), dark);
                seen.insert(look.color.name() + QString::number(static_cast<int>(look.shape)));
            }
            QCOMPARE(seen.size(), static_cast<qsizetype>(labMethods().size()));
        }
        QCOMPARE(labLook(LabMethod::FloatTrained).color, labLook(LabMethod::Float).color);
        QCOMPARE(labLook(LabMethod::FloatTrained).shape, MarkShape::Ring);
    }
};

QTEST_MAIN(TestLabText)
#include "tst_lab_text.moc"
