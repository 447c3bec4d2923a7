// The laboratory's page and its place in the window: the table and the plots select together, views follow the
// selection, a layer opens in Explore, everything can be exported, the mode is switched and kept in the session file.

#include "tests/ui/lab/lab_fixture.h"
#include "ui/lab/advice_card.h"
#include "ui/lab/lab_activations.h"
#include "ui/lab/lab_confusion.h"
#include "ui/lab/lab_export_dialog.h"
#include "ui/lab/lab_overview.h"
#include "ui/lab/lab_page.h"
#include "ui/lab/methods_table.h"
#include "ui/main_window.h"
#include "ui/models/lab_methods_model.h"
#include "ui/plots/lab_accuracy_time_plot.h"
#include "ui/plots/lab_activation_plot.h"
#include "ui/plots/lab_confusion_view.h"
#include "ui/plots/lab_sample_grid.h"
#include "ui/plots/lab_sensitivity_plot.h"
#include "ui/plots/lab_training_curve_plot.h"
#include "ui/session/session_store.h"
#include "ui/theme/theme.h"
#include "ui/widgets/segmented_switch.h"
#include "ui/widgets/status_line.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QComboBox>
#include <QHeaderView>
#include <QListWidget>
#include <QStandardPaths>
#include <QTabBar>

using namespace quantoscope;
using namespace quantoscope::ui;

