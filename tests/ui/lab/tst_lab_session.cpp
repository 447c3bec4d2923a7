// The laboratory's document: data in, a training with all its halts, a run and what cancelling leaves of it, files.

#include "tests/ui/lab/lab_fixture.h"
#include "ui/lab/layer_tensor.h"

#include <QStandardPaths>

using namespace quantoscope;
using namespace quantoscope::ui;

class TestLabSession : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void init() {
        m_session = std::make_unique<LabSession>();
        QVERIFY(test::openClouds(*m_session, m_folder));
    }
    void cleanup() { m_session.reset(); }

    void the_digits_are_built_in() {
        m_session->useDigits();
        QTRY_VERIFY(m_session->hasDigits());
        QCOMPARE(m_session->data()->data.count(), std::size_t{1797});
        QCOMPARE(m_session->plan().spec.split.normalisation, Normalisation::Range);
        QVERIFY(m_session->columns().empty());
    }

    void a_table_offers_its_columns_as_labels() {
        QCOMPARE(m_session->columns().size(), std::size_t{4});
        QCOMPARE(m_session->data()->label, std::string("side"));
        QVERIFY(m_session->data()->data.isClassification());
        m_session->openData(QString::fromStdString(m_session->data()->file), QStringLiteral("size"),
                            LabTask::Regression);
        QTRY_COMPARE(m_session->data()->label, std::string("size"));
        QVERIFY(!m_session->data()->data.isClassification());
    }

    void a_file_that_is_no_data_leaves_the_data_as_it_is() {
        const LabDataPtr before = m_session->data();
        QSignalSpy failed(m_session.get(), &LabSession::failed);
        m_session->openData(m_folder.filePath(QStringLiteral("missing.csv")));
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(m_session->data(), before);
        QVERIFY(!m_session->isBusy());
    }

    void layers_are_counted_before_they_are_trained() {
        QVERIFY(m_session->network());
        QCOMPARE(m_session->parameterCount(), std::size_t{3 * 8 + 8 + 8 * 2 + 2});
        QVERIFY(!m_session->networkFor("8, conv"));
    }

    void training_makes_the_network_that_was_asked_for() {
        m_session->train();
        QVERIFY(m_session->isTraining());
        QVERIFY(test::waitUntilIdle(*m_session));
        QVERIFY(m_session->isBaseCurrent());
        QCOMPARE(m_session->curve().size(), std::size_t{2});
        QCOMPARE(m_session->base()->network.parameterCount(), m_session->parameterCount());
        LabPlan plan = m_session->plan();
        plan.spec.training.epochs = 3;
        m_session->setPlan(plan, QStringLiteral("more"));
        QVERIFY(!m_session->isBaseCurrent());
        m_session->undoStack().undo();
        QVERIFY(m_session->isBaseCurrent());
    }

    void a_paused_training_waits_and_a_stopped_one_keeps_what_it_has() {
        longTraining();
        m_session->train();
        QTRY_VERIFY(!m_session->curve().empty());
        m_session->pause();
        QVERIFY(m_session->isPaused());
        QTest::qWait(200);
        const std::size_t held = m_session->curve().size();
        QTest::qWait(200);
        QCOMPARE(m_session->curve().size(), held);
        m_session->resume();
        QTRY_VERIFY(m_session->curve().size() > held);
        m_session->stopTraining();
        QVERIFY(test::waitUntilIdle(*m_session));
        QVERIFY(m_session->base() != nullptr);
        QVERIFY(m_session->base()->curve.size() >= held);
        QVERIFY(m_session->base()->curve.size() < std::size_t{kLong});
    }

    void a_cancelled_training_leaves_the_network_before_it() {
        m_session->train();
        QVERIFY(test::waitUntilIdle(*m_session));
        const LabBasePtr before = m_session->base();
        longTraining();
        m_session->train();
        QTRY_VERIFY(!m_session->curve().empty());
        m_session->pause(); // it has to be heard then, too
        m_session->cancel();
        QVERIFY(!m_session->isBusy());
        QCOMPARE(m_session->base(), before);
        QCOMPARE(m_session->curve().size(), before->curve.size());
    }

    void a_run_evaluates_and_times_every_method() {
        std::size_t most = 0;
        bool grewByOne = true;
        connect(m_session.get(), &LabSession::changed, this, [&] {
            const std::size_t rows = m_session->result().rows.size();
            grewByOne = grewByOne && rows >= most;
            most = std::max(most, rows);
        });
        m_session->run();
        QVERIFY(m_session->isRunning());
        QVERIFY(test::waitUntilIdle(*m_session));
        const LabResult& result = m_session->result();
        QVERIFY(grewByOne);
        QCOMPARE(result.rows.size(), m_session->plan().rows().size());
        QVERIFY(result.rows.front()->single.has_value());
        QVERIFY(!result.machine.instructions.empty());
        QVERIFY(!result.points.empty());
        QCOMPARE(result.sensitivities.size(), std::size(kSensitivityBits) * 2);
        QVERIFY(m_session->isResultCurrent());
        QVERIFY(m_session->advice().has_value());
        QCOMPARE(m_session->selectedRow(), static_cast<int>(m_session->advice()->choice));
        for (const LabRowPtr& row : result.rows) QCOMPARE(row->single.has_value(), !row->simulated);
    }

    void a_change_leaves_the_results_and_says_that_they_are_old() {
        m_session->run();
        QVERIFY(test::waitUntilIdle(*m_session));
        const std::size_t rows = m_session->result().rows.size();
        LabPlan plan = m_session->plan();
        plan.spec.perChannel = true;
        m_session->setPlan(plan, QStringLiteral("per channel"));
        QVERIFY(!m_session->isResultCurrent());
        QCOMPARE(m_session->result().rows.size(), rows);
        QVERIFY(m_session->isBaseCurrent()); // the float network is the same
    }

    void a_cancelled_run_leaves_the_last_results_data() {
        QTest::addColumn<int>("stage");
        QTest::newRow("while the network is trained") << static_cast<int>(LabStage::Training);
        QTest::newRow("while rows are evaluated") << static_cast<int>(LabStage::Evaluating);
        QTest::newRow("while it waits to measure") << static_cast<int>(LabStage::Waiting);
    }
    void a_cancelled_run_leaves_the_last_results() {
        QFETCH(int, stage);
        m_session->run();
        QVERIFY(test::waitUntilIdle(*m_session));
        const std::vector<LabRowPtr> before = m_session->result().rows;
        const LabBasePtr base = m_session->result().base;

        if (static_cast<LabStage>(stage) == LabStage::Training) longTraining();
        if (static_cast<LabStage>(stage) == LabStage::Evaluating) {
            LabPlan plan = m_session->plan();
            plan.spec.qatEpochs = kLong;
            m_session->setPlan(plan, QStringLiteral("take long"));
        }
        m_session->othersBusy = [] { return true; }; // it never comes to measuring
        m_session->run();
        QTRY_VERIFY_WITH_TIMEOUT(m_session->stage() == static_cast<LabStage>(stage), 60'000);
        m_session->cancel();
        QVERIFY(!m_session->isBusy());
        QCOMPARE(m_session->result().rows, before);
        QCOMPARE(m_session->result().base, base);
        QVERIFY(m_session->advice().has_value());
        // And it can run again at once.
        m_session->othersBusy = {};
        m_session->setPlan(test::quickPlan(*m_session), QStringLiteral("be quick"));
        m_session->run();
        QVERIFY(test::waitUntilIdle(*m_session));
        QVERIFY(m_session->isResultCurrent());
    }

    void rows_of_a_first_run_stay_when_it_is_cancelled() {
        m_session->othersBusy = [] { return true; };
        m_session->run();
        QTRY_VERIFY_WITH_TIMEOUT(m_session->stage() == LabStage::Waiting, 60'000);
        m_session->cancel();
        QCOMPARE(m_session->result().rows.size(), m_session->plan().rows().size());
        QVERIFY(!m_session->result().rows.front()->single.has_value());
        QVERIFY(!m_session->advice().has_value());
    }

    void rows_that_cannot_be_made_are_reported_and_the_others_stay() {
        LabPlan plan = m_session->plan();
        plan.spec.weightScheme = "no-such-scheme";
        m_session->setPlan(plan, QStringLiteral("impossible"));
        QSignalSpy failed(m_session.get(), &LabSession::failed);
        m_session->othersBusy = [] { return true; };
        m_session->run();
        QTRY_VERIFY_WITH_TIMEOUT(m_session->stage() == LabStage::Waiting, 60'000);
        QTRY_VERIFY(failed.count() >= 1);
        QVERIFY(!m_session->result().rows.empty());
        QCOMPARE(m_session->result().rows.front()->spec.method, LabMethod::Float);
        m_session->cancel();
    }

    void a_network_is_saved_and_opened_again() {
        m_session->train();
        QVERIFY(test::waitUntilIdle(*m_session));
        const Network trained = m_session->base()->trained;
        const QString path = m_folder.filePath(QStringLiteral("network.safetensors"));
        QSignalSpy saved(m_session.get(), &LabSession::saved);
        m_session->saveNetwork(path);
        QTRY_COMPARE(saved.count(), 1);

        LabPlan plan = m_session->plan();
        plan.spec.hidden = std::string("4, 4");
        m_session->setPlan(plan, QStringLiteral("others"));
        QVERIFY(!m_session->isBaseCurrent());
        m_session->openNetwork(path);
        QTRY_VERIFY(m_session->isBaseCurrent());
        QCOMPARE(m_session->plan().spec.hidden, std::string("8"));
        QVERIFY(m_session->base()->trained == trained);

        // Another split does not train it anew.
        plan = m_session->plan();
        plan.spec.split.testShare = 0.4;
        m_session->setPlan(plan, QStringLiteral("split"));
        m_session->othersBusy = [] { return true; };
        m_session->run();
        QTRY_VERIFY_WITH_TIMEOUT(m_session->stage() == LabStage::Waiting, 60'000);
        QVERIFY(m_session->base()->trained == trained);
        QCOMPARE(m_session->base()->data.spec.testShare, 0.4);
        m_session->cancel();
    }

    void a_network_that_does_not_fit_is_refused() {
        m_session->train();
        QVERIFY(test::waitUntilIdle(*m_session));
        const LabBasePtr before = m_session->base();
        QSignalSpy failed(m_session.get(), &LabSession::failed);
        m_session->openNetwork(QString::fromStdString(m_session->data()->file)); // a table
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(m_session->base(), before);
    }

    void a_layer_becomes_a_tensor_for_explore() {
        m_session->train();
        QVERIFY(test::waitUntilIdle(*m_session));
        const Tensor weights = layerTensor(m_session->base()->network, 0);
        QCOMPARE(weights.info.name, std::string("fc1.weight"));
        QCOMPARE(weights.info.shape, (Shape{8, 3}));
        QCOMPARE(weights.values, m_session->base()->network.layers[0].weight);
        QVERIFY(layerTensor(m_session->base()->network, 99).values.empty());
    }

private:
    static constexpr int kLong = 100'000;

    void longTraining() {
        LabPlan plan = m_session->plan();
        plan.spec.training.epochs = kLong;
        m_session->setPlan(plan, QStringLiteral("take long"));
    }

    QTemporaryDir m_folder;
    std::unique_ptr<LabSession> m_session;
};

QTEST_MAIN(TestLabSession)
#include "tst_lab_session.moc"
