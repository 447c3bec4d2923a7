// The import options as a person uses them: told otherwise, the reader shows what it makes of the file, or why it
// cannot; the window offers them for tables in text alone.
#include "core/study/generated.h"
#include "tests/support/data.h"
#include "tests/support/scratch_folder.h"
#include "ui/dialogs/import_dialog.h"
#include "ui/main_window.h"
#include "ui/panels/data_panel.h"
#include "ui/panels/explore_page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/segmented_switch.h"

#include <QComboBox>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QMenu>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTableView>
#include <QTest>
#include <QTimer>
#include <QTreeView>

#include <algorithm>

using namespace quantoscope;
using namespace quantoscope::test;
using namespace quantoscope::ui;

namespace {

const char kClimate[] = "temperature;humidity\n1,5;40\n-2,25;50\n";
const char kNumbers[] = "1;2\n3;4\n";

QString textOf(const std::filesystem::path& path) { return QString::fromStdString(path.string()); }

void click(const SegmentedSwitch* choice, const QString& label) {
    const auto segments = choice->findChildren<QRadioButton*>();
    const auto segment =
        std::find_if(segments.begin(), segments.end(), [&](const QRadioButton* each) { return each->text() == label; });
    QVERIFY2(segment != segments.end(), qPrintable(label));
    QTest::mouseClick(*segment, Qt::LeftButton, {}, (*segment)->rect().center());
    QVERIFY((*segment)->isChecked());
}

/// With the keyboard, from the first.
void choose(QComboBox* combo, int index) {
    combo->setFocus();
    QTest::keyClick(combo, Qt::Key_Home);
    for (int i = 0; i < index; ++i) QTest::keyClick(combo, Qt::Key_Down);
    QCOMPARE(combo->currentIndex(), index);
}

QStringList headings(const ImportDialog& dialog) {
    QStringList all;
    const QAbstractItemModel* model = dialog.preview()->model();
    for (int column = 0; column < model->columnCount(); ++column)
        all << model->headerData(column, Qt::Horizontal).toString();
    return all;
}

QStringList row(const ImportDialog& dialog, int row) {
    QStringList all;
    const QAbstractItemModel* model = dialog.preview()->model();
    for (int column = 0; column < model->columnCount(); ++column) all << model->index(row, column).data().toString();
    return all;
}

QAction* importAction(const QMenu* menu) {
    for (QAction* action : menu->actions())
        if (action->text() == QStringLiteral("Import options…")) return action;
    return nullptr;
}

/// Opens the context menu of a file in the tree and chooses the import options; false where it does not have them.
bool chooseInContextMenu(QTreeView* tree, int file) {
    bool chosen = false;
    QTimer timer;
    timer.setSingleShot(true);
    QObject::connect(&timer, &QTimer::timeout, tree, [&chosen] {
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        if (!menu) return;
        if (QAction* action = importAction(menu)) {
            menu->setActiveAction(action);
            QTest::keyClick(menu, Qt::Key_Return);
            chosen = true;
        }
        menu->close();
    });
    timer.start(0);
    const QPoint place = tree->visualRect(tree->model()->index(file, 0)).center();
    QContextMenuEvent event(QContextMenuEvent::Mouse, place, tree->viewport()->mapToGlobal(place));
    QApplication::sendEvent(tree->viewport(), &event);
    return chosen;
}

} // namespace

class TestImportDialog : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void the_preview_shows_what_is_detected();
    void a_decimal_mark_that_is_wrong_leaves_the_column_out();
    void a_separator_that_is_wrong_is_explained_and_taken_back();
    void a_header_is_as_the_user_says();
    void a_ragged_header_cannot_be_read();
    void a_file_that_is_gone_is_reported();
    void the_options_of_the_file_are_shown_data();
    void the_options_of_the_file_are_shown();
    void what_the_preview_leaves_out_is_said();
    void read_again_tells_the_options();
    void cancel_changes_nothing();
    void the_window_offers_it_for_tables_alone();
    void the_tree_offers_it_for_tables_alone();

private:
    ScratchFolder m_folder;
};

void TestImportDialog::initTestCase() {
    QStandardPaths::setTestModeEnabled(true);
    QLocale::setDefault(QLocale::c());
    applyTheme(*qApp);
}

