// NumPy archives; what zip itself allows and NumPy never does is made here byte by byte.
#include "tests/support/scratch_folder.h"
#include "tests/support/source_checks.h"

#include <QTest>

#include <array>

using namespace quantoscope;
using test::complaintAbout;
using test::entriesOf;
using test::loadEntry;
using test::raw;
using test::ScratchFolder;

namespace {

using Values = std::vector<float>;

std::uint32_t checksum(const QByteArray& bytes) {
    std::uint32_t sum = ~0u;
    for (const char c : bytes) {
        sum ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit) sum = sum >> 1 ^ (sum & 1 ? 0xedb88320u : 0);
    }
    return ~sum;
}

struct Member {
    QByteArray name;
    QByteArray packed;        // as it lies in the archive
    std::uint16_t method = 0; // 0 stored, 8 deflated
    std::uint32_t size = 0;   // unpacked
    std::uint32_t sum = 0;
    std::uint16_t flags = 0;
};

Member stored(const QByteArray& name, const QByteArray& bytes) {
    return {name, bytes, 0, static_cast<std::uint32_t>(bytes.size()), checksum(bytes), 0};
}

/// Deflated by Qt, whose stream is a length of 4 bytes, zlib's header of 2, deflate, and a checksum of 4.
Member deflated(const QByteArray& name, const QByteArray& bytes) {
    const QByteArray stream = qCompress(bytes, 9);
    return {name, stream.mid(6, stream.size() - 10), 8, static_cast<std::uint32_t>(bytes.size()), checksum(bytes), 0};
}

QByteArray zip(const QList<Member>& members) {
    QByteArray bytes, directory;
    for (const Member& member : members) {
        const QByteArray common =
            raw<std::uint16_t>(20, member.flags, member.method, 0, 0x21) +
            raw<std::uint32_t>(member.sum, static_cast<std::uint32_t>(member.packed.size()), member.size) +
            raw(static_cast<std::uint16_t>(member.name.size())) + raw<std::uint16_t>(0);
        const auto offset = static_cast<std::uint32_t>(bytes.size());
        bytes += "PK\3\4" + common + member.name + member.packed;
        directory += "PK\1\2" + raw<std::uint16_t>(20) + common + raw<std::uint16_t>(0, 0, 0) +
                     raw<std::uint32_t>(0, offset) + member.name;
    }
    const auto count = static_cast<std::uint16_t>(members.size());
    return bytes + directory + "PK\5\6" + raw<std::uint16_t>(0, 0, count, count) +
           raw(static_cast<std::uint32_t>(directory.size()), static_cast<std::uint32_t>(bytes.size())) +
           raw<std::uint16_t>(0);
}

QByteArray npy(const QByteArray& descr, const QByteArray& shape, const QByteArray& data,
               const char* fortran = "False") {
    const QByteArray text = "{'descr': '" + descr + "', 'fortran_order': " + fortran + ", 'shape': " + shape + ", }\n";
    return QByteArray("\x93NUMPY\1\0", 8) + raw(static_cast<std::uint16_t>(text.size())) + text + data;
}

} // namespace

class TestNpz : public QObject {
    Q_OBJECT

private slots:
    void readsStoredAndPackedMembers() {
        const ScratchFolder folder;
        const auto path = folder.write("a.npz", zip({stored("a.npy", npy("<f4", "(2,)", raw<float>(1, 2))),
                                                     deflated("b.npy", npy("|u1", "(3,)", "\1\2\3")),
                                                     deflated("dir/c.npy", npy(">i2", "()", QByteArray("\1\0", 2)))}));
        QCOMPARE(entriesOf(path), "a F32 2, b U8 3, dir/c I16 scalar");
        QCOMPARE(loadEntry(path, "a").values, (Values{1, 2}));
        QCOMPARE(loadEntry(path, "b").values, (Values{1, 2, 3}));
        QCOMPARE(loadEntry(path, "dir/c").values, (Values{256}));
    }

