// Files that are open: read again by other options, and what stays when that fails.
#include "tests/support/data.h"
#include "tests/support/scratch_folder.h"
#include "ui/session/library.h"
#include "ui/session/session.h"
#include "ui/session/session_store.h"

#include <QSignalSpy>
#include <QTest>

using namespace quantoscope;
using namespace quantoscope::test;
using namespace quantoscope::ui;

namespace {

const char kNumbers[] = "1;2\n3;4\n5;6\n";

QString textOf(const std::filesystem::path& path) { return QString::fromStdString(path.string()); }

/// Opens the file and waits for it; returns the document's id, or 0.
int opened(Library& library, const std::filesystem::path& path) {
    QSignalSpy spy(&library, &Library::opened);
    library.open(textOf(path));
    return spy.count() > 0 || spy.wait() ? spy.front().front().toInt() : 0;
}

OpenOptions withHeader(bool header) {
    OpenOptions options;
    options.header = header;
    return options;
}

QStringList names(const Library& library, int id) {
    QStringList all;
    for (const TensorInfo& info : library.find(id)->source->entries()) all << QString::fromStdString(info.name);
    return all;
}

} // namespace

class TestLibrary : public QObject {
    Q_OBJECT

private slots:
    void a_file_is_read_again_by_other_options();
    void what_was_chosen_stays_when_the_file_is_reloaded();
    void a_file_that_cannot_be_read_so_stays_as_it_was();
    void of_two_wishes_the_newest_wins();
    void a_file_that_is_closed_meanwhile_stays_closed();
    void only_tables_in_text_have_options_data();
    void only_tables_in_text_have_options();
    void the_tensor_on_screen_is_one_that_there_still_is();
    void a_saved_session_reads_the_file_by_the_same_options();

private:
    ScratchFolder m_folder;
};

void TestLibrary::a_file_is_read_again_by_other_options() {
    Library library;
    const int id = opened(library, m_folder.write("numbers.csv", kNumbers));
    QVERIFY(id > 0);
    QCOMPARE(names(library, id), QStringList({"column 1", "column 2", "*"}));
    QSignalSpy added(&library, &Library::opened);
    QSignalSpy reloaded(&library, &Library::reloaded);
    library.reopen(id, withHeader(true));
    QTRY_COMPARE(reloaded.count(), 1);
    QCOMPARE(reloaded.front().front().toInt(), id);
    QCOMPARE(added.count(), 0);
    QCOMPARE(library.documents().size(), std::size_t{1});
    QCOMPARE(library.find(id)->name, QStringLiteral("numbers.csv"));
    QVERIFY(library.find(id)->options.header == true);
    QCOMPARE(names(library, id), QStringList({"1", "2", "*"}));
}

void TestLibrary::what_was_chosen_stays_when_the_file_is_reloaded() {
    Library library;
    const int id = opened(library, m_folder.write("numbers.csv", kNumbers));
    QVERIFY(id > 0);
    QSignalSpy reloaded(&library, &Library::reloaded);
    library.reopen(id, withHeader(true));
    QTRY_COMPARE(reloaded.count(), 1);
    library.reload(id);
    QTRY_COMPARE(reloaded.count(), 2);
    QCOMPARE(names(library, id), QStringList({"1", "2", "*"}));
}

void TestLibrary::a_file_that_cannot_be_read_so_stays_as_it_was() {
    Library library;
    const int id = opened(library, m_folder.write("decimals.csv", "x;y\n1,5;2\n2,5;3\n"));
    QVERIFY(id > 0);
    QSignalSpy reloaded(&library, &Library::reloaded);
    std::vector<Error> errors;
    connect(&library, &Library::failed, this,
            [&errors](const QString&, const Error& error) { errors.push_back(error); });
    const SourcePtr before = library.find(id)->source;
    OpenOptions options;
    options.separator = ',';
    library.reopen(id, options);
    QTRY_COMPARE(errors.size(), std::size_t{1});
    QVERIFY2(errors.front().message().find("line 2") != std::string::npos, errors.front().message().c_str());
    QCOMPARE(reloaded.count(), 0);
    QVERIFY(library.find(id)->source == before);
    QVERIFY(!library.find(id)->options.separator);
}

