// Layouts against the definition, position by position, for every shape up to rank 3 and odd ones beyond.
#include "core/quant/grouping.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <map>
#include <numeric>

using namespace quantoscope;

namespace {

/// The group of every position, by walking the index of each.
std::vector<std::size_t> groupsByDefinition(const Shape& shape, const Grouping& grouping) {
    const auto count = static_cast<std::size_t>(elementCount(shape).value());
    std::vector<std::size_t> groups(count);
    const std::size_t row = shape.empty() ? 1 : static_cast<std::size_t>(shape.back());
    for (std::size_t position = 0; position < count; ++position) {
        if (grouping.kind == Grouping::Kind::Channel) {
            const std::size_t axis = static_cast<std::size_t>(
                grouping.axis < 0 ? grouping.axis + static_cast<int>(shape.size()) : grouping.axis);
            std::size_t rest = position;
            for (std::size_t i = shape.size(); i-- > axis + 1;) rest /= static_cast<std::size_t>(shape[i]);
            groups[position] = rest % static_cast<std::size_t>(shape[axis]);
        } else if (grouping.kind == Grouping::Kind::Block) {
            const auto size = static_cast<std::size_t>(grouping.blockSize);
            const std::size_t blocks = (row + size - 1) / size;
            groups[position] = position / row * blocks + position % row / size;
        }
    }
    return groups;
}

const std::vector<Shape>& shapes() {
    static const std::vector<Shape> all{{},        {1},       {7},       {64},         {0},          {3, 5},
                                        {5, 1},    {1, 5},    {4, 16},   {0, 5},       {5, 0},       {2, 3, 4},
                                        {3, 1, 2}, {2, 0, 3}, {33, 17},  {2, 3, 2, 5}, {1, 1, 1, 1}, {20, 40},
                                        {3, 100},  {40, 3},   {2, 2, 16}};
    return all;
}

} // namespace

class TestGrouping : public QObject {
    Q_OBJECT

private slots:
    void placesEveryPosition_data() {
        QTest::addColumn<QString>("text");
        for (const char* text : {"tensor", "channel:0", "channel:1", "channel:2", "channel:-1", "channel:-2", "block:1",
                                 "block:2", "block:3", "block:5", "block:16", "block:64", "block:16777216"})
            QTest::newRow(text) << QString(text);
    }
    void placesEveryPosition() {
        QFETCH(QString, text);
        const Grouping grouping = parseGrouping(text.toStdString()).value();
        for (const Shape& shape : shapes()) {
            const int rank = static_cast<int>(shape.size());
            const auto made = GroupLayout::make(shape, grouping);
            if (grouping.kind == Grouping::Kind::Channel && (grouping.axis >= rank || grouping.axis < -rank)) {
                QVERIFY(!made && made.error().code == ErrorCode::InvalidArgument);
                continue;
            }
            QVERIFY(made.has_value());
            const GroupLayout& layout = *made;
            const std::vector<std::size_t> want = groupsByDefinition(shape, grouping);
            QCOMPARE(layout.valueCount(), want.size());
            std::map<std::size_t, std::vector<float>> members;
            for (std::size_t i = 0; i < want.size(); ++i) {
                QCOMPARE(layout.groupOf(i), want[i]);
                const GroupLayout::Run run = layout.run(layout.runAt(i));
                QVERIFY(run.group == want[i] && run.begin <= i && i < run.end);
                members[want[i]].push_back(static_cast<float>(i));
                QVERIFY(want[i] < layout.groupCount());
            }
            std::vector<float> positions(want.size());
            std::iota(positions.begin(), positions.end(), 0.0f);
            for (const std::size_t together : {std::size_t{1}, layout.groupsAtOnce(), layout.groupCount()}) {
                for (std::size_t g = 0; g < layout.groupCount(); g += std::max<std::size_t>(1, together)) {
                    std::vector<std::vector<float>> gathered(std::min(together, layout.groupCount() - g));
                    layout.gather(g, positions, gathered);
                    for (std::size_t i = 0; i < gathered.size(); ++i) {
                        QCOMPARE(layout.groupSize(g + i), members[g + i].size());
                        QCOMPARE(gathered[i], members[g + i]);
                    }
                }
            }
            // Pieces of any interval, in the order of memory.
            for (std::size_t begin = 0; begin <= want.size(); begin += 1 + want.size() / 5) {
                for (std::size_t end = begin; end <= want.size(); end += 1 + want.size() / 7) {
                    std::size_t at = begin;
                    layout.forEachPiece(begin, end, [&](std::size_t group, std::size_t first, std::size_t last) {
                        QCOMPARE(first, at);
                        QVERIFY(last > first && last <= end);
                        for (; at < last; ++at) QCOMPARE(group, want[at]);
                    });
                    QCOMPARE(at, end);
                    at = begin;
                    layout.forEachStretch(
                        begin, end, [&](std::size_t group, std::size_t first, std::size_t last, std::size_t runs) {
                            QCOMPARE(first, at);
                            QVERIFY(last > first && last <= end && (last - first) % runs == 0);
                            const std::size_t size = (last - first) / runs;
                            for (; at < last; ++at) QCOMPARE(group + (at - first) / size, want[at]);
                        });
                    QCOMPARE(at, end);
                }
            }
            const std::uint64_t stored = grouping.kind == Grouping::Kind::Block
                                             ? layout.groupCount() * static_cast<std::uint64_t>(grouping.blockSize)
                                             : want.size();
            QCOMPARE(layout.storedValues(), stored);
        }
    }