    void slicesOfPackedMembersGoForwardsAndBack() {
        QByteArray data;
        for (int i = 0; i < 300'000; ++i) data += raw<float>(static_cast<float>(i));
        const ScratchFolder folder;
        const auto path = folder.write("a.npz", zip({deflated("a.npy", npy("<f4", "(300000,)", data)),
                                                     deflated("b.npy", npy("<f4", "(500, 600)", data, "True"))}));
        const auto source = openFile(path);
        QVERIFY(source);
        for (const int first : {0, 7, 250'000, 299'998, 12, 0}) {
            Values slice(2);
            QVERIFY((*source)->read(0, static_cast<std::uint64_t>(first), slice, {}));
            QCOMPARE(slice, (Values{static_cast<float>(first), static_cast<float>(first + 1)}));
            QVERIFY((*source)->read(1, static_cast<std::uint64_t>(first), slice, {}));
            QCOMPARE(slice[0], static_cast<float>(first / 600 + first % 600 * 500));
        }
    }

    void leavesOutWhatIsNoArrayOfNumbers() {
        const ScratchFolder folder;
        Member secret = stored("secret.npy", npy("<f4", "(1,)", raw<float>(1)));
        secret.flags = 1;
        Member odd = stored("odd.npy", npy("<f4", "(1,)", raw<float>(1)));
        odd.method = 97;
        const auto path = folder.write(
            "a.npz",
            zip({stored("readme.txt", "hello"), stored("text.npy", npy("<U1", "(1,)", raw<float>(1))),
                 stored("z.npy", npy("<c8", "(0,)", {})), secret, odd, stored("w.npy", npy("|u1", "(1,)", "\1"))}));
        QCOMPARE(entriesOf(path), "w U8 1");
        const auto source = openFile(path);
        const auto reasons = (*source)->leftOut();
        QCOMPARE(reasons.size(), 5u);
        QCOMPARE(reasons[0], std::string("member \"readme.txt\" is not an array"));
        QCOMPARE(reasons[1], std::string("member \"text.npy\": text (<U1) is not numbers"));
        QCOMPARE(reasons[2], std::string("member \"z.npy\": complex numbers (<c8) are not supported"));
        QCOMPARE(reasons[3], std::string("member \"secret.npy\": it is encrypted"));
        QCOMPARE(reasons[4], std::string("member \"odd.npy\": its compression (method 97) is not supported"));
    }

    void anArchiveWithoutMembersHasNoEntries() {
        const ScratchFolder folder;
        QCOMPARE(entriesOf(folder.write("a.npz", zip({}))), "");
        QVERIFY(formatForExtension("npz")->write(folder.path("b.npz"), {}, {}));
        QCOMPARE(entriesOf(folder.path("b.npz")), "");
    }

    void refusesWithReason_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QString>("reason");
        const QByteArray good = npy("<f4", "(2,)", raw<float>(1, 2));
        const auto row = [](const char* name, const QByteArray& bytes, ErrorCode code, const char* reason) {
            QTest::newRow(name) << bytes << code << QString(reason);
        };
        row("no directory", "PK\3\4" + QByteArray(100, '\0'), ErrorCode::Malformed, "not a readable zip archive");
        row("another kind of zip", zip({stored("word/document.xml", "<x/>")}), ErrorCode::Unsupported,
            "without an array that can be read: member \"word/document.xml\" is not an array");
        row("a name twice", zip({stored("a.npy", good), stored("a.npy", good)}), ErrorCode::Malformed,
            "member \"a.npy\": stands in the archive twice");
        row("a member that is no .npy inside", zip({stored("a.npy", "hello, world, hello")}), ErrorCode::Malformed,
            "member \"a.npy\": byte 0: does not begin with");
        row("an empty member", zip({stored("a.npy", "")}), ErrorCode::Truncated, "member \"a.npy\": byte 0: the magic");
        row("a shape beyond the member", zip({stored("a.npy", npy("<f4", "(3,)", raw<float>(1, 2)))}),
            ErrorCode::Truncated, "needs 12 bytes of data and the member has 8");
        row("a member beyond its shape", zip({stored("a.npy", npy("<f4", "(1,)", raw<float>(1, 2)))}),
            ErrorCode::Malformed, "needs 4 bytes of data and the member has 8");
        Member wrongSum = stored("a.npy", good);
        wrongSum.sum ^= 1;
        row("a wrong checksum of a stored member", zip({wrongSum}), ErrorCode::Malformed, "CRC error");
        Member wrongPackedSum = deflated("a.npy", good);
        wrongPackedSum.sum ^= 1;
        row("a wrong checksum of a packed member", zip({wrongPackedSum}), ErrorCode::Malformed, "CRC error");

        // 40 GB of zeros that a few bytes claim to hold.
        Member bomb = deflated("bomb.npy", npy("|u1", "(40000000000,)", QByteArray(1000, '\0')));
        bomb.size = 0xfffffff0u;
        row("a size that no packing reaches", zip({bomb}), ErrorCode::Unsupported, "cannot come from");
        // A member that unpacks to more than it says, and one to less.
        Member longer = deflated("a.npy", good + QByteArray(100'000, 'x'));
        longer.size = static_cast<std::uint32_t>(good.size());
        row("a member longer than its size", zip({longer}), ErrorCode::Malformed, "member \"a.npy\"");
        Member shorter = deflated("a.npy", npy("<f4", "(3,)", raw<float>(1, 2)));
        shorter.size += 4;
        row("a member shorter than its size", zip({shorter}), ErrorCode::Truncated, "member \"a.npy\"");
        Member garbage = deflated("a.npy", good);
        garbage.packed.fill('\xff');
        row("bytes that are not deflate", zip({garbage}), ErrorCode::Malformed, "member \"a.npy\": byte 0");
    }
    void refusesWithReason() {
        QFETCH(QByteArray, bytes);
        QFETCH(ErrorCode, code);
        QFETCH(QString, reason);
        const ScratchFolder folder;
        const auto complaint = complaintAbout(folder.write("a.npz", bytes));
        QVERIFY2(complaint.message.contains(reason), qPrintable(complaint.message));
        QCOMPARE(complaint.code, code);
    }

    void aBombThatIsHonestCostsOnlyWhatIsAskedFor() {
        // 20 MB of zeros in 20 KB: opening and slicing unpack no more than they must hold.
        const ScratchFolder folder;
        const auto path =
            folder.write("a.npz", zip({deflated("a.npy", npy("|u1", "(20000000,)", QByteArray(20'000'000, '\0')))}));
        QVERIFY(std::filesystem::file_size(path) < 40'000);
        const auto source = openFile(path);
        QVERIFY(source);
        Values slice(4, 1.0f);
        QVERIFY((*source)->read(0, 19'999'996, slice, {}));
        QCOMPARE(slice, (Values{0, 0, 0, 0}));
    }

    void refusesNamesItCannotKeep() {
        const ScratchFolder folder;
        const Format& format = *formatForExtension("npz");
        const std::vector<Tensor> twice{makeTensor("a", {1}), makeTensor("a", {2})};
        QCOMPARE(format.write(folder.path("a"), twice, {}).error().code, ErrorCode::InvalidArgument);
        const Tensor nameless = makeTensor("", {1});
        QCOMPARE(format.write(folder.path("a"), std::span(&nameless, 1), {}).error().code, ErrorCode::InvalidArgument);
        const std::vector<Tensor> halfFits{makeTensor("a", {1}), makeTensor("b", {1}, {0.5f}, DType::I8)};
        const Status status = format.write(folder.path("a"), halfFits, {});
        QCOMPARE(status.error().message(), std::string("\"b\": value 0: 0.5 cannot be stored as I8"));
        QVERIFY(folder.names().isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestNpz)
#include "tst_npz.moc"