void TestImportDialog::the_preview_shows_what_is_detected() {
    const ImportDialog dialog(textOf(m_folder.write("climate.csv", kClimate)), {});
    QVERIFY(dialog.windowTitle().contains(QStringLiteral("climate.csv")));
    QTRY_VERIFY(!dialog.busy());
    QCOMPARE(dialog.problem(), QString());
    QCOMPARE(headings(dialog), QStringList({"temperature", "humidity"}));
    QCOMPARE(dialog.preview()->model()->rowCount(), 2);
    QCOMPARE(row(dialog, 0), QStringList({"1.5", "40"}));
    QCOMPARE(row(dialog, 1), QStringList({QStringLiteral("−2.25"), "50"}));
    QCOMPARE(dialog.note(), QString());
}

void TestImportDialog::a_decimal_mark_that_is_wrong_leaves_the_column_out() {
    ImportDialog dialog(textOf(m_folder.write("climate.csv", kClimate)), {});
    dialog.show();
    QVERIFY(QTest::qWaitForWindowExposed(&dialog));
    click(dialog.decimalMark(), QStringLiteral("Point"));
    QTRY_VERIFY(!dialog.busy());
    QCOMPARE(headings(dialog), QStringList({"humidity"}));
    QCOMPARE(row(dialog, 1), QStringList({"50"}));
    QVERIFY2(dialog.note().contains(QStringLiteral("temperature")), qPrintable(dialog.note()));
    click(dialog.decimalMark(), QStringLiteral("Comma"));
    QTRY_VERIFY(!dialog.busy());
    QCOMPARE(headings(dialog), QStringList({"temperature", "humidity"}));
    QCOMPARE(dialog.note(), QString());
}

void TestImportDialog::a_separator_that_is_wrong_is_explained_and_taken_back() {
    ImportDialog dialog(textOf(m_folder.write("climate.csv", kClimate)), {});
    dialog.show();
    QVERIFY(QTest::qWaitForWindowExposed(&dialog));
    choose(dialog.separator(), 1);
    QVERIFY(dialog.options().separator == ',');
    QTRY_VERIFY(!dialog.busy());
    QVERIFY2(dialog.problem().contains(QStringLiteral("line 2")), qPrintable(dialog.problem()));
    QVERIFY(!dialog.preview()->isVisible());
    QVERIFY(!dialog.acceptButton()->isEnabled());
    choose(dialog.separator(), 2);
    QVERIFY(dialog.options().separator == ';');
    QTRY_VERIFY(!dialog.busy());
    QCOMPARE(dialog.problem(), QString());
    QVERIFY(dialog.preview()->isVisible());
    QVERIFY(dialog.acceptButton()->isEnabled());
    QCOMPARE(row(dialog, 0), QStringList({"1.5", "40"}));
}

void TestImportDialog::a_header_is_as_the_user_says() {
    ImportDialog dialog(textOf(m_folder.write("numbers.csv", kNumbers)), {});
    dialog.show();
    QVERIFY(QTest::qWaitForWindowExposed(&dialog));
    QTRY_VERIFY(!dialog.busy());
    QCOMPARE(headings(dialog), QStringList({"column 1", "column 2"}));
    QCOMPARE(dialog.preview()->model()->rowCount(), 2);
    click(dialog.header(), QStringLiteral("First row holds names"));
    QTRY_VERIFY(!dialog.busy());
    QCOMPARE(headings(dialog), QStringList({"1", "2"}));
    QCOMPARE(dialog.preview()->model()->rowCount(), 1);
    QCOMPARE(row(dialog, 0), QStringList({"3", "4"}));
    click(dialog.header(), QStringLiteral("No header"));
    QTRY_VERIFY(!dialog.busy());
    QCOMPARE(dialog.preview()->model()->rowCount(), 2);
}

void TestImportDialog::a_ragged_header_cannot_be_read() {
    ImportDialog dialog(textOf(m_folder.write("ragged.csv", "a;b;c\n1;2\n3;4\n")), {});
    dialog.show();
    QVERIFY(QTest::qWaitForWindowExposed(&dialog));
    QTRY_VERIFY(!dialog.busy());
    QVERIFY2(dialog.problem().contains(QStringLiteral("line 2: 2 cells, and the first row has 3")),
             qPrintable(dialog.problem()));
    bool chosen = false;
    connect(&dialog, &ImportDialog::chosen, this, [&chosen] { chosen = true; });
    QTest::mouseClick(dialog.acceptButton(), Qt::LeftButton);
    QVERIFY(!chosen);
    QVERIFY(dialog.isVisible());
}

