// What to export of the laboratory, in which format, and how it will look: tables, the quantized network of the
// selected row, a plot, a report.
#pragma once

#include "core/study/exports.h"
#include "core/study/report.h"
#include "ui/lab/lab_session.h"

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

class LabExportDialog : public QDialog {
    Q_OBJECT

public:
    /// Plots with their titles as accessible names; those of the report come first.
    LabExportDialog(LabSession& session, std::vector<PlotView*> plots, QWidget* parent = nullptr);

    /// Writes to this path in the chosen format, as the button does after asking where to.
    void exportTo(const QString& path);
    QListWidget* contents() const { return m_contents; }
    QComboBox* formats() const { return m_formats; }
    QString previewText() const;

signals:
    void exported(const QString& path);
    void failed(const QString& title, const quantoscope::Error& error);

private:
    enum class Kind { Table, Network, Plot, Report };
    struct Content {
        Kind kind = Kind::Table;
        Table table = {};
        PlotView* plot = nullptr;
        QString title;
        QString help;
        std::vector<QString> extensions;
        QStringList labels;
    };

    void build();
    void listContents();
    void addTable(Table table, const QString& title, const QString& help);
    const Content& content() const;
    QString extension() const;
    void showContent();
    void showPreview();
    void chooseFile();
    Report report() const;
    std::string htmlReport() const;
    Status writeReport(const QString& path) const;
    void written(const QString& path, const Status& status);

    LabSession& m_session;
    LabResult m_result;
    LabRowPtr m_row;
    std::vector<PlotView*> m_plots;
    std::vector<Content> m_items;
    QListWidget* m_contents;
    QComboBox* m_formats;
    QLabel* m_help;
    QStackedWidget* m_preview;
    QPlainTextEdit* m_text;
    QLabel* m_picture;
    QPushButton* m_export;
    LatestJob<QString> m_writeJob;
};

} // namespace quantoscope::ui
