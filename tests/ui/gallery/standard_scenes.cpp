#include "tests/ui/gallery/scenes.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icon.h"
#include "ui/theme/roles.h"

#include <QtWidgets>

namespace quantoscope::ui {

namespace {

std::unique_ptr<QWidget> controls() {
    auto window = std::make_unique<QWidget>();
    auto* column = new QVBoxLayout(window.get());
    auto* bar = new QHBoxLayout;
    auto* menus = new QMenuBar;
    for (const char* name : {"File", "Edit", "View", "Tools", "Help"}) menus->addMenu(QString::fromLatin1(name));
    bar->addWidget(menus);
    for (const char* name : {"open", "compare", "export"}) {
        auto* button = new QToolButton;
        button->setIcon(themedIcon(QString::fromLatin1(name)));
        button->setText(QString::fromLatin1(name).replace(0, 1, QString::fromLatin1(name).left(1).toUpper()));
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setAutoRaise(true);
        bar->addWidget(button);
    }
    for (const char* name : {"undo", "redo"}) {
        auto* button = new QToolButton;
        button->setIcon(themedIcon(QString::fromLatin1(name)));
        button->setEnabled(QLatin1String(name) == QLatin1String("undo"));
        bar->addWidget(button);
    }
    bar->addStretch();
    column->addLayout(bar);

    auto* tabs = new QTabBar;
    for (const char* name : {"Distribution", "Transfer", "Error", "Channels", "Matrix", "Image/Signal", "Trade-off"})
        tabs->addTab(QString::fromLatin1(name));
    tabs->setTabEnabled(5, false);
    column->addWidget(tabs);
    auto* lower = new QTabBar;
    setTabHeight(lower, 36);
    for (const char* name : {"Comparison", "Levels", "Values"}) lower->addTab(QString::fromLatin1(name));
    column->addWidget(lower);

    auto* row = new QHBoxLayout;
    auto* primary = new QPushButton(QStringLiteral("Pin to comparison"));
    setPrimary(primary);
    row->addWidget(primary);
    row->addWidget(new QPushButton(QStringLiteral("Train again")));
    auto* off = new QPushButton(QStringLiteral("Disabled"));
    off->setEnabled(false);
    row->addWidget(off);
    auto* flat = new QPushButton(themedIcon(QStringLiteral("grid")), QStringLiteral("Built-in samples"));
    flat->setFlat(true);
    row->addWidget(flat);
    row->addStretch();
    column->addLayout(row);

    auto* grid = new QGridLayout;
    auto* line = new QLineEdit(QStringLiteral("64 – 256 – 128 – 10"));
    auto* empty = new QLineEdit;
    empty->setPlaceholderText(QStringLiteral("Filter tensors"));
    auto* combo = new QComboBox;
    combo->addItems({QStringLiteral("Whole tensor"), QStringLiteral("Channel"), QStringLiteral("Block")});
    auto* comboOff = new QComboBox;
    comboOff->addItem(QStringLiteral("From the data"));
    comboOff->setEnabled(false);
    auto* spin = new QSpinBox;
    spin->setRange(1, 256);
    spin->setValue(16);
    auto* real = new QDoubleSpinBox;
    real->setSuffix(QStringLiteral(" %"));
    real->setValue(20);
    grid->addWidget(line, 0, 0);
    grid->addWidget(empty, 0, 1);
    grid->addWidget(combo, 0, 2);
    grid->addWidget(comboOff, 1, 0);
    grid->addWidget(spin, 1, 1);
    grid->addWidget(real, 1, 2);
    column->addLayout(grid);

    auto* checks = new QHBoxLayout;
    for (int state = 0; state < 3; ++state) {
        auto* box = new QCheckBox(QStringLiteral("Check box"));
        box->setTristate(true);
        box->setCheckState(static_cast<Qt::CheckState>(state));
        checks->addWidget(box);
    }
    auto* radio = new QRadioButton(QStringLiteral("Chosen"));
    radio->setChecked(true);
    checks->addWidget(radio);
    checks->addWidget(new QRadioButton(QStringLiteral("Not chosen")));
    auto* boxOff = new QCheckBox(QStringLiteral("Disabled"));
    boxOff->setChecked(true);
    boxOff->setEnabled(false);
    checks->addWidget(boxOff);
    checks->addStretch();
    column->addLayout(checks);

    auto* bars = new QHBoxLayout;
    auto* slider = new QSlider(Qt::Horizontal);
    slider->setValue(40);
    bars->addWidget(slider);
    auto* progress = new QProgressBar;
    progress->setValue(60);
    bars->addWidget(progress);
    auto* busy = new QProgressBar;
    busy->setRange(0, 0);
    bars->addWidget(busy);
    column->addLayout(bars);

    auto* table = new QTableWidget(9, 4);
    table->setHorizontalHeaderLabels(
        {QStringLiteral("Code"), QStringLiteral("Lower"), QStringLiteral("Upper"), QStringLiteral("Level")});
    setupTable(table);
    for (int r = 0; r < table->rowCount(); ++r)
        for (int c = 0; c < table->columnCount(); ++c) {
            auto* item = new QTableWidgetItem(QLocale().toString(r * 0.125 + c, 'f', 4));
            item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            table->setItem(r, c, item);
        }
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignRight | Qt::AlignVCenter);
    table->setSortingEnabled(true);
    table->sortByColumn(3, Qt::DescendingOrder);
    table->selectRow(1);
    auto* split = new QSplitter;
    split->addWidget(table);
    auto* tree = new QTreeWidget;
    setupTree(tree);
    auto* top = new QTreeWidgetItem(tree, {QStringLiteral("digits-mlp.safetensors")});
    new QTreeWidgetItem(top, {QStringLiteral("fc1.weight")});
    new QTreeWidgetItem(top, {QStringLiteral("fc2.weight")});
    tree->expandAll();
    tree->setCurrentItem(top->child(0));
    split->addWidget(tree);
    column->addWidget(split, 1);
    return window;
}

std::unique_ptr<QWidget> icons() {
    auto window = std::make_unique<QWidget>();
    auto* grid = new QGridLayout(window.get());
    int i = 0;
    for (const QString& file : QDir(QStringLiteral(":/icons")).entryList()) {
        auto* label = new QLabel;
        const QString name = QFileInfo(file).baseName();
        label->setPixmap(name == QLatin1String("app")
                             ? QIcon(QStringLiteral(":/icons/app.svg")).pixmap(QSize(64, 64), 2)
                             : themedIcon(name).pixmap(QSize(20, 20), 2));
        auto* text = new QLabel(name);
        text->setFont(typeface(type::caption));
        grid->addWidget(label, i / 8 * 2, i % 8, Qt::AlignHCenter);
        grid->addWidget(text, i / 8 * 2 + 1, i % 8, Qt::AlignHCenter);
        ++i;
    }
    return window;
}

std::unique_ptr<QWidget> menu() {
    auto window = std::make_unique<QMenu>();
    window->addAction(themedIcon(QStringLiteral("open")), QStringLiteral("&Open…"))->setShortcut(QKeySequence::Open);
    window->addAction(themedIcon(QStringLiteral("undo")), QStringLiteral("&Undo"))->setShortcut(QKeySequence::Undo);
    QAction* off = window->addAction(themedIcon(QStringLiteral("redo")), QStringLiteral("&Redo"));
    off->setEnabled(false);
    window->addSeparator();
    QAction* dark = window->addAction(QStringLiteral("Dark"));
    dark->setCheckable(true);
    dark->setChecked(true);
    window->addMenu(QStringLiteral("Samples"));
    window->addSection(QStringLiteral("Recent files"));
    window->addAction(QStringLiteral("resnet18.safetensors"));
    return window;
}

std::unique_ptr<QWidget> message() {
    auto box = std::make_unique<QMessageBox>(QMessageBox::Warning, QStringLiteral("Reload"),
                                             QStringLiteral("The file changed on disk. Reload it?"),
                                             QMessageBox::Yes | QMessageBox::No);
    box->setInformativeText(QStringLiteral("Boundaries that were dragged by hand are kept."));
    return box;
}

} // namespace

std::vector<Scene> standardScenes() {
    return {
        {QStringLiteral("controls"), {900, 640}, controls},
        {QStringLiteral("icons"), {720, 420}, icons},
        {QStringLiteral("menu"),
         {220, 244},
         menu,
         [](QWidget& w) { static_cast<QMenu&>(w).setActiveAction(static_cast<QMenu&>(w).actions().at(1)); }},
        {QStringLiteral("message"), {420, 160}, message},
    };
}

} // namespace quantoscope::ui
