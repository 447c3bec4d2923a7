// core/base/philox: the known answers that the authors publish with Random123 (kat_vectors, philox4x32 10), and
// streams.
#include "core/base/philox.h"

#include <QtTest>

#include <set>

using namespace quantoscope;

class PhiloxTest : public QObject {
    Q_OBJECT
private slots:
    void knownAnswers() {
        constexpr std::uint32_t f = 0xffffffff;
        QCOMPARE(philox4x32({0, 0, 0, 0}, {0, 0}), (PhiloxCounter{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
        QCOMPARE(philox4x32({f, f, f, f}, {f, f}), (PhiloxCounter{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
        QCOMPARE(philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
                 (PhiloxCounter{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
    }

    void uniformNumbersStayInside() {
        const RandomStream stream(7, 3);
        for (std::uint64_t i = 0; i < 100000; ++i) {
            const auto [u, v] = stream.uniformPair(i);
            QVERIFY(u > 0 && u < 1 && v > 0 && v < 1);
        }
    }

    void seedsStreamsAndPositionsDiffer() {
        std::set<double> seen;
        for (std::uint64_t seed : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{1} << 40})
            for (std::uint32_t stream = 0; stream < 4; ++stream)
                for (std::uint64_t position : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{1} << 33})
                    seen.insert(RandomStream(seed, stream).uniformPair(position).first);
        QCOMPARE(seen.size(), std::size_t{36});
    }
};

QTEST_APPLESS_MAIN(PhiloxTest)
#include "tst_philox.moc"
