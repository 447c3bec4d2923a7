#include "ui/main_window.h"

#include "core/formats/format_registry.h"
#include "ui/dialogs/export_dialog.h"
#include "ui/dialogs/generate_dialog.h"
#include "ui/dialogs/import_dialog.h"
#include "ui/lab/lab_page.h"
#include "ui/lab/lab_panel.h"
#include "ui/panels/data_panel.h"
#include "ui/panels/explore_page.h"
#include "ui/panels/samples.h"
#include "ui/panels/start_page.h"
#include "ui/session/file_icon.h"
#include "ui/session/pasted_values.h"
#include "ui/session/possible_levels.h"
#include "ui/session/run_label.h"
#include "ui/session/session_store.h"
#include "ui/session/settings.h"
#include "ui/widgets/coarse_text.h"
#include "ui/widgets/divider.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/segmented_switch.h"
#include "ui/widgets/status_line.h"

#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenuBar>
#include <QMimeData>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace quantoscope::ui {

namespace {

constexpr QSize kUsualSize{1440, 900};
constexpr QSize kSmallestSize{1024, 640};
constexpr int kCompactBelow = 1200; // narrower windows drop what is secondary

// As sessions name it.
constexpr char kLabMode[] = "lab";
constexpr char kExploreMode[] = "explore";

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

/// How far the levels of a preview may be from the best, where that is known.
QString approximationText(const RunResult& run, qint64 count) {
    const auto& proof = run.quantizer->certificate;
    if (run.coarsening && (!proof || proof->lowerBound <= 0)) return coarseRemark(run, count);
    if (!proof || proof->lowerBound <= 0)
        return MainWindow::tr("approximate levels, exact errors · n = %1").arg(countText(count));
    const double above = proof->relativeGap / (1 - proof->relativeGap); // as a part of the optimum
    return MainWindow::tr("at most %1 % above the optimum · n = %2").arg(compactText(100 * above, 2), countText(count));
}

/// Why the levels are the best there are, where that is proven.
QString proofText(const RunResult& run) {
    const auto& proof = run.quantizer->certificate;
    if (!proof || !proof->holds()) return {};
    return MainWindow::tr(
               "The global optimum, proven: no %1 levels have a squared error below %2 (gap %3, rounding up to "
               "%4 of it; λ = %5)")
        .arg(QString::number(run.quantizer->requestedLevels), compactText(proof->lowerBound, 6),
             compactText(proof->relativeGap, 2), compactText(proof->roundingBound, 2), compactText(proof->penalty));
}

} // namespace

MainWindow::MainWindow(QWidget* parent)
    : QMainWindow(parent),
      m_session(this),
      m_lab(this),
      m_undoStacks(this),
      m_pages(new QStackedWidget(this)),
      m_start(new StartPage(this)),
      m_explore(new ExplorePage(m_session, this)),
      m_labPage(new LabPage(m_lab, this)),
      m_messages(new MessageBar(this)),
      m_status(new StatusLine(this)),
      m_store(new SessionStore(m_session, this)) {
    m_session.setMemoryBudget(settings::memoryBudget());
    setAcceptDrops(true);
    setMinimumSize(kSmallestSize);
    resize(kUsualSize);
    createActions();
    createHeader();

    m_pages->addWidget(m_start);
    m_pages->addWidget(m_explore);
    m_pages->addWidget(m_labPage);
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
    connect(m_status, &StatusLine::cancelRequested, this, &MainWindow::cancel);
    connectLab();
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
        if (const auto id = view.find("labView"); id != view.end())
            m_labPage->showView(QString::fromStdString(id->second));
        if (const auto mode = view.find("mode"); mode != view.end())
            setMode(mode->second == kLabMode ? Mode::Lab : Mode::Explore);
    });
    connect(&m_session.library(), &Library::changedOnDisk, this, &MainWindow::askReload);
    fillRecent();
    update(~Aspects());
}

MainWindow::~MainWindow() = default;

void MainWindow::connectLab() {
    m_lab.othersBusy = [this] { return m_session.sweepRunning() || !m_session.activity().isEmpty(); };
    connect(&m_lab, &LabSession::changed, this, &MainWindow::updateLab);
    connect(m_labPage, &LabPage::failed, this, &MainWindow::showError);
    connect(m_labPage, &LabPage::exported, this, [this](const QString& path) {
        m_messages->post({MessageLevel::Info, tr("%1 was written").arg(QFileInfo(path).fileName())});
    });
    connect(m_labPage, &LabPage::layerOpened, this, &MainWindow::openInExplore);
}

void MainWindow::setMode(Mode mode) {
    m_modes->setCurrentIndex(static_cast<int>(mode));
    if (mode == m_mode) return;
    m_mode = mode;
    const bool lab = mode == Mode::Lab;
    if (lab && !m_lab.data()) m_lab.useDigits();
    m_undoStacks.setActiveStack(lab ? &m_lab.undoStack() : &m_session.undoStack());
    showPage();
    showActions();
    showStatus();
}

