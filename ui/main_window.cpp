#include "ui/main_window.h"

#include "core/formats/format_registry.h"
#include "ui/dialogs/about_dialog.h"
#include "ui/dialogs/export_dialog.h"
#include "ui/dialogs/generate_dialog.h"
#include "ui/dialogs/import_dialog.h"
#include "ui/dialogs/preferences_dialog.h"
#include "ui/panels/data_panel.h"
#include "ui/panels/divider.h"
#include "ui/panels/explore_page.h"
#include "ui/panels/samples.h"
#include "ui/panels/start_page.h"
#include "ui/session/file_icon.h"
#include "ui/session/pasted_values.h"
#include "ui/session/possible_levels.h"
#include "ui/session/run_label.h"
#include "ui/session/session_store.h"
#include "ui/session/settings.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/status_line.h"

#include <QActionGroup>
#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMenuBar>
#include <QMimeData>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace quantoscope::ui {

namespace {

constexpr int kHeaderHeight = 48;
constexpr QSize kUsualSize{1440, 900};
constexpr QSize kSmallestSize{1024, 640};
constexpr int kCompactBelow = 1200; // narrower windows drop what is secondary

bool isSample(const QString& path) {
    return std::any_of(samples().begin(), samples().end(), [&](const Sample& sample) {
        const auto extracted = extractSample(QLatin1String(sample.id));
        return extracted && QString::fromStdU16String(extracted->u16string()) == path;
    });
}

QString sessionFilter() { return MainWindow::tr("Quantoscope sessions (*%1)").arg(QLatin1String(kSessionExtension)); }

QString openFilter() {
    QStringList patterns;
    for (const Format& format : formats())
        for (const std::string_view extension : format.extensions)
            patterns << QStringLiteral("*.") +
                            QString::fromLatin1(extension.data(), static_cast<qsizetype>(extension.size()));
    return MainWindow::tr("Data (%1)").arg(patterns.join(u' ')) + QStringLiteral(";;") + sessionFilter() +
           QStringLiteral(";;") + MainWindow::tr("All files (*)");
}

} // namespace

MainWindow::MainWindow(QWidget* parent)
    : QMainWindow(parent),
      m_session(this),
      m_pages(new QStackedWidget(this)),
      m_start(new StartPage(this)),
      m_explore(new ExplorePage(m_session, this)),
      m_messages(new MessageBar(this)),
      m_status(new StatusLine(this)),
      m_store(new SessionStore(m_session, this)) {
    setAcceptDrops(true);
    setMinimumSize(kSmallestSize);
    resize(kUsualSize);
    createActions();
    createHeader();

    m_pages->addWidget(m_start);
    m_pages->addWidget(m_explore);
    auto* central = new QWidget(this);
    auto* layout = new QVBoxLayout(central);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(new Divider(Qt::Horizontal, central));
    layout->addWidget(m_messages);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_status);
    setCentralWidget(central);

    connect(m_start, &StartPage::openRequested, this, &MainWindow::chooseFiles);
    connect(m_start, &StartPage::sampleChosen, this, &MainWindow::openSample);
    connect(m_start, &StartPage::recentChosen, this, [this](const QString& path) { openFiles({path}); });
    connect(m_start, &StartPage::filesDropped, this, [this](const QList<QUrl>& files) { openUrls(files); });
    connect(m_explore, &ExplorePage::sampleChosen, this, &MainWindow::openSample);
    connect(&m_explore->dataPanel(), &DataPanel::importOptionsRequested, this, &MainWindow::chooseImportOptions);
    connect(m_status, &StatusLine::cancelRequested, &m_session, &Session::cancel);
    connect(&m_session, &Session::changed, this, &MainWindow::update);
    connect(&m_session, &Session::failed, this, &MainWindow::showError);
    connect(&m_session.library(), &Library::opened, this, [this](int id) {
        const QString path = m_session.library().find(id)->path;
        if (path.isEmpty() || isSample(path)) return;
        settings::addRecentFile(path);
        fillRecent();
    });
    connect(m_store, &SessionStore::failed, this, &MainWindow::showError);
    connect(m_store, &SessionStore::saved, this, [this](const QString& path) {
        m_messages->post({MessageLevel::Info, tr("%1 was written").arg(QFileInfo(path).fileName())});
    });
    connect(m_store, &SessionStore::dataChanged, this, [this](const QString& name) {
        m_messages->post({MessageLevel::Warning, tr("%1 is not the same as when the session was saved.").arg(name)});
    });
    connect(m_store, &SessionStore::restored, this, [this](const std::map<std::string, std::string>& view) {
        if (const auto id = view.find("view"); id != view.end())
            m_explore->showView(QString::fromStdString(id->second));
    });
    connect(&m_session.library(), &Library::changedOnDisk, this, &MainWindow::askReload);
    fillRecent();
    update(~Aspects());
}

