// Transposing against one number after another.
#include "core/base/transpose.h"
#include "tests/support/vector_targets.h"

#include <QTest>

#include <numeric>
#include <vector>

using namespace quantoscope;

/// Every test runs with each set of instructions that this processor and this build have.
class TestTranspose : public QObject {
    Q_OBJECT

private slots:
    void initTestCase_data() { test::addVectorTargets(); }
    void init() { test::useVectorTarget(); }
    void cleanup() { test::useEveryVectorTarget(); }

    /// All that vectors of 4, 8 and 16 leave over, between numbers that belong to others.
    void movesEveryNumberAndNoOther() {
        for (const std::size_t rows : {0, 1, 3, 4, 7, 8, 13, 16, 31, 32, 50})
            for (const std::size_t columns : {0, 1, 2, 4, 5, 8, 12, 15, 16, 17, 24, 40, 64, 130}) {
                const std::size_t fromStride = columns + 3, toStride = rows + 5;
                std::vector<std::uint32_t> from(rows * fromStride + 1), to(columns * toStride + 1, 77), expected = to;
                std::iota(from.begin(), from.end(), 1000u);
                for (std::size_t r = 0; r < rows; ++r)
                    for (std::size_t c = 0; c < columns; ++c) expected[c * toStride + r] = from[r * fromStride + c];
                transpose(from.data(), fromStride, rows, columns, to.data(), toStride);
                QCOMPARE(to, expected);

                const std::vector<float> numbers(from.begin(), from.end());
                std::vector<float> turned(to.size(), 77);
                transpose(numbers.data(), fromStride, rows, columns, turned.data(), toStride);
                QCOMPARE(turned, std::vector<float>(expected.begin(), expected.end()));

                std::vector<std::uint8_t> bytes, moved(to.size(), 77), byBytes;
                for (const std::uint32_t number : from) bytes.push_back(static_cast<std::uint8_t>(number));
                for (const std::uint32_t number : expected) byBytes.push_back(static_cast<std::uint8_t>(number));
                transpose(bytes.data(), fromStride, rows, columns, moved.data(), toStride);
                QCOMPARE(moved, byBytes);
            }
    }
};

QTEST_APPLESS_MAIN(TestTranspose)
#include "tst_transpose.moc"
