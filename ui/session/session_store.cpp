#include "ui/session/session_store.h"

#include "core/base/sha256.h"
#include "core/study/generated.h"
#include "core/study/open_tensor.h"

#include <QFileInfo>

#include <algorithm>

namespace quantoscope::ui {

SessionStore::SessionStore(Session& session, QObject* parent)
    : QObject(parent),
      m_session(session),
      m_saveJob(LatestJob<QString>::Superseded::Finish),
      m_checkJob(LatestJob<QStringList>::Superseded::Stop),
      m_pinJob(LatestJob<std::vector<RunPtr>>::Superseded::Stop) {
    m_saveJob.delivered = [this](Result<QString> path) {
        if (path)
            emit saved(*path);
        else
            emit failed(tr("The session could not be saved"), path.error());
    };
    m_checkJob.delivered = [this](const Result<QStringList>& changed) {
        for (const QString& name : changed.value_or(QStringList())) emit dataChanged(name);
    };
    m_pinJob.delivered = [this](Result<std::vector<RunPtr>> runs) {
        if (runs)
            m_session.setPins(std::move(*runs));
        else
            emit failed(tr("The pinned runs could not be computed"), runs.error());
    };
    connect(&m_session.library(), &Library::opened, this, [this](int id) {
        if (m_awaited.erase(m_session.library().find(id)->path) > 0) sourceArrived();
    });
    connect(&m_session.library(), &Library::failed, this, [this](const QString& path) {
        if (m_awaited.erase(path) > 0) sourceArrived();
    });
}

SessionDocument SessionStore::describe(std::map<std::string, std::string> view) const {
    SessionDocument document;
    document.spec = m_session.spec();
    document.view = std::move(view);
    std::map<int, std::size_t> sourceOf;
    for (const auto& open : m_session.library().documents()) {
        if (open->path.isEmpty() && open->recipe.id.empty()) continue;
        SessionSource source;
        source.file = open->path.toStdString();
        source.open = open->options;
        source.recipe = open->recipe.id;
        source.count = open->recipe.count;
        source.seed = open->recipe.seed;
        sourceOf[open->id] = document.sources.size();
        document.sources.push_back(std::move(source));
    }
    const auto describeEntry = [&](const TensorRef& ref) -> std::optional<SessionEntry> {
        const TensorInfo* info = m_session.library().info(ref);
        const auto source = sourceOf.find(ref.document);
        if (!info || source == sourceOf.end()) return std::nullopt;
        return SessionEntry{source->second, info->name};
    };
    if (auto entry = describeEntry(m_session.current()))
        document.current = {std::move(*entry), m_session.nonFinitePolicy(), describeEntry(m_session.importance())};
    for (const RunPtr& pin : m_session.pins()) {
        auto entry = describeEntry(refOf(pin->data->tensor()));
        if (!entry) continue;
        const TensorPtr& importance = pin->data->importanceTensor();
        auto weighedBy = importance ? describeEntry(refOf(*importance)) : std::nullopt;
        document.pinned.push_back({{std::move(*entry), pin->data->policy(), std::move(weighedBy)}, pin->spec()});
    }
    return document;
}

void SessionStore::save(const QString& path, std::map<std::string, std::string> view) {
    m_saveJob.submit([path, document = describe(std::move(view))](const JobControl& job) mutable -> Result<QString> {
        for (SessionSource& source : document.sources) {
            if (source.file.empty()) continue;
            auto hash = sha256OfFile(source.file, job);
            if (!hash) return hash.error();
            source.sha256 = std::move(*hash);
        }
        if (const Status written = writeSession(document, std::filesystem::path(path.toStdU16String())); !written)
            return written.error();
        return path;
    });
}

void SessionStore::load(const QString& path) {
    auto document = readSession(std::filesystem::path(path.toStdU16String()));
    if (!document) {
        emit failed(tr("The session could not be opened"), document.error());
        return;
    }
    m_loading = std::move(*document);
    openSources();
}

void SessionStore::openSources() {
    m_ids.assign(m_loading.sources.size(), 0);
    m_awaited.clear();
    for (const SessionSource& source : m_loading.sources)
        if (!source.file.empty()) m_awaited.insert(QFileInfo(QString::fromStdString(source.file)).absoluteFilePath());
    for (std::size_t i = 0; i < m_loading.sources.size(); ++i) {
        const SessionSource& source = m_loading.sources[i];
        if (!source.file.empty()) {
            m_session.library().open(QString::fromStdString(source.file), source.open);
        } else if (auto tensor = generate(source.recipe, source.count, source.seed)) {
            const QString name = QString::fromStdString(tensor->info.name);
            m_ids[i] = m_session.library().add(name, {std::move(*tensor)}, {source.recipe, source.count, source.seed});
        }
    }
    if (m_awaited.empty()) finishLoading();
}

void SessionStore::sourceArrived() {
    if (m_awaited.empty()) finishLoading();
}

TensorRef SessionStore::refOf(const SessionEntry& named) const {
    const Document* document = named.source < m_ids.size() ? m_session.library().find(m_ids[named.source]) : nullptr;
    if (!document) return {};
    const auto& entries = document->source->entries();
    const auto entry = std::find_if(entries.begin(), entries.end(), [&](const TensorInfo& info) {
        return named.tensor.empty() || info.name == named.tensor;
    });
    return entry == entries.end() ? TensorRef{} : TensorRef{document->id, static_cast<int>(entry - entries.begin())};
}

/// Where a tensor in memory came from; not valid where that is not open any more.
TensorRef SessionStore::refOf(const Tensor& tensor) const {
    for (const auto& open : m_session.library().documents()) {
        const auto& entries = open->source->entries();
        const auto entry = std::find(entries.begin(), entries.end(), tensor.info);
        if (entry != entries.end() && open->path.toStdString() == tensor.file)
            return {open->id, static_cast<int>(entry - entries.begin())};
    }
    return {};
}

void SessionStore::finishLoading() {
    for (std::size_t i = 0; i < m_loading.sources.size(); ++i) {
        if (m_loading.sources[i].file.empty()) continue;
        const QString path = QFileInfo(QString::fromStdString(m_loading.sources[i].file)).absoluteFilePath();
        if (const Document* document = m_session.library().findPath(path)) m_ids[i] = document->id;
    }
    if (m_loading.current) {
        const TensorRef ref = refOf(m_loading.current->entry);
        if (ref.valid()) {
            m_session.setCurrent(ref);
            m_session.setNonFinitePolicy(m_loading.current->nonFinite);
        }
    }
    m_session.replaceSpec(m_loading.spec);
    m_session.replaceImportance(
        m_loading.current && m_loading.current->importance ? refOf(*m_loading.current->importance) : TensorRef{});
    emit restored(m_loading.view);
    m_checkJob.submit([sources = m_loading.sources](const JobControl& job) -> Result<QStringList> {
        QStringList changed;
        for (const SessionSource& source : sources) {
            if (source.file.empty()) continue;
            const auto hash = sha256OfFile(source.file, job);
            if (job.cancelled()) return cancelled();
            if (hash && *hash != source.sha256) changed << QFileInfo(QString::fromStdString(source.file)).fileName();
        }
        return changed;
    });
    runPins();
}

void SessionStore::runPins() {
    struct Entry {
        SourcePtr source;
        std::size_t index = 0;
        Result<TensorPtr> load(const JobControl& job) const {
            auto tensor = source->load(index, job);
            if (!tensor) return tensor.error();
            return std::make_shared<const Tensor>(std::move(*tensor));
        }
    };
    struct Wanted {
        Entry entry, importance; // without a source where there is none
        NonFinitePolicy policy;
        QuantSpec spec;
    };
    const auto entryOf = [this](const SessionEntry& named) -> Entry {
        const TensorRef ref = refOf(named);
        if (!ref.valid()) return {};
        return {m_session.library().find(ref.document)->source, static_cast<std::size_t>(ref.entry)};
    };
    std::vector<Wanted> wanted;
    for (const PinnedRun& pin : m_loading.pinned) {
        const auto& importance = pin.tensor.importance;
        Wanted run{entryOf(pin.tensor.entry), importance ? entryOf(*importance) : Entry{}, pin.tensor.nonFinite,
                   pin.spec};
        if (run.entry.source && (run.importance.source || !importance)) wanted.push_back(std::move(run));
    }
    if (wanted.empty()) return;
    m_pinJob.submit([wanted = std::move(wanted),
                     budget = m_session.memoryBudget()](const JobControl& job) -> Result<std::vector<RunPtr>> {
        std::vector<RunPtr> runs;
        for (const Wanted& pin : wanted) {
            auto opened = openTensor(pin.entry.source, pin.entry.index, pin.policy, budget, job);
            if (!opened) return opened.error();
            PreparedTensorPtr data = std::move(*opened);
            if (pin.importance.source) {
                if (const Status held = data->needsValues("weighing by importance"); !held) return held.error();
                auto importance = pin.importance.load(job);
                if (!importance) return importance.error();
                auto weighed = PreparedTensor::withImportance(data, std::move(*importance));
                if (!weighed) return weighed.error();
                data = std::move(*weighed);
            }
            auto result = run(data, pin.spec, Effort::Exact, job);
            if (!result) return result.error();
            runs.push_back(std::move(*result));
        }
        return runs;
    });
}

} // namespace quantoscope::ui