MainWindow::~MainWindow() = default;

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
    connect(m_compare, &QAction::triggered, m_explore, &ExplorePage::showComparison);
    m_pin = make("pin", tr("P&in to comparison"), QKeySequence(tr("Ctrl+P")), tr("Keep this run in the comparison"));
    connect(m_pin, &QAction::triggered, this, [this] { m_session.pin(m_session.run()); });
    m_openSession = make(nullptr, tr("Open &session…"), {}, tr("Files, settings and pinned runs as they were saved"));
    connect(m_openSession, &QAction::triggered, this, &MainWindow::openSession);
    m_saveSession = make("save", tr("&Save session…"), QKeySequence::Save, tr("Everything but the data itself"));
    connect(m_saveSession, &QAction::triggered, this, &MainWindow::saveSession);
    m_close = make(nullptr, tr("&Close file"), QKeySequence::Close, tr("Close the file on screen"));
    connect(m_close, &QAction::triggered, this, [this] { m_session.library().close(m_session.current().document); });

    QUndoStack& undo = m_session.undoStack();
    m_undo = undo.createUndoAction(this, tr("Undo"));
    m_redo = undo.createRedoAction(this, tr("Redo"));
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
                    [this] { PreferencesDialog(this).exec(); });

    QMenu* view = m_menus->addMenu(tr("&View"));
    m_explore->addViewActions(view);
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
    tools->addAction(tr("Measure &speed"), QKeySequence(tr("Ctrl+T")), &m_session, &Session::measureSpeedNow);
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

    header->setLayout(row);
    header->setFixedHeight(kHeaderHeight - 1);
    m_header = header;
}

void MainWindow::fillRecent() {
    m_recentMenu->clear();
    std::vector<RecentFile> rows;
    for (const settings::Recent& recent : settings::recentFiles()) {
        const QFileInfo file(recent.path);
        m_recentMenu->addAction(file.fileName(), this, [this, path = recent.path] { openFiles({path}); });
        rows.push_back({recent.path, file.size(), recent.opened.date(), iconForFileName(file.fileName())});
    }
    m_recentMenu->setEnabled(!rows.empty());
    m_start->setRecentFiles(std::move(rows));
}

void MainWindow::chooseFiles() {
    const QStringList paths =
        QFileDialog::getOpenFileNames(this, tr("Open files"), settings::lastFolder(), openFilter());
    if (paths.isEmpty()) return;
    settings::setLastFolder(QFileInfo(paths.front()).absolutePath());
    openFiles(paths);
}

void MainWindow::openFiles(const QStringList& paths) {
    for (const QString& path : paths) {
        if (path.endsWith(QLatin1String(kSessionExtension)))
            m_store->load(path);
        else
            m_session.library().open(path);
    }
}

void MainWindow::openUrls(const QList<QUrl>& urls) {
    QStringList paths;
    for (const QUrl& url : urls)
        if (url.isLocalFile()) paths << url.toLocalFile();
    openFiles(paths);
}

void MainWindow::openSample(const QString& id) {
    const auto path = extractSample(id);
    if (!path) return showError(tr("The sample could not be opened"), path.error());
    if (m_session.undoStack().count() == 0) {
        QuantSpec spec = m_session.spec();
        spec.levels = static_cast<std::uint32_t>(findSample(id)->levels);
        m_session.replaceSpec(spec);
    }
    m_session.library().open(QString::fromStdU16String(path->u16string()));
}

void MainWindow::paste() {
    auto tensors = pastedValues(QApplication::clipboard()->text());
    if (tensors)
        m_session.library().add(tr("Pasted values"), std::move(*tensors));
    else
        showError(tr("The clipboard holds no numbers"), tensors.error());
}

void MainWindow::generate() {
    auto* dialog = new GenerateDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &GenerateDialog::generated, this, [this](const Tensor& tensor, const Recipe& recipe) {
        m_session.library().add(QString::fromStdString(tensor.info.name), {tensor}, recipe);
    });
    dialog->open();
}

