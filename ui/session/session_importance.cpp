// The session's tensor of importance: chosen, read off the GUI thread, undone, and given up where it no longer fits.
#include "ui/session/importance_command.h"
#include "ui/session/session.h"

#include <QFileInfo>

namespace quantoscope::ui {

namespace {

/// Which file an error is about, in front of its place in there.
Error inFile(const QString& file, Error error) {
    const std::string name = file.toStdString();
    if (error.where.find(name) == std::string::npos)
        error.where = error.where.empty() ? name : name + ": " + error.where;
    return error;
}

} // namespace

bool Session::mayBeImportance(const TensorRef& ref) const {
    const TensorInfo *info = m_library.info(ref), *shown = m_library.info(m_current);
    return info && shown && ref != m_current && info->shape == shown->shape;
}

void Session::setImportance(const TensorRef& ref) {
    if (ref == m_importance || !m_unweighed) return;
    if (ref == m_weighedBy)
        applyImportance(ref); // what was being read is not wanted any more
    else if (ref.valid())
        loadImportance(ref, true);
    else
        m_undo.push(new ImportanceCommand(*this, m_weighedBy, {}));
}

void Session::setImportanceFile(const QString& path) {
    m_importanceFile = QFileInfo(path).absoluteFilePath();
    m_library.open(path);
}

void Session::takeImportanceFile(int id) {
    m_importanceFile.clear();
    const Document& document = *m_library.find(id);
    const TensorInfo* shown = m_library.info(m_current);
    if (!shown) return;
    TensorRef found;
    for (int entry = 0; entry < static_cast<int>(document.source->entries().size()); ++entry) {
        const TensorRef ref{id, entry};
        if (!mayBeImportance(ref)) continue;
        const bool namesake = m_library.info(ref)->name == shown->name;
        if (!found.valid() || namesake) found = ref;
        if (namesake) break;
    }
    if (found.valid()) return setImportance(found);
    emit failed(tr("The importance could not be used"),
                Error{ErrorCode::InvalidArgument, document.name.toStdString(),
                      tr("it holds no other tensor of the shape of %1, %2")
                          .arg(QString::fromStdString(shown->name), QString::fromStdString(describe(shown->shape)))
                          .toStdString()});
}

void Session::applyImportance(TensorRef ref) {
    m_importanceJob.cancel();
    if (!mayBeImportance(ref)) ref = {};
    if (!m_unweighed) { // takeData() goes on with it
        m_importance = ref;
        emit changed(Aspect::Importance);
    } else if (!ref.valid()) {
        adoptImportance({}, m_unweighed);
    } else if (ref == m_weighedBy) {
        adoptImportance(ref, m_data);
    } else {
        loadImportance(ref, false);
    }
}

void Session::loadImportance(const TensorRef& ref, bool undoable) {
    m_importance = ref;
    m_settled = false;
    m_exactJob.cancel();
    m_speedJob.cancel();
    m_sweep.stop();
    m_idle.stop();
    const Document& document = *m_library.find(ref.document);
    setActivity(tr("Reading %1").arg(QString::fromStdString(m_library.info(ref)->name)));
    emit changed(Aspect::Importance);
    m_importanceJob.submit([ref, undoable, source = document.source, file = document.name,
                            data = m_unweighed](const JobControl& job) -> Result<Weighed> {
        if (const Status held = data->needsValues("weighing by importance"); !held) return held.error();
        auto tensor = source->load(static_cast<std::size_t>(ref.entry), job);
        if (!tensor) return inFile(file, tensor.error());
        auto weighed = PreparedTensor::withImportance(data, std::make_shared<const Tensor>(std::move(*tensor)));
        if (!weighed) return inFile(file, weighed.error());
        return Weighed{ref, std::move(*weighed), undoable};
    });
}

void Session::takeImportance(Result<Weighed> weighed) {
    setActivity({});
    if (weighed) {
        const TensorRef before = m_weighedBy;
        adoptImportance(weighed->importance, weighed->data);
        if (weighed->undoable) m_undo.push(new ImportanceCommand(*this, before, weighed->importance));
        return;
    }
    dropWantedImportance();
    if (weighed.error().code != ErrorCode::Cancelled)
        emit failed(tr("The importance could not be used"), weighed.error());
}

void Session::adoptImportance(const TensorRef& ref, const PreparedTensorPtr& data) {
    const bool otherData = data != m_data;
    if (!otherData && ref == m_importance && ref == m_weighedBy) return;
    m_data = data;
    m_importance = m_weighedBy = ref;
    Aspects aspects = Aspect::Importance;
    if (otherData) {
        m_whenComplete = nullptr;
        m_exactJob.cancel();
        m_speedJob.cancel();
        m_sweep.clear();
        m_idle.stop();
        aspects |= Aspect::Sweep;
    }
    emit changed(aspects);
    requestRun();
}

void Session::dropWantedImportance() {
    if (m_importance != m_weighedBy) adoptImportance(m_weighedBy, m_weighedBy.valid() ? m_data : m_unweighed);
}

void Session::forgetImportance() {
    m_importanceJob.cancel();
    m_unweighed.reset();
    m_weighedBy = {};
    if (!mayBeImportance(m_importance)) m_importance = {};
}

} // namespace quantoscope::ui
