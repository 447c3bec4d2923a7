// A tensor of importance through the session: chosen, undone, saved and opened again, and refused where it is none.
#include "core/formats/format_registry.h"
#include "core/study/generated.h"
#include "ui/session/session.h"
#include "ui/session/session_store.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace quantoscope;
using namespace quantoscope::ui;

namespace {

constexpr int kRows = 20, kColumns = 50;

Tensor matrix(const std::string& name, std::vector<float> values) {
    return makeTensor(name, Shape{kRows, kColumns}, std::move(values));
}

Tensor weights() {
    Tensor tensor = generate("normal", kRows * kColumns, 1).value();
    tensor.info.name = "weights";
    tensor.info.shape = {kRows, kColumns};
    return tensor;
}

/// The values above zero count a hundred times as much as the others.
Tensor fisher(const std::string& name = "fisher") {
    const Tensor of = weights();
    std::vector<float> values(of.values.begin(), of.values.end());
    for (float& value : values) value = value > 0 ? 100.0f : 1.0f;
    return matrix(name, std::move(values));
}

} // namespace

class TestSessionImportance : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void it_weighs_what_kmeans_minimises_and_is_undone();
    void the_sweep_and_pins_are_weighed_too();
    void what_is_no_importance_is_refused_and_named_data();
    void what_is_no_importance_is_refused_and_named();
    void only_tensors_of_the_same_shape_may_be_one();
    void another_shape_gives_it_up_and_the_same_shape_keeps_it();
    void closing_its_file_gives_it_up();
    void reloading_its_file_reads_it_again();
    void a_file_is_opened_beside_what_is_shown();
    void a_file_without_the_shape_is_refused();
    void a_session_brings_it_back();
    void what_is_being_read_can_be_given_up();

private:
    bool shown(bool weighed) const;
    QString write(const char* name, std::vector<Tensor> tensors) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Session> m_session;
    TensorRef m_weights, m_fisher;
};

/// Whether the run on screen is the final one and is, or is not, of weighed data.
bool TestSessionImportance::shown(bool weighed) const {
    return m_session->settled() && m_session->run()->data == m_session->data() &&
           m_session->run()->weightedMse.has_value() == weighed;
}

QString TestSessionImportance::write(const char* name, std::vector<Tensor> tensors) const {
    const QString path = m_folder->filePath(QLatin1String(name));
    QFile::remove(path);
    const Status written = formatForExtension("npz")->write(path.toStdString(), tensors, {});
    return written ? path : QString();
}

void TestSessionImportance::init() {
    m_folder = std::make_unique<QTemporaryDir>();
    m_session = std::make_unique<Session>();
    const int id = m_session->library().add(QStringLiteral("model"), {weights(), fisher()});
    m_weights = {id, 0};
    m_fisher = {id, 1};
    QTRY_VERIFY(shown(false));
}

void TestSessionImportance::cleanup() {
    m_session.reset();
    m_folder.reset();
}

void TestSessionImportance::it_weighs_what_kmeans_minimises_and_is_undone() {
    const RunPtr plain = m_session->run();
    m_session->setImportance(m_fisher);
    QTRY_VERIFY(shown(true));
    QVERIFY(m_session->importance() == m_fisher);
    QCOMPARE(m_session->undoStack().count(), 1);
    const RunPtr weighed = m_session->run();
    // The levels went where it matters: better there, and worse over all.
    QVERIFY(weighed->errors.mse > plain->errors.mse * 1.01);
    double error = 0, sum = 0;
    const auto values = plain->data->values();
    const Codebook& codebook = *plain->quantizer->codebooks.front();
    const auto importance = fisher().values;
    for (std::size_t i = 0; i < values.size(); ++i) {
        double least = INFINITY;
        for (const float level : codebook.levels)
            least = std::min(least, std::pow(static_cast<double>(values[i]) - static_cast<double>(level), 2));
        error += static_cast<double>(importance[i]) * least;
        sum += static_cast<double>(importance[i]);
    }
    QVERIFY(*weighed->weightedMse < error / sum * 0.99);

    m_session->undoStack().undo();
    QVERIFY(!m_session->importance().valid());
    QTRY_VERIFY(shown(false));
    QCOMPARE(m_session->run()->errors.mse, plain->errors.mse);
    m_session->undoStack().redo();
    QTRY_VERIFY(shown(true));
    QCOMPARE(*m_session->run()->weightedMse, *weighed->weightedMse);
    m_session->setImportance({});
    QTRY_VERIFY(shown(false));
    QCOMPARE(m_session->undoStack().count(), 2);
    m_session->undoStack().undo();
    QTRY_VERIFY(shown(true));
}

