#include "core/study/generated.h"
#include "ui/session/session.h"
#include "ui/session/session_store.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace quantoscope;
using namespace quantoscope::ui;

namespace {

int addNormal(Session& session, std::uint64_t count = 5000) {
    return session.library().add(QStringLiteral("normal"), {generate("normal", count, 1).value()},
                                 {"normal", count, 1});
}

} // namespace

class TestSession : public QObject {
    Q_OBJECT

private slots:
    void opening_a_tensor_shows_its_run();
    void a_change_of_spec_is_announced_once_and_undone();
    void changes_of_one_drag_are_one_step();
    void setting_the_same_spec_does_nothing();
    void a_moved_boundary_makes_the_edges_the_users();
    void a_moved_level_makes_the_levels_the_users();
    void with_groups_a_moved_boundary_is_of_the_selected_group();
    void a_boundary_stays_where_it_was_dragged();
    void the_sweep_brings_every_scheme_at_the_bits_on_screen();
    void kmeans_is_never_worse_than_an_ungrouped_scheme();
    void pins_keep_a_run_once();
    void a_tensor_with_nan_waits_for_the_users_word();
    void closing_the_last_file_clears_the_screen();
    void a_grouping_that_a_tensor_lacks_is_given_up();
    void many_groups_are_previewed_by_a_sample_of_them();
    void a_session_comes_back_as_it_was();
    void a_file_that_cannot_be_read_is_reported_and_nothing_is_lost();
};

void TestSession::opening_a_tensor_shows_its_run() {
    Session session;
    addNormal(session);
    QTRY_VERIFY(session.settled());
    QVERIFY(session.run()->exact);
    QCOMPARE(session.run()->errors.count, std::uint64_t{5000});
    QCOMPARE(session.levels()->codebook.size(), std::size_t{16});
    QCOMPARE(session.distribution()->count(), std::uint64_t{5000});
}

void TestSession::a_change_of_spec_is_announced_once_and_undone() {
    Session session;
    addNormal(session);
    QTRY_VERIFY(session.settled());
    int announced = 0;
    connect(&session, &Session::changed, this, [&](Aspects aspects) { announced += aspects.testFlag(Aspect::Spec); });
    const QuantSpec before = session.spec();
    QuantSpec after = before;
    after.levels = 4;
    session.setSpec(after, QStringLiteral("change"));
    QCOMPARE(announced, 1);
    QTRY_VERIFY(session.settled());
    QCOMPARE(session.run()->spec().levels, 4u);
    session.undoStack().undo();
    QVERIFY(session.spec() == before);
    QTRY_VERIFY(session.settled());
    QCOMPARE(session.run()->spec().levels, 16u);
    session.undoStack().redo();
    QVERIFY(session.spec() == after);
}

void TestSession::changes_of_one_drag_are_one_step() {
    Session session;
    const QuantSpec before = session.spec();
    const int key = session.newDragKey();
    for (std::uint32_t levels = 2; levels < 10; ++levels) {
        QuantSpec spec = session.spec();
        spec.levels = levels;
        session.setSpec(spec, QStringLiteral("drag"), key);
    }
    QCOMPARE(session.undoStack().count(), 1);
    session.undoStack().undo();
    QVERIFY(session.spec() == before);
}

void TestSession::setting_the_same_spec_does_nothing() {
    Session session;
    QSignalSpy spy(&session, &Session::changed);
    session.setSpec(session.spec(), QStringLiteral("nothing"));
    QCOMPARE(spy.count(), 0);
    QCOMPARE(session.undoStack().count(), 0);
}

void TestSession::a_moved_boundary_makes_the_edges_the_users() {
    Session session;
    addNormal(session);
    QTRY_VERIFY(session.settled());
    const std::vector<float> before = session.levels()->codebook.thresholds;
    session.moveBoundary(7, 0.01, session.newDragKey());
    QCOMPARE(session.spec().scheme, std::string("fixed"));
    QTRY_VERIFY(session.settled());
    const std::vector<float>& after = session.levels()->codebook.thresholds;
    QCOMPARE(after.size(), before.size());
    QCOMPARE(after[7], 0.01f);
    QCOMPARE(after[3], before[3]);
    // The bins' means stay the levels: no worse a choice than midpoints.
    QVERIFY(session.run()->errors.mse < 0.02);
    session.undoStack().undo();
    QCOMPARE(session.spec().scheme, std::string("kmeans"));
}

void TestSession::a_moved_level_makes_the_levels_the_users() {
    Session session;
    addNormal(session);
    QTRY_VERIFY(session.settled());
    const std::vector<float> before = session.levels()->codebook.levels;
    const double moved = (before[4] + before[5]) / 2 - 0.001;
    session.moveLevel(4, moved, session.newDragKey());
    QCOMPARE(session.spec().scheme, std::string("levels"));
    QTRY_VERIFY(session.settled());
    QCOMPARE(session.levels()->codebook.levels[4], static_cast<float>(moved));
    QCOMPARE(session.levels()->codebook.levels[9], before[9]);
}

