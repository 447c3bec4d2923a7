// Scales kept number by number against a list of them.
#include "core/quant/group_scales.h"

#include <QTest>

#include <cmath>
#include <vector>

using namespace quantoscope;

class TestGroupScales : public QObject {
    Q_OBJECT

private slots:
    void givesBackWhatEveryGroupHas_data() {
        QTest::addColumn<int>("from"); // the group from which on all numbers differ
        for (const int from : {0, 1, 2, 17, 40}) QTest::addRow("alike before %d", from) << from;
    }
    void givesBackWhatEveryGroupHas() {
        QFETCH(int, from);
        GroupScales groups;
        groups.reserve(40);
        std::vector<GroupScale> put;
        for (int g = 0; g < 40; ++g) {
            const int by = g < from ? 0 : g + 1;
            put.push_back({1.5f + static_cast<float>(by), static_cast<float>(by) * -2, 3 - by,
                           static_cast<std::uint32_t>(7 + by)});
            groups.push_back(put.back());
        }
        QCOMPARE(groups.size(), put.size());
        std::size_t g = 0;
        for (const GroupScale group : groups) {
            for (const GroupScale& own : {group, groups[g]}) {
                QCOMPARE(own.scale, put[g].scale);
                QCOMPARE(own.offset, put[g].offset);
                QCOMPARE(own.zero, put[g].zero);
                QCOMPARE(own.codebook, put[g].codebook);
            }
            ++g;
        }
        QCOMPARE(g, put.size());
        const bool alike = from == 40;
        QCOMPARE(groups.scales().alike(), alike);
        QCOMPARE(groups.offsets().alike(), alike);
        QCOMPARE(groups.zeros().alike(), alike);
        QCOMPARE(groups.codebooks().alike(), alike);
        for (std::size_t i = 0; i < (alike ? 1 : put.size()); ++i) QCOMPARE(groups.zeros().data()[i], put[i].zero);
    }

    void numbersAreKeptOneByOne() {
        GroupScales groups;
        for (int g = 0; g < 5; ++g) groups.push_back({2, 0, g, 0});
        QVERIFY(groups.scales().alike() && groups.offsets().alike() && groups.codebooks().alike());
        QVERIFY(!groups.zeros().alike());
    }

    void zerosOfBothSignsAreTwoNumbers() {
        GroupScales groups;
        groups.push_back({1, 0.0f, 0, 0});
        groups.push_back({1, -0.0f, 0, 0});
        QVERIFY(!std::signbit(groups[0].offset) && std::signbit(groups[1].offset));
    }
};

QTEST_APPLESS_MAIN(TestGroupScales)
#include "tst_group_scales.moc"
