// Data sets out of files: tables with labels in words and numbers, arrays x and y, and what cannot be learnt from.
#include "core/formats/format_registry.h"
#include "core/study/lab_data.h"
#include "tests/support/data.h"
#include "tests/support/scratch_folder.h"

#include <QTest>

#include <algorithm>
#include <numeric>

using namespace quantoscope;
using test::ScratchFolder;

namespace {

using Values = std::vector<float>;
using Labels = std::vector<std::int32_t>;
using Names = std::vector<std::string>;

LabData loaded(const std::filesystem::path& path, const LabDataOptions& options = {}) {
    auto data = loadLabData(path, options);
    if (!data) qFatal("%s", data.error().message().c_str());
    return std::move(*data);
}

Names said(const std::vector<Phrase>& phrases) {
    Names all;
    for (const Phrase& phrase : phrases) all.push_back(phrase.english());
    return all;
}

/// count values 0, 1, 2, ...
Tensor counting(const char* name, const Shape& shape, DType dtype = DType::F32) {
    Values values(static_cast<std::size_t>(elementCount(shape).value()));
    std::iota(values.begin(), values.end(), 0.0f);
    return makeTensor(name, shape, std::move(values), dtype);
}

std::filesystem::path writeArrays(const ScratchFolder& folder, const std::vector<Tensor>& tensors,
                                  const char* extension = "npz") {
    const auto path = folder.path("data").replace_extension(extension);
    const Status status = formatForExtension(extension)->write(path, tensors, {});
    if (!status) qFatal("%s", status.error().message().c_str());
    return path;
}

} // namespace

class TestLabData : public QObject {
    Q_OBJECT

private slots:
    void theSampleOfWines() {
        const auto path = test::dataPath("../../resources/samples/wine.csv");
        const LabData wine = loaded(path);
        QCOMPARE(wine.file, path);
        QCOMPARE(wine.label, std::string("class"));
        QCOMPARE(wine.dropped, std::uint64_t{0});
        QVERIFY(wine.notes.empty());
        const Dataset& data = wine.data;
        QCOMPARE(data.name, std::string("wine.csv"));
        QCOMPARE(data.sampleShape, Shape{13});
        QCOMPARE(data.count(), std::size_t{178});
        QCOMPARE(data.classes, (Names{"0", "1", "2"}));
        QCOMPARE(data.features.front(), std::string("alcohol"));
        QCOMPARE(data.features.back(), std::string("proline"));
        // load_wine() of scikit-learn 1.9.1: numpy.bincount(target).
        QCOMPARE(std::ranges::count(data.labels, 0), 59);
        QCOMPARE(std::ranges::count(data.labels, 1), 71);
        QCOMPARE(std::ranges::count(data.labels, 2), 48);
        QVERIFY(std::ranges::equal(data.sample(0), Values{14.23f, 1.71f, 2.43f, 15.6f, 127, 2.8f, 3.06f, 0.28f, 2.29f,
                                                          5.64f, 1.04f, 3.92f, 1065}));
        QCOMPARE(suggestedNormalisation(data), Normalisation::Standard);
    }

    void theSampleOfDigitsHasItsLabelLast() {
        const LabData digits = loaded(test::dataPath("../../resources/samples/digits.csv"));
        QCOMPARE(digits.label, std::string("column 65"));
        QCOMPARE(digits.data.sampleShape, Shape{64});
        QCOMPARE(digits.data.classes, (Names{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}));
        QCOMPARE(digits.data.labels[5], 5);
    }

    void labelsMayBeWords() {
        const ScratchFolder folder;
        const auto path = folder.write("iris.csv", "Id,length,Species,width\n1,5.1,setosa,3.5\n2,7,versicolor,3.2\n"
                                                   "3,6.3,\"virginica \",3.3\n4,4.9,setosa,3\n");
        const LabData iris = loaded(path);
        QCOMPARE(iris.label, std::string("Species"));
        QCOMPARE(iris.data.classes, (Names{"setosa", "versicolor", "virginica"}));
        QCOMPARE(iris.data.labels, (Labels{0, 1, 2, 0}));
        QCOMPARE(iris.data.features, (Names{"length", "width"}));
        QCOMPARE(iris.data.inputs, (Values{5.1f, 3.5f, 7, 3.2f, 6.3f, 3.3f, 4.9f, 3}));
        QCOMPARE(said(iris.notes), (Names{"Column \"Id\" only counts the rows."}));
    }

