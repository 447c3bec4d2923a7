// The confusion matrix: cells under pointer and keys, colours that tell right from wrong, many classes.
#include "tests/ui/plots/lab_fixture.h"
#include "ui/plots/lab_confusion_view.h"
#include "ui/theme/scheme_look.h"

#include <QSignalSpy>

using namespace quantoscope;
using namespace quantoscope::ui;
using namespace quantoscope::test;

namespace {

QStringList classes(int count) {
    QStringList names;
    for (int i = 0; i < count; ++i) names << QString::number(i);
    return names;
}

/// 40 right in each row; `errors` of truth 3 are taken for 1, one of truth 0 for 2.
std::vector<std::uint32_t> counts(int classCount, std::uint32_t errors = 9) {
    std::vector<std::uint32_t> result(static_cast<std::size_t>(classCount * classCount), 0);
    for (int i = 0; i < classCount; ++i) result[static_cast<std::size_t>(i * classCount + i)] = 40;
    result[static_cast<std::size_t>(3 * classCount + 1)] = errors;
    result[2] = 1;
    return result;
}

std::unique_ptr<ConfusionView> viewOf(int classCount, QSize size = {520, 440}) {
    auto view = std::make_unique<ConfusionView>();
    view->setCounts(counts(classCount), classes(classCount), QStringLiteral("Static (PTQ)"));
    return shown(std::move(view), size);
}

} // namespace

