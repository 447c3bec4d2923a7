// A group looks the same to a scheme whether it was sorted ahead or is sorted on demand, and a copy looks as its
// original.
#include "core/quant/group_data.h"
#include "tests/support/datasets.h"

#include <QTest>

#include <algorithm>

using namespace quantoscope;

class TestGroupData : public QObject {
    Q_OBJECT

private slots:
    void bothWaysAgree_data() {
        QTest::addColumn<std::size_t>("index");
        for (std::size_t i = 0; i < test::dataSets().size(); ++i) QTest::newRow(test::dataSets()[i].name.c_str()) << i;
    }
    void bothWaysAgree() {
        QFETCH(std::size_t, index);
        const std::vector<float>& values = test::dataSets()[index].values;
        const GroupData ahead(Distribution::build(values).value()), lazy{std::span<const float>(values)};
        const GroupData copied = lazy; // before it has sorted
        for (const GroupData* data : {&lazy, &copied}) {
            QVERIFY(!data->empty());
            QCOMPARE(data->count(), ahead.count());
            QCOMPARE(data->minimum(), ahead.minimum());
            QCOMPARE(data->maximum(), ahead.maximum());
            QCOMPARE(data->absoluteMaximum(), ahead.absoluteMaximum());
            QVERIFY(std::ranges::equal(data->distribution().values(), ahead.distribution().values()));
            QCOMPARE(data->distribution().variance(), ahead.distribution().variance());
        }
        const GroupData copiedLater = lazy;
        QCOMPARE(&copiedLater.distribution(), &lazy.distribution());
    }

    void anEmptyGroupHasNoExtent() {
        for (const GroupData& data :
             {GroupData(Distribution::build({}).value()), GroupData(std::span<const float>())}) {
            QVERIFY(data.empty());
            QCOMPARE(data.minimum(), 0.0f);
            QCOMPARE(data.maximum(), 0.0f);
            QCOMPARE(data.absoluteMaximum(), 0.0f);
            QVERIFY(data.distribution().empty());
        }
    }
};

QTEST_APPLESS_MAIN(TestGroupData)
#include "tst_group_data.moc"