class TestLabPage : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        applyTheme(*qApp);
        m_window = std::make_unique<MainWindow>();
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        QTest::keyClick(m_window.get(), Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(m_window->mode(), MainWindow::Mode::Lab);
        QTRY_VERIFY(session().hasDigits()); // at the start
        QVERIFY(test::openClouds(session(), m_folder));
        QTest::keyClick(m_window.get(), Qt::Key_F5);
        QVERIFY(session().isRunning());
        QVERIFY(test::waitUntilIdle(session()));
        QCOMPARE(page().model().rowCount(), static_cast<int>(session().plan().rows().size()));
    }

    void init() {
        m_window->setMode(MainWindow::Mode::Lab);
        page().showView(LabPage::Overview);
        page().table().sortByColumn(-1, Qt::AscendingOrder);
        session().setPlan(test::quickPlan(session()), QStringLiteral("as it ran"));
    }

    void cleanupTestCase() { m_window.reset(); }

    void the_advice_is_the_advisors() {
        QCOMPARE(page().advice().headline(), QString::fromStdString(session().advice()->headline.english()));
        QVERIFY(!page().advice().reasons().isEmpty());
    }

    void other_settings_are_told_and_the_results_stay() {
        LabPlan plan = session().plan();
        plan.spec.observer = RangeObserver::Mse;
        const auto told = [this] {
            for (const QLabel* label : page().advice().findChildren<QLabel*>())
                if (label->isVisible() && label->text().startsWith(QLatin1String("Results are of the settings before")))
                    return true;
            return false;
        };
        QVERIFY(!told());
        session().setPlan(plan, QStringLiteral("another observer"));
        QVERIFY(told());
        QVERIFY(page().model().rowCount() > 0);
        QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier); // undo acts on the laboratory here
        QVERIFY(!told());
    }

    void a_click_in_the_table_selects_the_row_in_the_plots() {
        const int row = rowOf(LabMethod::Static, 8);
        clickRow(row);
        QCOMPARE(session().selectedRow(), row);
        QCOMPARE(page().overview().findChild<AccuracyTimePlot*>()->selectedRow(), row);
        QTest::keyClick(&page().table(), Qt::Key_Up);
        QCOMPARE(session().selectedRow(), row - 1);
    }

    void a_click_in_the_plot_selects_the_row_in_the_table() {
        auto* plot = page().overview().findChild<AccuracyTimePlot*>();
        plot->flush();
        const int row = rowOf(LabMethod::Dynamic, 8);
        QTest::mouseClick(plot, Qt::LeftButton, {}, plot->pointPosition(row).toPoint());
        const int chosen = session().selectedRow(); // another may lie on the same spot
        QVERIFY(chosen >= 0);
        QCOMPARE(page().table().selectionModel()->selectedRows().value(0).row(), page().model().rowOf(chosen));
    }

    void a_click_on_a_header_sorts() {
        QHeaderView* header = page().table().horizontalHeader();
        const QPoint at(header->sectionViewportPosition(LabMethodsModel::Size) + 20, header->height() / 2);
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, at);
        const auto bytes = [this](int row) { return session().row(page().model().resultRow(row))->bytes; };
        const bool ascending = header->sortIndicatorOrder() == Qt::AscendingOrder;
        for (int row = 1; row < page().model().rowCount(); ++row)
            QVERIFY(ascending ? bytes(row - 1) <= bytes(row) : bytes(row - 1) >= bytes(row));
    }

    void the_selected_row_is_copied_as_text() {
        clickRow(0);
        QTest::keyClick(&page().table(), Qt::Key_C, Qt::ControlModifier);
        const QString copied = QApplication::clipboard()->text();
        QCOMPARE(copied.count(u'\n'), 1);
        QVERIFY(copied.contains(QStringLiteral("32 / 32")));
    }

    void the_plots_switch_batch_and_order() {
        auto* plot = page().overview().findChild<AccuracyTimePlot*>();
        chooseSegment("Batch", 0);
        QCOMPARE(plot->batch(), AccuracyTimePlot::Batch::Single);
        chooseSegment("Batch", 1);
        QCOMPARE(plot->batch(), AccuracyTimePlot::Batch::Large);
        auto* layers = page().overview().findChild<SensitivityPlot*>();
        chooseSegment("Order of layers", 1);
        QCOMPARE(layers->order(), SensitivityPlot::Order::Loss);
        chooseSegment("Order of layers", 0);
    }

    void a_double_click_on_a_layer_opens_its_weights_in_explore() {
        auto* layers = page().overview().findChild<SensitivityPlot*>();
        const std::size_t before = m_window->session().library().documents().size();
        QTest::mouseDClick(layers, Qt::LeftButton, {}, layers->layerRect(0).center().toPoint());
        QCOMPARE(m_window->mode(), MainWindow::Mode::Explore);
        QCOMPARE(m_window->session().library().documents().size(), before + 1);
        QCOMPARE(m_window->session().library().documents().back()->name, QStringLiteral("fc1.weight"));
        QTRY_VERIFY(m_window->session().run() != nullptr);
    }

    void activations_are_those_of_the_selected_row() {
        clickRow(rowOf(LabMethod::Static, 8));
        QTest::keyClick(m_window.get(), Qt::Key_2, Qt::AltModifier);
        QCOMPARE(page().currentView(), LabPage::Activations);
        QListWidget* places = page().activations().places();
        QTRY_VERIFY(places->count() >= 2);
        auto* plot = page().activations().findChild<ActivationHistogramPlot*>();
        QVERIFY(plot->hasRange());
        places->setFocus();
        QTest::keyClick(places, Qt::Key_Down);
        QCOMPARE(places->currentRow(), 1);
        chooseSegment("Counts", 1);
        clickRow(0); // float32 has no ranges
        QCOMPARE(places->count(), 0);
        QVERIFY(!plot->hasRange());
    }

    void confusion_compares_two_rows() {
        clickRow(rowOf(LabMethod::Static, 8));
        clickTab(LabPage::Confusion);
        LabConfusion& view = page().confusion();
        QCOMPARE(view.compared()->count(), page().model().rowCount());
        view.compared()->setFocus();
        QTest::keyClick(view.compared(), Qt::Key_End);
        QCOMPARE(session().comparedRow(), page().model().rowCount() - 1);
        const LabRowPtr first = session().row(session().selectedRow()), second = session().row(session().comparedRow());
        std::size_t differing = 0;
        for (std::size_t i = 0; i < first->score.predictions.size(); ++i)
            differing += first->score.predictions[i] != second->score.predictions[i];
        QCOMPARE(view.samples()->cardCount(), static_cast<int>(differing));
        ConfusionView* matrix = view.matrix();
        std::size_t right = 0;
        for (std::size_t i = 0; i < first->score.predictions.size(); ++i)
            right += first->score.predictions[i] == 0 && session().result().base->data.test.labels[i] == 0;
        QTest::mouseClick(matrix, Qt::LeftButton, {}, matrix->cellRect(0, 0).center().toPoint());
        QCOMPARE(view.samples()->cardCount(), static_cast<int>(right));
        QTest::mouseClick(matrix, Qt::LeftButton, {}, matrix->cellRect(0, 0).center().toPoint());
        QCOMPARE(view.samples()->cardCount(), static_cast<int>(differing));
    }

    void training_shows_a_curve_for_each_that_was_trained() {
        clickTab(LabPage::Training);
        std::size_t trained = 1;
        for (const LabRowPtr& row : session().result().rows) trained += !row->curve.empty();
        const auto plots = m_window->findChildren<TrainingCurvePlot*>();
        const auto shown = std::count_if(plots.begin(), plots.end(), [](const TrainingCurvePlot* plot) {
            return plot->isVisible() && plot->epochCount() > 0 && plot->accessibleName().contains(u',');
        });
        QCOMPARE(static_cast<std::size_t>(shown), std::min<std::size_t>(trained, 4));
        chooseSegment("Quantity", 1);
        QVERIFY(std::any_of(plots.begin(), plots.end(), [](const TrainingCurvePlot* plot) {
            return plot->quantity() == TrainingCurvePlot::Quantity::Accuracy;
        }));
    }

    void the_status_line_says_what_the_times_rest_on() {
        const auto* status = m_window->findChild<StatusLine*>();
        const LabResult& result = session().result();
        QVERIFY2(status->text().contains(QString::fromStdString(result.machine.instructions)),
                 qPrintable(status->text()));
        QVERIFY2(status->text().startsWith(QLatin1String("Trained in ")), qPrintable(status->text()));
        QCOMPARE(status->remark(), QStringLiteral("%1 test samples · seed 1").arg(result.base->data.test.count()));
    }

    void every_export_writes_a_file_data() {
        QTest::addColumn<int>("content");
        QTest::addColumn<int>("format");
        clickRow(rowOf(LabMethod::Static, 8));
        LabExportDialog dialog(session(), page().overview().plots());
        for (int content = 0; content < dialog.contents()->count(); ++content) {
            dialog.contents()->setCurrentRow(content);
            for (int format = 0; format < dialog.formats()->count(); ++format)
                QTest::addRow("%s as %s", qPrintable(dialog.contents()->item(content)->text()),
                              qPrintable(dialog.formats()->itemText(format)))
                    << content << format;
        }
    }
    void every_export_writes_a_file() {
        QFETCH(int, content);
        QFETCH(int, format);
        clickRow(rowOf(LabMethod::Static, 8));
        LabExportDialog dialog(session(), page().overview().plots());
        dialog.contents()->setCurrentRow(content);
        dialog.formats()->setCurrentIndex(format);
        const QString extension = dialog.formats()->currentText().section(u'.', -1).chopped(1);
        const QString path = m_folder.filePath(QStringLiteral("lab-%1.%2").arg(content).arg(extension));
        QSignalSpy exported(&dialog, &LabExportDialog::exported);
        dialog.exportTo(path);
        QTRY_COMPARE(exported.count(), 1);
        QVERIFY(QFile(path).size() > 100);
    }

    void the_session_file_keeps_the_mode() {
        auto* store = m_window->findChild<SessionStore*>();
        QSignalSpy saved(store, &SessionStore::saved), restored(store, &SessionStore::restored);
        const QString path = m_folder.filePath(QStringLiteral("lab") + QLatin1String(kSessionExtension));
        store->save(path, {{"view", "distribution"}, {"labView", "confusion"}, {"mode", "lab"}});
        QTRY_COMPARE(saved.count(), 1);
        m_window->setMode(MainWindow::Mode::Explore);
        m_window->openFiles({path});
        QTRY_COMPARE(restored.count(), 1);
        QCOMPARE(m_window->mode(), MainWindow::Mode::Lab);
        QCOMPARE(page().currentView(), LabPage::Confusion);
    }

    void the_switch_in_the_header_changes_the_mode() {
        chooseSegment("Mode", 0);
        QCOMPARE(m_window->mode(), MainWindow::Mode::Explore);
        QVERIFY(!page().isVisible());
        chooseSegment("Mode", 1);
        QCOMPARE(m_window->mode(), MainWindow::Mode::Lab);
        QVERIFY(page().isVisible());
        QTest::keyClick(m_window.get(), Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(m_window->mode(), MainWindow::Mode::Explore);
    }

    void escape_cancels_a_run_and_the_results_stay() {
        const std::vector<LabRowPtr> before = session().result().rows;
        LabPlan plan = session().plan();
        plan.spec.training.epochs = 1'000'000;
        session().setPlan(plan, QStringLiteral("take long"));
        session().run();
        QTRY_VERIFY(!session().curve().empty());
        m_window->setFocus();
        QTest::keyClick(m_window.get(), Qt::Key_Escape);
        QVERIFY(!session().isBusy());
        QCOMPARE(session().result().rows, before);
        QCOMPARE(page().model().rowCount(), static_cast<int>(before.size()));
    }

    void a_small_window_shows_one_plot_at_a_time() {
        m_window->resize(1024, 680);
        auto* time = page().overview().findChild<AccuracyTimePlot*>();
        auto* layers = page().overview().findChild<SensitivityPlot*>();
        QTRY_VERIFY(time->isVisible() && !layers->isVisible());
        chooseSegment("Plot", 2);
        QVERIFY(layers->isVisible() && !time->isVisible());
        chooseSegment("Plot", 0);
        QVERIFY(page().table().horizontalHeader()->isSectionHidden(LabMethodsModel::Interval));
        QCOMPARE(m_window->size(), QSize(1024, 680)); // and nothing asks for more room
        m_window->resize(1440, 900);
        QTRY_VERIFY(layers->isVisible() && time->isVisible());
    }

    void a_small_window_shows_one_training_at_a_time() {
        m_window->resize(1024, 680);
        clickTab(LabPage::Training);
        const auto combos = m_window->findChildren<QComboBox*>();
        const auto choice = std::find_if(combos.begin(), combos.end(), [](const QComboBox* combo) {
            return combo->accessibleName() == QLatin1String("Training") && combo->isVisible();
        });
        QVERIFY(choice != combos.end() && (*choice)->count() > 1);
        const auto shown = [&] {
            QStringList names;
            for (const auto* plot : page().findChildren<TrainingCurvePlot*>())
                if (plot->isVisible()) names << plot->accessibleName();
            return names;
        };
        const QStringList first = shown();
        (*choice)->setFocus();
        QTest::keyClick(*choice, Qt::Key_Down);
        QCOMPARE(shown().size(), first.size());
        QVERIFY(shown() != first);
        m_window->resize(1440, 900);
        QTRY_VERIFY(shown().size() > first.size());
    }

    void controls_have_names_for_screen_readers() {
        for (const int view : {0, 1, 2, 3}) {
            page().showView(static_cast<LabPage::View>(view));
            for (const QWidget* widget : page().findChildren<QWidget*>()) {
                if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus)) continue;
                const auto* button = qobject_cast<const QAbstractButton*>(widget);
                if (widget->objectName() == QLatin1String("qt_spinbox_lineedit")) continue;
                const bool named = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
                QVERIFY2(named, widget->metaObject()->className());
            }
        }
    }

