// The trade-off view's choice of measured work, and what its measurements tell the comparison.
#include "core/study/generated.h"
#include "core/study/rate.h"
#include "ui/models/comparison_model.h"
#include "ui/panels/tables_panel.h"
#include "ui/panels/trade_off_page.h"
#include "ui/plots/rate_distortion_plot.h"
#include "ui/theme/theme.h"
#include "ui/widgets/segmented_switch.h"

#include <QComboBox>
#include <QHeaderView>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QStandardPaths>
#include <QTableView>
#include <QTest>

#include <cmath>

using namespace quantoscope;
using namespace quantoscope::ui;

class TestTradeOffPage : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void every_work_can_be_shown();
    void the_switch_shows_distances_to_the_bound();
    void a_run_of_other_settings_is_a_point_of_its_own();
    void the_fit_is_known_before_anything_is_measured();
    void a_product_is_for_matrices_and_some_bits();
    void the_comparison_shows_what_was_measured();
    void a_narrow_table_drops_columns_before_it_cuts_headings();

private:
    bool swept() const { return m_session->settled() && !m_session->sweepRunning() && !m_session->sweep().empty(); }
    bool isProductOffered() const {
        return static_cast<QStandardItemModel*>(m_page->workCombo()->model())
            ->item(m_page->workCombo()->findData(int(SpeedPlot::Work::Product)))
            ->isEnabled();
    }
    void choose(SpeedPlot::Work work) const {
        const int item = m_page->workCombo()->findData(int(work));
        m_page->workCombo()->setCurrentIndex(item);
        emit m_page->workCombo()->activated(item);
    }
    void setLevels(std::uint32_t levels) const {
        QuantSpec spec = m_session->spec();
        spec.levels = levels;
        m_session->setSpec(spec, QStringLiteral("change"));
    }

    std::unique_ptr<Session> m_session;
    std::unique_ptr<TradeOffPage> m_page;
    std::unique_ptr<TablesPanel> m_tables;
};

void TestTradeOffPage::initTestCase() {
    QStandardPaths::setTestModeEnabled(true);
    applyTheme(*qApp);
}

void TestTradeOffPage::init() {
    m_session = std::make_unique<Session>();
    m_page = std::make_unique<TradeOffPage>(*m_session);
    m_tables = std::make_unique<TablesPanel>(*m_session);
    connect(m_page.get(), &TradeOffPage::measured, m_tables.get(), &TablesPanel::setMeasured);
    m_page->resize(840, 480);
    m_page->show();
    m_tables->resize(1400, 300);
    m_tables->show();
    Tensor tensor = generate("normal", 4096, 1).value();
    tensor.info.shape = {64, 64};
    m_session->library().add(QStringLiteral("matrix"), {std::move(tensor)});
}

void TestTradeOffPage::cleanup() {
    m_page.reset();
    m_tables.reset();
    m_session.reset();
}

void TestTradeOffPage::every_work_can_be_shown() {
    QTRY_VERIFY_WITH_TIMEOUT(std::isfinite(m_page->speedPlot().timeOf(0)), 60000);
    for (const auto work : {SpeedPlot::Work::Fit, SpeedPlot::Work::Decode, SpeedPlot::Work::Product}) {
        choose(work);
        QCOMPARE(m_page->speedPlot().work(), work);
        QVERIFY(m_page->speedPlot().timeOf(0) > 0);
    }
    QVERIFY(m_page->speedPlot().baselineTime() > 0);
    // A click shows the run of the point.
    QSignalSpy chosen(&m_page->speedPlot(), &SpeedPlot::runChosen);
    emit m_page->speedPlot().runChosen(1);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(m_session->undoStack().count(), 1);
}

void TestTradeOffPage::the_switch_shows_distances_to_the_bound() {
    QTRY_VERIFY_WITH_TIMEOUT(swept(), 60000);
    RateDistortionPlot& plot = m_page->ratePlot();
    QVERIFY(!plot.bound().empty());
    plot.flush();
    QVERIFY(plot.yRange().upper > 20);
    m_page->quantitySwitch()->setCurrentIndex(1);
    plot.flush();
    QVERIFY(plot.yRange().lower < 0);
    int seen = 0;
    for (std::size_t i = 0; i < m_session->sweep().size(); ++i) {
        const RunResult& run = *m_session->sweep()[i];
        const double distance = boundDistanceDb(run);
        if (run.quantizer->groupCount() > 1 || !std::isfinite(distance)) continue;
        QVERIFY2(distance >= 0, run.spec().scheme.c_str());
        QVERIFY(std::abs(plot.pixelToY(plot.pointPosition(static_cast<int>(i)).y()) - distance) < 1e-6);
        ++seen;
    }
    QVERIFY(seen > 40);
}

