// Saves a session and brings it back: the files by path and hash, the tensor, the spec, the pinned runs and how the
// views were set. Hashing, reading and running happen off the GUI thread.
#pragma once

#include "core/study/session_file.h"
#include "ui/session/session.h"

#include <QObject>

#include <map>
#include <set>

namespace quantoscope::ui {

inline constexpr char kSessionExtension[] = ".quantoscope";

class SessionStore : public QObject {
    Q_OBJECT

public:
    explicit SessionStore(Session& session, QObject* parent = nullptr);

    /// `saved` or `failed` follows. Pasted values have no file and are left out.
    void save(const QString& path, std::map<std::string, std::string> view);
    /// Opens the files that the session names, then `restored` or `failed`. What is open already stays.
    void load(const QString& path);

signals:
    void saved(const QString& path);
    void restored(const std::map<std::string, std::string>& view);
    /// A file's contents differ from what they were when the session was saved.
    void dataChanged(const QString& name);
    void failed(const QString& title, const quantoscope::Error& error);

private:
    SessionDocument describe(std::map<std::string, std::string> view) const;
    void openSources();
    void sourceArrived();
    void finishLoading();
    TensorRef refOf(const SessionEntry& named) const;
    TensorRef refOf(const Tensor& tensor) const;
    void runPins();

    Session& m_session;
    SessionDocument m_loading;
    std::vector<int> m_ids; // by source, the document that holds it; 0 where it could not be opened
    std::set<QString> m_awaited;
    LatestJob<QString> m_saveJob;
    LatestJob<QStringList> m_checkJob;
    LatestJob<std::vector<RunPtr>> m_pinJob;
};

} // namespace quantoscope::ui
