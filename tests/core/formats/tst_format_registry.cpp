#include "core/formats/format_registry.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/source_checks.h"

#include <QTest>

#include <sys/stat.h>

using namespace quantoscope;
using test::complaintAbout;
using test::ScratchFolder;

class TestFormatRegistry : public QObject {
    Q_OBJECT

private slots:
    void refusesWhatIsNoFileOfNumbers_data() {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QString>("reason");
        QTest::newRow("nothing in it") << QByteArray("a.npy") << QByteArray() << ErrorCode::Malformed
                                       << "a.npy: the file is empty";
        QTest::newRow("a program")
            << QByteArray("a.bin")
            << QByteArray("\x7f"
                          "ELF\2\1\1\0\0\0",
                          10)
            << ErrorCode::Unsupported
            << "is none of the formats that can be read: safetensors (.safetensors), NumPy array (.npy)";
        QTest::newRow("another content than its name")
            << QByteArray("a.npy")
            << QByteArray("\x7f"
                          "ELF\2\1\1\0",
                          8)
            << ErrorCode::Unsupported << "the name says NumPy array, and the content is not that";
        QTest::newRow("a web image") << QByteArray("a.webp") << QByteArray("RIFF\x10\0\0\0WEBPVP8 \0\0\0\0", 20)
                                     << ErrorCode::Unsupported << "is none of the formats";
    }
    void refusesWhatIsNoFileOfNumbers() {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, bytes);
        QFETCH(ErrorCode, code);
        QFETCH(QString, reason);
        const ScratchFolder folder;
        const auto complaint = complaintAbout(folder.write(name.constData(), bytes));
        QVERIFY2(complaint.message.contains(reason), qPrintable(complaint.message));
        QCOMPARE(complaint.code, code);
    }

    void refusesWhatIsNoFile() {
        const ScratchFolder folder;
        QCOMPARE(complaintAbout(folder.path("missing.npy")).code, ErrorCode::NotFound);
        QCOMPARE(complaintAbout(folder.path(".")).code, ErrorCode::Unreadable);
        QCOMPARE(::mkfifo(folder.path("pipe.csv").c_str(), 0600), 0);
        QCOMPARE(complaintAbout(folder.path("pipe.csv")).code, ErrorCode::Unreadable);
    }

    void theContentCountsAndNotTheName() {
        const ScratchFolder folder;
        const Tensor tensor = makeTensor("x", {1, 2});
        QVERIFY(formatForExtension("npz")->write(folder.path("a.csv"), std::span(&tensor, 1), {}));
        QCOMPARE(test::entriesOf(folder.path("a.csv")), "x F32 2");
    }

    void findsTheFormatThatWrites() {
        QCOMPARE(formatForExtension("npy")->id, std::string_view("npy"));
        QCOMPARE(formatForExtension("jpeg")->id, std::string_view("jpeg"));
        QCOMPARE(formatForExtension("ogg"), nullptr); // read only
        QCOMPARE(formatForExtension(""), nullptr);
        QCOMPARE(formatForExtension("docx"), nullptr);
    }
};

QTEST_APPLESS_MAIN(TestFormatRegistry)
#include "tst_format_registry.moc"
