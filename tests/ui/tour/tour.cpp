// The tour: opens the samples, visits every view in light and dark and at two sizes, then groups, importance, the model
// laboratory, a refused file and the dialogs, and saves a screenshot of each.
//     tour FOLDER [LANGUAGE]

#include "ui/dialogs/about_dialog.h"
#include "ui/dialogs/export_dialog.h"
#include "ui/dialogs/generate_dialog.h"
#include "ui/dialogs/import_dialog.h"
#include "ui/dialogs/preferences_dialog.h"
#include "ui/lab/lab_export_dialog.h"
#include "ui/lab/lab_overview.h"
#include "ui/lab/lab_page.h"
#include "ui/main_window.h"
#include "ui/panels/explore_page.h"
#include "ui/panels/tables_panel.h"
#include "ui/panels/trade_off_page.h"
#include "ui/session/language.h"
#include "ui/theme/theme.h"
#include "ui/widgets/segmented_switch.h"

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QStandardPaths>
#include <QTimer>

#include <cmath>
#include <cstdio>
#include <functional>

using namespace quantoscope;
using namespace quantoscope::ui;

namespace {

constexpr QSize kUsual{1440, 900};
constexpr QSize kSmall{1024, 680};
constexpr int kPatience = 60'000;

/// False where it did not come about in time.
bool waitUntil(const std::function<bool()>& done) {
    QEventLoop loop;
    QTimer poll, limit;
    bool arrived = false;
    QObject::connect(&poll, &QTimer::timeout, &loop, [&] {
        arrived = done();
        if (arrived) loop.quit();
    });
    QObject::connect(&limit, &QTimer::timeout, &loop, &QEventLoop::quit);
    poll.start(30);
    limit.start(kPatience);
    loop.exec();
    return arrived;
}

class Tour {
public:
    explicit Tour(const QString& folder) : m_folder(folder) {}

    bool run() {
        m_window.resize(kUsual);
        m_window.show();
        shoot("start");
        // What each sample is the best example of.
        visit("digits-mlp", {"distribution", "transfer", "error", "channels", "matrix", "trade-off"});
        visit("ascent", {"media"});
        visit("raccoon", {"media"});
        visit("ecg", {"media"});
        visit("scores", {"distribution"});
        visitGroups();
        visitImportance();
        visitLab();
        m_window.openFiles({QStringLiteral("no-such-file.npy")});
        shoot("message", {kUsual});
        AboutDialog about(&m_window);
        ExportDialog exporting(m_window.session(), m_window.explorePage().currentPlot(), &m_window);
        GenerateDialog generating(&m_window);
        ImportDialog importing(europeanTable(), {}, &m_window);
        PreferencesDialog preferences(&m_window);
        m_complete = waitUntil([&] { return !importing.busy(); }) && m_complete;
        shoot(about, "dialog-about");
        shoot(exporting, "dialog-export");
        shoot(generating, "dialog-generate");
        shoot(importing, "dialog-import");
        shoot(preferences, "dialog-preferences");
        return m_complete;
    }

private:
    bool quiet() {
        Session& session = m_window.session();
        return session.settled() && !session.sweepRunning() && !session.sweep().empty() && session.activity().isEmpty();
    }

    void visit(const char* sample, const std::vector<const char*>& views) {
        m_window.openSample(QLatin1String(sample));
        if (!waitUntil([this] { return quiet(); })) {
            std::fprintf(stderr, "tour: %s did not settle\n", sample);
            m_complete = false;
        }
        m_window.session().setSelectedBin(
            std::min(11, static_cast<int>(m_window.session().levels()->codebook.size()) - 1));
        for (const char* view : views) {
            m_window.explorePage().showView(QLatin1String(view));
            if (m_window.explorePage().currentViewId() != QLatin1String(view)) {
                std::fprintf(stderr, "tour: %s has no view %s\n", sample, view);
                m_complete = false;
            }
            shoot(QByteArray(sample) + '-' + view);
        }
        if (QByteArrayView(sample) != "digits-mlp") return;
        visitTradeOff();
        m_window.explorePage().showView(QStringLiteral("distribution"));
        for (const auto tab : {TablesPanel::Levels, TablesPanel::Values, TablesPanel::Comparison}) {
            m_window.explorePage().tablesPanel().setTab(tab);
            shoot(QByteArray("weights-table-") + QByteArray::number(tab));
        }
    }

