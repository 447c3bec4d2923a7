// Every control of the laboratory's side panel, by clicks and keys as a person uses it.

#include "tests/ui/lab/lab_fixture.h"
#include "ui/lab/fold_button.h"
#include "ui/lab/lab_panel.h"
#include "ui/lab/layers_field.h"
#include "ui/theme/theme.h"

#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QStandardPaths>
#include <QThread>
#include <QTimer>

using namespace quantoscope;
using namespace quantoscope::ui;

class TestLabPanel : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        applyTheme(*qApp);
    }

    void init() {
        m_session = std::make_unique<LabSession>();
        m_panel = std::make_unique<LabPanel>(*m_session);
        m_panel->resize(304, 820);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
        QVERIFY(test::openClouds(*m_session, m_folder));
        for (FoldButton* fold : m_panel->findChildren<FoldButton*>()) click(fold);
    }
    void cleanup() {
        m_panel.reset();
        m_session.reset();
    }

    void folds_show_and_hide_their_settings() {
        auto* rate = field<QDoubleSpinBox>("Rate");
        QVERIFY(rate->isVisible());
        auto* fold = m_panel->findChildren<FoldButton*>().front();
        click(fold);
        QVERIFY(!rate->isVisible());
        fold->setFocus();
        QTest::keyClick(fold, Qt::Key_Space);
        QVERIFY(rate->isVisible());
    }

    void the_source_goes_back_to_the_digits() {
        auto* source = field<QComboBox>("Source");
        QCOMPARE(source->currentText(), QStringLiteral("clouds.csv"));
        QVERIFY(field<QComboBox>("Label")->isVisible());
        source->setFocus();
        QTest::keyClick(source, Qt::Key_Up);
        QTRY_VERIFY(m_session->hasDigits());
        QCOMPARE(source->currentText(), QStringLiteral("Handwritten digits"));
        QVERIFY(!field<QComboBox>("Label")->isVisible());
        QVERIFY(!field<QComboBox>("Task")->isVisible());
    }

    void label_and_task_read_the_table_anew() {
        auto* label = field<QComboBox>("Label");
        QCOMPARE(label->currentText(), QStringLiteral("side"));
        label->setFocus();
        QTest::keyClick(label, Qt::Key_Up);
        QTRY_COMPARE(m_session->data()->label, std::string("size"));
        QVERIFY(!m_session->data()->data.isClassification());
        auto* task = field<QComboBox>("Task");
        task->setFocus();
        QTest::keyClick(task, Qt::Key_End);
        QTRY_COMPARE(m_session->task(), LabTask::Regression);
    }

    void numbers_are_typed_data() {
        QTest::addColumn<QString>("label");
        QTest::addColumn<QString>("typed");
        const std::pair<const char*, const char*> rows[] = {
            {"Test share", "40"},  {"Seed", "7"},       {"Epochs", "9"},      {"Rate", "0.01"},
            {"Decay", "0.5"},      {"Batch", "16"},     {"Weight bits", "5"}, {"Input bits", "6"},
            {"Calibration", "64"}, {"QAT epochs", "3"}, {"Large batch", "99"}};
        for (const auto& [label, typed] : rows) QTest::newRow(label) << label << typed;
    }
    void numbers_are_typed() {
        QFETCH(QString, label);
        QFETCH(QString, typed);
        auto* spin = field<QAbstractSpinBox>(qPrintable(label));
        const LabPlan before = m_session->plan();
        type(spin, typed);
        const LabPlan after = m_session->plan();
        QVERIFY(!(after == before));
        const double value = typed.toDouble();
        const LabSpec& spec = after.spec;
        const std::map<QString, double> now = {{"Test share", spec.split.testShare * 100},
                                               {"Seed", static_cast<double>(spec.training.seed)},
                                               {"Epochs", spec.training.epochs},
                                               {"Rate", spec.training.learningRate},
                                               {"Decay", spec.training.weightDecay},
                                               {"Batch", spec.training.batchSize},
                                               {"Weight bits", after.weightBits},
                                               {"Input bits", after.activationBits},
                                               {"Calibration", static_cast<double>(spec.calibrationSamples)},
                                               {"QAT epochs", spec.qatEpochs},
                                               {"Large batch", static_cast<double>(spec.batch)}};
        QCOMPARE(now.at(label), value);
        m_session->undoStack().undo();
        QVERIFY(m_session->plan() == before);
    }

    void the_seed_is_that_of_the_split_and_of_the_training() {
        type(field<QAbstractSpinBox>("Seed"), QStringLiteral("3"));
        QCOMPARE(m_session->plan().spec.split.seed, std::uint64_t{3});
        QCOMPARE(m_session->plan().spec.training.seed, std::uint64_t{3});
    }

    void momentum_belongs_to_sgd() {
        auto* momentum = field<QAbstractSpinBox>("Momentum");
        QVERIFY(!momentum->isEnabled());
        QTest::keyClick(field<QComboBox>("Optimizer"), Qt::Key_Down);
        QCOMPARE(m_session->plan().spec.training.optimizer, Optimizer::Sgd);
        QVERIFY(momentum->isEnabled());
        type(momentum, QStringLiteral("0.5"));
        QCOMPARE(m_session->plan().spec.training.momentum, 0.5);
    }

    void choices_are_made_by_key_data() {
        QTest::addColumn<QString>("label");
        for (const char* label : {"Scale", "Activation", "Optimizer", "Observer", "Weights by", "Weights as"})
            QTest::newRow(label) << label;
    }
    void choices_are_made_by_key() {
        QFETCH(QString, label);
        const LabPlan before = m_session->plan();
        auto* combo = field<QComboBox>(qPrintable(label));
        const int index = combo->currentIndex();
        combo->setFocus();
        QTest::keyClick(combo, index + 1 < combo->count() ? Qt::Key_Down : Qt::Key_Up);
        QVERIFY(!(m_session->plan() == before));
        QVERIFY(combo->currentIndex() != index);
        m_session->undoStack().undo();
        QCOMPARE(combo->currentIndex(), index);
    }

    void boxes_are_ticked_data() {
        QTest::addColumn<QString>("label");
        for (const char* label :
             {"Cosine schedule", "Symmetric weights", "Symmetric activations", "Bias correction", "Learned steps"})
            QTest::newRow(label) << label;
    }
    void boxes_are_ticked() {
        QFETCH(QString, label);
        const auto boxes = m_panel->findChildren<QCheckBox*>();
        const auto box =
            std::find_if(boxes.begin(), boxes.end(), [&](const QCheckBox* b) { return b->text() == label; });
        QVERIFY(box != boxes.end());
        const LabPlan before = m_session->plan();
        const bool on = (*box)->isChecked();
        reveal(*box);
        QTest::mouseClick(*box, Qt::LeftButton, {}, QPoint(10, (*box)->height() / 2));
        QCOMPARE((*box)->isChecked(), !on);
        QVERIFY(!(m_session->plan() == before));
    }

    void a_codebook_has_no_symmetry() {
        const auto boxes = m_panel->findChildren<QCheckBox*>();
        const auto symmetric = std::find_if(boxes.begin(), boxes.end(), [](const QCheckBox* box) {
            return box->text() == QLatin1String("Symmetric weights");
        });
        QVERIFY((*symmetric)->isEnabled());
        QTest::keyClick(field<QComboBox>("Weights as"), Qt::Key_Down);
        QCOMPARE(m_session->plan().spec.weightScheme, std::string("kmeans"));
        QVERIFY(!(*symmetric)->isEnabled());
    }

    void layers_are_written_as_text() {
        auto* layers = m_panel->findChild<LayersField*>();
        QLineEdit* line = layers->line();
        line->setFocus();
        line->selectAll();
        QTest::keyClicks(line, QStringLiteral("16, bn, 4"));
        QTest::keyClick(line, Qt::Key_Return);
        QCOMPARE(m_session->plan().spec.hidden, std::string("16, bn, 4"));
        QVERIFY(layers->error().isEmpty());
    }

    void layers_that_cannot_be_read_say_why_at_the_field() {
        auto* layers = m_panel->findChild<LayersField*>();
        QLineEdit* line = layers->line();
        line->setFocus();
        line->selectAll();
        QTest::keyClicks(line, QStringLiteral("8, conv")); // a table has no picture to go over
        QVERIFY(!layers->error().isEmpty());
        QTest::keyClick(line, Qt::Key_Return);
        QCOMPARE(m_session->plan().spec.hidden, std::string("8"));
        QCOMPARE(line->text(), QStringLiteral("8, conv"));
        line->selectAll();
        QTest::keyClicks(line, QStringLiteral("12"));
        QVERIFY(layers->error().isEmpty());
    }

    void training_is_paused_resumed_and_stopped_by_its_buttons() {
        type(field<QAbstractSpinBox>("Epochs"), QStringLiteral("5000"));
        click(button("Train")); // as the buttons follow: so small a network is trained before the next event
        QVERIFY(!button("Train"));
        click(button("Pause"));
        QVERIFY(m_session->isPaused());
        click(button("Resume"));
        QVERIFY(!m_session->isPaused());
        click(button("Stop"));
        QVERIFY(test::waitUntilIdle(*m_session));
        QVERIFY(m_session->base() != nullptr);
        QVERIFY(button("Train again") && button("Train again")->isEnabled());
        QVERIFY(button("Save…")->isEnabled());
    }

    void the_network_is_saved_and_opened_by_its_buttons() {
        click(button("Train"));
        QVERIFY(test::waitUntilIdle(*m_session));
        const Score trained = m_session->base()->score;
        const QString path = m_folder.filePath(QStringLiteral("clouds.safetensors"));
        answerFileDialog(path);
        click(button("Save…"));
        QTRY_VERIFY(QFile::exists(path));
        click(button("Train again"));
        QVERIFY(test::waitUntilIdle(*m_session));
        answerFileDialog(path);
        click(button("Open…"));
        QVERIFY(test::waitUntilIdle(*m_session));
        QCOMPARE(m_session->base()->score.predictions, trained.predictions);
        QVERIFY(m_session->base()->curve.empty()); // of a file there is none
    }

    void threads_are_those_of_the_machine() {
        auto* threads = field<QSpinBox>("Threads");
        QCOMPARE(threads->maximum(), std::max(1, QThread::idealThreadCount()));
        const int most = threads->maximum();
        type(threads, QString::number(most));
        QCOMPARE(m_session->plan().spec.threads, most);
    }

    void the_button_at_the_foot_runs_and_cancels() {
        QPushButton* run = m_panel->runButton();
        QVERIFY(run->isEnabled());
        m_session->othersBusy = [] { return true; };
        click(run);
        QVERIFY(m_session->isRunning());
        QCOMPARE(run->text(), QStringLiteral("Cancel"));
        QTRY_VERIFY_WITH_TIMEOUT(m_session->stage() == LabStage::Waiting, 60'000);
        click(run);
        QVERIFY(!m_session->isBusy());
        QCOMPARE(run->text(), QStringLiteral("Run all methods"));
    }

    void controls_have_names_and_tooltips() {
        for (const QWidget* widget : m_panel->findChildren<QWidget*>()) {
            if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus)) continue;
            if (widget->objectName() == QLatin1String("qt_spinbox_lineedit")) continue;
            const auto* button = qobject_cast<const QAbstractButton*>(widget);
            const QString what = QLatin1String(widget->metaObject()->className()) + u' ' + widget->accessibleName();
            QVERIFY2(!widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()), qPrintable(what));
            const bool fold = qobject_cast<const FoldButton*>(widget) != nullptr;
            const bool plot = widget->inherits("quantoscope::ui::PlotView");
            QVERIFY2(fold || plot || !widget->toolTip().isEmpty(), qPrintable(what));
        }
    }

    void nothing_is_wider_than_the_panel() {
        for (const int width : {304, 256}) {
            m_panel->setCompact(width < 304);
            m_panel->setFixedWidth(width);
            QCoreApplication::processEvents();
            const QScrollArea* scroll = m_panel->findChild<QScrollArea*>();
            QVERIFY2(scroll->widget()->minimumSizeHint().width() <= scroll->viewport()->width(),
                     qPrintable(QStringLiteral("%1 in %2")
                                    .arg(scroll->widget()->minimumSizeHint().width())
                                    .arg(scroll->viewport()->width())));
        }
    }

