// The transform against its definition; the spectrum at sinusoids and noise whose power is known.
#include "core/measure/spectrum.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

using namespace quantoscope;

namespace {

std::vector<float> sinusoid(std::size_t count, double amplitude, double frequency, double sampleRate) {
    std::vector<float> values(count);
    for (std::size_t i = 0; i < count; ++i)
        values[i] = static_cast<float>(
            amplitude * std::sin(2 * std::numbers::pi * frequency * static_cast<double>(i) / sampleRate));
    return values;
}

double integral(const Spectrum& s) {
    double sum = 0;
    for (const double d : s.density) sum += d;
    return sum * s.frequency[1];
}

} // namespace

class TestSpectrum : public QObject {
    Q_OBJECT

private slots:
    void transformAgreesWithItsDefinition_data() {
        QTest::addColumn<int>("size");
        for (const int size : {2, 4, 8, 64, 512}) QTest::addRow("%d values", size) << size;
    }
    void transformAgreesWithItsDefinition() {
        QFETCH(int, size);
        std::mt19937 random(1);
        std::normal_distribution<double> normal;
        std::vector<double> x(static_cast<std::size_t>(size));
        for (double& v : x) v = normal(random);
        const auto result = realFourierTransform(x);
        QCOMPARE(static_cast<int>(result.size()), size / 2 + 1);
        for (std::size_t k = 0; k < result.size(); ++k) {
            std::complex<double> expected;
            for (std::size_t n = 0; n < x.size(); ++n)
                expected += x[n] * std::polar(1.0, -2 * std::numbers::pi * static_cast<double>(k * n % x.size()) /
                                                       static_cast<double>(size));
            QVERIFY(std::abs(result[k] - expected) < 1e-11);
        }
    }
    void aSinusoidPeaksAtItsFrequencyWithItsPower() {
        const auto signal = sinusoid(36000, 3.0, 45.0, 360.0);
        const Spectrum s = *powerSpectrum(signal, 360.0, 1024);
        const auto peak = std::max_element(s.density.begin(), s.density.end()) - s.density.begin();
        QVERIFY(std::abs(s.frequency[static_cast<std::size_t>(peak)] - 45.0) < 360.0 / 1024);
        QVERIFY(std::abs(integral(s) - 4.5) < 0.01); // a²/2
        QVERIFY(s.density.back() < s.density[static_cast<std::size_t>(peak)] * 1e-8);
        QCOMPARE(s.frequency.back(), 180.0);
        QCOMPARE(s.segments, std::size_t((36000 - 1024) / 512 + 1));
    }
    void whiteNoiseIsFlatAndSumsToItsVariance() {
        std::mt19937 random(7);
        std::normal_distribution<float> normal(5.0f, 2.0f); // the mean does not count
        std::vector<float> signal(1 << 17);
        for (float& v : signal) v = normal(random);
        const Spectrum s = *powerSpectrum(signal, 1.0, 256);
        QVERIFY(std::abs(integral(s) - 4.0) < 0.1);
        for (std::size_t k = 2; k + 1 < s.density.size(); ++k) QVERIFY(std::abs(s.density[k] / 8.0 - 1) < 0.4);
    }
    void aShortSignalIsOneSegment() {
        const Spectrum s = *powerSpectrum(sinusoid(100, 1, 1, 8), 8.0, 4096);
        QCOMPARE(s.segments, std::size_t(2)); // of 64, half overlapping
        QCOMPARE(s.density.size(), std::size_t(33));
    }
    void refusesWhatHasNoMeaning() {
        const std::vector<float> x(64);
        QCOMPARE(powerSpectrum(std::vector<float>(7), 1).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(powerSpectrum(x, 1, 48).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(powerSpectrum(x, 0).error().code, ErrorCode::InvalidArgument);
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(powerSpectrum(x, 1, 16, {stop.get_token(), {}}).error().code, ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(TestSpectrum)
#include "tst_spectrum.moc"