    /// Every axis of it.
    void visitTradeOff() {
        auto* page = static_cast<TradeOffPage*>(m_window.explorePage().page(QStringLiteral("trade-off")));
        const auto choose = [&](SpeedPlot::Work work) {
            QComboBox* combo = page->workCombo();
            const int item = combo->findData(static_cast<int>(work));
            combo->setCurrentIndex(item);
            emit combo->activated(item);
        };
        page->quantitySwitch()->setCurrentIndex(1);
        for (const auto& [work, name] : {std::pair(SpeedPlot::Work::Fit, "fit"),
                                         {SpeedPlot::Work::Decode, "decode"},
                                         {SpeedPlot::Work::Product, "product"}}) {
            choose(work);
            m_complete = waitUntil([&] { return std::isfinite(page->speedPlot().timeOf(0)); }) && m_complete;
            shoot(QByteArray("trade-off-") + name);
        }
        choose(SpeedPlot::Work::Encode);
        // Codes made for entropy coding, near to the bound.
        Session& session = m_window.session();
        const QuantSpec before = session.spec();
        QuantSpec spec = before;
        spec.scheme = "ecsq";
        spec.parameters = {{"rate", 2.5}};
        session.replaceSpec(spec);
        m_complete = waitUntil([&] { return quiet() && session.run()->spec() == spec; }) && m_complete;
        shoot("entropy-constrained");
        session.replaceSpec(before);
        m_complete = waitUntil([&] { return quiet() && session.run()->spec() == before; }) && m_complete;
        page->quantitySwitch()->setCurrentIndex(0);
    }

    /// One channel of several, with a boundary of its own.
    void visitGroups() {
        Session& session = m_window.session();
        m_window.openSample(QStringLiteral("digits-mlp"));
        m_complete = waitUntil([this] { return quiet(); }) && m_complete;
        QuantSpec spec = session.spec();
        spec.levels = 16;
        spec.grouping = Grouping::channel(0);
        session.setSpec(spec, QStringLiteral("group"));
        m_complete = waitUntil([this] { return quiet(); }) && m_complete;
        session.setSelectedGroup(20);
        m_complete = waitUntil([this] { return quiet(); }) && m_complete;
        session.moveBoundary(7, session.levels()->codebook.thresholds[7] + 0.01, session.newDragKey());
        m_complete = waitUntil([this] { return quiet(); }) && m_complete;
        session.setSelectedBin(8);
        for (const char* view : {"distribution", "channels"}) {
            m_window.explorePage().showView(QLatin1String(view));
            shoot(QByteArray("groups-") + view);
        }
    }

    /// Weights with a sensitivity beside them: the large ones matter more.
    void visitImportance() {
        Session& session = m_window.session();
        const Tensor weights = session.data()->tensor();
        Tensor sensitivity = weights;
        sensitivity.info.name = "fc1.fisher";
        for (float& value : sensitivity.values) value *= value;
        const int id = session.library().add(QStringLiteral("fisher.npz"), {weights, sensitivity});
        QuantSpec spec;
        spec.levels = 16;
        session.replaceSpec(spec);
        m_complete = waitUntil([this] { return quiet(); }) && m_complete;
        session.setImportance({id, 1});
        m_complete = waitUntil([&] { return quiet() && session.run()->weightedMse; }) && m_complete;
        for (const char* view : {"distribution", "trade-off"}) {
            m_window.explorePage().showView(QLatin1String(view));
            shoot(QByteArray("importance-") + view);
        }
    }