private:
    template<class Field>
    Field* field(const char* label) const {
        for (Field* each : m_panel->findChildren<Field*>())
            if (each->accessibleName() == QLatin1String(label)) return each;
        return nullptr;
    }

    QPushButton* button(const char* text) const {
        for (QPushButton* each : m_panel->findChildren<QPushButton*>())
            if (each->text() == QString::fromUtf8(text) && each->isVisible()) return each;
        return nullptr;
    }

    void reveal(QWidget* widget) { m_panel->findChild<QScrollArea*>()->ensureWidgetVisible(widget); }

    void click(QWidget* widget) {
        reveal(widget);
        QTest::mouseClick(widget, Qt::LeftButton);
    }

    /// The dialog that the next click opens is given this path.
    void answerFileDialog(const QString& path) {
        QTimer::singleShot(0, this, [path] {
            QWidget* dialog = QApplication::activeModalWidget();
            QVERIFY(dialog);
            auto* name = dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"));
            QVERIFY(name);
            name->setText(path);
            QTest::keyClick(name, Qt::Key_Return);
        });
    }

    void type(QAbstractSpinBox* spin, const QString& number) {
        reveal(spin);
        spin->setFocus();
        spin->selectAll();
        QTest::keyClicks(spin, number);
        QTest::keyClick(spin, Qt::Key_Return);
    }

    QTemporaryDir m_folder;
    std::unique_ptr<LabSession> m_session;
    std::unique_ptr<LabPanel> m_panel;
};

QTEST_MAIN(TestLabPanel)
#include "tst_lab_panel.moc"