void TestTradeOffPage::a_run_of_other_settings_is_a_point_of_its_own() {
    QTRY_VERIFY_WITH_TIMEOUT(std::isfinite(m_page->speedPlot().timeOf(0)), 60000);
    const auto runs = static_cast<int>(m_session->sweep().size());
    int measured = 0;
    while (std::isfinite(m_page->speedPlot().timeOf(measured))) ++measured;
    QuantSpec spec = m_session->spec();
    spec.scheme = "ecsq";
    spec.parameters = {{"rate", 2.25}};
    m_session->setSpec(spec, QStringLiteral("change"));
    // Behind those of the sweep, at its own rate, and its speed is measured beside those that are known.
    QTRY_VERIFY_WITH_TIMEOUT(m_session->settled() && !m_session->sweepRunning() && m_session->run()->spec() == spec,
                             60000);
    QTRY_VERIFY_WITH_TIMEOUT(std::isfinite(m_page->speedPlot().timeOf(measured)), 60000);
    RateDistortionPlot& plot = m_page->ratePlot();
    plot.flush();
    QVERIFY(std::abs(plot.pixelToX(plot.pointPosition(runs).x()) - storedBits(*m_session->run())) < 1e-6);
    QVERIFY(storedBits(*m_session->run()) < 2.5);
}

void TestTradeOffPage::the_fit_is_known_before_anything_is_measured() {
    choose(SpeedPlot::Work::Fit);
    QTRY_VERIFY_WITH_TIMEOUT(m_page->speedPlot().timeOf(0) > 0, 60000);
    QVERIFY(m_session->sweepRunning());
}

void TestTradeOffPage::a_product_is_for_matrices_and_some_bits() {
    choose(SpeedPlot::Work::Product);
    QTRY_VERIFY_WITH_TIMEOUT(m_page->speedPlot().baselineTime() > 0, 60000);
    QVERIFY(isProductOffered());
    setLevels(32);
    QTRY_VERIFY_WITH_TIMEOUT(!isProductOffered(), 60000);
    QCOMPARE(m_page->speedPlot().work(), SpeedPlot::Work::Encode);
    QVERIFY(m_page->workCombo()->toolTip().contains(QStringLiteral("bits")));
    // Where it is possible again, what was chosen holds.
    setLevels(8);
    QTRY_VERIFY_WITH_TIMEOUT(isProductOffered() && m_page->speedPlot().baselineTime() > 0, 60000);
    QCOMPARE(m_page->speedPlot().work(), SpeedPlot::Work::Product);
    m_session->library().add(QStringLiteral("flat"), {generate("normal", 1000, 1).value()});
    QTRY_VERIFY(!isProductOffered());
    QVERIFY(m_page->workCombo()->toolTip().contains(QStringLiteral("no matrix")));
}

void TestTradeOffPage::the_comparison_shows_what_was_measured() {
    const QTableView* table = m_tables->table(TablesPanel::Comparison);
    QTRY_VERIFY_WITH_TIMEOUT(swept(), 60000);
    QTRY_VERIFY_WITH_TIMEOUT(!table->isColumnHidden(ComparisonModel::Product), 60000);
    const auto isNumber = [&](int column) {
        bool read = false;
        QLocale().toDouble(table->model()->index(0, column).data().toString(), &read);
        return read;
    };
    // The columns are there as soon as any run is measured.
    for (const int column : {ComparisonModel::Encode, ComparisonModel::Decode}) {
        QVERIFY(!table->isColumnHidden(column));
        QTRY_VERIFY_WITH_TIMEOUT(isNumber(column), 60000);
    }
    QVERIFY(!table->isColumnHidden(ComparisonModel::Fit));
    const QString how = table->model()->index(0, ComparisonModel::Encode).data(Qt::ToolTipRole).toString();
    QVERIFY2(how.contains(QStringLiteral("threads")), qPrintable(how));
    QVERIFY(table->isColumnHidden(ComparisonModel::WeightedMse));
    // Of another tensor nothing is measured yet, and no product is ever.
    m_page->hide();
    m_session->library().add(QStringLiteral("flat"), {generate("normal", 1000, 1).value()});
    QTRY_VERIFY(table->isColumnHidden(ComparisonModel::Product));
}

void TestTradeOffPage::a_narrow_table_drops_columns_before_it_cuts_headings() {
    const QTableView* table = m_tables->table(TablesPanel::Comparison);
    QTRY_VERIFY_WITH_TIMEOUT(!table->isColumnHidden(ComparisonModel::Product), 60000);
    const auto visible = [&] {
        int count = 0;
        for (int column = 0; column < ComparisonModel::ColumnCount; ++column) count += !table->isColumnHidden(column);
        return count;
    };
    const int wide = visible();
    m_tables->resize(800, 300);
    QTRY_VERIFY(visible() < wide);
    for (const int kept : {ComparisonModel::Scheme, ComparisonModel::Sqnr, ComparisonModel::Product})
        QVERIFY(!table->isColumnHidden(kept));
    const QFontMetrics metrics(table->horizontalHeader()->font());
    for (int column = 0; column < ComparisonModel::ColumnCount; ++column) {
        if (table->isColumnHidden(column)) continue;
        const QString heading = table->model()->headerData(column, Qt::Horizontal).toString();
        QVERIFY2(table->columnWidth(column) >= metrics.horizontalAdvance(heading), qPrintable(heading));
    }
    m_tables->resize(1400, 300);
    QTRY_COMPARE(visible(), wide);
}

QTEST_MAIN(TestTradeOffPage)
#include "tst_trade_off_page.moc"
