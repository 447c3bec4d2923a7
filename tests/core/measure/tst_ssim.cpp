// Against the formula written out window by window, and at its fixed points.
#include "core/measure/ssim.h"

#include <QTest>

#include <cmath>
#include <random>
#include <vector>

using namespace quantoscope;

namespace {

std::vector<float> noise(std::size_t count, unsigned seed) {
    std::mt19937 random(seed);
    std::vector<float> values(count);
    for (float& v : values) v = static_cast<float>(random() % 256);
    return values;
}

// No separation, no running sums: every window for itself, about its own means.
double naive(const std::vector<float>& a, const std::vector<float>& b, const ImageShape& s, double range) {
    double total = 0;
    std::size_t windows = 0;
    for (std::size_t channel = 0; channel < s.channels; ++channel) {
        for (std::size_t top = 0; top + 11 <= s.height; ++top) {
            for (std::size_t left = 0; left + 11 <= s.width; ++left) {
                double weight = 0, mx = 0, my = 0;
                const auto each = [&](auto&& body) {
                    for (int y = 0; y < 11; ++y)
                        for (int x = 0; x < 11; ++x) {
                            const double w = std::exp(-((x - 5) * (x - 5) + (y - 5) * (y - 5)) / (2 * 1.5 * 1.5));
                            const std::size_t at =
                                ((top + static_cast<std::size_t>(y)) * s.width + left + static_cast<std::size_t>(x)) *
                                    s.channels +
                                channel;
                            body(w, a[at], b[at]);
                        }
                };
                each([&](double w, double x, double y) { weight += w, mx += w * x, my += w * y; });
                mx /= weight;
                my /= weight;
                double vx = 0, vy = 0, cov = 0;
                each([&](double w, double x, double y) {
                    vx += w * (x - mx) * (x - mx);
                    vy += w * (y - my) * (y - my);
                    cov += w * (x - mx) * (y - my);
                });
                vx /= weight, vy /= weight, cov /= weight;
                const double c1 = std::pow(0.01 * range, 2), c2 = std::pow(0.03 * range, 2);
                total += (2 * mx * my + c1) * (2 * cov + c2) / ((mx * mx + my * my + c1) * (vx + vy + c2));
                ++windows;
            }
        }
    }
    return total / static_cast<double>(windows);
}

} // namespace

class TestSsim : public QObject {
    Q_OBJECT

private slots:
    void agreesWithTheFormulaWrittenOut_data() {
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("channels");
        QTest::newRow("one window") << 11 << 11 << 1;
        QTest::newRow("grey, several blocks of rows") << 80 << 40 << 1;
        QTest::newRow("colour") << 20 << 31 << 3;
    }
    void agreesWithTheFormulaWrittenOut() {
        QFETCH(int, height);
        QFETCH(int, width);
        QFETCH(int, channels);
        const ImageShape shape{static_cast<std::size_t>(height), static_cast<std::size_t>(width),
                               static_cast<std::size_t>(channels)};
        const auto a = noise(shape.height * shape.width * shape.channels, 1);
        auto b = a;
        const auto other = noise(a.size(), 2);
        for (std::size_t i = 0; i < b.size(); ++i) b[i] = 0.8f * b[i] + 0.2f * other[i];
        const double expected = naive(a, b, shape, 255);
        QVERIFY(expected > 0.5 && expected < 0.999);
        QVERIFY(std::abs(*ssim(a, b, shape, 255) - expected) < 1e-10);
    }
    void equalImagesGiveOne() {
        const auto a = noise(400, 3);
        QVERIFY(std::abs(*ssim(a, a, {20, 20, 1}, 255) - 1) < 1e-12);
    }
    void flatImagesDifferOnlyInLuminance() {
        const std::vector<float> a(400, 100), b(400, 150);
        const double c1 = 2.55 * 2.55;
        const double expected = (2 * 100 * 150 + c1) / (100 * 100 + 150 * 150 + c1);
        QVERIFY(std::abs(*ssim(a, b, {20, 20, 1}, 255) - expected) < 1e-9);
    }
    void refusesWhatHasNoMeaning() {
        const std::vector<float> a(400);
        QCOMPARE(ssim(a, a, {10, 40, 1}, 255).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(ssim(a, a, {20, 21, 1}, 255).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(ssim(a, a, {20, 20, 1}, 0).error().code, ErrorCode::InvalidArgument);
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(ssim(a, a, {20, 20, 1}, 255, {stop.get_token(), {}}).error().code, ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(TestSsim)
#include "tst_ssim.moc"
