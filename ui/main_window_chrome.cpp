// The window's chrome: actions with their shortcuts, the menus made of them, the row of tools, the switch of modes.
#include "ui/dialogs/about_dialog.h"
#include "ui/dialogs/preferences_dialog.h"
#include "ui/lab/lab_page.h"
#include "ui/main_window.h"
#include "ui/panels/explore_page.h"
#include "ui/panels/samples.h"
#include "ui/session/settings.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/divider.h"
#include "ui/widgets/segmented_switch.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QMenuBar>
#include <QToolButton>

namespace quantoscope::ui {

namespace {

constexpr int kHeaderHeight = 48;

/// Puts a page's views into the menu and returns their entries.
template<class Page>
QList<QAction*> viewActions(QMenu* menu, Page& page) {
    const auto before = menu->actions().size();
    page.addViewActions(menu);
    return menu->actions().mid(before);
}

} // namespace

void MainWindow::createActions() {
    const auto make = [this](const char* icon, const QString& text, const QKeySequence& shortcut, const QString& tip) {
        auto* action = new QAction(text, this);
        if (icon) action->setIcon(themedIcon(QLatin1String(icon)));
        action->setShortcut(shortcut);
        const QString keys = shortcut.toString(QKeySequence::NativeText);
        action->setToolTip(keys.isEmpty() ? tip : QStringLiteral("%1 (%2)").arg(tip, keys));
        addAction(action);
        return action;
    };
    m_open = make("open", tr("&Open…"), QKeySequence::Open, tr("Open files"));
    connect(m_open, &QAction::triggered, this, &MainWindow::chooseFiles);
    m_paste = make("paste", tr("&Paste values"), QKeySequence::Paste, tr("Numbers or a table from the clipboard"));
    connect(m_paste, &QAction::triggered, this, &MainWindow::paste);
    m_generate = make("generate", tr("&Generate data…"), QKeySequence(tr("Ctrl+G")), tr("Data made from a seed"));
    connect(m_generate, &QAction::triggered, this, &MainWindow::generate);
    m_export =
        make("export", tr("&Export…"), QKeySequence(tr("Ctrl+E")), tr("Export tables, codes, plots or a report"));
    connect(m_export, &QAction::triggered, this, &MainWindow::exportData);
    m_importOptions = make("table", tr("&Import options…"), {}, tr("How the table on screen is read from its file"));
    connect(m_importOptions, &QAction::triggered, this, [this] { chooseImportOptions(m_session.current().document); });
    m_compare = make("compare", tr("&Compare"), QKeySequence(tr("Ctrl+K")), tr("Compare all schemes"));
    connect(m_compare, &QAction::triggered, this, [this] {
        setMode(Mode::Explore);
        m_explore->showComparison();
    });
    m_pin = make("pin", tr("P&in to comparison"), QKeySequence(tr("Ctrl+P")), tr("Keep this run in the comparison"));
    connect(m_pin, &QAction::triggered, this,
            [this] { m_session.whenComplete([this] { m_session.pin(m_session.run()); }); });
    m_openSession = make(nullptr, tr("Open &session…"), {}, tr("Files, settings and pinned runs as they were saved"));
    connect(m_openSession, &QAction::triggered, this, &MainWindow::openSession);
    m_saveSession = make("save", tr("&Save session…"), QKeySequence::Save, tr("Everything but the data itself"));
    connect(m_saveSession, &QAction::triggered, this, &MainWindow::saveSession);
    m_close = make(nullptr, tr("&Close file"), QKeySequence::Close, tr("Close the file on screen"));
    connect(m_close, &QAction::triggered, this, [this] { m_session.library().close(m_session.current().document); });

    m_measure = new QAction(tr("Measure &speed"), this);
    m_measure->setShortcut(QKeySequence(tr("Ctrl+T")));
    connect(m_measure, &QAction::triggered, &m_session, &Session::measureSpeedNow);
    m_runLab =
        make("play", tr("&Run all methods"), QKeySequence(Qt::Key_F5), tr("Train, evaluate and time in the lab"));
    connect(m_runLab, &QAction::triggered, &m_lab, &LabSession::run);
    m_toExplore = make(nullptr, tr("&Explore"), QKeySequence(tr("Ctrl+Shift+E")), tr("Look at data and schemes"));
    connect(m_toExplore, &QAction::triggered, this, [this] { setMode(Mode::Explore); });
    m_toLab = make("model", tr("&Model lab"), QKeySequence(tr("Ctrl+Shift+M")), tr("Compare methods on a network"));
    connect(m_toLab, &QAction::triggered, this, [this] { setMode(Mode::Lab); });

    m_undoStacks.addStack(&m_session.undoStack());
    m_undoStacks.addStack(&m_lab.undoStack());
    m_undoStacks.setActiveStack(&m_session.undoStack());
    m_undo = m_undoStacks.createUndoAction(this, tr("Undo"));
    m_redo = m_undoStacks.createRedoAction(this, tr("Redo"));
    m_undo->setIcon(themedIcon(QStringLiteral("undo")));
    m_redo->setIcon(themedIcon(QStringLiteral("redo")));
    m_undo->setShortcut(QKeySequence::Undo);
    m_redo->setShortcuts({QKeySequence(QKeySequence::Redo), QKeySequence(tr("Ctrl+Y"))});
    addActions({m_undo, m_redo});
    for (int bits = 1; bits <= 8; ++bits) {
        auto* action = new QAction(this);
        action->setShortcut(QKeySequence(QStringLiteral("Ctrl+%1").arg(bits)));
        connect(action, &QAction::triggered, this, [this, bits] { setBits(bits); });
        addAction(action);
        m_bits << action;
    }
}

void MainWindow::createMenus() {
    QMenu* file = m_menus->addMenu(tr("&File"));
    file->addAction(m_open);
    m_recentMenu = file->addMenu(tr("Open &recent"));
    QMenu* sampleMenu = file->addMenu(tr("Sa&mples"));
    for (const Sample& sample : samples())
        sampleMenu->addAction(sampleTitle(sample), this, [this, id = QLatin1String(sample.id)] { openSample(id); });
    file->addAction(m_generate);
    file->addSeparator();
    file->addAction(m_openSession);
    file->addAction(m_saveSession);
    file->addAction(m_export);
    file->addSeparator();
    file->addAction(m_importOptions);
    file->addAction(m_close);
    file->addAction(tr("&Quit"), QKeySequence::Quit, this, &QWidget::close);

    QMenu* edit = m_menus->addMenu(tr("&Edit"));
    edit->addActions({m_undo, m_redo});
    edit->addSeparator();
    edit->addAction(m_paste);
    edit->addAction(m_pin);
    edit->addAction(tr("&Unpin all"), &m_session, &Session::clearPins);
    edit->addSeparator();
    edit->addAction(themedIcon(QStringLiteral("settings")), tr("Pre&ferences…"), QKeySequence::Preferences, this,
                    [this] {
                        PreferencesDialog(this).exec();
                        m_session.setMemoryBudget(settings::memoryBudget());
                    });

    QMenu* view = m_menus->addMenu(tr("&View"));
    view->addActions({m_toExplore, m_toLab});
    view->addSeparator();
    m_exploreViews = viewActions(view, *m_explore);
    m_labViews = viewActions(view, *m_labPage);
    view->addSeparator();
    auto* themes = new QActionGroup(this);
    const QStringList names{tr("&System appearance"), tr("&Light"), tr("&Dark")};
    for (int i = 0; i < names.size(); ++i) {
        QAction* action = view->addAction(names[i]);
        action->setCheckable(true);
        action->setChecked(static_cast<int>(theme().preference()) == i);
        themes->addAction(action);
        connect(action, &QAction::triggered, this, [i] {
            settings::setThemePreference(static_cast<Theme::Preference>(i));
            theme().setPreference(static_cast<Theme::Preference>(i));
        });
    }

    QMenu* tools = m_menus->addMenu(tr("&Tools"));
    tools->addAction(m_compare);
    tools->addAction(m_generate);
    tools->addAction(m_measure);
    tools->addAction(m_runLab);
    tools->addSeparator();
    QMenu* nonFinite = tools->addMenu(tr("&NaN and infinities"));
    nonFinite->addAction(tr("&Stop"), this, [this] { m_session.setNonFinitePolicy(NonFinitePolicy::Stop); });
    nonFinite->addAction(tr("&Drop"), this, [this] { m_session.setNonFinitePolicy(NonFinitePolicy::Drop); });
    nonFinite->addAction(tr("&Clamp infinities"), this,
                         [this] { m_session.setNonFinitePolicy(NonFinitePolicy::Clamp); });

    QMenu* help = m_menus->addMenu(tr("&Help"));
    help->addAction(tr("&About Quantoscope"), this, [this] { AboutDialog(this).exec(); });
}

void MainWindow::createHeader() {
    auto* header = new QWidget(this);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(5, 0, 16, 0);
    row->setSpacing(4);
    m_menus = new QMenuBar(header);
    m_menus->setNativeMenuBar(false);
    m_menus->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    createMenus();
    row->addWidget(m_menus, 0, Qt::AlignVCenter);
    const auto separator = [&] {
        auto* line = new Divider(Qt::Vertical, header);
        line->setFixedHeight(20);
        row->addSpacing(8);
        row->addWidget(line);
        row->addSpacing(8);
    };
    const auto tool = [&](QAction* action, const QString& text) {
        auto* button = new QToolButton(header);
        button->setDefaultAction(action);
        button->setAutoRaise(true);
        if (!text.isEmpty()) {
            button->setText(text);
            button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
            m_tools << button;
        }
        button->setAccessibleName(text.isEmpty() ? action->text() : text);
        button->setIconSize({18, 18});
        row->addWidget(button);
        return button;
    };
    separator();
    const std::pair<QAction*, QString> tools[] = {
        {m_open, tr("Open")}, {m_compare, tr("Compare")}, {m_export, tr("Export")}};
    for (const auto& [action, text] : tools) {
        action->setIconText(text);
        tool(action, text);
    }
    separator();
    for (QAction* action : {m_undo, m_redo}) tool(action, {})->setToolButtonStyle(Qt::ToolButtonIconOnly);
    row->addStretch(1);
    m_modes = new SegmentedSwitch({tr("Explore"), tr("Model lab")}, SegmentedSwitch::Size::Header, header);
    m_modes->setAccessibleName(tr("Mode"));
    m_modes->setSegmentToolTip(0, m_toExplore->toolTip());
    m_modes->setSegmentToolTip(1, m_toLab->toolTip());
    connect(m_modes, &SegmentedSwitch::currentChanged, this, [this](int mode) { setMode(static_cast<Mode>(mode)); });
    row->addWidget(m_modes);

    header->setLayout(row);
    header->setFixedHeight(kHeaderHeight - 1);
    m_header = header;
}

} // namespace quantoscope::ui
