// The wall of samples and the cards it shows: on which methods disagree, pictures of what was learnt from, keys.
#include "tests/ui/plots/lab_fixture.h"
#include "ui/plots/lab_sample_grid.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

using namespace quantoscope;
using namespace quantoscope::ui;
using namespace quantoscope::test;

namespace {

constexpr int kSamples = 40;

DatasetPtr dataset(bool pictures) {
    auto data = std::make_shared<Dataset>();
    data->sampleShape = pictures ? Shape{2, 2, 1} : Shape{4};
    data->classes = {"zero", "one", "two"};
    if (!pictures) data->features = {"length", "width", "height", "weight"};
    for (int i = 0; i < kSamples; ++i) {
        for (const float value : {0.0f, 4.0f, 8.0f, 16.0f}) data->inputs.push_back(value);
        data->labels.push_back(i % 3);
    }
    return data;
}

// FP32 is always right; static takes every fourth sample, QAT every eighth for the next class.
std::vector<LabRowPtr> rows() {
    std::vector<LabRowPtr> result;
    for (const auto& [method, every] : {std::pair{LabMethod::Float, 0}, {LabMethod::Static, 4}, {LabMethod::Qat, 8}}) {
        auto row = std::make_shared<LabRow>(*labRow(method, 8, 0.9, 1.0));
        for (int i = 0; i < kSamples; ++i)
            row->score.predictions.push_back(every && i % every == 0 ? (i + 1) % 3 : i % 3);
        result.push_back(row);
    }
    return result;
}

std::unique_ptr<SampleGrid> gridOf(bool pictures, QSize size = {640, 320}) {
    auto grid = std::make_unique<SampleGrid>();
    const DatasetPtr data = dataset(pictures);
    const auto all = rows();
    grid->setSamples(data, inputRange(*data), sampleCards(*data, all, disagreeing(all, 100)));
    return shown(std::move(grid), size);
}

} // namespace