void TestSessionImportance::the_sweep_and_pins_are_weighed_too() {
    m_session->setImportance(m_fisher);
    QTRY_VERIFY(shown(true));
    m_session->pin(m_session->run());
    QTRY_VERIFY_WITH_TIMEOUT(m_session->sweep().size() > 8 && !m_session->sweepRunning(), 60000);
    for (const RunPtr& run : m_session->sweep()) QVERIFY(run->weightedMse && run->data == m_session->data());
    QVERIFY(m_session->pins().front()->weightedMse);
    m_session->undoStack().undo();
    QVERIFY(m_session->sweep().empty());
    QTRY_VERIFY(shown(false));
    QVERIFY(m_session->pins().front()->weightedMse); // a pin stays as it was computed
}

void TestSessionImportance::what_is_no_importance_is_refused_and_named_data() {
    QTest::addColumn<int>("position");
    QTest::addColumn<float>("value");
    QTest::addColumn<QString>("said");
    QTest::newRow("a negative weight") << 3 << -1.0f << QStringLiteral("value 3 is -1");
    QTest::newRow("an infinite weight") << 7 << INFINITY << QStringLiteral("value 7 is inf");
    QTest::newRow("no number") << 999 << NAN << QStringLiteral("value 999 is nan");
    QTest::newRow("nothing counts") << -1 << 0.0f << QStringLiteral("no value has an importance above zero");
}

void TestSessionImportance::what_is_no_importance_is_refused_and_named() {
    QFETCH(int, position);
    QFETCH(float, value);
    QFETCH(QString, said);
    std::vector<float> values(kRows * kColumns, position < 0 ? 0.0f : 1.0f);
    if (position >= 0) values[static_cast<std::size_t>(position)] = value;
    m_session->setImportance(m_fisher);
    QTRY_VERIFY(shown(true));
    const RunPtr before = m_session->run();
    const int id = m_session->library().add(QStringLiteral("wrong.npz"), {matrix("wrong", std::move(values))});
    m_session->setCurrent(m_weights);
    QTRY_VERIFY(shown(true));

    QString message;
    connect(m_session.get(), &Session::failed, this,
            [&](const QString&, const Error& error) { message = QString::fromStdString(error.message()); });
    m_session->setImportance({id, 0});
    QTRY_VERIFY(!message.isEmpty());
    QVERIFY2(message.contains(said) && message.contains(QStringLiteral("wrong.npz")), qPrintable(message));
    // What held before still does, and there is no step to undo that did nothing.
    QVERIFY(m_session->importance() == m_fisher);
    QCOMPARE(m_session->undoStack().count(), 1);
    QTRY_VERIFY(shown(true));
    QCOMPARE(*m_session->run()->weightedMse, *before->weightedMse);
}

void TestSessionImportance::only_tensors_of_the_same_shape_may_be_one() {
    const int id = m_session->library().add(
        QStringLiteral("others"), {makeTensor("flat", std::vector<float>(kRows * kColumns, 1.0f)), fisher("other")});
    m_session->setCurrent(m_weights);
    QVERIFY(m_session->mayBeImportance(m_fisher));
    QVERIFY(m_session->mayBeImportance({id, 1}));
    QVERIFY(!m_session->mayBeImportance({id, 0})); // as many values, but another shape
    QVERIFY(!m_session->mayBeImportance(m_weights));
    QVERIFY(!m_session->mayBeImportance({}));
    QVERIFY(!m_session->mayBeImportance({id, 7}));
}

void TestSessionImportance::another_shape_gives_it_up_and_the_same_shape_keeps_it() {
    m_session->setImportance(m_fisher);
    QTRY_VERIFY(shown(true));
    const int twin = m_session->library().add(QStringLiteral("twin"), {weights()});
    QTRY_VERIFY(m_session->current().document == twin && shown(true));
    QVERIFY(m_session->importance() == m_fisher);
    m_session->library().add(QStringLiteral("flat"), {generate("normal", 500, 2).value()});
    QTRY_VERIFY(shown(false));
    QVERIFY(!m_session->importance().valid());
    // Undone where it does not fit, it stays away.
    m_session->undoStack().undo();
    m_session->undoStack().redo();
    QTRY_VERIFY(shown(false));
    QVERIFY(!m_session->importance().valid());
    // And a tensor does not weigh itself.
    m_session->setCurrent(m_weights);
    QTRY_VERIFY(shown(false));
    m_session->setImportance(m_fisher);
    QTRY_VERIFY(shown(true));
    m_session->setCurrent(m_fisher);
    QTRY_VERIFY(shown(false));
}

void TestSessionImportance::closing_its_file_gives_it_up() {
    const int id = m_session->library().add(QStringLiteral("importance"), {fisher()});
    m_session->setCurrent(m_weights);
    QTRY_VERIFY(shown(false));
    m_session->setImportance({id, 0});
    QTRY_VERIFY(shown(true));
    m_session->library().close(id);
    QVERIFY(!m_session->importance().valid());
    QTRY_VERIFY(shown(false));
    QVERIFY(m_session->current() == m_weights);
    m_session->undoStack().undo();
    m_session->undoStack().redo();
    QTRY_VERIFY(shown(false));
}