    void wordsMayLookLikeNumbers() {
        const ScratchFolder folder;
        const LabData data = loaded(folder.write("a.csv", "x,label\n1,10\n2,9\n3,B\n4,10\n"));
        QCOMPARE(data.data.classes, (Names{"10", "9", "B"}));
        QCOMPARE(data.data.labels, (Labels{0, 1, 2, 0}));
    }

    void numbersAreClassesInTheirOrder() {
        const ScratchFolder folder;
        const LabData data = loaded(folder.write("a.csv", "x,label\n1,10\n2,9\n3,-2\n4,10.0\n"));
        QCOMPARE(data.data.classes, (Names{"-2", "9", "10"}));
        QCOMPARE(data.data.labels, (Labels{2, 1, 0, 2}));
    }

    void theLabelIsChosenByNameOrNumber_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("wanted");
        QTest::addColumn<QString>("label");
        const QByteArray named = "a,2,target,b\n0,1,2,3\n1,0,3,3\n0,1,4,4\n";
        QTest::newRow("by its name") << named << "b"
                                     << "b";
        QTest::newRow("by its number") << named << "1"
                                       << "a";
        QTest::newRow("a name that is a number comes first") << named << "2"
                                                             << "2";
        QTest::newRow("the usual name unless told") << named << ""
                                                    << "target";
        QTest::newRow("the last one without a usual name") << QByteArray("a,b\n0,1\n1,0\n") << ""
                                                           << "b";
        QTest::newRow("by its number without a header") << QByteArray("0,1,2\n1,1,3\n") << "1"
                                                        << "column 1";
        QTest::newRow("the last one without a header") << QByteArray("0,1,2\n1,1,3\n") << ""
                                                       << "column 3";
        QTest::newRow("not one that is empty") << QByteArray("a,b,label\n0,1,\n1,0,\n") << ""
                                               << "b";
        QTest::newRow("the most usual of several") << QByteArray("y,class,b\n0,1,3\n1,0,4\n") << ""
                                                   << "class";
    }
    void theLabelIsChosenByNameOrNumber() {
        QFETCH(QByteArray, text);
        QFETCH(QString, wanted);
        const ScratchFolder folder;
        const auto path = folder.write("a.csv", text);
        QTEST(QString::fromStdString(loaded(path, {.label = wanted.toStdString()}).label), "label");
        if (!wanted.isEmpty()) return;
        const LabelColumns columns = labelColumns(path).value();
        QTEST(QString::fromStdString(columns.columns[columns.suggested].name), "label");
    }

    void autoTellsClassesFromNumbers_data() {
        QTest::addColumn<int>("different");
        QTest::addColumn<QByteArray>("suffix");
        QTest::addColumn<bool>("classes");
        QTest::newRow("64 whole numbers are classes") << 64 << QByteArray() << true;
        QTest::newRow("65 are not") << 65 << QByteArray() << false;
        QTest::newRow("two fractions are not") << 2 << QByteArray(".5") << false;
        QTest::newRow("64 words are classes") << 64 << QByteArray("a") << true;
    }
    void autoTellsClassesFromNumbers() {
        QFETCH(int, different);
        QFETCH(QByteArray, suffix);
        QFETCH(bool, classes);
        const ScratchFolder folder;
        QByteArray text = "x,y\n";
        for (int i = 0; i < 2 * different; ++i)
            text += QByteArray::number(i) + ".5," + QByteArray::number(i % different) + suffix + '\n';
        const auto path = folder.write("a.csv", text);
        const LabData data = loaded(path);
        QCOMPARE(data.data.isClassification(), classes);
        QCOMPARE(data.data.outputCount(), classes ? static_cast<std::size_t>(different) : std::size_t{1});
        QCOMPARE(data.data.targets.empty(), classes);
        QCOMPARE(labelColumns(path).value().columns[1].task, classes ? LabTask::Classification : LabTask::Regression);
    }

    void theTaskMayBeAskedFor() {
        const ScratchFolder folder;
        const auto path = folder.write("a.csv", "x,y\n1,0\n2,1\n3,1\n");
        const LabData numbers = loaded(path, {.task = LabTask::Regression});
        QVERIFY(!numbers.data.isClassification());
        QCOMPARE(numbers.data.targets, (Values{0, 1, 1}));
        QByteArray many = "x,y\n";
        for (int i = 0; i < 100; ++i) many += "1," + QByteArray::number(i) + '\n';
        QCOMPARE(loaded(folder.write("b.csv", many), {.task = LabTask::Classification}).data.classes.size(),
                 std::size_t{100});
        QByteArray words = "x,y\n";
        for (int i = 0; i < 100; ++i) words += "1,w" + QByteArray::number(i) + '\n';
        QCOMPARE(loaded(folder.write("c.csv", words), {.task = LabTask::Classification}).data.classes.size(),
                 std::size_t{100});
    }

    void rowsThatLackACellAreDroppedAndCounted() {
        const ScratchFolder folder;
        const auto path = folder.write("a.csv", "x,z,note,species,empty\n1,2,hm,a,\n,3,hm,b,\n4,NA,,a,\n5,6,,b,\n"
                                                "7,8,hm,,\n9,1,hm,c,\n");
        const LabData data = loaded(path, {.label = "species"});
        QCOMPARE(data.dropped, std::uint64_t{3});
        QCOMPARE(data.data.inputs, (Values{1, 2, 5, 6, 9, 1}));
        QCOMPARE(data.data.labels, (Labels{0, 1, 2}));
        QCOMPARE(said(data.notes), (Names{"Column \"note\" holds text, such as \"hm\".",
                                          "Column \"empty\" holds no value.", "3 rows lack a cell and were dropped."}));
        // A class that only dropped rows had is none.
        const LabData two = loaded(folder.write("b.csv", "x,y\n1,a\n2,b\n,c\n"));
        QCOMPARE(two.data.classes, (Names{"a", "b"}));
        QCOMPARE(said(two.notes), (Names{"1 row lacks a cell and was dropped."}));
    }

    void rowNumbersAreLeftOutOnlyWhereTheyAreNoMore_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("features");
        QTest::newRow("an index without a name") << QByteArray(",x,y\n0,5,0\n1,6,1\n2,7,1\n") << "x";
        QTest::newRow("from 1") << QByteArray("id,x,y\n1,5,0\n2,6,1\n3,7,1\n") << "x";
        QTest::newRow("with a meaning") << QByteArray("day,x,y\n1,5,0\n2,6,1\n3,7,1\n") << "day, x";
        QTest::newRow("not one by one") << QByteArray("id,x,y\n1,5,0\n3,6,1\n4,7,1\n") << "id, x";
        QTest::newRow("not first") << QByteArray("x,id,y\n5,1,0\n6,2,1\n7,3,1\n") << "x, id";
    }
    void rowNumbersAreLeftOutOnlyWhereTheyAreNoMore() {
        QFETCH(QByteArray, text);
        const ScratchFolder folder;
        QStringList features;
        for (const std::string& name : loaded(folder.write("a.csv", text)).data.features)
            features.append(QString::fromStdString(name));
        QTEST(features.join(", "), "features");
    }

    void columnsAreOfferedAsLabels() {
        const ScratchFolder folder;
        const LabelColumns offered =
            labelColumns(folder.write("a.csv", "x,word,none,Class\n1.5,a,,0\n2,b,,1\n")).value();
        QCOMPARE(offered.columns.size(), std::size_t{3});
        QCOMPARE(offered.suggested, std::size_t{2});
        QCOMPARE(offered.columns[0].task, LabTask::Regression);
        QVERIFY(offered.columns[1].text);
        QCOMPARE(offered.columns[1].task, LabTask::Classification);
        QCOMPARE(offered.columns[2].name, std::string("Class"));
        QVERIFY(!offered.columns[2].text);
        const auto arrays = writeArrays(folder, {counting("x", {4, 2}), counting("y", {4}, DType::I32)});
        QVERIFY(labelColumns(arrays).value().columns.empty());
    }

    void dialectsAreReadAsTablesAre() {
        const ScratchFolder folder;
        const LabData data = loaded(folder.write("a.tsv", "x\tart\n1,5\trot\n2,5\tblau\n"), {});
        QCOMPARE(data.data.inputs, (Values{1.5f, 2.5f}));
        QCOMPARE(data.data.classes, (Names{"blau", "rot"}));
        const OpenOptions noHeader{{}, {}, false};
        QCOMPARE(loaded(folder.write("b.csv", "1,2\n3,4\n"), {.open = noHeader}).data.count(), std::size_t{2});
    }

    void refusesTablesThatCannotBeLearntFrom_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("label");
        QTest::addColumn<LabTask>("task");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* name, const QByteArray& text, const char* label, ErrorCode code,
                            const char* reason, LabTask task = LabTask::Auto) {
            QTest::newRow(name) << text << QString(label) << task << code << QString(reason);
        };
        const auto invalid = ErrorCode::InvalidArgument, unsupported = ErrorCode::Unsupported;
        row("a label that is not there", "a,b\n1,2\n2,1\n", "c", ErrorCode::NotFound,
            "column \"c\": there is none; there are 2 columns: \"a\", \"b\"");
        row("column 0", "a,b\n1,2\n", "0", ErrorCode::NotFound, "column \"0\": there is none");
        row("a column too far", "a,b\n1,2\n", "3", ErrorCode::NotFound, "column \"3\": there is none");
        row("one class", "a,b\n1,2\n2,2\n", "", invalid, "column \"b\": every sample is of one class, \"2\"");
        row("one word", "a,b\n1,w\n2,w\n", "", invalid, "every sample is of one class, \"w\"");
        row("a label without a value", "a,b\n1,\n2,\n", "b", invalid, "column \"b\": holds no value");
        row("nothing but text to learn from", "a,b\nx,1\ny,2\n", "b", unsupported,
            "no column of numbers is left to learn from: Column \"a\" holds text, such as \"x\"");
        row("nothing but a label", "b\n1\n2\n", "", unsupported, "no column of numbers is left");
        row("a cell in every row missing", "a,b,c\n1,,0\n,2,1\n", "", unsupported, "every row lacks a cell");
        row("a header alone", "a,b\n", "", unsupported, "there are no rows in it");
        row("rows of different lengths", "a,b,c\n1,2,3\n1,2\n", "", ErrorCode::Malformed, "line 3: 2 cells");
        row("a NaN among the features", "a,b\n1,0\nnan,1\n", "", ErrorCode::NonFinite,
            "row 2, column \"a\": nan is no");
        row("an infinity among the targets", "a,b\n1,0.5\n2,-inf\n", "", ErrorCode::NonFinite,
            "row 2, column \"b\": -inf is no");
        row("a number beyond float32", "a,b\n1e39,0\n2,1\n", "", ErrorCode::NonFinite, "row 1, column \"a\": inf");
        row("words to be predicted as numbers", "a,b\n1,w\n2,v\n", "", invalid,
            "column \"b\": holds text, such as \"w\": only numbers can be predicted", LabTask::Regression);
        row("fractions to be told apart", "a,b\n1,0\n2,1.5\n", "", invalid,
            "column \"b\": holds 1.5, and classes are words or whole numbers", LabTask::Classification);
        row("numbers too large to be told apart", "a,b\n1,16777216\n2,16777217\n", "", invalid,
            "too large to be told apart");
        QByteArray words = "a,b\n", numbers = words;
        for (int i = 0; i <= 1000; ++i) {
            words += "1,w" + QByteArray::number(i) + '\n';
            numbers += "1," + QByteArray::number(i) + '\n';
        }
        row("more words than anyone means", words, "", invalid,
            "more than 64 different words, such as \"w0\": classes");
        row("more words than fit", words, "", invalid, "more than 1000 different words", LabTask::Classification);
        row("more numbers than fit", numbers, "", invalid, "more than 1000 classes", LabTask::Classification);
        row("an empty file", "", "", ErrorCode::Malformed, "the file is empty");
        row("a zero byte", QByteArray("a,b\n1,\0", 7), "", unsupported, "the content is not that");
    }
    void refusesTablesThatCannotBeLearntFrom() {
        QFETCH(QByteArray, text);
        QFETCH(QString, label);
        QFETCH(LabTask, task);
        QFETCH(QString, reason);
        const ScratchFolder folder;
        const auto data = loadLabData(folder.write("a.csv", text), {label.toStdString(), task, {}});
        QVERIFY(!data);
        QTEST(data.error().code, "code");
        const QString message = QString::fromStdString(data.error().message());
        QVERIFY2(message.contains("a.csv") && message.contains(reason), qPrintable(message));
    }

    void arraysAreReadByTheirShape_data() {
        QTest::addColumn<Shape>("x");
        QTest::addColumn<Shape>("sample");
        QTest::addColumn<Values>("second"); // the second sample
        QTest::newRow("numbers") << Shape{3} << Shape{1} << Values{1};
        QTest::newRow("features") << Shape{3, 2} << Shape{2} << Values{2, 3};
        QTest::newRow("grey pictures") << Shape{3, 1, 2} << Shape{1, 2, 1} << Values{2, 3};
        QTest::newRow("channels last") << Shape{3, 1, 2, 3} << Shape{1, 2, 3} << Values{6, 7, 8, 9, 10, 11};
        QTest::newRow("channels first") << Shape{3, 3, 1, 2} << Shape{1, 2, 3} << Values{6, 8, 10, 7, 9, 11};
        QTest::newRow("one channel, first") << Shape{3, 1, 2, 2} << Shape{2, 2, 1} << Values{4, 5, 6, 7};
        QTest::newRow("either: channels are last") << Shape{3, 1, 2, 1} << Shape{1, 2, 1} << Values{2, 3};
    }
    void arraysAreReadByTheirShape() {
        QFETCH(Shape, x);
        QFETCH(Values, second);
        const ScratchFolder folder;
        for (const char* extension : {"npz", "safetensors"}) {
            const auto path = writeArrays(folder, {counting("x", x), counting("y", {3}, DType::U8)}, extension);
            const LabData data = loaded(path);
            QTEST(data.data.sampleShape, "sample");
            QVERIFY(std::ranges::equal(data.data.sample(1), second));
            QCOMPARE(data.data.labels, (Labels{0, 1, 2}));
            QCOMPARE(data.label, std::string("y"));
            QCOMPARE(suggestedNormalisation(data.data),
                     data.data.isPicture() ? Normalisation::Range : Normalisation::Standard);
        }
    }

    void arraysOfNumbersAreToBePredicted() {
        const ScratchFolder folder;
        const LabData one = loaded(writeArrays(folder, {counting("X", {3, 2}), counting("Y", {3}, DType::F64)}));
        QCOMPARE(one.data.targets, (Values{0, 1, 2}));
        QCOMPARE(one.data.outputCount(), std::size_t{1});
        const LabData two =
            loaded(writeArrays(folder, {counting("x", {3, 2}), counting("y", {3, 2}), counting("z", {1})}));
        QCOMPARE(two.data.outputCount(), std::size_t{2});
        QCOMPARE(said(two.notes), (Names{"Array \"z\" is neither x nor y."}));
        const auto integers = writeArrays(folder, {counting("x", {3, 2}), counting("y", {3, 1}, DType::I64)});
        QCOMPARE(loaded(integers).data.classes, (Names{"0", "1", "2"}));
        QCOMPARE(loaded(integers, {.task = LabTask::Regression}).data.targets, (Values{0, 1, 2}));
    }

    void refusesArraysThatCannotBeLearntFrom_data() {
        QTest::addColumn<std::vector<Tensor>>("tensors");
        QTest::addColumn<LabTask>("task");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* name, std::vector<Tensor> tensors, ErrorCode code, const char* reason,
                            LabTask task = LabTask::Auto) {
            QTest::newRow(name) << std::move(tensors) << task << code << QString(reason);
        };
        const Tensor x = counting("x", {3, 2}), y = counting("y", {3}, DType::I32);
        const auto invalid = ErrorCode::InvalidArgument, unsupported = ErrorCode::Unsupported;
        row("no x", {y}, ErrorCode::NotFound, "array \"x\": there is none");
        row("no y", {x, counting("z", {3})}, ErrorCode::NotFound, "and this file holds \"x\", \"z\"");
        row("more samples than labels", {x, counting("y", {2}, DType::I32)}, invalid,
            "array \"y\": holds 2 samples and x 3");
        row("more labels than samples", {x, counting("y", {4, 2})}, invalid, "array \"y\": holds 4 samples and x 3");
        row("several classes a sample", {x, counting("y", {3, 2}, DType::U8)}, invalid,
            "holds 2 numbers a sample; a class is one");
        row("one class", {x, makeTensor("y", {3}, {1, 1, 1}, DType::U8)}, invalid, "every sample is of one class");
        row("fractions as classes", {x, makeTensor("y", {3}, {0, 1, 0.5f})}, invalid, "array \"y\": holds 0.5",
            LabTask::Classification);
        row("a scalar for x", {counting("x", {}), y}, unsupported, "scalar is neither samples × features");
        row("a scalar for y", {x, counting("y", {})}, unsupported, "scalar is neither samples nor");
        row("films", {counting("x", {3, 1, 1, 1, 1}), y}, unsupported, "3 × 1 × 1 × 1 × 1 is neither");
        row("two channels", {counting("x", {3, 2, 4, 2}), y}, unsupported, "3 × 2 × 4 × 2 has neither last nor second");
        row("no samples", {counting("x", {0, 2}), counting("y", {0}, DType::I32)}, unsupported, "holds no value");
        row("samples of nothing", {counting("x", {3, 0}), y}, unsupported, "array \"x\": 3 × 0 holds no value");
        row("targets of nothing", {x, counting("y", {3, 0})}, unsupported, "3 × 0 is neither samples nor");
        row("an infinity in x", {makeTensor("x", {3, 1}, {1, 2, std::numeric_limits<float>::infinity()}), y},
            ErrorCode::NonFinite, "array \"x\", sample 3, value 1: inf");
        row("a NaN in y", {x, makeTensor("y", {3}, {1, std::nanf(""), 2})}, ErrorCode::NonFinite,
            "array \"y\", sample 2, value 1: nan");
    }
    void refusesArraysThatCannotBeLearntFrom() {
        QFETCH(std::vector<Tensor>, tensors);
        QFETCH(LabTask, task);
        QFETCH(QString, reason);
        const ScratchFolder folder;
        const auto data = loadLabData(writeArrays(folder, tensors), {.task = task});
        QVERIFY(!data);
        QTEST(data.error().code, "code");
        const QString message = QString::fromStdString(data.error().message());
        QVERIFY2(message.contains("data.npz") && message.contains(reason), qPrintable(message));
    }

    void whatIsNotTextOrArraysIsNamed() {
        const ScratchFolder folder;
        const Error picture = loadLabData(test::dataPath("../../resources/samples/ascent.png")).error();
        QCOMPARE(picture.code, ErrorCode::NotFound);
        QVERIFY(picture.detail.find("tables with a column of labels and arrays x and y") != std::string::npos);
        QCOMPARE(loadLabData(folder.path("none.csv")).error().code, ErrorCode::NotFound);
        // Text for y is no array that can be read; the error says that it is there.
        QCOMPARE(loadLabData(test::dataPath("formats/packed.npz")).error().code, ErrorCode::NotFound);
    }

    void stopsWhenTold() {
        std::stop_source stop;
        stop.request_stop();
        const JobControl job{stop.get_token(), {}};
        const ScratchFolder folder;
        const auto table = test::dataPath("../../resources/samples/wine.csv");
        QCOMPARE(loadLabData(table, {}, job).error().code, ErrorCode::Cancelled);
        QCOMPARE(labelColumns(table, {}, job).error().code, ErrorCode::Cancelled);
        const auto arrays = writeArrays(folder, {counting("x", {4, 2}), counting("y", {4}, DType::I32)});
        QCOMPARE(loadLabData(arrays, {}, job).error().code, ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(TestLabData)
#include "tst_lab_data.moc"