void TestSession::with_groups_a_moved_boundary_is_of_the_selected_group() {
    Session session;
    Tensor tensor = generate("normal", 6000, 1).value();
    tensor.info.shape = {3, 2000};
    session.library().add(QStringLiteral("rows"), {std::move(tensor)});
    QTRY_VERIFY(session.settled());
    QuantSpec spec = session.spec();
    spec.grouping = Grouping::channel(0);
    session.setSpec(spec, QStringLiteral("group"));
    QTRY_VERIFY(session.settled() && session.run()->quantizer->groupCount() == 3);
    const std::vector<float> first = session.levels()->codebook.thresholds;
    session.setSelectedGroup(1);
    QTRY_VERIFY(session.settled() && session.levels()->codebook.thresholds != first);
    const std::vector<float> before = session.levels()->codebook.thresholds;
    session.moveBoundary(7, 0.01, session.newDragKey());
    QTRY_VERIFY(session.settled());
    QCOMPARE(session.levels()->codebook.thresholds[7], 0.01f);
    QCOMPARE(session.spec().scheme, std::string("kmeans"));
    QCOMPARE(session.spec().byHand.at(1).scheme, std::string("fixed"));
    QCOMPARE(session.levels()->codebook.thresholds[3], before[3]);
    session.setSelectedGroup(0);
    QTRY_VERIFY(session.settled() && session.levels()->codebook.thresholds == first);
    // A level of another group: both are kept, and each is a step to undo.
    session.moveLevel(0, session.levels()->codebook.levels[0] - 0.5, session.newDragKey());
    QTRY_VERIFY(session.settled());
    QCOMPARE(session.spec().byHand.size(), std::size_t{2});
    session.undoStack().undo();
    QCOMPARE(session.spec().byHand.size(), std::size_t{1});
    session.undoStack().undo();
    QVERIFY(session.spec().byHand.empty());
}

void TestSession::a_boundary_stays_where_it_was_dragged() {
    Session session;
    addNormal(session);
    QTRY_VERIFY(session.settled());
    const int key = session.newDragKey();
    const float from = session.levels()->codebook.thresholds[8];
    for (int i = 1; i <= 20; ++i) session.moveBoundary(8, from + 0.002 * i, key);
    QCOMPARE(session.undoStack().count(), 1);
    QTRY_VERIFY(session.settled());
    QVERIFY(std::fabs(session.levels()->codebook.thresholds[8] - (from + 0.04)) < 1e-5);
}

void TestSession::the_sweep_brings_every_scheme_at_the_bits_on_screen() {
    Session session;
    addNormal(session);
    QTRY_VERIFY_WITH_TIMEOUT(!session.sweep().empty() && !session.sweepRunning(), 60000);
    QCOMPARE(session.sweep().size(), session.sweepPlanned());
    const auto has = [&](const std::string& scheme) {
        return std::any_of(session.sweep().begin(), session.sweep().end(),
                           [&](const RunPtr& run) { return run->spec().scheme == scheme && run->spec().levels == 16; });
    };
    for (const char* scheme : {"kmeans", "rank", "fixed", "affine", "normal-float", "float", "mu-law"})
        QVERIFY2(has(scheme), scheme);
}

void TestSession::kmeans_is_never_worse_than_an_ungrouped_scheme() {
    Session session;
    addNormal(session);
    QTRY_VERIFY_WITH_TIMEOUT(!session.sweep().empty() && !session.sweepRunning(), 60000);
    for (const RunPtr& optimum : session.sweep()) {
        if (optimum->spec().scheme != "kmeans") continue;
        for (const RunPtr& run : session.sweep()) {
            if (run->spec().levels != optimum->spec().levels || run->spec().grouping.kind != Grouping::Kind::Tensor)
                continue;
            QVERIFY2(optimum->errors.mse <= run->errors.mse * (1 + 1e-6), run->spec().scheme.c_str());
        }
    }
}

void TestSession::pins_keep_a_run_once() {
    Session session;
    addNormal(session);
    QTRY_VERIFY(session.settled());
    const RunPtr first = session.run();
    session.pin(first);
    session.pin(first);
    QCOMPARE(session.pins().size(), std::size_t{1});
    session.unpin(first);
    QVERIFY(session.pins().empty());
}

void TestSession::a_tensor_with_nan_waits_for_the_users_word() {
    Session session;
    const float nan = std::numeric_limits<float>::quiet_NaN();
    session.library().add(QStringLiteral("holes"), {makeTensor("holes", {1, 2, nan, 3, 4, INFINITY})});
    QTRY_VERIFY(session.data() != nullptr);
    QVERIFY(session.data()->blocked());
    QVERIFY(session.run() == nullptr);
    session.setNonFinitePolicy(NonFinitePolicy::Drop);
    QTRY_VERIFY(session.settled());
    QCOMPARE(session.run()->errors.count, std::uint64_t{4});
    session.setNonFinitePolicy(NonFinitePolicy::Clamp);
    QTRY_VERIFY(session.settled());
    QCOMPARE(session.run()->errors.count, std::uint64_t{5});
}

