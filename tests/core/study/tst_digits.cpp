// The digits that are built in are those of the sample, and those that others know.
#include "core/study/digits.h"
#include "tests/support/data.h"
#include "tests/support/source_checks.h"

#include <QTest>

#include <algorithm>
#include <numeric>

using namespace quantoscope;

class TestDigits : public QObject {
    Q_OBJECT

private slots:
    void arePicturesOfTenClasses() {
        const Dataset data = digits();
        QCOMPARE(data.name, std::string("digits"));
        QVERIFY(data.isPicture() && data.isClassification());
        QCOMPARE(data.sampleShape, (Shape{8, 8, 1}));
        QCOMPARE(data.count(), std::size_t{1797});
        QCOMPARE(data.labels.size(), std::size_t{1797});
        QCOMPARE(data.outputCount(), std::size_t{10});
        QCOMPARE(data.classes.front(), std::string("0"));
        QCOMPARE(data.classes.back(), std::string("9"));
    }

    void agreeWithScikitLearn() {
        // load_digits() of scikit-learn 1.9.1: numpy.bincount(target) and data.mean().
        const Dataset data = digits();
        std::vector<int> counts(10);
        for (const std::int32_t label : data.labels) ++counts[static_cast<std::size_t>(label)];
        QCOMPARE(counts, (std::vector<int>{178, 182, 177, 183, 181, 182, 181, 179, 174, 180}));
        QCOMPARE(std::accumulate(data.inputs.begin(), data.inputs.end(), 0.0) / (1797 * 64), 4.884164579855314);
        const auto [lowest, highest] = std::minmax_element(data.inputs.begin(), data.inputs.end());
        QCOMPARE(*lowest, 0.0f);
        QCOMPARE(*highest, 16.0f);
    }

    void areTheRowsOfTheSample() {
        const Dataset data = digits();
        const Tensor table = test::loadEntry(test::dataPath("../../resources/samples/digits.csv"), "*");
        QCOMPARE(table.info.shape, (Shape{1797, 65}));
        for (std::size_t i = 0; i < data.count(); ++i) {
            QVERIFY(std::ranges::equal(data.sample(i), std::span(table.values).subspan(i * 65, 64)));
            QCOMPARE(static_cast<float>(data.labels[i]), table.values[i * 65 + 64]);
        }
    }
};

QTEST_APPLESS_MAIN(TestDigits)
#include "tst_digits.moc"
