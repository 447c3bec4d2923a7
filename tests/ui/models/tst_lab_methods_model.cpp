// The methods table's model under Qt's own tester: filled, sorted, measured and emptied.

#include "ui/models/lab_methods_model.h"
#include "ui/widgets/compare_delegate.h"

#include <QAbstractItemModelTester>
#include <QTest>

#include <cmath>

using namespace quantoscope;
using namespace quantoscope::ui;

namespace {

using Column = LabMethodsModel::Column;

LabRow row(LabMethod method, std::size_t right, std::uint64_t bytes) {
    LabRow made;
    made.spec = {method, 8, 8};
    made.label = label(method);
    made.score.right = right;
    made.score.count = 450;
    made.score.accuracy = static_cast<double>(right) / 450;
    made.interval = wilson(right, 450);
    made.bytes = bytes;
    return made;
}

LabTime microseconds(double median) { return {{median * 1e-6, median * 0.9e-6, median * 1.2e-6}, 9}; }

LabResult result() {
    LabResult made;
    made.spec.batch = 256;
    LabRow floats = row(LabMethod::Float, 438, 198 * 1024);
    floats.single = microseconds(6.1);
    floats.batched = microseconds(2.84);
    floats.joules = 1.92e-6;
    LabRow fixed = row(LabMethod::Static, 437, 51 * 1024);
    fixed.single = microseconds(3.2);
    fixed.batched = microseconds(1.04);
    fixed.joules = 0.49e-6;
    LabRow narrow = row(LabMethod::Static, 420, 26 * 1024);
    narrow.spec.weightBits = 4;
    narrow.simulated = true;
    for (LabRow* each : {&floats, &fixed, &narrow}) made.rows.push_back(std::make_shared<const LabRow>(*each));
    return made;
}

} // namespace

class TestLabMethodsModel : public QObject {
    Q_OBJECT

private slots:
    void init() {
        m_model = std::make_unique<LabMethodsModel>();
        m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get(),
                                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        m_model->setResult(result());
    }

    void cells_read_as_people_write_them() {
        QCOMPARE(m_model->rowCount(), 3);
        QCOMPARE(text(0, Column::Bits), QStringLiteral("32 / 32"));
        QCOMPARE(text(1, Column::Bits), QStringLiteral("8 / 8"));
        const Interval interval = wilson(438, 450);
        QCOMPARE(text(0, Column::Accuracy),
                 QStringLiteral("97.3 ± %1").arg((interval.high - interval.low) * 50, 0, 'f', 1));
        QCOMPARE(text(0, Column::Batched), QStringLiteral("2.84"));
        QCOMPARE(text(0, Column::Size), QStringLiteral("198.0"));
        QCOMPARE(text(1, Column::Energy), QStringLiteral("0.49"));
    }

    void what_was_not_measured_is_a_dash() {
        QCOMPARE(text(2, Column::Single), QStringLiteral("–"));
        QCOMPARE(text(2, Column::Energy), QStringLiteral("–"));
        QCOMPARE(m_model->index(2, Column::Method).data(SuffixRole).toString(), QStringLiteral("simulated"));
        QVERIFY(!m_model->index(2, Column::Batched).data(BarRole).isValid());
        QVERIFY(m_model->index(2, Column::Size).data(BarRole).isValid());
    }

    void the_best_of_each_column_is_marked() {
        QVERIFY(m_model->index(0, Column::Accuracy).data(BestRole).toBool());
        QVERIFY(m_model->index(1, Column::Batched).data(BestRole).toBool());
        QVERIFY(!m_model->index(0, Column::Batched).data(BestRole).toBool());
        QVERIFY(m_model->index(2, Column::Size).data(BestRole).toBool());
        QVERIFY(!m_model->index(0, Column::Bits).data(BestRole).toBool());
    }

    void tooltips_tell_the_exact_interval() {
        const Interval interval = wilson(438, 450);
        const QString tip = m_model->index(0, Column::Accuracy).data(Qt::ToolTipRole).toString();
        QVERIFY2(tip.contains(QString::number(interval.low * 100, 'f', 2)), qPrintable(tip));
        QVERIFY2(tip.contains(QString::number(interval.high * 100, 'f', 2)), qPrintable(tip));
        for (int column = 0; column < LabMethodsModel::ColumnCount; ++column)
            QVERIFY(!m_model->headerData(column, Qt::Horizontal, Qt::ToolTipRole).toString().isEmpty());
    }

    void all_intervals_lie_on_the_axis() {
        for (int i = 0; i < m_model->rowCount(); ++i) {
            const auto mark =
                m_model->index(i, Column::Interval).data(LabMethodsModel::IntervalRole).value<AccuracyMark>();
            QVERIFY(mark.axisLow <= mark.low && mark.low < mark.value && mark.value < mark.high);
            QVERIFY(mark.high <= mark.axisHigh + 1e-12);
        }
        const QVariantList ticks =
            m_model->headerData(Column::Interval, Qt::Horizontal, LabMethodsModel::TicksRole).toList();
        QVERIFY(ticks.size() >= 4 && ticks.size() <= 8);
        QCOMPARE(ticks.front().toDouble(), 0.0);
        QVERIFY(std::abs(ticks[ticks.size() - 2].toDouble() - 1.0) < 1e-9);
    }

    void sorting_keeps_rows_findable_and_unmeasured_ones_last() {
        const QPersistentModelIndex fixed(m_model->index(1, 0));
        for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
            m_model->sort(Column::Batched, order);
            QCOMPARE(m_model->resultRow(2), 2);
            QCOMPARE(m_model->resultRow(fixed.row()), 1);
            QCOMPARE(m_model->rowOf(1), fixed.row());
        }
        m_model->sort(Column::Batched, Qt::AscendingOrder);
        QCOMPARE(m_model->resultRow(0), 1);
        m_model->sort(-1);
        QCOMPARE(m_model->resultRow(0), 0);
    }

    void rows_come_and_go() {
        LabResult fewer = result();
        fewer.rows.pop_back();
        m_model->setResult(fewer);
        QCOMPARE(m_model->rowCount(), 2);
        fewer.rows[0] = std::make_shared<const LabRow>(row(LabMethod::Float, 400, 10));
        m_model->setResult(fewer);
        QCOMPARE(text(0, Column::Single), QStringLiteral("–"));
        m_model->setResult({});
        QCOMPARE(m_model->rowCount(), 0);
        QCOMPARE(m_model->resultRow(0), -1);
    }

    void headers_say_where_energy_comes_from() {
        QVERIFY(m_model->headerData(Column::Energy, Qt::Horizontal, Qt::DisplayRole)
                    .toString()
                    .contains(QLatin1String("est.")));
        LabResult measured = result();
        LabRow read = *measured.rows[0];
        read.energySource = EnergySource::Measured;
        measured.rows[0] = std::make_shared<const LabRow>(read);
        m_model->setResult(measured);
        QVERIFY(m_model->headerData(Column::Energy, Qt::Horizontal, Qt::DisplayRole)
                    .toString()
                    .contains(QLatin1String("RAPL")));
    }

private:
    QString text(int at, int column) const { return m_model->index(at, column).data().toString(); }

    std::unique_ptr<LabMethodsModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

QTEST_MAIN(TestLabMethodsModel)
#include "tst_lab_methods_model.moc"