void TestImportDialog::a_file_that_is_gone_is_reported() {
    const ImportDialog dialog(textOf(m_folder.path("nowhere.csv")), {});
    QTRY_VERIFY(!dialog.busy());
    QVERIFY2(dialog.problem().contains(QStringLiteral("nowhere.csv")), qPrintable(dialog.problem()));
    QVERIFY(!dialog.acceptButton()->isEnabled());
}

void TestImportDialog::the_options_of_the_file_are_shown_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("separator"); // empty where it is detected
    QTest::addColumn<QString>("decimalMark");
    QTest::addColumn<int>("header"); // -1 where it is detected
    QTest::addColumn<QString>("shown");
    const QByteArray climate(kClimate);
    QTest::newRow("all detected") << climate << QString() << QString() << -1 << QStringLiteral("Detected");
    QTest::newRow("semicolons") << climate << QStringLiteral(";") << QStringLiteral(",") << 1
                                << QStringLiteral("Semicolon (;)");
    QTest::newRow("commas") << QByteArray("1.5,2\n3,4\n") << QStringLiteral(",") << QStringLiteral(".") << 0
                            << QStringLiteral("Comma (,)");
    QTest::newRow("tabs") << QByteArray("1\t2\n") << QStringLiteral("\t") << QString() << 0 << QStringLiteral("Tab");
    QTest::newRow("spaces") << QByteArray("1 2\n") << QStringLiteral(" ") << QString() << 0 << QStringLiteral("Space");
    QTest::newRow("bars") << QByteArray("a|b\n1|2\n") << QStringLiteral("|") << QString() << 1
                          << QStringLiteral("Vertical bar (|)");
    QTest::newRow("one that is not listed")
        << QByteArray("1:2\n") << QStringLiteral(":") << QString() << 0 << QStringLiteral(":");
}

void TestImportDialog::the_options_of_the_file_are_shown() {
    QFETCH(QByteArray, text);
    QFETCH(QString, separator);
    QFETCH(QString, decimalMark);
    QFETCH(int, header);
    QFETCH(QString, shown);
    OpenOptions options;
    if (!separator.isEmpty()) options.separator = separator.front().toLatin1();
    if (!decimalMark.isEmpty()) options.decimalMark = decimalMark.front().toLatin1();
    if (header >= 0) options.header = header == 1;
    const ImportDialog dialog(textOf(m_folder.write("table.csv", text)), options);
    QCOMPARE(dialog.separator()->currentText(), shown);
    QVERIFY(dialog.options().separator == options.separator);
    QVERIFY(dialog.options().decimalMark == options.decimalMark);
    QVERIFY(dialog.options().header == options.header);
    QTRY_VERIFY(!dialog.busy());
    QCOMPARE(dialog.problem(), QString());
    QCOMPARE(headings(dialog).size(), 2);
}

void TestImportDialog::what_the_preview_leaves_out_is_said() {
    QByteArray text("c1,c2,c3,c4,c5,c6,c7,c8,c9,c10,place\n1,,3,4,5,6,7,8,9,10,here\n");
    for (int i = 0; i < 11; ++i) text += "1,2,3,4,5,6,7,8,9,10,there\n";
    const ImportDialog dialog(textOf(m_folder.write("wide.csv", text)), {});
    QTRY_VERIFY(!dialog.busy());
    QCOMPARE(dialog.problem(), QString());
    QCOMPARE(headings(dialog), QStringList({"c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8"}));
    QCOMPARE(dialog.preview()->model()->rowCount(), 8);
    QCOMPARE(row(dialog, 0), QStringList({"1", "2", "3", "4", "5", "6", "7", "8"}));
    for (const char* part : {"The first 8 of 10 columns.", "move up", "\"place\""})
        QVERIFY2(dialog.note().contains(QLatin1String(part)), qPrintable(dialog.note()));
}