void TestSessionImportance::reloading_its_file_reads_it_again() {
    const QString path = write("importance.npz", {fisher()});
    m_session->setImportanceFile(path);
    QTRY_VERIFY(shown(true));
    const double before = *m_session->run()->weightedMse;
    const int id = m_session->importance().document;
    write("importance.npz", {matrix("fisher", std::vector<float>(kRows * kColumns, 1.0f))});
    m_session->library().reload(id);
    QTRY_VERIFY(shown(true) && *m_session->run()->weightedMse != before);
    QVERIFY(std::fabs(*m_session->run()->weightedMse / m_session->run()->errors.mse - 1) < 1e-9);
    // What is no importance any more is said, and given up.
    QSignalSpy failed(m_session.get(), &Session::failed);
    write("importance.npz", {matrix("fisher", std::vector<float>(kRows * kColumns, -1.0f))});
    m_session->library().reload(id);
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(!m_session->importance().valid());
    QTRY_VERIFY(shown(false));
}

void TestSessionImportance::a_file_is_opened_beside_what_is_shown() {
    const QString path =
        write("many.npz", {makeTensor("bias", {1, 2, 3}), fisher("first"), fisher("weights"), fisher("last")});
    m_session->setImportanceFile(path);
    QTRY_VERIFY(shown(true));
    QVERIFY(m_session->current() == m_weights);
    QCOMPARE(m_session->library().info(m_session->importance())->name, std::string("weights")); // the namesake
    // A file that is open already, too; of no namesake, the first of the shape.
    const QString other = write("other.npz", {fisher("alpha"), fisher("beta")});
    m_session->library().open(other);
    QTRY_VERIFY(m_session->current().document != m_weights.document);
    m_session->setCurrent(m_weights);
    QTRY_VERIFY(shown(true));
    m_session->setImportanceFile(other);
    QTRY_COMPARE(m_session->library().info(m_session->importance())->name, std::string("alpha"));
    QTRY_VERIFY(shown(true));
}

void TestSessionImportance::a_file_without_the_shape_is_refused() {
    QString message;
    connect(m_session.get(), &Session::failed, this,
            [&](const QString&, const Error& error) { message = QString::fromStdString(error.message()); });
    m_session->setImportanceFile(write("small.npz", {makeTensor("bias", {1, 2, 3})}));
    QTRY_VERIFY(!message.isEmpty());
    QVERIFY2(message.startsWith(QStringLiteral("small.npz: ")), qPrintable(message));
    QVERIFY(m_session->current() == m_weights);
    message.clear();
    m_session->setImportanceFile(m_folder->filePath(QStringLiteral("missing.npz")));
    QTRY_VERIFY(!message.isEmpty());
    QTRY_VERIFY(shown(false));
    // The next file is one to look at again.
    m_session->library().open(write("next.npz", {fisher()}));
    QTRY_VERIFY(m_session->current().document != m_weights.document);
}

void TestSessionImportance::a_session_brings_it_back() {
    const QString data = write("data.npz", {weights()}), importance = write("importance.npz", {fisher()});
    const QString path = m_folder->filePath(QStringLiteral("work.quantoscope"));
    double weightedMse = 0, pinnedMse = 0;
    {
        Session session;
        SessionStore store(session);
        session.library().open(data);
        QTRY_VERIFY(session.settled());
        session.setImportanceFile(importance);
        QTRY_VERIFY(session.settled() && session.run()->weightedMse);
        session.pin(session.run());
        pinnedMse = *session.run()->weightedMse;
        QuantSpec spec = session.spec();
        spec.levels = 8;
        session.setSpec(spec, QStringLiteral("change"));
        QTRY_VERIFY(session.settled() && session.run()->spec().levels == 8);
        weightedMse = *session.run()->weightedMse;
        QSignalSpy saved(&store, &SessionStore::saved);
        store.save(path, {});
        QTRY_COMPARE(saved.count(), 1);
    }
    Session session;
    SessionStore store(session);
    store.load(path);
    QTRY_VERIFY(session.settled() && session.run()->weightedMse);
    QCOMPARE(*session.run()->weightedMse, weightedMse);
    QCOMPARE(session.library().info(session.importance())->name, std::string("fisher"));
    QTRY_COMPARE(session.pins().size(), std::size_t{1});
    QCOMPARE(session.pins().front()->weightedMse.value_or(0), pinnedMse);
}

void TestSessionImportance::what_is_being_read_can_be_given_up() {
    m_session->setImportance(m_fisher);
    m_session->cancel();
    QVERIFY(!m_session->importance().valid());
    QTRY_VERIFY(shown(false));
    m_session->setImportance(m_fisher);
    m_session->setImportance({});
    QTRY_VERIFY(shown(false));
    QCOMPARE(m_session->undoStack().count(), 0);
    // A change of the scheme meanwhile is kept.
    m_session->setImportance(m_fisher);
    QuantSpec spec = m_session->spec();
    spec.levels = 4;
    m_session->setSpec(spec, QStringLiteral("change"));
    QTRY_VERIFY(shown(true));
    QCOMPARE(m_session->run()->spec().levels, 4u);
}

QTEST_MAIN(TestSessionImportance)
#include "tst_session_importance.moc"
