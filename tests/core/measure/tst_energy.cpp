// A folder laid out as Linux lays out its power capping interface; estimates against sums by hand.
#include "core/measure/energy.h"
#include "tests/support/scratch_folder.h"

#include <QTest>

using namespace quantoscope;
using test::ScratchFolder;

namespace {

class Powercap {
public:
    std::filesystem::path top() const { return m_folder.path("powercap"); }

    void domain(const char* name, const QByteArray& label, const QByteArray& energy,
                const QByteArray& range = "262143328850\n") const {
        const QByteArray folder = QByteArray("powercap/") + name;
        std::filesystem::create_directories(m_folder.path(folder));
        m_folder.write(folder + "/name", label);
        m_folder.write(folder + "/energy_uj", energy);
        m_folder.write(folder + "/max_energy_range_uj", range);
    }
    std::filesystem::path counter(const char* name) const { return top() / name / "energy_uj"; }

private:
    ScratchFolder m_folder;
};

} // namespace

class TestEnergy : public QObject {
    Q_OBJECT

private slots:
    void addsUpPackagesAndNothingElse() {
        const Powercap powercap;
        powercap.domain("intel-rapl:0", "package-0\n", "1000000\n");
        powercap.domain("intel-rapl:0:0", "core\n", "500000\n");
        powercap.domain("intel-rapl:1", "package-1\n", "2000000\n");
        powercap.domain("intel-rapl:2", "psys\n", "9000000\n");
        powercap.domain("intel-rapl-mmio:0", "package-0\n", "1000000\n");
        const auto meter = EnergyMeter::open(powercap.top());
        QVERIFY2(meter, meter ? "" : meter.error().message().c_str());
        QCOMPARE(meter->packages(), std::string("package-0, package-1"));
        const EnergyReading before = meter->read().value();
        QCOMPARE(before.counters, (std::vector<std::uint64_t>{1'000'000, 2'000'000}));
        powercap.domain("intel-rapl:0", "package-0\n", "4500000\n");
        powercap.domain("intel-rapl:0:0", "core\n", "4000000\n");
        powercap.domain("intel-rapl:1", "package-1\n", "2250000\n");
        const EnergyReading after = meter->read().value();
        QCOMPARE(meter->joules(before, after), 3.75);
        QCOMPARE(meter->joules(after, after), 0.0);
    }

    void aCounterMayBeginAgain() {
        const Powercap powercap;
        powercap.domain("intel-rapl:0", "package-0\n", "9000000\n", "10000000\n");
        const EnergyMeter meter = EnergyMeter::open(powercap.top()).value();
        const EnergyReading before = meter.read().value();
        powercap.domain("intel-rapl:0", "package-0\n", "500000\n", "10000000\n");
        QCOMPARE(meter.joules(before, meter.read().value()), 1.5);
    }

