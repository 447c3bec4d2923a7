#include "ui/session/pasted_values.h"

#include <QTest>

using namespace quantoscope;
using namespace quantoscope::ui;

class TestPastedValues : public QObject {
    Q_OBJECT

private slots:
    void lists_are_read_however_they_are_separated_data();
    void lists_are_read_however_they_are_separated();
    void a_table_has_a_tensor_a_column();
    void text_without_numbers_is_refused_data();
    void text_without_numbers_is_refused();
};

void TestPastedValues::lists_are_read_however_they_are_separated_data() {
    QTest::addColumn<QString>("text");
    QTest::newRow("a column") << "1\n2.5\n-3";
    QTest::newRow("a line with commas") << "1, 2.5, -3";
    QTest::newRow("a Python list") << "[1, 2.5, -3]";
    QTest::newRow("spaces and lines") << "  1 2.5\n -3e0 ";
}

void TestPastedValues::lists_are_read_however_they_are_separated() {
    QFETCH(QString, text);
    const auto tensors = pastedValues(text);
    QVERIFY(tensors.has_value());
    QCOMPARE(tensors->size(), std::size_t{1});
    QCOMPARE(tensors->front().values, (std::vector<float>{1, 2.5f, -3}));
}

void TestPastedValues::a_table_has_a_tensor_a_column() {
    const auto tensors = pastedValues(QStringLiteral("height\tweight\n1.5\t60\n1.8\t75\n"));
    QVERIFY(tensors.has_value());
    QVERIFY(tensors->size() >= 2);
    QCOMPARE((*tensors)[0].info.name, std::string("height"));
    QCOMPARE((*tensors)[1].values, (std::vector<float>{60, 75}));
}

void TestPastedValues::text_without_numbers_is_refused_data() {
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << "";
    QTest::newRow("a sentence") << "not a number in sight";
}

void TestPastedValues::text_without_numbers_is_refused() {
    QFETCH(QString, text);
    QVERIFY(!pastedValues(text).has_value());
}

QTEST_MAIN(TestPastedValues)
#include "tst_pasted_values.moc"
