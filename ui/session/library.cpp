#include "ui/session/library.h"

#include "core/formats/file_source.h"
#include "core/formats/format_registry.h"
#include "ui/session/memory_source.h"

#include <QFileInfo>

#include <algorithm>

namespace quantoscope::ui {

namespace {

constexpr std::size_t kHistogramBins = 32;
constexpr std::uint64_t kHistogramValues = 1 << 14; // the first values of an entry tell its shape well enough
constexpr std::size_t kSniffedBytes = 4096;

std::filesystem::path toPath(const QString& path) { return std::filesystem::path(path.toStdU16String()); }

/// Whether openFile() takes it for a table in text.
bool isTextTable(const std::filesystem::path& path) {
    const auto file = InputFile::open(path);
    if (!file) return false;
    const auto head = file->readUpTo(0, kSniffedBytes);
    if (!head) return false;
    const std::string extension = extensionOf(path);
    for (const Format& format : formats())
        if (format.sniff(*head, extension)) return format.id == "csv" || format.id == "tsv";
    return false;
}

Result<std::vector<Histogram>> smallHistograms(const TensorSource& source, const JobControl& job) {
    std::vector<Histogram> histograms;
    std::vector<float> values;
    for (std::size_t i = 0; i < source.entries().size(); ++i) {
        if (job.cancelled()) return cancelled();
        const auto count = elementCount(source.entries()[i].shape).value_or(0);
        values.resize(std::min(count, kHistogramValues));
        const Status read = source.read(i, 0, values, job);
        histograms.push_back(read ? histogramOf(std::span<const float>(values), kHistogramBins) : Histogram{});
    }
    return histograms;
}

} // namespace

struct Library::FileRead {
    SourcePtr source;
    bool textTable = false;
};

struct Library::Opening {
    QString path;
    OpenOptions options;
    int replaced = 0; // the document that is read again; 0 for a new one
    LatestJob<FileRead> job{LatestJob<FileRead>::Superseded::Stop};
};

Library::Library(QObject* parent) : QObject(parent) {
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, [this](const QString& path) {
        // Programs that replace a file make the watch forget it.
        if (QFileInfo::exists(path) && !m_watcher.files().contains(path)) m_watcher.addPath(path);
        if (const Document* document = findPath(path)) emit changedOnDisk(document->id);
    });
}

Library::~Library() = default;

const Document* Library::find(int id) const {
    const auto found =
        std::find_if(m_documents.begin(), m_documents.end(), [id](const auto& d) { return d->id == id; });
    return found == m_documents.end() ? nullptr : found->get();
}

Document* Library::mutableDocument(int id) { return const_cast<Document*>(find(id)); }

const Document* Library::findPath(const QString& path) const {
    const auto found =
        std::find_if(m_documents.begin(), m_documents.end(), [&](const auto& d) { return d->path == path; });
    return found == m_documents.end() ? nullptr : found->get();
}

const TensorInfo* Library::info(const TensorRef& ref) const {
    const Document* document = find(ref.document);
    if (!document || ref.entry < 0 || static_cast<std::size_t>(ref.entry) >= document->source->entries().size())
        return nullptr;
    return &document->source->entries()[static_cast<std::size_t>(ref.entry)];
}

TensorRef Library::firstOf(int id) const {
    const Document* document = find(id);
    if (!document || document->source->entries().empty()) return {};
    return {id, 0};
}

void Library::open(const QString& path, const OpenOptions& options) {
    const QString absolute = QFileInfo(path).absoluteFilePath();
    if (const Document* known = findPath(absolute)) {
        emit opened(known->id);
        return;
    }
    beginOpening(absolute, options, 0);
}

void Library::reload(int id) {
    if (const Document* document = find(id)) reopen(id, document->options);
}

void Library::reopen(int id, const OpenOptions& options) {
    const Document* document = find(id);
    if (document && !document->path.isEmpty()) beginOpening(document->path, options, id);
}

void Library::beginOpening(const QString& path, const OpenOptions& options, int replaced) {
    // Of several wishes how to read one document again the newest wins.
    const auto running = std::find_if(m_openings.begin(), m_openings.end(), [replaced](const auto& opening) {
        return replaced != 0 && opening->replaced == replaced && opening->job.busy();
    });
    const bool isNew = running == m_openings.end();
    if (isNew) m_openings.push_back(std::make_unique<Opening>());
    Opening* const self = isNew ? m_openings.back().get() : running->get();
    self->path = path;
    self->options = options;
    self->replaced = replaced;
    self->job.delivered = [this, self](Result<FileRead> read) {
        const bool closedMeanwhile = self->replaced != 0 && !find(self->replaced);
        if (read && !closedMeanwhile)
            adopt(*self, std::move(*read));
        else if (!closedMeanwhile)
            emit failed(self->path, read.error());
        // The job is still inside its own callback: let it return before it goes.
        QMetaObject::invokeMethod(
            this,
            [this, self] { std::erase_if(m_openings, [self](const auto& other) { return other.get() == self; }); },
            Qt::QueuedConnection);
    };
    self->job.submit([file = toPath(path), options](const JobControl& job) -> Result<FileRead> {
        auto source = openFile(file, options, job);
        if (!source) return source.error();
        return FileRead{std::move(*source), isTextTable(file)};
    });
}

void Library::adopt(const Opening& opening, FileRead read) {
    const QString& path = opening.path;
    if (read.source->entries().empty()) {
        emit failed(path, Error{ErrorCode::Unsupported, path.toStdString(), "there are no numbers in this file"});
        return;
    }
    Document* document = mutableDocument(opening.replaced);
    const bool isNew = document == nullptr;
    if (isNew) {
        m_documents.push_back(std::make_unique<Document>());
        document = m_documents.back().get();
        document->id = m_nextId++;
        document->path = path;
        document->name = QFileInfo(path).fileName();
    }
    document->bytes = QFileInfo(path).size();
    document->source = std::move(read.source);
    document->options = opening.options;
    document->textTable = read.textTable;
    document->histograms.clear();
    if (!path.startsWith(u':')) m_watcher.addPath(path);
    if (isNew)
        emit opened(document->id);
    else
        emit reloaded(document->id);
    countHistograms(document->id);
}

int Library::add(const QString& name, std::vector<Tensor> tensors, const Recipe& recipe) {
    auto document = std::make_unique<Document>();
    document->id = m_nextId++;
    document->name = name;
    document->recipe = recipe;
    for (const Tensor& tensor : tensors) document->bytes += static_cast<qint64>(tensor.values.size() * sizeof(float));
    document->source = std::make_shared<MemorySource>(std::move(tensors));
    const int id = document->id;
    m_documents.push_back(std::move(document));
    emit opened(id);
    countHistograms(id);
    return id;
}

void Library::countHistograms(int id) {
    using Job = LatestJob<std::vector<Histogram>>;
    auto job = std::make_unique<Job>(Job::Superseded::Stop);
    job->delivered = [this, id](Result<std::vector<Histogram>> histograms) {
        Document* document = mutableDocument(id);
        if (!document || !histograms) return;
        document->histograms = std::move(*histograms);
        emit histogramsChanged(id);
    };
    job->submit([source = find(id)->source](const JobControl& control) { return smallHistograms(*source, control); });
    m_histogramJobs[id] = std::move(job);
}

void Library::close(int id) {
    const Document* document = find(id);
    if (!document) return;
    m_histogramJobs.erase(id);
    if (!document->path.isEmpty()) m_watcher.removePath(document->path);
    std::erase_if(m_documents, [id](const auto& d) { return d->id == id; });
    emit closed(id);
}

} // namespace quantoscope::ui