class TestLabSampleGrid : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp); }
    void cleanup() { theme().setPreference(Theme::Preference::Light); }

    void methodsDisagreeWhereOneOfThemDiffers() {
        const auto all = rows();
        std::vector<std::size_t> expected;
        for (std::size_t i = 0; i < kSamples; i += 4) expected.push_back(i);
        QCOMPARE(disagreeing(all, 100), expected);
        QCOMPARE(disagreeing(all, 3), (std::vector<std::size_t>{0, 4, 8}));
        QVERIFY2(disagreeing(std::span(all).first(1), 100).empty(), "one alone has nobody to disagree with");
        QVERIFY2(disagreeing(labRows(), 100).empty(), "rows without predictions have no say");
    }

    void theSamplesOfACell() {
        const auto all = rows();
        const auto samples = samplesOfCell(*dataset(true), *all[1], 1, 2, 100);
        QCOMPARE(samples, (std::vector<std::size_t>{4, 16, 28}));
        QVERIFY(samplesOfCell(*dataset(true), *all[1], 1, 0, 100).empty());
    }

    void aCardTellsTruthAndEveryAnswer() {
        const auto grid = gridOf(true);
        QCOMPARE(grid->cardCount(), 10);
        QCOMPARE(grid->card(1).index, std::size_t(4));
        QCOMPARE(grid->cardText(1),
                 QStringLiteral("Sample 4, truth one; FP32: one, right; Static (PTQ): two; QAT: one, right"));
    }

    void aPictureIsScaledToTheRangeOfTheData() {
        const DatasetPtr data = dataset(true);
        const QImage image = sampleImage(*data, 0, inputRange(*data));
        QCOMPARE(image.size(), QSize(2, 2));
        QCOMPARE(image.pixel(0, 0), qRgb(0, 0, 0));
        QCOMPARE(image.pixel(1, 0), qRgb(64, 64, 64));
        QCOMPARE(image.pixel(1, 1), qRgb(255, 255, 255));
        QVERIFY2(sampleImage(*dataset(false), 0, {0, 1}).isNull(), "a table has no picture");
        auto colour = std::make_shared<Dataset>();
        colour->sampleShape = {1, 1, 3};
        colour->inputs = {1, 0, 0.5f};
        colour->labels = {0};
        QCOMPARE(sampleImage(*colour, 0, {0, 1}).pixel(0, 0), qRgb(255, 0, 128));
    }

    void thePictureIsOnItsCard() {
        const auto grid = gridOf(true);
        QVERIFY(grid->showsPictures());
        const QImage image = grid->viewport()->grab().toImage();
        const QRect card = grid->visualRect(grid->model()->index(0, 0));
        // The picture's lower right pixel is white, its upper left black.
        QCOMPARE(image.pixelColor(card.topLeft() + QPoint(20, 20)), QColor(Qt::black));
        QCOMPARE(image.pixelColor(card.topLeft() + QPoint(80, 80)), QColor(Qt::white));
    }

    void tablesGetTheirFeaturesInstead() {
        const auto grid = gridOf(false);
        QVERIFY(!grid->showsPictures());
        const auto pictures = gridOf(true);
        QVERIFY2(grid->visualRect(grid->model()->index(0, 0)).width() >
                     pictures->visualRect(pictures->model()->index(0, 0)).width(),
                 "names and values take more room than a picture");
        QVERIFY(colourCount(grid->viewport()->grab().toImage()) > 20);
    }

    void arrowKeysGoFromCardToCardAndEnterOpens() {
        const auto grid = gridOf(true);
        QSignalSpy activated(grid.get(), &SampleGrid::sampleActivated);
        grid->activateWindow();
        grid->setFocus(Qt::TabFocusReason);
        QTRY_VERIFY(grid->hasFocus());
        QCOMPARE(grid->currentIndex().row(), 0);
        QTest::keyClick(grid.get(), Qt::Key_Right);
        QCOMPARE(grid->currentIndex().row(), 1);
        QTest::keyClick(grid.get(), Qt::Key_Return);
        QCOMPARE(activated.size(), 1);
        QCOMPARE(activated.last().first().value<std::size_t>(), std::size_t(4));
        QTest::keyClick(grid.get(), Qt::Key_End);
        QCOMPARE(grid->currentIndex().row(), 9);
        QVERIFY2(grid->viewport()->rect().contains(grid->visualRect(grid->currentIndex())), "it scrolls to it");
    }

    void aDoubleClickOpensACard() {
        const auto grid = gridOf(true);
        QSignalSpy activated(grid.get(), &SampleGrid::sampleActivated);
        const QPoint at = grid->visualRect(grid->model()->index(2, 0)).center();
        QTest::mouseClick(grid->viewport(), Qt::LeftButton, {}, at);
        QCOMPARE(grid->currentIndex().row(), 2);
        QTest::mouseDClick(grid->viewport(), Qt::LeftButton, {}, at);
        QCOMPARE(activated.size(), 1);
        QCOMPARE(activated.last().first().value<std::size_t>(), std::size_t(8));
    }

    void cardsFlowWithTheWidth() {
        const auto grid = gridOf(true);
        const auto columns = [&] {
            int count = 0;
            const int top = grid->visualRect(grid->model()->index(0, 0)).top();
            for (int i = 0; i < grid->cardCount(); ++i)
                count += grid->visualRect(grid->model()->index(i, 0)).top() == top;
            return count;
        };
        const int wide = columns();
        grid->resize(260, 320);
        QTRY_COMPARE(columns(), 1);
        QVERIFY(wide > 1);
    }

    void theModelHoldsWhatModelsMust() {
        const auto grid = gridOf(true);
        QAbstractItemModelTester tester(grid->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        grid->setSamples(dataset(false), {0, 16}, {});
        QCOMPARE(grid->cardCount(), 0);
    }

    void anEmptyGridSaysWhatWillBeHere() {
        for (const auto preference : {Theme::Preference::Light, Theme::Preference::Dark}) {
            theme().setPreference(preference);
            auto grid = shown(std::make_unique<SampleGrid>(), {400, 200});
            const QImage before = grid->viewport()->grab().toImage();
            QVERIFY(colourCount(before) > 5);
            grid->setEmptyText(QStringLiteral("All methods agree on every sample"));
            QVERIFY(grid->viewport()->grab().toImage() != before);
        }
    }
};

QTEST_MAIN(TestLabSampleGrid)
#include "tst_lab_sample_grid.moc"
