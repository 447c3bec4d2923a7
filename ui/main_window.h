// The window: menus, tools and the switch of modes in one row; under it the start page, the Explore page or the model
// laboratory; messages, status.
#pragma once

#include "ui/lab/lab_session.h"
#include "ui/session/session.h"

#include <QMainWindow>
#include <QUndoGroup>
#include <QUrl>

class QMenu;
class QMenuBar;
class QStackedWidget;
class QToolButton;

namespace quantoscope::ui {

class ExplorePage;
class LabPage;
class MessageBar;
class SegmentedSwitch;
class SessionStore;
class StartPage;
class StatusLine;

class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    enum class Mode { Explore, Lab };

    explicit MainWindow(QWidget* parent = nullptr);
    ~MainWindow() override;

    Session& session() { return m_session; }
    ExplorePage& explorePage() { return *m_explore; }
    LabPage& labPage() { return *m_labPage; }
    Mode mode() const { return m_mode; }
    void setMode(Mode mode);

public slots:
    void openFiles(const QStringList& paths);
    void openUrls(const QList<QUrl>& urls);
    void openSample(const QString& id);

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

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
    void connectLab();
    void cancel();
    void openInExplore(const Tensor& weights);
    void update(Aspects aspects);
    void updateLab(LabAspects aspects);
    void showPage();
    void showActions();
    void showStatus();
    void showExploreStatus();
    void showLabStatus();
    void showError(const QString& title, const Error& error);
    void warnNonFinite();
    void askReload(int id);
    void setCompact(bool compact);

    Session m_session;
    LabSession m_lab;
    QUndoGroup m_undoStacks; // the mode's own is active
    Mode m_mode = Mode::Explore;
    QWidget* m_header = nullptr;
    QStackedWidget* m_pages;
    StartPage* m_start;
    ExplorePage* m_explore;
    LabPage* m_labPage;
    SegmentedSwitch* m_modes = nullptr;
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
    QAction* m_measure = nullptr;
    QAction* m_runLab = nullptr;
    QAction* m_toExplore = nullptr;
    QAction* m_toLab = nullptr;
    QList<QAction*> m_bits;
    QList<QAction*> m_exploreViews; // shortcuts mean the views of the mode on screen
    QList<QAction*> m_labViews;
    bool m_compact = false;
};

} // namespace quantoscope::ui