void MainWindow::openInExplore(const Tensor& weights) {
    m_session.library().add(QString::fromStdString(weights.info.name), {weights});
    setMode(Mode::Explore);
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
    if (m_mode == Mode::Lab) return m_labPage->panel().chooseData();
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
    const bool toLearnFrom =
        m_mode == Mode::Lab && !paths.isEmpty() && !paths.front().endsWith(QLatin1String(kSessionExtension));
    if (toLearnFrom)
        m_lab.openData(paths.front());
    else
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
    if (m_mode == Mode::Lab) return m_labPage->exportData();
    m_session.whenComplete([this] {
        auto* dialog = new ExportDialog(m_session, m_explore->currentPlot(), this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &ExportDialog::exported, this, [this](const QString& path) {
            m_messages->post({MessageLevel::Info, tr("%1 was written").arg(QFileInfo(path).fileName())});
        });
        connect(dialog, &ExportDialog::failed, this, &MainWindow::showError);
        dialog->open();
    });
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
    m_store->save(path, {{"view", m_explore->currentViewId().toStdString()},
                         {"labView", m_labPage->currentViewId().toStdString()},
                         {"mode", m_mode == Mode::Lab ? kLabMode : kExploreMode}});
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
    if (aspects & (Aspect::Library | Aspect::Current)) {
        showPage();
        const Document* document = m_session.library().find(m_session.current().document);
        setWindowTitle(document ? tr("%1 – Quantoscope").arg(document->name) : tr("Quantoscope"));
    }
    if (aspects & Aspect::Data) warnNonFinite();
    showActions();
    if (m_mode == Mode::Explore) showStatus();
}

void MainWindow::updateLab(LabAspects aspects) {
    // While times are measured nothing else may run.
    m_session.holdSweep(m_lab.stage() == LabStage::Waiting || m_lab.stage() == LabStage::Timing);
    if (m_mode != Mode::Lab) return;
    if (aspects & (LabAspect::Rows | LabAspect::Busy | LabAspect::Data | LabAspect::Plan)) showActions();
    showStatus();
}

void MainWindow::showPage() {
    QWidget* page = m_explore;
    if (m_mode == Mode::Lab)
        page = m_labPage;
    else if (m_session.library().documents().empty())
        page = m_start;
    if (m_pages->currentWidget() == page) return;
    m_pages->setCurrentWidget(page);
    page->setFocus(); // keys act on what is on screen
}

void MainWindow::showActions() {
    const bool lab = m_mode == Mode::Lab, open = !m_session.library().documents().empty();
    const bool hasRun = m_session.shown() != nullptr;
    const Document* document = m_session.library().find(m_session.current().document);
    m_importOptions->setEnabled(!lab && document && document->textTable);
    m_close->setEnabled(!lab && open);
    m_compare->setEnabled(open);
    m_export->setEnabled(lab ? !m_lab.result().rows.empty() : hasRun);
    m_pin->setEnabled(!lab && hasRun);
    m_saveSession->setEnabled(open);
    m_measure->setEnabled(!lab && hasRun);
    m_runLab->setEnabled(lab && !m_lab.isBusy() && m_lab.network());
    for (QAction* action : m_bits) action->setEnabled(!lab);
    for (QAction* action : m_exploreViews) {
        action->setVisible(!lab);
        action->setEnabled(!lab);
    }
    for (QAction* action : m_labViews) {
        action->setVisible(lab);
        action->setEnabled(lab);
    }
}

void MainWindow::showStatus() {
    if (m_mode == Mode::Lab)
        showLabStatus();
    else
        showExploreStatus();
}

void MainWindow::showLabStatus() {
    if (m_lab.isBusy())
        m_status->setProgress(m_lab.progress());
    else
        m_status->hideProgress();
    m_status->setText(m_labPage->statusText());
    m_status->setRemark(m_labPage->statusRemark());
}

void MainWindow::showExploreStatus() {
    const bool hasRun = m_session.shown() != nullptr;
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
        const RunResult& run = *m_session.shown();
        text = tr("%1 fitted in %2 ms")
                   .arg(runLabel(run.spec()).name, numberText(run.fitSeconds * 1e3, run.fitSeconds < 0.01 ? 1 : 0));
    }
    m_status->setText(text.isEmpty() ? tr("Ready") : text);
    if (!hasRun) {
        m_status->setRemark({});
        m_status->setToolTip({});
        return;
    }
    const RunResult& run = *m_session.shown();
    const auto count = static_cast<qint64>(run.whole()->finiteCount());
    if (run.sampled())
        m_status->setSampled(static_cast<qint64>(run.measuredValues), count);
    else if (run.exact)
        m_status->setExact(count);
    else
        m_status->setRemark(approximationText(run, count));
    m_status->setToolTip(run.coarsening ? coarseExplanation(run) : proofText(run));
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

void MainWindow::cancel() {
    if (m_mode == Mode::Lab)
        m_lab.cancel();
    else
        m_session.cancel();
}

void MainWindow::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) return cancel();
    QMainWindow::keyPressEvent(event);
}

void MainWindow::setCompact(bool compact) {
    if (compact == m_compact) return;
    m_compact = compact;
    for (QToolButton* button : m_tools)
        button->setToolButtonStyle(compact ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
    m_explore->setCompact(compact);
    m_labPage->setCompact(compact);
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
