// Reading by position and writing whole or not at all: core/base/input_file and output_file.
#include "core/base/input_file.h"
#include "core/base/output_file.h"
#include "tests/support/scratch_folder.h"

#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

#include <array>

using namespace quantoscope;
using test::ScratchFolder;

namespace {

mode_t permissionsOf(const std::filesystem::path& path) {
    struct stat status = {};
    return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 07777 : 0;
}

QString reason(const Error& error) { return QString::fromStdString(error.message()); }

} // namespace

class TestFiles : public QObject {
    Q_OBJECT

private slots:
    void readsByPosition() {
        const ScratchFolder folder;
        const auto file = InputFile::open(folder.write("a", "0123456789"));
        QVERIFY(file);
        QCOMPARE(file->size(), 10u);
        std::array<std::byte, 4> bytes;
        QVERIFY(file->read(6, bytes));
        QCOMPARE(QByteArray(reinterpret_cast<const char*>(bytes.data()), 4), "6789");
        QCOMPARE(file->readUpTo(8, 100)->size(), 2u);
        QCOMPARE(file->readUpTo(100, 100)->size(), 0u);
    }

    void sayWhereAFileEndsTooSoon() {
        const ScratchFolder folder;
        const auto file = InputFile::open(folder.write("a", "0123456789"));
        std::array<std::byte, 4> bytes;
        const Status status = file->read(7, bytes);
        QVERIFY(!status);
        QCOMPARE(status.error().code, ErrorCode::Truncated);
        QVERIFY2(reason(status.error()).contains("a: byte 7: needs 4 bytes here and the file has 3"),
                 qPrintable(reason(status.error())));
        QCOMPARE(file->read(~0ull, bytes).error().code, ErrorCode::Truncated);
    }

    void aFileCutShortWhileOpenIsAnError() {
        const ScratchFolder folder;
        const auto path = folder.write("a", "0123456789");
        const auto file = InputFile::open(path);
        std::filesystem::resize_file(path, 5);
        std::array<std::byte, 10> bytes;
        QCOMPARE(file->read(0, bytes).error().code, ErrorCode::Truncated);
    }

    void refusesWhatIsNotARegularFile() {
        const ScratchFolder folder;
        QCOMPARE(InputFile::open(folder.path("missing")).error().code, ErrorCode::NotFound);
        QCOMPARE(InputFile::open(folder.write("a", "x") / "below").error().code, ErrorCode::NotFound);
        const auto directory = InputFile::open(folder.path("."));
        QCOMPARE(directory.error().code, ErrorCode::Unreadable);
        QVERIFY(reason(directory.error()).contains("is a directory"));
        QCOMPARE(::mkfifo(folder.path("pipe").c_str(), 0600), 0);
        const auto pipe = InputFile::open(folder.path("pipe")); // does not wait for a writer
        QCOMPARE(pipe.error().code, ErrorCode::Unreadable);
        QVERIFY(reason(pipe.error()).contains("is a pipe"));
        QVERIFY(reason(InputFile::open("/dev/null").error()).contains("is a device"));
    }

    void refusesAFileWithoutPermission() {
        const ScratchFolder folder;
        const auto path = folder.write("secret", "x");
        QCOMPARE(::chmod(path.c_str(), 0), 0);
        // The superuser reads everything: there the system call itself must succeed.
        const auto file = InputFile::open(path);
        if (::geteuid() == 0)
            QVERIFY(file);
        else
            QCOMPARE(file.error().code, ErrorCode::Unreadable);
    }

    void aFileAppearsWhenItIsCommitted() {
        const ScratchFolder folder;
        auto file = OutputFile::create(folder.path("out"));
        QVERIFY(file);
        QVERIFY(file->write("hello "));
        QVERIFY(file->write("world"));
        QVERIFY(file->writeAt(0, std::as_bytes(std::span("J", 1))));
        QVERIFY(!folder.names().contains("out"));
        QVERIFY(file->commit());
        QCOMPARE(folder.names(), QStringList{"out"});
        QCOMPARE(ScratchFolder::bytesOf(folder.path("out")), "Jello world");
    }

    void anUncommittedFileLeavesNothing() {
        const ScratchFolder folder;
        folder.write("out", "old");
        {
            auto file = OutputFile::create(folder.path("out"));
            QVERIFY(file->write("new"));
            QCOMPARE(folder.names().size(), 2);
        }
        QCOMPARE(folder.names(), QStringList{"out"});
        QCOMPARE(ScratchFolder::bytesOf(folder.path("out")), "old");
    }

    void replacingKeepsPermissionsAndFollowsLinks() {
        const ScratchFolder folder;
        const auto target = folder.write("target", "old");
        QCOMPARE(::chmod(target.c_str(), 0640), 0);
        std::filesystem::create_symlink("target", folder.path("link"));
        auto file = OutputFile::create(folder.path("link"));
        QVERIFY(file->write("new") && file->commit());
        QVERIFY(std::filesystem::is_symlink(folder.path("link")));
        QCOMPARE(ScratchFolder::bytesOf(target), "new");
        QCOMPARE(permissionsOf(target), mode_t{0640});
    }

    void aNewFileHasTheUsualPermissions() {
        const ScratchFolder folder;
        auto file = OutputFile::create(folder.path("out"));
        QVERIFY(file->commit());
        const auto usual = folder.write("usual", "");
        QCOMPARE(permissionsOf(folder.path("out")), permissionsOf(usual));
    }

    void refusesWhatCannotBeReplaced() {
        const ScratchFolder folder;
        for (const auto& path :
             {folder.path("."), folder.path("none/out"), std::filesystem::path("/dev/null"), folder.path("") / ""}) {
            const auto file = OutputFile::create(path);
            QVERIFY2(!file, path.c_str());
            QCOMPARE(file.error().code, ErrorCode::WriteFailed);
        }
        QVERIFY(std::filesystem::is_character_file("/dev/null"));
    }

    void aNameOfTheGreatestLengthCanBeWritten() {
        const ScratchFolder folder;
        const std::string name(255, 'n');
        auto file = OutputFile::create(folder.path(name.c_str()));
        QVERIFY(file);
        QVERIFY(file->commit());
        QCOMPARE(folder.names(), QStringList{QString::fromStdString(name)});
    }
};

QTEST_APPLESS_MAIN(TestFiles)
#include "tst_files.moc"
