// The window as a person uses it: menus, keys, clicks and drags, through to files on disk.

#include "core/study/generated.h"
#include "ui/dialogs/export_dialog.h"
#include "ui/main_window.h"
#include "ui/models/comparison_model.h"
#include "ui/panels/data_panel.h"
#include "ui/panels/explore_page.h"
#include "ui/panels/scheme_panel.h"
#include "ui/panels/tables_panel.h"
#include "ui/plots/distribution_plot.h"
#include "ui/plots/plot_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/bits_slider.h"
#include "ui/widgets/method_combo.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/status_line.h"

#include <QComboBox>
#include <QFile>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace quantoscope;
using namespace quantoscope::ui;

class TestMainWindow : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void the_bits_slider_changes_the_levels_and_undo_brings_them_back();
    void a_boundary_dragged_in_the_plot_becomes_the_users();
    void a_click_in_the_plot_selects_the_level_in_the_table();
    void a_click_in_the_comparison_shows_that_run();
    void the_foot_says_how_good_a_preview_is();
    void the_method_list_changes_the_scheme();
    void the_pin_button_keeps_the_run();
    void the_filter_leaves_only_what_matches();
    void a_broken_file_is_reported_and_the_data_stays();
    void views_that_do_not_apply_are_disabled();
    void every_export_writes_a_file_data();
    void every_export_writes_a_file();
    void controls_have_names_for_screen_readers();

private:
    void openWeights();
    std::unique_ptr<MainWindow> m_window;
    QTemporaryDir m_folder;
};

void TestMainWindow::initTestCase() {
    QStandardPaths::setTestModeEnabled(true);
    applyTheme(*qApp);
}

void TestMainWindow::init() {
    m_window = std::make_unique<MainWindow>();
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    openWeights();
}

void TestMainWindow::cleanup() { m_window.reset(); }

void TestMainWindow::openWeights() {
    m_window->openSample(QStringLiteral("digits-mlp"));
    QTRY_VERIFY_WITH_TIMEOUT(m_window->session().settled(), 20000);
}

void TestMainWindow::the_bits_slider_changes_the_levels_and_undo_brings_them_back() {
    Session& session = m_window->session();
    auto* slider = m_window->findChild<BitsSlider*>();
    QTest::mouseClick(slider, Qt::LeftButton, {}, slider->stop(2).toPoint());
    QCOMPARE(session.spec().levels, 4u);
    QTRY_COMPARE(session.run()->spec().levels, 4u);
    QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(session.spec().levels, 16u);
    QTest::keyClick(m_window.get(), Qt::Key_6, Qt::ControlModifier);
    QCOMPARE(session.spec().levels, 64u);
}

void TestMainWindow::a_boundary_dragged_in_the_plot_becomes_the_users() {
    Session& session = m_window->session();
    auto* plot = m_window->findChild<DistributionPlot*>();
    plot->flush();
    const float before = session.levels()->codebook.thresholds[7];
    const QPoint from(qRound(plot->boundaryPosition(7)), plot->height() / 2);
    QTest::mouseMove(plot, from);
    QTest::mousePress(plot, Qt::LeftButton, {}, from);
    for (int step = 1; step <= 3; ++step) QTest::mouseMove(plot, from + QPoint(2 * step, 0));
    QTest::mouseRelease(plot, Qt::LeftButton, {}, from + QPoint(6, 0));
    QCOMPARE(session.spec().scheme, std::string("fixed"));
    QTRY_VERIFY(session.settled());
    QVERIFY(session.levels()->codebook.thresholds[7] > before);
    QCOMPARE(session.undoStack().count(), 1);
    session.undoStack().undo();
    QCOMPARE(session.spec().scheme, std::string("kmeans"));
}

void TestMainWindow::a_click_in_the_plot_selects_the_level_in_the_table() {
    auto* plot = m_window->findChild<DistributionPlot*>();
    m_window->explorePage().tablesPanel().setTab(TablesPanel::Levels);
    plot->flush();
    const int middle = qRound((plot->boundaryPosition(10) + plot->boundaryPosition(11)) / 2);
    QTest::mouseClick(plot, Qt::LeftButton, {}, QPoint(middle, plot->height() / 3));
    QCOMPARE(m_window->session().selectedBin(), 11);
    const QTableView* table = m_window->explorePage().tablesPanel().table(TablesPanel::Levels);
    QCOMPARE(table->selectionModel()->selectedRows().value(0).row(), 11);
}

void TestMainWindow::a_click_in_the_comparison_shows_that_run() {
    Session& session = m_window->session();
    QTRY_VERIFY_WITH_TIMEOUT(!session.sweep().empty() && !session.sweepRunning(), 60000);
    QTableView* table = m_window->explorePage().tablesPanel().table(TablesPanel::Comparison);
    auto* model = qobject_cast<ComparisonModel*>(table->model());
    int row = 0;
    while (row < model->rowCount() && model->runAt(row)->spec().scheme != "rank") ++row;
    QVERIFY(row < model->rowCount());
    const QRect cell = table->visualRect(model->index(row, 0));
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, cell.center());
    QCOMPARE(session.spec().scheme, std::string("rank"));
}

