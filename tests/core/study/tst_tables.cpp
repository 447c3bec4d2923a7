// core/study/tables: the figures in the tables are those that a naive pass over the values gives.
#include "core/study/generated.h"
#include "core/study/table_writer.h"
#include "core/study/tables.h"

#include <QtTest>

#include <cmath>
#include <limits>
#include <map>

using namespace quantoscope;

namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();

RunPtr runOf(Tensor tensor, QuantSpec spec, NonFinitePolicy policy = NonFinitePolicy::Stop) {
    const auto data = PreparedTensor::make(std::make_shared<const Tensor>(std::move(tensor)), policy);
    const auto result = run(data, spec);
    return result ? *result : nullptr;
}

QuantSpec specOf(std::string scheme, std::uint32_t levels, Grouping grouping = {}) {
    QuantSpec spec;
    spec.scheme = std::move(scheme);
    spec.levels = levels;
    spec.grouping = grouping;
    return spec;
}

std::vector<std::string> idsOf(const Table& table) {
    std::vector<std::string> ids;
    for (const Column& column : table.columns) ids.push_back(column.id);
    return ids;
}

std::int64_t integerAt(const Table& table, std::size_t row, const char* id) {
    return std::get<std::int64_t>(table.cell(row, table.columnOf(id)));
}
float valueAt(const Table& table, std::size_t row, const char* id) {
    return std::get<float>(table.cell(row, table.columnOf(id)));
}
double figureAt(const Table& table, std::size_t row, const char* id) {
    return std::get<double>(table.cell(row, table.columnOf(id)));
}
bool emptyAt(const Table& table, std::size_t row, const char* id) {
    return std::holds_alternative<std::monostate>(table.cell(row, table.columnOf(id)));
}

} // namespace

class TablesTest : public QObject {
    Q_OBJECT
private slots:
    void levelsCountEveryValueOnce_data() {
        QTest::addColumn<QByteArray>("scheme");
        QTest::addColumn<int>("levels");
        for (const char* scheme : {"kmeans", "rank", "equal-width", "affine", "fixed", "log2", "mu-law"})
            QTest::addRow("%s at 8 levels", scheme) << QByteArray(scheme) << 8;
        QTest::newRow("one level") << QByteArray("kmeans") << 1;
    }
    void levelsCountEveryValueOnce() {
        QFETCH(QByteArray, scheme);
        QFETCH(int, levels);
        const Tensor tensor = *generate("bimodal", 3000, 4);
        const RunPtr run = runOf(tensor, specOf(scheme.toStdString(), static_cast<std::uint32_t>(levels)));
        QVERIFY(run);
        const auto table = levelTable(*run);
        const auto decoded = decodeRun(run);
        QVERIFY(table && decoded);
        QCOMPARE(idsOf(*table),
                 (std::vector<std::string>{"index", "code", "lower", "upper", "level", "count", "share", "binMse"}));
        std::map<std::int64_t, std::pair<std::int64_t, double>> naive; // by code: count, Σe²
        for (std::size_t i = 0; i < tensor.values.size(); ++i) {
            auto& [count, squares] = naive[(*decoded)->codes[i]];
            const double e = double(tensor.values[i]) - double((*decoded)->decoded[i]);
            ++count;
            squares += e * e;
        }
        double share = 0;
        for (std::size_t row = 0; row < table->rows; ++row) {
            QCOMPARE(integerAt(*table, row, "index"), std::int64_t(row));
            const auto [count, squares] = naive[integerAt(*table, row, "code")];
            QCOMPARE(integerAt(*table, row, "count"), count);
            share += figureAt(*table, row, "share");
            if (count == 0)
                QVERIFY(emptyAt(*table, row, "binMse"));
            else
                QVERIFY(std::abs(figureAt(*table, row, "binMse") - squares / double(count)) <=
                        1e-9 * (1e-12 + squares / double(count)));
            QVERIFY(valueAt(*table, row, "lower") <= valueAt(*table, row, "upper"));
            if (row > 0) QCOMPARE(valueAt(*table, row, "lower"), valueAt(*table, row - 1, "upper"));
        }
        QVERIFY(std::abs(share - 1) < 1e-12);
    }

