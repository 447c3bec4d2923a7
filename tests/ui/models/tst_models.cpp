// The item models under Qt's own tester, filled, changed and emptied.

#include "core/study/generated.h"
#include "ui/models/comparison_model.h"
#include "ui/models/levels_model.h"
#include "ui/models/tensor_tree_model.h"
#include "ui/models/values_model.h"
#include "ui/widgets/compare_delegate.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace quantoscope;
using namespace quantoscope::ui;

namespace {

RunPtr runOf(const PreparedTensorPtr& data, const char* scheme, std::uint32_t levels) {
    QuantSpec spec;
    spec.scheme = scheme;
    spec.levels = levels;
    return run(data, spec).value();
}

PreparedTensorPtr normal(std::uint64_t count) {
    return PreparedTensor::make(std::make_shared<const Tensor>(generate("normal", count, 1).value()));
}

constexpr auto kStrict = QAbstractItemModelTester::FailureReportingMode::QtTest;

} // namespace

class TestModels : public QObject {
    Q_OBJECT

private slots:
    void levels_follow_the_run();
    void values_are_made_when_they_are_looked_at();
    void the_comparison_sorts_and_marks_the_best();
    void the_tree_follows_the_library();
};

void TestModels::levels_follow_the_run() {
    LevelsModel model;
    QAbstractItemModelTester tester(&model, kStrict);
    const PreparedTensorPtr data = normal(1000);
    const RunPtr eight = runOf(data, "kmeans", 8), again = runOf(data, "rank", 8), four = runOf(data, "kmeans", 4);
    model.setRun(eight, prepareLevels(eight, 0).value());
    QCOMPARE(model.rowCount(), 8);
    model.setRun(again, prepareLevels(again, 0).value());
    model.setRun(four, prepareLevels(four, 0).value());
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(model.index(1, LevelsModel::Code).data().toString(), QStringLiteral("01"));
    qulonglong total = 0;
    for (int row = 0; row < 4; ++row)
        total += QLocale().toULongLong(model.index(row, LevelsModel::Count).data().toString());
    QCOMPARE(total, qulonglong{1000});
    model.setRun({}, {});
    QCOMPARE(model.rowCount(), 0);
}

void TestModels::values_are_made_when_they_are_looked_at() {
    ValuesModel model;
    QAbstractItemModelTester tester(&model, kStrict);
    const PreparedTensorPtr data = normal(2000);
    model.setRun(runOf(data, "kmeans", 16));
    QCOMPARE(model.rowCount(), 2000);
    QCOMPARE(model.index(7, ValuesModel::Position).data().toString(), QStringLiteral("7"));
    QVERIFY(!model.index(1999, ValuesModel::Decoded).data().toString().isEmpty());
    model.setRun(runOf(data, "affine", 16));
    QCOMPARE(model.rowCount(), 2000);
    model.setRun({});
    QCOMPARE(model.rowCount(), 0);
}

void TestModels::the_comparison_sorts_and_marks_the_best() {
    ComparisonModel model;
    QAbstractItemModelTester tester(&model, kStrict);
    const PreparedTensorPtr data = normal(1000);
    const RunPtr best = runOf(data, "kmeans", 16), middle = runOf(data, "equal-width", 16),
                 worst = runOf(data, "log2", 16);
    model.setRuns({worst, best, middle, best}, {});
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.runAt(0), best);
    QVERIFY(model.index(0, ComparisonModel::Sqnr).data(BestRole).toBool());
    QVERIFY(!model.index(1, ComparisonModel::Sqnr).data(BestRole).toBool());
    QCOMPARE(model.index(0, ComparisonModel::Sqnr).data(BarRole).toDouble(), 1.0);
    model.sort(ComparisonModel::Mse, Qt::DescendingOrder);
    QCOMPARE(model.rowOf(best), 2);
    model.setRuns({best}, {middle});
    QVERIFY(model.isPinned(model.rowOf(middle)));
    QVERIFY(!model.isPinned(model.rowOf(best)));
}

void TestModels::the_tree_follows_the_library() {
    Library library;
    TensorTreeModel model(library);
    QAbstractItemModelTester tester(&model, kStrict);
    const int first = library.add(QStringLiteral("one"), {makeTensor("a", {1, 2}), makeTensor("b", {3})});
    const int second = library.add(QStringLiteral("two"), {makeTensor("c", {1})});
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.rowCount(model.index(0, 0)), 2);
    const QModelIndex b = model.indexOf({first, 1});
    QCOMPARE(b.data().toString(), QStringLiteral("b"));
    QVERIFY(model.refOf(b) == (TensorRef{first, 1}));
    QCOMPARE(model.documentOf(b.parent()), first);
    library.close(first);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.documentOf(model.index(0, 0)), second);
}

QTEST_MAIN(TestModels)
#include "tst_models.moc"