    void gathersWhatIsFinite() {
        const std::vector<float> values{1, std::nanf(""), 3, INFINITY, 5, 6, -INFINITY, 8};
        const GroupLayout columns = GroupLayout::make({4, 2}, Grouping::channel(1)).value();
        std::vector<std::vector<float>> gathered(2);
        columns.gather(0, values, gathered);
        QCOMPARE(gathered, (std::vector<std::vector<float>>{{1, 3, 5}, {6, 8}}));
        const GroupLayout rows = GroupLayout::make({2, 4}, Grouping::channel(0)).value();
        rows.gather(0, values, gathered);
        QCOMPARE(gathered, (std::vector<std::vector<float>>{{1, 3}, {5, 6, 8}}));
    }

    void positionsBeyond32Bits() {
        const std::int64_t row = (std::int64_t{1} << 33) + 40; // the last block of a row has 40 values
        const std::size_t length = static_cast<std::size_t>(row), blocks = length / 64 + 1;
        const GroupLayout layout = GroupLayout::make({3, row}, Grouping::block(64)).value();
        for (const std::size_t at : {length - 41, length - 40, length - 1, length, length + 64, 2 * length + 7}) {
            const GroupLayout::Run run = layout.run(layout.runAt(at));
            QVERIFY(run.begin <= at && at < run.end);
            QCOMPARE(run.group, at / length * blocks + at % length / 64);
        }
        std::vector<std::size_t> ends, groups;
        layout.forEachStretch(length - 200, length + 150,
                              [&](std::size_t group, std::size_t, std::size_t last, std::size_t) {
                                  groups.push_back(group);
                                  ends.push_back(last);
                              });
        QCOMPARE(ends, (std::vector<std::size_t>{length - 168, length - 40, length, length + 128, length + 150}));
        QCOMPARE(groups, (std::vector<std::size_t>{blocks - 4, blocks - 3, blocks - 1, blocks, blocks + 2}));
    }

    void textReadsBack_data() {
        QTest::addColumn<QString>("text");
        for (const char* text : {"tensor", "channel:0", "channel:3", "channel:-1", "block:1", "block:64"})
            QTest::newRow(text) << QString(text);
    }
    void textReadsBack() {
        QFETCH(QString, text);
        const Grouping grouping = parseGrouping(text.toStdString()).value();
        QCOMPARE(QString::fromStdString(formatGrouping(grouping)), text);
        QVERIFY(parseGrouping(formatGrouping(grouping)).value() == grouping);
    }

    void refusesOtherText_data() {
        QTest::addColumn<QString>("text");
        for (const char* text :
             {"", "tensors", "tensor:1", "channel", "channel:", "channel:x", "channel:1.5", "channel:99999999999",
              "block", "block:", "block:0", "block:-4", "block:16777217", "block:64 ", " block:64",
              "block:9223372036854775807", "block:9223372036854775808", "row:3"})
            QTest::addRow("\"%s\"", text) << QString(text);
    }
    void refusesOtherText() {
        QFETCH(QString, text);
        const auto parsed = parseGrouping(text.toStdString());
        QVERIFY(!parsed);
        QCOMPARE(parsed.error().code, ErrorCode::InvalidArgument);
    }

    void refusesWhatCannotBeLaidOut() {
        const std::int64_t large = std::numeric_limits<std::int64_t>::max();
        QCOMPARE(GroupLayout::make({4}, Grouping::block(0)).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(GroupLayout::make({4}, Grouping::block(large)).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(GroupLayout::make({large, 2}, Grouping::tensor()).error().code, ErrorCode::TooLarge);
        QCOMPARE(GroupLayout::make({large, 2, 0}, Grouping::channel(0)).error().code, ErrorCode::TooLarge);
        QCOMPARE(GroupLayout::make({-1}, Grouping::tensor()).error().code, ErrorCode::Malformed);
    }
};

QTEST_APPLESS_MAIN(TestGrouping)
#include "tst_grouping.moc"
