// What to export, in which format, and how it will look: tables, codes, a decoder, the plot on screen, a report.
#pragma once

#include "core/study/exports.h"
#include "core/study/report.h"
#include "ui/session/session.h"

#include <QDialog>

#include <optional>
#include <string>
#include <vector>

class QComboBox;
class QLabel;
class QListWidget;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;

namespace quantoscope::ui {

class PlotView;

class ExportDialog : public QDialog {
    Q_OBJECT

public:
    /// `plot` may be null.
    ExportDialog(Session& session, PlotView* plot, QWidget* parent = nullptr);

    /// Writes to this path in the chosen format, as the button does after asking where to.
    void exportTo(const QString& path);
    QListWidget* contents() const { return m_contents; }
    QComboBox* formats() const { return m_formats; }
    QString previewText() const;

signals:
    void exported(const QString& path);
    void failed(const QString& title, const quantoscope::Error& error);

private:
    enum class Kind { Run, Plot, Report };
    struct Content {
        Kind kind = Kind::Run;
        ExportContent run = ExportContent::Levels;
        QString title;
        QString help;
        std::vector<QString> extensions;
        std::vector<QString> labels;
    };

    void listContents();
    const Content& content() const;
    QString extension() const;
    void showContent();
    void showPreview();
    void chooseFile();
    std::vector<RunPtr> comparedRuns() const;
    Report report() const;
    std::string htmlReport() const;
    /// Reads the file the data came from, in the background: the report says which contents it had.
    void hashFile();
    void writeReport(const QString& path);
    void written(const QString& path, const Status& status);

    Session& m_session;
    PlotView* m_plot;
    RunPtr m_run;
    std::vector<Content> m_items;
    QListWidget* m_contents;
    QComboBox* m_formats;
    QLabel* m_help;
    QStackedWidget* m_preview;
    QPlainTextEdit* m_text;
    QLabel* m_picture;
    QPushButton* m_export;
    std::optional<std::string> m_sha256; // empty where there is no file, or it cannot be read
    QString m_reportPath;                // waits for m_sha256
    LatestJob<std::string> m_hashJob;
    LatestJob<std::string> m_previewJob;
    LatestJob<QString> m_writeJob;
};

} // namespace quantoscope::ui
