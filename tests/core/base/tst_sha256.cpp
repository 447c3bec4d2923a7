// core/base/sha256: the examples of FIPS 180-4 (NIST, "SHA256.pdf" and the SHAVS short messages), and files.
#include "core/base/sha256.h"
#include "tests/support/data.h"

#include <QtTest>

#include <fstream>

using namespace quantoscope;

namespace {
std::string digestOf(std::string_view text) {
    Sha256 sum;
    sum.add(text);
    return hexDigits(sum.finish());
}
} // namespace

class Sha256Test : public QObject {
    Q_OBJECT
private slots:
    void digestsArePublished_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("digest");
        QTest::newRow("nothing") << QByteArray()
                                 << QByteArray("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        QTest::newRow("abc, one block") << QByteArray("abc")
                                        << QByteArray(
                                               "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        QTest::newRow("448 bits, whose length takes a second block")
            << QByteArray("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
            << QByteArray("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
        QTest::newRow("896 bits, two blocks")
            << QByteArray("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmno"
                          "pqrsmnopqrstnopqrstu")
            << QByteArray("cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
        QTest::newRow("a million times a")
            << QByteArray(1000000, 'a')
            << QByteArray("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    }
    void digestsArePublished() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, digest);
        QCOMPARE(digestOf({text.constData(), static_cast<std::size_t>(text.size())}), digest.toStdString());
    }

    void piecesMakeNoDifference() {
        std::string text;
        for (int i = 0; i < 300; ++i) text += static_cast<char>(i * 7);
        const std::string whole = digestOf(text);
        for (std::size_t first = 0; first <= 130; ++first)
            for (const std::size_t second :
                 {std::size_t{0}, std::size_t{1}, std::size_t{63}, std::size_t{64}, std::size_t{65}}) {
                Sha256 sum;
                sum.add(std::string_view(text).substr(0, first));
                sum.add(std::string_view(text).substr(first, second));
                sum.add(std::string_view(text).substr(first + second));
                QCOMPARE(hexDigits(sum.finish()), whole);
            }
    }

    void filesAreReadWhole() {
        const QTemporaryDir directory;
        const std::string path = directory.filePath("large.bin").toStdString();
        std::string bytes(9 << 20, 'q');
        bytes[5 << 20] = 'r';
        std::ofstream(path, std::ios::binary) << bytes;
        const auto digest = sha256OfFile(path);
        QVERIFY(digest);
        QCOMPARE(*digest, digestOf(bytes));
        std::stop_source stop;
        stop.request_stop();
        const auto stopped = sha256OfFile(path, {stop.get_token(), {}});
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
        const auto missing = sha256OfFile(directory.filePath("none").toStdString());
        QVERIFY(!missing);
        QCOMPARE(missing.error().code, ErrorCode::NotFound);
    }
};

QTEST_APPLESS_MAIN(Sha256Test)
#include "tst_sha256.moc"