    void fixedEdgesAreTheBinsOfTheTable() {
        QuantSpec spec = specOf("fixed", 4);
        spec.parameters["edges"] = std::vector<double>{0, 25, 50, 75, 100};
        const RunPtr run = runOf(makeTensor("score", {18.2f, 45.7f, 22.1f, 51.3f}), spec);
        QVERIFY(run);
        QCOMPARE(tableText(*levelTable(*run), TableFormat::Csv).substr(0, 48),
                 std::string("index,code,lower,upper,level,count,share,binMse\n"));
        const auto table = levelTable(*run);
        QCOMPARE(table->rows, std::size_t{4});
        for (std::size_t row = 0; row < 4; ++row) {
            QCOMPARE(valueAt(*table, row, "lower"), 25.0f * float(row));
            QCOMPARE(valueAt(*table, row, "upper"), 25.0f * float(row + 1));
            QCOMPARE(valueAt(*table, row, "level"), 25.0f * float(row) + 12.5f);
        }
        QCOMPARE(integerAt(*table, 0, "count"), std::int64_t{2});
        QVERIFY(emptyAt(*table, 3, "binMse"));
    }

    void groupsComeOneAfterTheOther() {
        const RunPtr run = runOf(makeTensor("m", {3, 4}, {0, 1, 2, 3, 10, 11, 12, 13, 5, 5, 5, 5}),
                                 specOf("kmeans", 4, Grouping::channel(0)));
        QVERIFY(run);
        const auto all = levelTable(*run);
        QCOMPARE(idsOf(*all).front(), std::string("group"));
        std::int64_t counts[3] = {};
        for (std::size_t row = 0; row < all->rows; ++row)
            counts[integerAt(*all, row, "group")] += integerAt(*all, row, "count");
        QVERIFY(counts[0] == 4 && counts[1] == 4 && counts[2] == 4);
        const auto one = levelTable(*run, 1);
        QCOMPARE(idsOf(*one).front(), std::string("index"));
        QCOMPARE(valueAt(*one, 0, "level"), 10.0f);
        QCOMPARE(levelTable(*run, 3).error().code, ErrorCode::InvalidArgument);

        const Table groups = groupTable(run);
        QCOMPARE(groups.rows, std::size_t{3});
        QCOMPARE(valueAt(groups, 1, "minimum"), 10.0f);
        QCOMPARE(valueAt(groups, 1, "maximum"), 13.0f);
        QCOMPARE(figureAt(groups, 2, "mse"), 0.0);
    }

    void valuesStandBesideTheirErrors() {
        const RunPtr run = runOf(makeTensor("x", {1.0f, 2.0f, 10.0f, 10.5f}), specOf("kmeans", 2));
        const auto decoded = decodeRun(run);
        QVERIFY(decoded);
        const Table table = valueTable(*decoded);
        QCOMPARE(tableText(table, TableFormat::Csv), std::string("value,code,dequantizedValue,error\n"
                                                                 "1,0,1.5,-0.5\n"
                                                                 "2,0,1.5,0.5\n"
                                                                 "10,1,10.25,-0.25\n"
                                                                 "10.5,1,10.25,0.25\n"));
    }

    void whatWasLeftOutComesBackWithoutACode() {
        const Tensor tensor = makeTensor("x", {1.0f, std::nanf(""), 2.0f, kInfinity, -kInfinity});
        const RunPtr dropped = runOf(tensor, specOf("kmeans", 2), NonFinitePolicy::Drop);
        QVERIFY(dropped);
        QCOMPARE(tableText(valueTable(*decodeRun(dropped)), TableFormat::Csv),
                 std::string("value,code,dequantizedValue,error\n"
                             "1,0,1,0\nnan,,nan,\n2,1,2,0\ninf,,inf,\n-inf,,-inf,\n"));
        const RunPtr clamped = runOf(tensor, specOf("kmeans", 2), NonFinitePolicy::Clamp);
        QCOMPARE(tableText(valueTable(*decodeRun(clamped)), TableFormat::Csv),
                 std::string("value,code,dequantizedValue,error\n"
                             "1,0,1,0\nnan,,nan,\n2,1,2,0\ninf,1,2,inf\n-inf,0,1,-inf\n"));
    }

