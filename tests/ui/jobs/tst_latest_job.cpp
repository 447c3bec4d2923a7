#include "ui/jobs/latest_job.h"

#include <QTest>

#include <semaphore>

using namespace quantoscope;
using namespace quantoscope::ui;

class TestLatestJob : public QObject {
    Q_OBJECT

private slots:
    void delivers_on_the_gui_thread();
    void only_the_newest_waits();
    void a_started_preview_is_allowed_to_finish();
    void a_superseded_exact_run_is_stopped_and_not_delivered();
    void cancelling_delivers_nothing();
    void destruction_stops_the_work();
    void progress_arrives_while_running();
    void running_out_of_memory_is_an_error();
};

void TestLatestJob::delivers_on_the_gui_thread() {
    LatestJob<int> job(LatestJob<int>::Superseded::Finish);
    int result = 0;
    QThread* thread = nullptr;
    job.delivered = [&](Result<int> value) {
        result = *value;
        thread = QThread::currentThread();
    };
    job.submit([](const JobControl&) -> Result<int> { return 7; });
    QVERIFY(job.busy());
    QTRY_COMPARE(result, 7);
    QCOMPARE(thread, QCoreApplication::instance()->thread());
    QVERIFY(!job.busy());
}

void TestLatestJob::only_the_newest_waits() {
    LatestJob<int> job(LatestJob<int>::Superseded::Finish);
    std::vector<int> results;
    job.delivered = [&](Result<int> value) { results.push_back(*value); };
    auto gate = std::make_shared<std::binary_semaphore>(0);
    job.submit([gate](const JobControl&) -> Result<int> {
        gate->acquire();
        return 1;
    });
    for (int i = 2; i <= 50; ++i) job.submit([i](const JobControl&) -> Result<int> { return i; });
    gate->release();
    QTRY_COMPARE(results.size(), std::size_t{2});
    QCOMPARE(results, (std::vector<int>{1, 50}));
}

void TestLatestJob::a_started_preview_is_allowed_to_finish() {
    LatestJob<bool> job(LatestJob<bool>::Superseded::Finish);
    std::vector<bool> stopped;
    job.delivered = [&](Result<bool> value) { stopped.push_back(*value); };
    auto gate = std::make_shared<std::binary_semaphore>(0);
    const auto work = [gate](const JobControl& control) -> Result<bool> {
        gate->acquire();
        return control.cancelled();
    };
    job.submit(work);
    job.submit(work);
    gate->release();
    QTRY_COMPARE(stopped.size(), std::size_t{1});
    QCOMPARE(stopped.front(), false);
    gate->release();
    QTRY_COMPARE(stopped.size(), std::size_t{2});
}

void TestLatestJob::a_superseded_exact_run_is_stopped_and_not_delivered() {
    LatestJob<int> job(LatestJob<int>::Superseded::Stop);
    std::vector<int> results;
    job.delivered = [&](Result<int> value) { results.push_back(value.value_or(-1)); };
    job.submit([](const JobControl& control) -> Result<int> {
        while (!control.cancelled()) QThread::msleep(1);
        return cancelled();
    });
    job.submit([](const JobControl&) -> Result<int> { return 2; });
    QTRY_COMPARE(results.size(), std::size_t{1});
    QCOMPARE(results.front(), 2);
}

void TestLatestJob::cancelling_delivers_nothing() {
    LatestJob<int> job(LatestJob<int>::Superseded::Stop);
    int deliveries = 0;
    job.delivered = [&](Result<int>) { ++deliveries; };
    job.submit([](const JobControl& control) -> Result<int> {
        while (!control.cancelled()) QThread::msleep(1);
        return 1;
    });
    job.submit([](const JobControl&) -> Result<int> { return 2; });
    job.cancel();
    QTRY_VERIFY(!job.busy());
    QCOMPARE(deliveries, 0);
}

void TestLatestJob::destruction_stops_the_work() {
    auto stopped = std::make_shared<std::atomic<bool>>(false);
    {
        LatestJob<int> job(LatestJob<int>::Superseded::Finish);
        auto started = std::make_shared<std::binary_semaphore>(0);
        job.submit([stopped, started](const JobControl& control) -> Result<int> {
            started->release();
            while (!control.cancelled()) QThread::msleep(1);
            *stopped = true;
            return 1;
        });
        started->acquire();
    }
    QVERIFY(*stopped);
}

void TestLatestJob::progress_arrives_while_running() {
    LatestJob<int> job(LatestJob<int>::Superseded::Finish);
    double seen = -1;
    bool done = false;
    auto gate = std::make_shared<std::binary_semaphore>(0);
    job.progressed = [&](double fraction) { seen = fraction; };
    job.delivered = [&](Result<int>) { done = true; };
    job.submit([gate](const JobControl& control) -> Result<int> {
        control.progress(0.25);
        gate->acquire();
        return 0;
    });
    QTRY_COMPARE(seen, 0.25);
    gate->release();
    QTRY_VERIFY(done);
}

void TestLatestJob::running_out_of_memory_is_an_error() {
    LatestJob<int> job(LatestJob<int>::Superseded::Finish);
    std::optional<ErrorCode> code;
    job.delivered = [&](Result<int> value) {
        if (!value) code = value.error().code;
    };
    job.submit([](const JobControl&) -> Result<int> { throw std::bad_alloc(); });
    QTRY_VERIFY(code.has_value());
    QCOMPARE(static_cast<int>(*code), static_cast<int>(ErrorCode::TooLarge));
}

QTEST_MAIN(TestLatestJob)
#include "tst_latest_job.moc"
