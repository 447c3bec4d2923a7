// The sentence that the laboratory ends with, and what it rests on; or what to do until there is one.
#pragma once

#include "ui/lab/lab_session.h"

#include <QWidget>

namespace quantoscope::ui {

class TextLabel;

class AdviceCard : public QWidget {
    Q_OBJECT

public:
    explicit AdviceCard(LabSession& session, QWidget* parent = nullptr);

    QString headline() const;
    QString reasons() const;
    /// In a small window the reasons take one line and are shown whole in the tooltip.
    void setCompact(bool compact);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void showAdvice();
    void fitReasons();

    LabSession& m_session;
    TextLabel* m_headline;
    TextLabel* m_reasons;
    TextLabel* m_stale;
    QString m_text; // of the reasons, whole
    QString m_look; // of the method that is advised
    bool m_compact = false;
};

} // namespace quantoscope::ui
