// A tensor larger than the memory budget in the window: fitted live from groups, then measured whole; views that need
// every value say so in their place.
#include "core/study/generated.h"
#include "ui/dialogs/preferences_dialog.h"
#include "ui/panels/channels_page.h"
#include "ui/panels/distribution_page.h"
#include "ui/panels/error_page.h"
#include "ui/panels/matrix_page.h"
#include "ui/panels/media_page.h"
#include "ui/panels/tables_panel.h"
#include "ui/session/session.h"
#include "ui/session/settings.h"
#include "ui/widgets/coarse_text.h"
#include "ui/widgets/text_label.h"

#include <QDoubleSpinBox>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include <algorithm>

using namespace quantoscope;
using namespace quantoscope::ui;

namespace {

constexpr std::uint64_t kBudget = 4'000'000;
constexpr std::int64_t kRows = 20000, kColumns = 8;

void addMatrix(Session& session) {
    Tensor tensor = generate("normal", static_cast<std::uint64_t>(kRows * kColumns), 1).value();
    tensor.info.shape = {kRows, kColumns};
    session.library().add(QStringLiteral("matrix"), {std::move(tensor)}, {"normal", 1, 1});
}

/// Whether a sentence about the budget is on screen.
bool saysTooLarge(const QWidget& page) {
    const auto labels = page.findChildren<TextLabel*>();
    return std::any_of(labels.begin(), labels.end(), [](const TextLabel* label) {
        return label->isVisible() && label->text().contains(QLatin1String("memory budget (4 MB)"));
    });
}

} // namespace

class TestMemoryBudget : public QObject {
    Q_OBJECT

private slots:
    void aLargeTensorIsFittedFromGroupsAndMeasuredWhole() {
        Session session;
        session.setMemoryBudget(kBudget);
        std::vector<RunPtr> shown;
        connect(&session, &Session::changed, this, [&](Aspects aspects) {
            if (aspects.testFlag(Aspect::Run) && session.shown()) shown.push_back(session.shown());
        });
        QSignalSpy failed(&session, &Session::failed);
        addMatrix(session);
        QTRY_VERIFY(session.settled());
        QVERIFY(!session.data()->resident());
        QVERIFY(session.distribution()->isCoarse());
        QVERIFY(shown.size() >= 2);
        const RunPtr preview = shown.front(), exact = shown.back();
        QVERIFY(preview->coarsening && preview->coarsening->mseBound > 0);
        QVERIFY(exact->coarsening && exact->coarsening->mseBound == 0);
        QCOMPARE(exact->measuredValues, std::uint64_t{kRows * kColumns});
        QVERIFY(!coarseRemark(*preview, 1).isEmpty() && coarseRemark(*preview, 1) != coarseRemark(*exact, 1));
        QVERIFY(coarseExplanation(*exact).contains(QLatin1String("memory budget")));
        QTRY_VERIFY(!session.sweep().empty() && !session.sweepRunning() && session.activity().isEmpty());
        QVERIFY(!session.speed());
        QCOMPARE(failed.count(), 0);
        session.measureSpeedNow();
        QTRY_COMPARE(failed.count(), 1);
    }

    void groupingWorksToo_data() {
        QTest::addColumn<QString>("grouping");
        for (const char* grouping : {"channel:0", "channel:1", "block:8"}) QTest::newRow(grouping) << grouping;
    }
    void groupingWorksToo() {
        QFETCH(QString, grouping);
        Session session;
        session.setMemoryBudget(16 * kBudget / 10);
        addMatrix(session);
        QTRY_VERIFY(session.settled());
        QVERIFY(!session.data()->resident());
        QuantSpec spec = session.spec();
        spec.scheme = "affine";
        spec.grouping = parseGrouping(grouping.toStdString()).value();
        session.setSpec(spec, QStringLiteral("group"));
        QTRY_VERIFY(session.settled() && session.run()->spec().grouping == spec.grouping);
        QVERIFY(session.run()->exact && session.levels());
        session.setSelectedGroup(3);
        QTRY_VERIFY(session.settled());
    }

    void anotherBudgetReadsTheTensorAnew() {
        Session session;
        session.setMemoryBudget(kBudget);
        addMatrix(session);
        QTRY_VERIFY(session.settled());
        QVERIFY(!session.data()->resident());
        session.setMemoryBudget(std::uint64_t{1} << 30);
        QTRY_VERIFY(session.settled() && session.data() && session.data()->resident());
        QVERIFY(session.run()->exact && !session.run()->coarsening);
        const PreparedTensorPtr before = session.data();
        session.setMemoryBudget(std::uint64_t{1} << 31); // enough either way
        QCOMPARE(session.data(), before);
    }

    void viewsThatNeedAllValuesSaySo() {
        Session session;
        session.setMemoryBudget(kBudget);
        ErrorPage errors(session);
        MatrixPage matrix(session);
        MediaPage media(session);
        DistributionPage distribution(session);
        ChannelsPage channels(session);
        TablesPanel tables(session);
        tables.setTab(TablesPanel::Values);
        for (QWidget* page :
             std::initializer_list<QWidget*>{&errors, &matrix, &media, &distribution, &channels, &tables})
            page->show();
        addMatrix(session);
        QTRY_VERIFY(session.settled());
        QVERIFY(saysTooLarge(errors) && saysTooLarge(matrix) && saysTooLarge(media) && saysTooLarge(tables));
        QVERIFY(!saysTooLarge(distribution));
        QCOMPARE(tables.table(TablesPanel::Values)->model()->rowCount(), 0);
        tables.setTab(TablesPanel::Levels);
        QTRY_COMPARE(tables.table(TablesPanel::Levels)->model()->rowCount(), 16);
        session.setMemoryBudget(std::uint64_t{1} << 30);
        QTRY_VERIFY(session.settled() && session.data() && session.data()->resident());
        QVERIFY(!saysTooLarge(errors) && !saysTooLarge(matrix) && !saysTooLarge(tables));
    }

    void theBudgetIsAPreference() {
        QSettings().remove(QStringLiteral("memoryBudget"));
        QCOMPARE(settings::memoryBudget(), defaultMemoryBudget());
        PreferencesDialog dialog;
        auto* field = dialog.findChild<QDoubleSpinBox*>();
        QVERIFY(field);
        QCOMPARE(field->value(), 0.0);
        field->setValue(1.5);
        QCOMPARE(settings::memoryBudget(), std::uint64_t{1'500'000'000});
        QCOMPARE(PreferencesDialog().findChild<QDoubleSpinBox*>()->value(), 1.5);
        field->setValue(0);
        QCOMPARE(settings::memoryBudget(), defaultMemoryBudget());
    }
};

QTEST_MAIN(TestMemoryBudget)
#include "tst_memory_budget.moc"