void TestSession::closing_the_last_file_clears_the_screen() {
    Session session;
    const int id = addNormal(session);
    QTRY_VERIFY(session.settled());
    session.library().close(id);
    QVERIFY(session.data() == nullptr);
    QVERIFY(session.run() == nullptr);
    QVERIFY(!session.current().valid());
}

void TestSession::a_grouping_that_a_tensor_lacks_is_given_up() {
    Session session;
    session.library().add(QStringLiteral("matrix"), {makeTensor("matrix", Shape{4, 8}, std::vector<float>(32, 1.5f))});
    QTRY_VERIFY(session.settled());
    QuantSpec spec = session.spec();
    spec.grouping = Grouping::channel(1);
    session.setSpec(spec, QStringLiteral("group"));
    QTRY_COMPARE(session.run()->quantizer->groupCount(), std::size_t{8});
    addNormal(session);
    QTRY_VERIFY(session.settled());
    QVERIFY(session.spec().grouping == Grouping::tensor());
}

void TestSession::many_groups_are_previewed_by_a_sample_of_them() {
    Session session;
    session.library().add(QStringLiteral("matrix"),
                          {tensorOf("matrix", Shape{40'000, 16}, generate("normal", 640'000, 1).value().values)});
    QTRY_VERIFY_WITH_TIMEOUT(session.settled(), 60000);
    const RunPtr first = session.run();
    QVERIFY(session.complete());

    std::vector<RunPtr> shown; // and what was decoded then
    std::vector<RunPtr> complete;
    const auto watch = connect(&session, &Session::changed, this, [&](Aspects aspects) {
        if (!(aspects & Aspect::Run)) return;
        shown.push_back(session.shown());
        complete.push_back(session.run());
    });
    QuantSpec spec = session.spec();
    spec.grouping = Grouping::channel(0);
    session.setSpec(spec, QStringLiteral("group"));
    QTRY_VERIFY_WITH_TIMEOUT(session.settled(), 60000);
    QVERIFY(shown.size() >= 2);
    QVERIFY(shown.front()->sampled() && shown.front()->spec().grouping == spec.grouping);
    QCOMPARE(shown.front()->groupCount(), std::size_t{40'000});
    QCOMPARE(complete.front(), first); // what decodes every value waits
    QVERIFY(session.complete() && !session.run()->sampled() && session.run()->exact);

    // Another group of a finished run needs no second run.
    shown.clear();
    const RunPtr whole = session.run();
    session.setSelectedGroup(39'999);
    QTRY_VERIFY_WITH_TIMEOUT(session.settled(), 60000);
    QCOMPARE(shown.size(), std::size_t{1});
    QCOMPARE(session.run(), whole);
    QCOMPARE(session.levels()->codebook.levels, valueCodebook(*whole->quantizer, 39'999).levels);

    // A preview shows the selected group.
    shown.clear();
    spec.levels = 4;
    session.setSpec(spec, QStringLiteral("levels"));
    QTRY_VERIFY(!shown.empty());
    QVERIFY(shown.front()->sampled() && shown.front()->indexOf(39'999));
    QCOMPARE(session.levels()->data->count(), std::uint64_t{16});

    // What needs a run of all groups is done when there is one, though its making was cancelled.
    QVERIFY(!session.complete());
    session.cancel();
    RunPtr done;
    session.whenComplete([&] { done = session.run(); });
    QVERIFY(!done);
    QTRY_VERIFY_WITH_TIMEOUT(session.settled(), 60000);
    QCOMPARE(done, session.run());
    disconnect(watch);
}

void TestSession::a_session_comes_back_as_it_was() {
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("work.quantoscope"));
    QuantSpec spec;
    {
        Session session;
        SessionStore store(session);
        QSignalSpy saved(&store, &SessionStore::saved);
        addNormal(session, 3000);
        spec = session.spec();
        spec.scheme = "rank";
        spec.levels = 8;
        session.setSpec(spec, QStringLiteral("change"));
        QTRY_VERIFY(session.settled());
        store.save(path, {{"view", "transfer"}});
        QTRY_COMPARE(saved.count(), 1);
    }
    Session session;
    SessionStore store(session);
    std::map<std::string, std::string> view;
    connect(&store, &SessionStore::restored, this, [&](const auto& restored) { view = restored; });
    store.load(path);
    QTRY_VERIFY(session.settled());
    QVERIFY(session.spec() == spec);
    QCOMPARE(view["view"], std::string("transfer"));
    QCOMPARE(session.data()->tensor().values.size(), std::size_t{3000});
}

void TestSession::a_file_that_cannot_be_read_is_reported_and_nothing_is_lost() {
    Session session;
    addNormal(session);
    QTRY_VERIFY(session.settled());
    QSignalSpy failed(&session, &Session::failed);
    session.library().open(QStringLiteral("no-such-file.npy"));
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(session.run() != nullptr);
    QCOMPARE(session.library().documents().size(), std::size_t{1});
}

QTEST_MAIN(TestSession)
#include "tst_session.moc"