void TestMainWindow::the_foot_says_how_good_a_preview_is() {
    Session& session = m_window->session();
    const auto* foot = m_window->findChild<StatusLine*>();
    QStringList said;
    connect(&session, &Session::changed, this, [&](Aspects aspects) {
        if ((aspects & Aspect::Run) && !session.settled() && session.shown()) said << foot->remark();
    });
    session.library().add(QStringLiteral("matrix"),
                          {tensorOf("matrix", Shape{20'000, 20}, generate("normal", 400'000, 1).value().values)});
    QTRY_VERIFY_WITH_TIMEOUT(session.settled(), 60000);
    QCOMPARE(said.size(), 1);
    QVERIFY2(said.front().contains(QStringLiteral("% above the optimum")), qPrintable(said.front()));
    QVERIFY(foot->remark().contains(QStringLiteral("exact")));
    said.clear();
    QuantSpec spec = session.spec();
    spec.grouping = Grouping::channel(0);
    session.setSpec(spec, QStringLiteral("group"));
    QTRY_VERIFY_WITH_TIMEOUT(session.settled(), 60000);
    QCOMPARE(said.size(), 1);
    QVERIFY2(said.front().contains(QStringLiteral("sampled")) && said.front().contains(QStringLiteral("400,000")),
             qPrintable(said.front()));
    QVERIFY(foot->remark().contains(QStringLiteral("exact")));
}

void TestMainWindow::the_method_list_changes_the_scheme() {
    auto* combo = m_window->findChild<MethodCombo*>();
    combo->setFocus();
    QTest::keyClick(combo, Qt::Key_Down);
    QCOMPARE(m_window->session().spec().scheme, combo->currentId().toStdString());
    QVERIFY(combo->currentId() != QLatin1String("kmeans"));
}

void TestMainWindow::the_pin_button_keeps_the_run() {
    const auto buttons = m_window->explorePage().schemePanel().findChildren<QPushButton*>();
    const auto pin = std::find_if(buttons.begin(), buttons.end(), [](const QPushButton* button) {
        return button->text() == QLatin1String("Pin to comparison");
    });
    QVERIFY(pin != buttons.end());
    QTest::mouseClick(*pin, Qt::LeftButton);
    QCOMPARE(m_window->session().pins().size(), std::size_t{1});
}

void TestMainWindow::the_filter_leaves_only_what_matches() {
    DataPanel& panel = m_window->explorePage().dataPanel();
    QTest::keyClicks(panel.filter(), QStringLiteral("bias"));
    const QAbstractItemModel* model = panel.tree()->model();
    QCOMPARE(model->rowCount(), 1);
    QCOMPARE(model->rowCount(model->index(0, 0)), 3);
    QTest::keyClick(panel.filter(), Qt::Key_Escape);
    QCOMPARE(model->rowCount(model->index(0, 0)), 6);
}

void TestMainWindow::a_broken_file_is_reported_and_the_data_stays() {
    const QString path = m_folder.filePath(QStringLiteral("broken.npy"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("\x93NUMPY\x01\x00\xff\xff broken");
    file.close();
    QSignalSpy failed(&m_window->session(), &Session::failed);
    m_window->openFiles({path});
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(m_window->session().run() != nullptr);
}

void TestMainWindow::views_that_do_not_apply_are_disabled() {
    ExplorePage& page = m_window->explorePage();
    page.showView(QStringLiteral("media"));
    QVERIFY(page.currentViewId() != QLatin1String("media"));
    m_window->openSample(QStringLiteral("ascent"));
    const Session& session = m_window->session();
    QTRY_VERIFY_WITH_TIMEOUT(session.data() && session.data()->tensor().info.kind == TensorKind::Image, 20000);
    page.showView(QStringLiteral("media"));
    QCOMPARE(page.currentViewId(), QStringLiteral("media"));
}

void TestMainWindow::every_export_writes_a_file_data() {
    QTest::addColumn<int>("content");
    QTest::addColumn<int>("format");
    init();
    ExportDialog dialog(m_window->session(), m_window->explorePage().currentPlot());
    for (int content = 0; content < dialog.contents()->count(); ++content) {
        dialog.contents()->setCurrentRow(content);
        for (int format = 0; format < dialog.formats()->count(); ++format)
            QTest::addRow("%s as %s", qPrintable(dialog.contents()->item(content)->text()),
                          qPrintable(dialog.formats()->itemText(format)))
                << content << format;
    }
    cleanup();
}

void TestMainWindow::every_export_writes_a_file() {
    QFETCH(int, content);
    QFETCH(int, format);
    ExportDialog dialog(m_window->session(), m_window->explorePage().currentPlot());
    dialog.contents()->setCurrentRow(content);
    dialog.formats()->setCurrentIndex(format);
    const bool picture = dialog.contents()->currentItem()->text().contains(QLatin1String("Plot"));
    QTRY_VERIFY(picture || !dialog.previewText().isEmpty());
    const QString label = dialog.formats()->currentText();
    const QString extension = label.section(u'.', -1).chopped(1);
    const QString path = m_folder.filePath(QStringLiteral("export-%1.%2").arg(content).arg(extension));
    QSignalSpy exported(&dialog, &ExportDialog::exported);
    dialog.exportTo(path);
    QTRY_COMPARE(exported.count(), 1);
    QVERIFY(QFile(path).size() > 100);
}

void TestMainWindow::controls_have_names_for_screen_readers() {
    for (const QWidget* widget : m_window->findChildren<QWidget*>()) {
        if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus)) continue;
        const auto* button = qobject_cast<const QAbstractButton*>(widget);
        if (widget->objectName() == QLatin1String("qt_spinbox_lineedit")) continue; // its spin box has the name
        const bool named = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
        QVERIFY2(named, qPrintable(QStringLiteral("%1 %2").arg(QLatin1String(widget->metaObject()->className()),
                                                               widget->objectName())));
    }
}

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