    void comparisonsShowWhatWasMeasured() {
        const Tensor tensor = *generate("normal", 2000, 1);
        const std::vector<RunPtr> runs = {runOf(tensor, specOf("kmeans", 5)),
                                          runOf(tensor, specOf("affine", 16, Grouping::block(100)))};
        const Table table = comparisonTable(runs);
        QCOMPARE(table.rows, std::size_t{2});
        QCOMPARE(std::get<std::string>(table.cell(0, table.columnOf("method"))), std::string("k-means"));
        QCOMPARE(std::get<std::string>(table.cell(1, table.columnOf("scheme"))), std::string("affine"));
        QCOMPARE(std::get<std::string>(table.cell(1, table.columnOf("variant"))), std::string("asymmetric"));
        QCOMPARE(std::get<std::string>(table.cell(1, table.columnOf("grouping"))), std::string("block:100"));
        QCOMPARE(integerAt(table, 0, "bits"), std::int64_t{3});
        QCOMPARE(integerAt(table, 0, "requestedLevels"), std::int64_t{5});
        QCOMPARE(figureAt(table, 0, "mse"), runs[0]->errors.mse);
        QCOMPARE(figureAt(table, 1, "bitsPerValue"), runs[1]->storage.bitsPerValue);
        QCOMPARE(figureAt(table, 0, "fitMs"), 1000 * runs[0]->fitSeconds);
        QVERIFY(emptyAt(table, 0, "boundDistanceDb") && emptyAt(table, 0, "encodeGBps"));
        QCOMPARE(figureAt(table, 0, "entropyCodedBitsPerValue"), runs[0]->errors.codeEntropy + 5 * 32 / 2000.0);
        QVERIFY(std::get<bool>(table.cell(0, table.columnOf("exact"))));
    }

    void distancesAreThereOnceTheLimitIsKnown() {
        const RunPtr run = runOf(*generate("normal", 2000, 1), specOf("kmeans", 5));
        QVERIFY(emptyAt(comparisonTable({run}), 0, "boundDistanceDb"));
        const auto bound = run->data->rateBound(4);
        QVERIFY(bound);
        const double distance = (*bound)->sqnrDb(std::log2(5.0)) - run->errors.sqnrDb;
        QVERIFY(distance > 0);
        QCOMPARE(figureAt(comparisonTable({run}), 0, "boundDistanceDb"), distance);
        const RunPtr lossless = runOf(makeTensor("two", {1.0f, 2.0f}), specOf("kmeans", 2));
        QVERIFY(lossless->data->rateBound(4));
        QVERIFY(emptyAt(comparisonTable({lossless}), 0, "boundDistanceDb"));
    }

    void undefinedFiguresAreEmptyAndInfiniteOnesInfinite() {
        const Table zeros = comparisonTable({runOf(makeTensor("zeros", {0.0f, 0.0f}), specOf("kmeans", 2))});
        QVERIFY(emptyAt(zeros, 0, "sqnrDb") && emptyAt(zeros, 0, "cosine"));
        const Table exact = comparisonTable({runOf(makeTensor("two", {1.0f, 2.0f}), specOf("kmeans", 2))});
        QVERIFY(std::isinf(figureAt(exact, 0, "sqnrDb")));
    }

    void everyColumnSaysWhatItIs() {
        const RunPtr run = runOf(makeTensor("two", {1.0f, 2.0f}), specOf("kmeans", 2));
        for (const Table& table :
             {comparisonTable({run}), *levelTable(*run), valueTable(*decodeRun(run)), groupTable(run)})
            for (const Column& column : table.columns) {
                QVERIFY2(!column.label.empty() && column.help.ends_with('.'), column.id.c_str());
            }
    }

    void stoppingStops() {
        const RunPtr run = runOf(*generate("normal", 2000, 1), specOf("kmeans", 4, Grouping::block(10)));
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(levelTable(*run, {}, {stop.get_token(), {}}).error().code, ErrorCode::Cancelled);
        QCOMPARE(decodeRun(run, {stop.get_token(), {}}).error().code, ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(TablesTest)
#include "tst_tables.moc"