class TestLabConfusionView : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp); }
    void cleanup() { theme().setPreference(Theme::Preference::Light); }

    void rowsAreTruthAndColumnsPrediction() {
        const auto view = viewOf(10);
        QVERIFY(view->cellRect(3, 1).top() > view->cellRect(0, 1).top());
        QVERIFY(view->cellRect(3, 1).left() < view->cellRect(3, 3).left());
        QCOMPARE(view->cellAt(view->cellRect(3, 1).center()), std::optional(QPoint(1, 3)));
        QCOMPARE(view->cellText(3, 1), QStringLiteral("truth 3, predicted 1: 9 of 49"));
        QVERIFY(QRectF(view->rect()).contains(view->cellRect(9, 9)));
        QVERIFY(!view->cellAt(QPointF(1, 1)));
    }

    void aClickTellsTruthAndPrediction() {
        const auto view = viewOf(10);
        QSignalSpy clicked(view.get(), &ConfusionView::cellClicked);
        QTest::mouseClick(view.get(), Qt::LeftButton, {}, view->cellRect(3, 1).center().toPoint());
        QCOMPARE(clicked.size(), 1);
        QCOMPARE(clicked.last().at(0).toInt(), 3);
        QCOMPARE(clicked.last().at(1).toInt(), 1);
        QTest::mouseClick(view.get(), Qt::LeftButton, {}, QPoint(2, 2));
        QCOMPARE(clicked.size(), 1);
    }

    void hoverTellsTheCell() {
        const auto view = viewOf(10);
        QSignalSpy hovered(view.get(), &ConfusionView::cellHovered);
        QTest::mouseMove(view.get(), view->cellRect(3, 1).center().toPoint());
        QTRY_VERIFY(!hovered.isEmpty());
        QCOMPARE(hovered.last().at(0).toInt(), 3);
        QCOMPARE(hovered.last().at(1).toInt(), 1);
        QCOMPARE(view->accessibleDescription(), view->cellText(3, 1));
        leave(view.get());
        QCOMPARE(hovered.last().at(0).toInt(), -1);
        QVERIFY(view->accessibleDescription().isEmpty());
    }

    void arrowKeysGoFromCellToCellAndEnterChooses() {
        const auto view = viewOf(10);
        QSignalSpy clicked(view.get(), &ConfusionView::cellClicked);
        QTest::keyClick(view.get(), Qt::Key_Return);
        QVERIFY(clicked.isEmpty());
        QTest::keyClick(view.get(), Qt::Key_Down); // to the first cell
        for (int i = 0; i < 3; ++i) QTest::keyClick(view.get(), Qt::Key_Down);
        QTest::keyClick(view.get(), Qt::Key_Right);
        QTest::keyClick(view.get(), Qt::Key_Return);
        QCOMPARE(clicked.size(), 1);
        QCOMPARE(clicked.last().at(0).toInt(), 3);
        QCOMPARE(clicked.last().at(1).toInt(), 1);
        for (int i = 0; i < 20; ++i) QTest::keyClick(view.get(), Qt::Key_Left);
        QCOMPARE(view->accessibleDescription(), view->cellText(3, 0));
    }

    void rightAndWrongDifferInHueInBothThemes() {
        for (const auto preference : {Theme::Preference::Light, Theme::Preference::Dark}) {
            theme().setPreference(preference);
            const auto view = viewOf(10);
            const QColor right = view->cellColor(0, 0);
            const QColor wrong = view->cellColor(3, 1);
            const QColor none = view->cellColor(5, 6);
            QVERIFY(right.blue() > right.red() + 40);
            QVERIFY(wrong.red() > wrong.blue() + 40);
            QVERIFY(contrastRatio(none, colors().surface) < 1.3);
            QVERIFY2(contrastRatio(view->cellColor(0, 2), none) > 1.15, "a single error is seen");
            for (const QColor& fill : {right, wrong, view->cellColor(0, 2)})
                QVERIFY2(std::max(contrastRatio(lightPalette().text, fill),
                                  contrastRatio(lightPalette().surface, fill)) >= 4,
                         "numbers can be read");
        }
    }

    void numbersDropForManyClasses() {
        QVERIFY(viewOf(10)->hasNumbers());
        QVERIFY(viewOf(20, {700, 700})->hasNumbers());
        QVERIFY(!viewOf(21, {700, 700})->hasNumbers());
        QVERIFY2(!viewOf(20, {260, 240})->hasNumbers(), "too small");
    }

    void veryManyClassesSharePixelsAndErrorsAreSeen() {
        const auto view = viewOf(1000, {300, 300});
        const QImage image = view->image({}, 1);
        const QPointF at = view->cellRect(3, 1).center();
        bool found = false; // between right answers that would cover it
        for (int y = -2; y <= 2; ++y)
            for (int x = -2; x <= 2; ++x) {
                const QColor color = image.pixelColor(at.toPoint() + QPoint(x, y));
                found = found || color.red() > color.blue() + 40;
            }
        QVERIFY(found);
        QCOMPARE(view->cellAt(view->cellRect(500, 600).center()), std::optional(QPoint(600, 500)));
    }

    void theChosenCellIsKeptWhileClassesAreTheSame() {
        const auto view = viewOf(10);
        view->setSelectedCell(3, 1);
        const QImage chosen = view->image({}, 1);
        view->setCounts(counts(10), classes(10), QStringLiteral("Static (PTQ)"));
        QCOMPARE(view->image({}, 1), chosen);
        view->setSelectedCell(-1, -1);
        QVERIFY(view->image({}, 1) != chosen);
    }

    void anEmptyViewSaysHowToFillIt() {
        const auto view = viewOf(10);
        QTest::mouseMove(view.get(), view->cellRect(3, 1).center().toPoint());
        view->setCounts({}, {});
        QVERIFY(!view->cellAt(view->rect().center()));
        QVERIFY(view->accessibleDescription().isEmpty());
        QSignalSpy clicked(view.get(), &ConfusionView::cellClicked);
        QTest::mouseClick(view.get(), Qt::LeftButton, {}, view->rect().center());
        QTest::keyClick(view.get(), Qt::Key_Down);
        QTest::keyClick(view.get(), Qt::Key_Return);
        QVERIFY(clicked.isEmpty());
        QVERIFY(colourCount(view->image({}, 1)) > 5);
    }
};

QTEST_MAIN(TestLabConfusionView)
#include "tst_lab_confusion_view.moc"