private:
    LabPage& page() { return m_window->labPage(); }
    LabSession& session() { return page().session(); }

    int rowOf(LabMethod method, int bits) {
        const auto& rows = session().result().rows;
        const auto found = std::find_if(rows.begin(), rows.end(), [&](const LabRowPtr& row) {
            return row->spec.method == method && row->spec.weightBits == bits;
        });
        return static_cast<int>(found - rows.begin());
    }

    void clickRow(int resultRow) {
        const QModelIndex index = page().model().index(page().model().rowOf(resultRow), 0);
        page().table().scrollTo(index);
        QTest::mouseClick(page().table().viewport(), Qt::LeftButton, {}, page().table().visualRect(index).center());
    }

    void clickTab(LabPage::View view) {
        for (QTabBar* tabs : page().findChildren<QTabBar*>())
            if (tabs->accessibleName() == QLatin1String("Laboratory views"))
                QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(view).center());
        QCOMPARE(page().currentView(), view);
    }

    void chooseSegment(const char* name, int index) {
        for (SegmentedSwitch* each : m_window->findChildren<SegmentedSwitch*>())
            if (each->accessibleName() == QLatin1String(name) && each->isVisible()) {
                QTest::mouseClick(each->findChildren<QAbstractButton*>().at(index), Qt::LeftButton);
                QCOMPARE(each->currentIndex(), index);
                return;
            }
        QFAIL(name);
    }

    QTemporaryDir m_folder;
    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(TestLabPage)
#include "tst_lab_page.moc"