void TestLibrary::of_two_wishes_the_newest_wins() {
    Library library;
    const int id = opened(library, m_folder.write("numbers.csv", kNumbers));
    QVERIFY(id > 0);
    QSignalSpy reloaded(&library, &Library::reloaded);
    library.reopen(id, withHeader(true));
    library.reopen(id, withHeader(false));
    QTRY_COMPARE(reloaded.count(), 1);
    QTest::qWait(100);
    QCOMPARE(reloaded.count(), 1);
    QVERIFY(library.find(id)->options.header == false);
    QCOMPARE(names(library, id), QStringList({"column 1", "column 2", "*"}));
}

void TestLibrary::a_file_that_is_closed_meanwhile_stays_closed() {
    Library library;
    const int id = opened(library, m_folder.write("numbers.csv", kNumbers));
    QVERIFY(id > 0);
    library.reopen(id, withHeader(true));
    library.close(id);
    QTest::qWait(200);
    QVERIFY(library.documents().empty());
}

void TestLibrary::only_tables_in_text_have_options_data() {
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("table");
    QTest::newRow("a table") << textOf(m_folder.write("table.csv", kNumbers)) << true;
    QTest::newRow("one between tabs") << textOf(m_folder.write("table.tsv", "1\t2\n3\t4\n")) << true;
    QTest::newRow("one column under another name") << textOf(m_folder.write("values.log", "1\n2\n3\n")) << true;
    QTest::newRow("an array") << QString::fromStdString(dataPath("formats/f4.npy")) << false;
}

void TestLibrary::only_tables_in_text_have_options() {
    QFETCH(QString, path);
    QFETCH(bool, table);
    Library library;
    const int id = opened(library, path.toStdString());
    QVERIFY(id > 0);
    QCOMPARE(library.find(id)->textTable, table);
}

void TestLibrary::the_tensor_on_screen_is_one_that_there_still_is() {
    Session session;
    Library& library = session.library();
    const int id = opened(library, m_folder.write("decimals.csv", "x;y\n1,5;2\n2,5;3\n"));
    QVERIFY(id > 0);
    session.setCurrent({id, 2});
    OpenOptions options;
    options.decimalMark = '.';
    library.reopen(id, options);
    QTRY_COMPARE(names(library, id), QStringList({"y"}));
    QVERIFY(session.current() == (TensorRef{id, 0}));
    QTRY_VERIFY(session.data() && session.data()->tensor().info.name == "y");
}

void TestLibrary::a_saved_session_reads_the_file_by_the_same_options() {
    const QString path = textOf(m_folder.path("work.quantoscope"));
    {
        Session session;
        SessionStore store(session);
        QSignalSpy saved(&store, &SessionStore::saved);
        QSignalSpy reloaded(&session.library(), &Library::reloaded);
        const int id = opened(session.library(), m_folder.write("numbers.csv", kNumbers));
        QVERIFY(id > 0);
        OpenOptions options = withHeader(true);
        options.separator = ';';
        options.decimalMark = ',';
        session.library().reopen(id, options);
        QTRY_COMPARE(reloaded.count(), 1);
        store.save(path, {});
        QTRY_COMPARE(saved.count(), 1);
    }
    Session session;
    SessionStore store(session);
    store.load(path);
    QTRY_COMPARE(session.library().documents().size(), std::size_t{1});
    const Document& document = *session.library().documents().front();
    QVERIFY(document.options.separator == ';');
    QVERIFY(document.options.decimalMark == ',');
    QVERIFY(document.options.header == true);
    QCOMPARE(names(session.library(), document.id), QStringList({"1", "2", "*"}));
}

QTEST_MAIN(TestLibrary)
#include "tst_library.moc"
