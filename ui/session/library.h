// The files that are open: what each holds, a small histogram of every tensor, and whether it changed on disk since.
#pragma once

#include "core/formats/tensor_source.h"
#include "core/tensor/histogram.h"
#include "ui/jobs/latest_job.h"

#include <QDateTime>
#include <QFileSystemWatcher>
#include <QObject>
#include <QString>

#include <memory>
#include <vector>

namespace quantoscope::ui {

using SourcePtr = std::shared_ptr<const TensorSource>;

/// How generated tensors can be made again.
struct Recipe {
    std::string id; // of core/study/generated.h; empty where the tensors were not generated
    std::uint64_t count = 0;
    std::uint64_t seed = 0;
};

struct Document {
    int id = 0;       // never used again within a session
    QString name;     // as shown
    QString path;     // empty for tensors without a file
    qint64 bytes = 0; // of the file, or of the values where there is none
    SourcePtr source;
    OpenOptions options;
    bool textTable = false; // only such a file is read by its options
    Recipe recipe;
    std::vector<Histogram> histograms; // by entry, of the first values; empty until counted
};

/// One tensor of one document.
struct TensorRef {
    int document = 0;
    int entry = -1;
    bool valid() const { return entry >= 0; }
    friend bool operator==(const TensorRef&, const TensorRef&) = default;
};

class Library : public QObject {
    Q_OBJECT

public:
    explicit Library(QObject* parent = nullptr);
    ~Library() override;

    const std::vector<std::unique_ptr<Document>>& documents() const { return m_documents; }
    const Document* find(int id) const;
    const Document* findPath(const QString& path) const;
    const TensorInfo* info(const TensorRef& ref) const;
    /// The first tensor worth looking at: of a table its first column, not the matrix of all.
    TensorRef firstOf(int id) const;

    /// Reads the headers on a worker; `opened` or `failed` follows. A file that is open already is only reported again.
    void open(const QString& path, const OpenOptions& options = {});
    /// Adds tensors that are in memory; returns the new document's id.
    int add(const QString& name, std::vector<Tensor> tensors, const Recipe& recipe = {});
    void reload(int id);
    /// Reads the file again, by other options: `reloaded` follows, or `failed`, and then all stays as it was.
    void reopen(int id, const OpenOptions& options);
    void close(int id);

signals:
    void opened(int id);
    void reloaded(int id);
    void closed(int id);
    void histogramsChanged(int id);
    void changedOnDisk(int id);
    void failed(const QString& path, const Error& error);

private:
    struct FileRead;
    struct Opening;
    void beginOpening(const QString& path, const OpenOptions& options, int replaced);
    void adopt(const Opening& opening, FileRead read);
    void countHistograms(int id);
    Document* mutableDocument(int id);

    std::vector<std::unique_ptr<Document>> m_documents;
    std::vector<std::unique_ptr<Opening>> m_openings;
    std::map<int, std::unique_ptr<LatestJob<std::vector<Histogram>>>> m_histogramJobs;
    QFileSystemWatcher m_watcher;
    int m_nextId = 1;
};

} // namespace quantoscope::ui