    /// The digits, trained for a few epochs only, and all methods run on them.
    void visitLab() {
        m_window.setMode(MainWindow::Mode::Lab);
        LabPage& page = m_window.labPage();
        LabSession& lab = page.session();
        m_complete = waitUntil([&] { return lab.data() != nullptr; }) && m_complete;
        shoot("lab-start");
        LabPlan plan = lab.plan();
        plan.spec.training.epochs = 6;
        plan.spec.qatEpochs = 2;
        lab.setPlan(plan, QStringLiteral("be quick"));
        lab.run();
        m_complete = waitUntil([&] { return lab.result().rows.size() >= 3; }) && m_complete;
        shoot("lab-running", {kUsual});
        if (!waitUntil([&] { return !lab.isBusy(); }) || lab.result().sensitivities.empty()) {
            std::fprintf(stderr, "tour: the laboratory did not come to its end\n");
            m_complete = false;
        }
        for (const auto& [view, name] : {std::pair(LabPage::Overview, "overview"),
                                         {LabPage::Activations, "activations"},
                                         {LabPage::Confusion, "confusion"},
                                         {LabPage::Training, "training"}}) {
            page.showView(view);
            shoot(QByteArray("lab-") + name);
        }
        page.showView(LabPage::Overview);
        for (const int pane : {1, 2, 0}) { // what a small window shows one at a time
            page.overview().setPane(pane);
            if (pane != 0) shoot("lab-pane-" + QByteArray::number(pane), {kSmall});
        }
        plan.spec.perChannel = true;
        lab.setPlan(plan, QStringLiteral("other settings"));
        shoot("lab-stale", {kUsual});
        LabExportDialog exporting(lab, page.overview().plots(), &m_window);
        shoot(exporting, "dialog-lab-export");
        m_window.setMode(MainWindow::Mode::Explore);
    }

    /// A table whose separator and decimal mark have to be found out.
    QString europeanTable() {
        QFile file(m_folder + QStringLiteral("/measured.csv"));
        const bool open = file.open(QIODevice::WriteOnly);
        m_complete = open &&
                     file.write("time;voltage;current\n0,00;3,301;0,125\n0,01;3,298;0,131\n0,02;3,287;0,142\n"
                                "0,03;3,291;0,138\n") > 0 &&
                     m_complete;
        return file.fileName();
    }

    void shoot(QDialog& dialog, const QByteArray& name) {
        for (const auto preference : {Theme::Preference::Light, Theme::Preference::Dark}) {
            theme().setPreference(preference);
            dialog.show();
            settle();
            save(dialog, name);
        }
        dialog.close();
    }

    void shoot(const QByteArray& name, std::initializer_list<QSize> sizes = {kUsual, kSmall}) {
        for (const QSize& size : sizes)
            for (const auto preference : {Theme::Preference::Light, Theme::Preference::Dark}) {
                theme().setPreference(preference);
                m_window.resize(size);
                settle();
                save(m_window, size == kSmall ? name + "-small" : name);
            }
    }

    /// Views prepare what they show in jobs of their own: lets those arrive and the queued replots happen.
    static void settle() {
        QElapsedTimer elapsed;
        elapsed.start();
        waitUntil([&] { return elapsed.elapsed() > 400; });
    }

    void save(QWidget& widget, const QByteArray& name) {
        const QString path = QStringLiteral("%1/%2-%3.png")
                                 .arg(m_folder, QString::fromLatin1(name),
                                      theme().isDark() ? QStringLiteral("dark") : QStringLiteral("light"));
        if (widget.grab().save(path)) return;
        std::fprintf(stderr, "tour: %s could not be written\n", qPrintable(path));
        m_complete = false;
    }

    QString m_folder;
    MainWindow m_window;
    bool m_complete = true;
};

} // namespace

int main(int argc, char** argv) {
    QStandardPaths::setTestModeEnabled(true);
    QApplication application(argc, argv);
    if (argc < 2 || argv[1][0] == '-' || !QDir().mkpath(QString::fromLocal8Bit(argv[1]))) {
        std::fprintf(stderr, "usage: tour FOLDER [LANGUAGE]\n");
        return 2;
    }
    applyLanguage(application, argc > 2 ? QString::fromLocal8Bit(argv[2]) : QStringLiteral("en"));
    applyTheme(application);
    return Tour(QString::fromLocal8Bit(argv[1])).run() ? 0 : 1;
}