void MainWindow::exportData() {
    auto* dialog = new ExportDialog(m_session, m_explore->currentPlot(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ExportDialog::exported, this, [this](const QString& path) {
        m_messages->post({MessageLevel::Info, tr("%1 was written").arg(QFileInfo(path).fileName())});
    });
    connect(dialog, &ExportDialog::failed, this, &MainWindow::showError);
    dialog->open();
}

void MainWindow::chooseImportOptions(int id) {
    const Document* document = m_session.library().find(id);
    auto* dialog = new ImportDialog(document->path, document->options, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ImportDialog::chosen, this,
            [this, id](const OpenOptions& options) { m_session.library().reopen(id, options); });
    dialog->open();
}

void MainWindow::saveSession() {
    QString path = QFileDialog::getSaveFileName(this, tr("Save session"), settings::lastFolder(), sessionFilter());
    if (path.isEmpty()) return;
    if (!path.endsWith(QLatin1String(kSessionExtension))) path += QLatin1String(kSessionExtension);
    m_store->save(path, {{"view", m_explore->currentViewId().toStdString()}});
}

void MainWindow::openSession() {
    const QString path =
        QFileDialog::getOpenFileName(this, tr("Open session"), settings::lastFolder(), sessionFilter());
    if (!path.isEmpty()) m_store->load(path);
}

void MainWindow::setBits(int bits) {
    QuantSpec spec = m_session.spec().common();
    spec.levels = std::uint32_t{1} << bits;
    spec.parameters.erase("edges");
    spec.parameters.erase("levels");
    m_session.setSpec(nearestPossible(spec), tr("change the number of levels"));
}

void MainWindow::update(Aspects aspects) {
    const bool open = !m_session.library().documents().empty();
    if (aspects & (Aspect::Library | Aspect::Current)) {
        QWidget* page = open ? static_cast<QWidget*>(m_explore) : m_start;
        if (m_pages->currentWidget() != page) {
            m_pages->setCurrentWidget(page);
            page->setFocus(); // keys act on what is on screen
        }
        const Document* document = m_session.library().find(m_session.current().document);
        setWindowTitle(document ? tr("%1 – Quantoscope").arg(document->name) : tr("Quantoscope"));
        m_importOptions->setEnabled(document && document->textTable);
        m_close->setEnabled(open);
        m_compare->setEnabled(open);
    }
    const bool hasRun = m_session.run() != nullptr;
    m_export->setEnabled(hasRun);
    m_pin->setEnabled(hasRun);
    m_saveSession->setEnabled(open);
    if (aspects & Aspect::Data) warnNonFinite();

    const bool sweeping = m_session.sweepRunning();
    QString text = m_session.activity();
    double progress = m_session.progress();
    if (text.isEmpty() && sweeping) {
        const auto done = static_cast<double>(m_session.sweep().size()),
                   planned = static_cast<double>(m_session.sweepPlanned());
        text = tr("Comparing schemes, %1 of %2 runs").arg(numberText(done, 0), numberText(planned, 0));
        progress = planned > 0 ? done / planned : -1;
    }
    if (!text.isEmpty())
        m_status->setProgress(progress);
    else
        m_status->hideProgress();
    if (text.isEmpty() && hasRun) {
        const RunResult& run = *m_session.run();
        text = tr("%1 fitted in %2 ms")
                   .arg(runLabel(run.spec()).name, numberText(run.fitSeconds * 1e3, run.fitSeconds < 0.01 ? 1 : 0));
    }
    m_status->setText(text.isEmpty() ? tr("Ready") : text);
    if (!hasRun) {
        m_status->setRemark({});
        return;
    }
    const RunResult& run = *m_session.run();
    const auto count = static_cast<qint64>(run.data->finiteCount());
    if (run.sampled())
        m_status->setSampled(static_cast<qint64>(run.measuredValues), count);
    else if (run.exact)
        m_status->setExact(count);
    else
        m_status->setRemark(tr("approximate levels, exact errors · n = %1").arg(countText(count)));
}

void MainWindow::showError(const QString& title, const Error& error) {
    m_messages->post(
        {MessageLevel::Error, QStringLiteral("%1. %2").arg(title, QString::fromStdString(error.message()))});
}

void MainWindow::warnNonFinite() {
    const QString key = QStringLiteral("non-finite");
    const PreparedTensorPtr& prepared = m_session.data();
    if (!prepared || !prepared->blocked()) {
        m_messages->withdraw(key);
        return;
    }
    const NonFiniteCount& count = prepared->nonFinite();
    const std::uint64_t infinite = count.positiveInfinity + count.negativeInfinity;
    m_messages->post(
        {MessageLevel::Warning,
         tr("This tensor has %1 NaN and %2 infinite values. Drop them to quantize the others (Tools offers to clamp "
            "infinities instead).")
             .arg(countText(static_cast<qint64>(count.nan)), countText(static_cast<qint64>(infinite))),
         tr("Drop them"), [this] { m_session.setNonFinitePolicy(NonFinitePolicy::Drop); }, key});
}

void MainWindow::askReload(int id) {
    m_messages->post({MessageLevel::Info, tr("%1 has changed on disk.").arg(m_session.library().find(id)->name),
                      tr("Reload"), [this, id] { m_session.library().reload(id); },
                      QStringLiteral("reload-%1").arg(id)});
}

void MainWindow::setCompact(bool compact) {
    if (compact == m_compact) return;
    m_compact = compact;
    for (QToolButton* button : m_tools)
        button->setToolButtonStyle(compact ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
    m_explore->setCompact(compact);
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    setCompact(width() < kCompactBelow);
}

void MainWindow::closeEvent(QCloseEvent* event) {
    settings::setWindowGeometry(saveGeometry());
    QMainWindow::closeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    openUrls(event->mimeData()->urls());
    event->acceptProposedAction();
}

} // namespace quantoscope::ui
