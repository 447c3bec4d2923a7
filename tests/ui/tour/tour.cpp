// The tour: opens the samples, visits every view in light and dark and at two sizes, and saves a screenshot of each.
//     tour FOLDER [LANGUAGE]

#include "ui/main_window.h"
#include "ui/panels/explore_page.h"
#include "ui/panels/tables_panel.h"
#include "ui/session/language.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QStandardPaths>
#include <QTimer>

#include <cstdio>
#include <functional>

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
        m_window.explorePage().showView(QStringLiteral("distribution"));
        for (const auto tab : {TablesPanel::Levels, TablesPanel::Values, TablesPanel::Comparison}) {
            m_window.explorePage().tablesPanel().setTab(tab);
            shoot(QByteArray("weights-table-") + QByteArray::number(tab));
        }
    }

    void shoot(const QByteArray& name) {
        for (const QSize& size : {kUsual, kSmall})
            for (const auto preference : {Theme::Preference::Light, Theme::Preference::Dark}) {
                theme().setPreference(preference);
                m_window.resize(size);
                // Views prepare what they show in jobs of their own: let those arrive and the queued replots happen.
                QElapsedTimer elapsed;
                elapsed.start();
                waitUntil([&] { return elapsed.elapsed() > 400; });
                const QString path =
                    QStringLiteral("%1/%2%3-%4.png")
                        .arg(m_folder, QString::fromLatin1(name), size == kSmall ? QStringLiteral("-small") : QString(),
                             theme().isDark() ? QStringLiteral("dark") : QStringLiteral("light"));
                if (m_window.grab().save(path)) continue;
                std::fprintf(stderr, "tour: %s could not be written\n", qPrintable(path));
                m_complete = false;
            }
    }

    QString m_folder;
    MainWindow m_window;
    bool m_complete = true;
};

} // namespace

int main(int argc, char** argv) {
    QStandardPaths::setTestModeEnabled(true);
    QApplication application(argc, argv);
    if (argc < 2 || !QDir().mkpath(QString::fromLocal8Bit(argv[1]))) {
        std::fprintf(stderr, "usage: tour FOLDER [LANGUAGE]\n");
        return 2;
    }
    applyLanguage(application, argc > 2 ? QString::fromLocal8Bit(argv[2]) : QStringLiteral("en"));
    applyTheme(application);
    return Tour(QString::fromLocal8Bit(argv[1])).run() ? 0 : 1;
}
