// The window: menus and tools in one row, the start page or the Explore page under it, messages, status.
#pragma once

#include "ui/session/session.h"

#include <QMainWindow>
#include <QUrl>

class QMenu;
class QMenuBar;
class QStackedWidget;
class QToolButton;

namespace quantoscope::ui {

class ExplorePage;
class MessageBar;
class SessionStore;
class StartPage;
class StatusLine;

class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    explicit MainWindow(QWidget* parent = nullptr);
    ~MainWindow() override;

    Session& session() { return m_session; }
    ExplorePage& explorePage() { return *m_explore; }

public slots:
    void openFiles(const QStringList& paths);
    void openUrls(const QList<QUrl>& urls);
    void openSample(const QString& id);

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void createActions();
    void createMenus();
    void createHeader();
    void fillRecent();
    void chooseFiles();
    void paste();
    void generate();
    void exportData();
    void chooseImportOptions(int id);
    void saveSession();
    void openSession();
    void setBits(int bits);
    void update(Aspects aspects);
    void showError(const QString& title, const Error& error);
    void warnNonFinite();
    void askReload(int id);
    void setCompact(bool compact);

    Session m_session;
    QWidget* m_header = nullptr;
    QStackedWidget* m_pages;
    StartPage* m_start;
    ExplorePage* m_explore;
    MessageBar* m_messages;
    StatusLine* m_status;
    SessionStore* m_store;
    QMenuBar* m_menus = nullptr;
    QMenu* m_recentMenu = nullptr;
    QList<QToolButton*> m_tools;

    QAction* m_open = nullptr;
    QAction* m_paste = nullptr;
    QAction* m_generate = nullptr;
    QAction* m_export = nullptr;
    QAction* m_importOptions = nullptr;
    QAction* m_compare = nullptr;
    QAction* m_undo = nullptr;
    QAction* m_redo = nullptr;
    QAction* m_openSession = nullptr;
    QAction* m_saveSession = nullptr;
    QAction* m_close = nullptr;
    QAction* m_pin = nullptr;
    bool m_compact = false;
};

} // namespace quantoscope::ui
