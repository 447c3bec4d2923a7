// The measures of the design, and that standard widgets behave as they did.
#include "ui/theme/roles.h"
#include "ui/theme/theme.h"

#include <QtTest>
#include <QtWidgets>

using namespace quantoscope::ui;

class TestStyle : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        applyTheme(*qApp);
        theme().setPreference(Theme::Preference::Light);
    }

    void heights_data() {
        QTest::addColumn<std::function<QWidget*()>>("make");
        QTest::addColumn<int>("height");
        const auto row = [](const char* name, std::function<QWidget*()> make, int height) {
            QTest::newRow(name) << make << height;
        };
        row(
            "a button", [] { return new QPushButton(QStringLiteral("Train again")); }, 32);
        row(
            "a primary button",
            [] {
                auto* b = new QPushButton(QStringLiteral("Pin"));
                setPrimary(b);
                return b;
            },
            36);
        row(
            "a line edit", [] { return new QLineEdit; }, 32);
        row(
            "a combo box",
            [] {
                auto* c = new QComboBox;
                c->addItem(QStringLiteral("Whole tensor"));
                return c;
            },
            32);
        row(
            "a spin box", [] { return new QSpinBox; }, 32);
        row(
            "a double spin box", [] { return new QDoubleSpinBox; }, 32);
        row(
            "a tool button", [] { return new QToolButton; }, 32);
        row(
            "tabs of plots",
            [] {
                auto* t = new QTabBar;
                t->addTab(QStringLiteral("Error"));
                return t;
            },
            40);
        row(
            "lower tabs",
            [] {
                auto* t = new QTabBar;
                setTabHeight(t, 36);
                t->addTab(QStringLiteral("Levels"));
                return t;
            },
            36);
    }
    void heights() {
        QFETCH(std::function<QWidget*()>, make);
        QFETCH(int, height);
        const std::unique_ptr<QWidget> widget(make());
        widget->ensurePolished();
        QCOMPARE(widget->sizeHint().height(), height);
    }

    void choosingATabMovesNone() {
        QTabBar tabs;
        for (const char* name : {"Distribution", "Transfer", "Error"}) tabs.addTab(QString::fromLatin1(name));
        tabs.show();
        QList<QRect> before;
        for (int i = 0; i < 3; ++i) before << tabs.tabRect(i);
        QTest::mouseClick(&tabs, Qt::LeftButton, {}, tabs.tabRect(2).center());
        QCOMPARE(tabs.currentIndex(), 2);
        for (int i = 0; i < 3; ++i) QCOMPARE(tabs.tabRect(i), before.at(i));
        QTest::keyClick(&tabs, Qt::Key_Left);
        QCOMPARE(tabs.currentIndex(), 1);
    }

    void aTableHasTheDesignsRows() {
        QTableWidget table(3, 2);
        setupTable(&table);
        table.show();
        QCOMPARE(table.rowHeight(0), 28);
        QCOMPARE(table.horizontalHeader()->height(), 32);
        QVERIFY(!table.showGrid());
        table.selectRow(1);
        QCOMPARE(table.selectionModel()->selectedRows().size(), 1);
    }

    void aSplitterIsOnePixelButCanBeGrabbed() {
        QSplitter splitter;
        splitter.addWidget(new QWidget);
        splitter.addWidget(new QWidget);
        splitter.resize(400, 100);
        splitter.show();
        QCOMPARE(splitter.handleWidth(), 1);
        QVERIFY(splitter.handle(1)->width() >= 3);
    }

    void aSpinBoxStepsByItsArrows() {
        QSpinBox spin;
        spin.setRange(1, 9);
        spin.setValue(4);
        spin.resize(spin.sizeHint());
        spin.show();
        QTest::mouseClick(&spin, Qt::LeftButton, {}, QPoint(spin.width() - 10, 8));
        QCOMPARE(spin.value(), 5);
        QTest::mouseClick(&spin, Qt::LeftButton, {}, QPoint(spin.width() - 10, spin.height() - 8));
        QCOMPARE(spin.value(), 4);
        QCOMPARE(spin.alignment() & Qt::AlignHorizontal_Mask, Qt::AlignRight);
    }

    void aComboBoxOpensBelowItself() {
        QWidget window;
        window.resize(300, 300);
        QComboBox combo(&window);
        combo.addItems({QStringLiteral("one"), QStringLiteral("two")});
        combo.setGeometry(20, 20, 160, 32);
        window.show();
        combo.showPopup();
        const QWidget* popup = combo.view()->window();
        QVERIFY(popup->isVisible());
        QVERIFY(popup->mapToGlobal(QPoint()).y() <= combo.mapToGlobal(QPoint(0, combo.height() + 4)).y());
        const QRect list(combo.view()->mapToGlobal(QPoint()), combo.view()->size());
        QVERIFY(list.top() > combo.mapToGlobal(QPoint(0, combo.height())).y());
        QTest::keyClick(combo.view(), Qt::Key_Down);
        QTest::keyClick(combo.view(), Qt::Key_Return);
        QCOMPARE(combo.currentIndex(), 1);
    }

    void aScrollBarDrags() {
        QScrollBar bar(Qt::Vertical);
        bar.setRange(0, 100);
        bar.setPageStep(20);
        bar.resize(10, 240);
        bar.show();
        QTest::mousePress(&bar, Qt::LeftButton, {}, QPoint(5, 10));
        QTest::mouseMove(&bar, QPoint(5, 110));
        QTest::mouseRelease(&bar, Qt::LeftButton, {}, QPoint(5, 110));
        QCOMPARE(bar.value(), 50);
        QTest::mouseClick(&bar, Qt::LeftButton, {}, QPoint(5, 235));
        QCOMPARE(bar.value(), 70);
    }

    void theFocusIsSeen_data() {
        QTest::addColumn<std::function<QWidget*()>>("make");
        QTest::newRow("a button") << std::function<QWidget*()>([] { return new QPushButton(QStringLiteral("Train")); });
        QTest::newRow("a primary button") << std::function<QWidget*()>([] {
            auto* b = new QPushButton(QStringLiteral("Pin"));
            setPrimary(b);
            return b;
        });
        QTest::newRow("a combo box") << std::function<QWidget*()>([] {
            auto* c = new QComboBox;
            c->addItem(QStringLiteral("x"));
            return c;
        });
        QTest::newRow("a line edit") << std::function<QWidget*()>([] { return new QLineEdit; });
        QTest::newRow("a check box") << std::function<QWidget*()>([] { return new QCheckBox(QStringLiteral("Log")); });
        QTest::newRow("a tab bar") << std::function<QWidget*()>([] {
            auto* t = new QTabBar;
            t->addTab(QStringLiteral("Error"));
            return t;
        });
        QTest::newRow("a slider") << std::function<QWidget*()>([] { return new QSlider(Qt::Horizontal); });
    }
    void theFocusIsSeen() {
        QFETCH(std::function<QWidget*()>, make);
        QWidget window;
        auto* row = new QHBoxLayout(&window);
        auto* first = new QPushButton(QStringLiteral("first"));
        first->setAutoDefault(false);
        QWidget* second = make();
        row->addWidget(first);
        row->addWidget(second);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        first->setFocus(Qt::TabFocusReason);
        const QImage without = second->grab().toImage();
        QTest::keyClick(first, Qt::Key_Tab);
        QVERIFY(second->hasFocus());
        QVERIFY(second->grab().toImage() != without);
    }
};

QTEST_MAIN(TestStyle)
#include "tst_style.moc"
