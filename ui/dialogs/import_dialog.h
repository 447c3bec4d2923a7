// How a table in text is to be read: what separates its cells, how decimals look, whether the first row holds names;
// and below what the reader makes of it.
#pragma once

#include "core/formats/tensor_source.h"
#include "ui/jobs/latest_job.h"

#include <QDialog>
#include <QStringList>

#include <vector>

class QComboBox;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QStandardItemModel;
class QTableView;

namespace quantoscope::ui {

class SegmentedSwitch;
class TextLabel;

class ImportDialog : public QDialog {
    Q_OBJECT

public:
    ImportDialog(const QString& path, const OpenOptions& options, QWidget* parent = nullptr);

    OpenOptions options() const;

    QComboBox* separator() const { return m_separator; }
    SegmentedSwitch* decimalMark() const { return m_decimalMark; }
    SegmentedSwitch* header() const { return m_header; }
    QTableView* preview() const { return m_table; }
    QPushButton* acceptButton() const { return m_accept; }
    /// Why the file cannot be read by these options; empty where it can.
    QString problem() const;
    /// What the preview does not show.
    QString note() const;
    /// Whether the preview is still to come.
    bool busy() const { return m_job.busy(); }

signals:
    void chosen(const quantoscope::OpenOptions& options);

private:
    struct Column {
        std::string name;
        std::vector<float> values; // the first ones
    };
    struct Preview {
        std::vector<Column> columns; // the first ones
        std::size_t columnCount = 0;
        bool incomplete = false; // some cells of its columns hold no number
        std::vector<std::string> leftOut;
    };

    static Result<Preview> read(const std::filesystem::path& path, const OpenOptions& options, const JobControl& job);
    void requestPreview();
    void showPreview(const Result<Preview>& preview);

    QString m_path;
    QComboBox* m_separator;
    SegmentedSwitch* m_decimalMark;
    SegmentedSwitch* m_header;
    QStackedWidget* m_pages;
    QStandardItemModel* m_cells;
    QTableView* m_table;
    QPlainTextEdit* m_problem;
    TextLabel* m_note;
    QProgressBar* m_progress;
    QPushButton* m_accept;
    LatestJob<Preview> m_job;
};

} // namespace quantoscope::ui
