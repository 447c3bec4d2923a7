// What to export, in which format, and how it will look: tables, codes, a decoder, the plot on screen, a report.
#pragma once

#include "core/study/exports.h"
#include "ui/session/session.h"

#include <QDialog>

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
    std::string report() const;

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
    LatestJob<std::string> m_previewJob;
    LatestJob<QString> m_writeJob;
};

} // namespace quantoscope::ui
