// What a run yields in figures: SQNR large, error and size beside it, the rest in rows.
#pragma once

#include "core/study/run.h"

#include <QWidget>

#include <optional>

namespace quantoscope::ui {

class BigFigure;
class PropertyList;

class ResultPanel : public QWidget {
    Q_OBJECT

public:
    explicit ResultPanel(QWidget* parent = nullptr);

    void setRun(const RunPtr& run, const std::optional<SpeedReport>& speed, bool settled);
    void setCompact(bool compact);

private:
    BigFigure* m_sqnr;
    BigFigure* m_mse;
    BigFigure* m_bits;
    PropertyList* m_properties;
};

} // namespace quantoscope::ui