    void saysWhyThereIsNoMeter_data() {
        QTest::addColumn<QByteArray>("energy");
        QTest::addColumn<QByteArray>("range");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* name, const char* energy, const char* range, ErrorCode code,
                            const char* reason) {
            QTest::newRow(name) << QByteArray(energy) << QByteArray(range) << code << QString(reason);
        };
        row("words for a counter", "many\n", "10\n", ErrorCode::Malformed, "\"many\" is no count of microjoules");
        row("nothing in the counter", "", "10\n", ErrorCode::Malformed, "\"\" is no count");
        row("a negative counter", "-5\n", "10\n", ErrorCode::Malformed, "\"-5\" is no count");
        row("a counter beyond 64 bits", "99999999999999999999\n", "10\n", ErrorCode::Malformed, "is no count");
        row("a number with a unit", "5 uj\n", "10\n", ErrorCode::Malformed, "\"5 uj\" is no count");
        row("words for the range", "5\n", "wide\n", ErrorCode::Malformed, "max_energy_range_uj: \"wide\"");
    }
    void saysWhyThereIsNoMeter() {
        QFETCH(QByteArray, energy);
        QFETCH(QByteArray, range);
        QFETCH(QString, reason);
        const Powercap powercap;
        powercap.domain("intel-rapl:0", "package-0\n", energy, range);
        const auto meter = EnergyMeter::open(powercap.top());
        QVERIFY(!meter);
        QTEST(meter.error().code, "code");
        const QString message = QString::fromStdString(meter.error().message());
        QVERIFY2(message.contains(reason) && message.contains("intel-rapl:0/"), qPrintable(message));
    }

    void machinesWithoutCountersAreNamedAsSuch() {
        const Powercap powercap;
        QCOMPARE(EnergyMeter::open(powercap.top()).error().code, ErrorCode::NotFound); // no such folder
        std::filesystem::create_directories(powercap.top());
        QCOMPARE(EnergyMeter::open(powercap.top()).error().code, ErrorCode::NotFound);
        powercap.domain("intel-rapl:0", "psys\n", "1\n");
        const Error error = EnergyMeter::open(powercap.top()).error();
        QCOMPARE(error.code, ErrorCode::NotFound);
        QVERIFY(error.detail.find("does not count") != std::string::npos);
    }

    void aCounterThatMayNotBeReadIsNoticedAtOnce() {
        const Powercap powercap;
        powercap.domain("intel-rapl:0", "package-0\n", "1\n");
        std::filesystem::remove(powercap.counter("intel-rapl:0"));
        QCOMPARE(EnergyMeter::open(powercap.top()).error().code, ErrorCode::NotFound);
        std::filesystem::create_directory(powercap.counter("intel-rapl:0")); // refused even to root
        const Error error = EnergyMeter::open(powercap.top()).error();
        QCOMPARE(error.code, ErrorCode::Unreadable);
        QVERIFY(error.where.find("energy_uj") != std::string::npos);
    }

    void estimatesAreSumsOfTheTable_data() {
        QTest::addColumn<OperationCounts>("counts");
        QTest::addColumn<double>("compute"); // picojoules
        QTest::addColumn<double>("memory");
        QTest::addColumn<QString>("name");
        const auto row = [](const char* label, const OperationCounts& counts, double compute, double memory,
                            const char* name) { QTest::newRow(label) << counts << compute << memory << QString(name); };
        row("nothing costs nothing", {}, 0, 0, "8 KB cache");
        row("a float product, added up", {.floatMultiplyAdds = 1}, 4.6, 0, "8 KB cache");
        row("an integer product, added up", {.int8MultiplyAdds = 1}, 0.3, 0, "8 KB cache");
        row("sums and products apart", {.floatAdds = 10, .floatMultiplies = 100}, 379, 0, "8 KB cache");
        row("64 bits from the smallest cache", {.bytesMoved = 8, .workingSetBytes = 8192}, 0, 10, "8 KB cache");
        row("a byte too many for it", {.bytesMoved = 8, .workingSetBytes = 8193}, 0, 20, "32 KB cache");
        row("64 bits from the largest cache", {.bytesMoved = 8, .workingSetBytes = 1 << 20}, 0, 100, "1 MB cache");
        row("64 bits from DRAM", {.bytesMoved = 8, .workingSetBytes = (1 << 20) + 1}, 0, 1300, "DRAM");
        // 64–256–128–10 in float32: 50,432 products, 203,304 bytes of parameters in the 1 MB cache.
        row("a perceptron for a digit in float32",
            {.floatMultiplyAdds = 50'432, .bytesMoved = 203'304, .workingSetBytes = 203'304}, 231'987.2, 2'541'300,
            "1 MB cache");
    }
    void estimatesAreSumsOfTheTable() {
        QFETCH(OperationCounts, counts);
        QFETCH(double, compute);
        QFETCH(double, memory);
        const EnergyEstimate estimate = estimateEnergy(counts);
        QVERIFY(std::abs(estimate.computeJoules - compute * 1e-12) <= 1e-15 * compute * 1e-12);
        QVERIFY(std::abs(estimate.memoryJoules - memory * 1e-12) <= 1e-15 * memory * 1e-12);
        QCOMPARE(estimate.joules(), estimate.computeJoules + estimate.memoryJoules);
        const std::string_view name = estimate.memory;
        QTEST(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())), "name");
    }

    void integersNeedAFifteenthOfTheArithmetic() {
        const double inFloats = estimateEnergy({.floatMultiplyAdds = 1'000'000}).joules();
        const double inIntegers = estimateEnergy({.int8MultiplyAdds = 1'000'000}).joules();
        QVERIFY(std::abs(inFloats / inIntegers - 4.6 / 0.3) < 1e-12);
    }
};

QTEST_APPLESS_MAIN(TestEnergy)
#include "tst_energy.moc"
