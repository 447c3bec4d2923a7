// The empty window: an invitation to drop files, the built-in samples and the recent files.
#pragma once

#include "ui/panels/start_cards.h"

#include <QList>
#include <QUrl>
#include <QWidget>

#include <vector>

namespace quantoscope::ui {

class DropArea;
class TextLabel;

class StartPage : public QWidget {
    Q_OBJECT

public:
    explicit StartPage(QWidget* parent = nullptr);

    /// Newest first; as many are shown as there is room for.
    void setRecentFiles(std::vector<RecentFile> files);
    /// Shows a last card that asks for generated values; without this it is not there.
    void offerGenerated();
    void setExtensions(const QStringList& extensions);

    QSize sizeHint() const override { return {1440, 824}; }
    QSize minimumSizeHint() const override { return {760, 590}; }

signals:
    void openRequested();
    void filesDropped(const QList<QUrl>& files);
    void sampleChosen(const QString& id);
    void recentChosen(const QString& path);
    void generateRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void arrange();

    TextLabel* m_title;
    TextLabel* m_sentence;
    DropArea* m_drop;
    TextLabel* m_samplesTitle;
    TextLabel* m_recentTitle;
    TextLabel* m_noRecent;
    std::vector<SampleCard*> m_cards;
    std::vector<RecentFile> m_files;
    std::vector<RecentRow*> m_rows;
};

} // namespace quantoscope::ui