void TestImportDialog::read_again_tells_the_options() {
    ImportDialog dialog(textOf(m_folder.write("climate.csv", kClimate)), {});
    dialog.show();
    QVERIFY(QTest::qWaitForWindowExposed(&dialog));
    std::vector<OpenOptions> chosen;
    connect(&dialog, &ImportDialog::chosen, this, [&chosen](const OpenOptions& options) { chosen.push_back(options); });
    choose(dialog.separator(), 2);
    click(dialog.decimalMark(), QStringLiteral("Comma"));
    click(dialog.header(), QStringLiteral("First row holds names"));
    QTRY_VERIFY(!dialog.busy());
    QTest::mouseClick(dialog.acceptButton(), Qt::LeftButton);
    QCOMPARE(chosen.size(), std::size_t{1});
    QVERIFY(chosen.front().separator == ';');
    QVERIFY(chosen.front().decimalMark == ',');
    QVERIFY(chosen.front().header == true);
    QVERIFY(!dialog.isVisible());
    QCOMPARE(dialog.result(), static_cast<int>(QDialog::Accepted));
}

void TestImportDialog::cancel_changes_nothing() {
    ImportDialog dialog(textOf(m_folder.write("climate.csv", kClimate)), {});
    dialog.show();
    QVERIFY(QTest::qWaitForWindowExposed(&dialog));
    bool chosen = false;
    connect(&dialog, &ImportDialog::chosen, this, [&chosen] { chosen = true; });
    click(dialog.header(), QStringLiteral("No header"));
    QTest::keyClick(&dialog, Qt::Key_Escape);
    QVERIFY(!dialog.isVisible());
    QVERIFY(!chosen);
}

void TestImportDialog::the_window_offers_it_for_tables_alone() {
    MainWindow window;
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    const auto actions = window.actions();
    const auto found = std::find_if(actions.begin(), actions.end(), [](const QAction* action) {
        return action->text() == QStringLiteral("&Import options…");
    });
    QVERIFY(found != actions.end());
    QAction* const action = *found;
    Library& library = window.session().library();
    QVERIFY(!action->isEnabled());
    library.add(QStringLiteral("normal"), {generate("normal", 100, 1).value()});
    QVERIFY(!action->isEnabled());
    window.openFiles({QString::fromStdString(dataPath("formats/f4.npy"))});
    QTRY_COMPARE(library.documents().size(), std::size_t{2});
    QVERIFY(!action->isEnabled());
    window.openFiles({textOf(m_folder.write("numbers.csv", kNumbers))});
    QTRY_COMPARE(library.documents().size(), std::size_t{3});
    const int id = library.documents().back()->id;
    QTRY_VERIFY(action->isEnabled());

    action->trigger();
    auto* dialog = window.findChild<ImportDialog*>();
    QVERIFY(dialog);
    QVERIFY(QTest::qWaitForWindowExposed(dialog));
    click(dialog->header(), QStringLiteral("First row holds names"));
    QTRY_VERIFY(!dialog->busy());
    QSignalSpy reloaded(&library, &Library::reloaded);
    QTest::mouseClick(dialog->acceptButton(), Qt::LeftButton);
    QTRY_COMPARE(reloaded.count(), 1);
    QCOMPARE(reloaded.front().front().toInt(), id);
    QCOMPARE(library.info({id, 0})->name, std::string("1"));
    QTRY_VERIFY(!window.findChild<ImportDialog*>());

    // Asked again, it shows what was chosen.
    action->trigger();
    dialog = window.findChild<ImportDialog*>();
    QVERIFY(dialog);
    QVERIFY(dialog->options().header == true);
}

void TestImportDialog::the_tree_offers_it_for_tables_alone() {
    MainWindow window;
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    const Library& library = window.session().library();
    window.openFiles({textOf(m_folder.write("numbers.csv", kNumbers))});
    QTRY_COMPARE(library.documents().size(), std::size_t{1});
    window.openFiles({QString::fromStdString(dataPath("formats/f4.npy"))});
    QTRY_COMPARE(library.documents().size(), std::size_t{2});
    QTreeView* tree = window.explorePage().dataPanel().tree();
    QTRY_VERIFY(tree->isVisible() && tree->model()->rowCount() == 2);
    QVERIFY(!chooseInContextMenu(tree, 1));
    QVERIFY(!window.findChild<ImportDialog*>());
    QVERIFY(chooseInContextMenu(tree, 0));
    const auto* dialog = window.findChild<ImportDialog*>();
    QVERIFY(dialog);
    QVERIFY(dialog->windowTitle().contains(QStringLiteral("numbers.csv")));
}

QTEST_MAIN(TestImportDialog)
#include "tst_import_dialog.moc"
