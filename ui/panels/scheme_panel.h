// The right side: which scheme, how many levels, grouping, range and the scheme's own parameters, and what comes of it.
#pragma once

#include "ui/session/session.h"

#include <QTimer>
#include <QWidget>

class QGridLayout;
class QLabel;
class QPushButton;

namespace quantoscope::ui {

class BitsSlider;
class GroupingField;
class ImportanceField;
class LevelsSpin;
class MethodCombo;
class ParameterForm;
class RangeField;
class ResultPanel;
class TextLabel;

class SchemePanel : public QWidget {
    Q_OBJECT

public:
    explicit SchemePanel(Session& session, QWidget* parent = nullptr);

    /// In a small window the explaining sentence and the secondary results drop.
    void setCompact(bool compact);

private:
    void buildLayout();
    void update(Aspects aspects);
    void showSpec();
    void showData();
    void showImportance();
    void chooseImportanceFile();
    void chooseScheme(const QString& id);
    void chooseLevels(std::uint32_t levels);
    void change(const QuantSpec& spec, const QString& what, int mergeKey = 0);

    Session& m_session;
    QLabel* m_family;
    MethodCombo* m_method;
    QLabel* m_summary;
    BitsSlider* m_bits;
    LevelsSpin* m_levels;
    GroupingField* m_grouping;
    RangeField* m_range;
    TextLabel* m_importanceLabel;
    ImportanceField* m_importance;
    ParameterForm* m_parameters;
    ResultPanel* m_result;
    QPushButton* m_pin;
    QGridLayout* m_settings;
    bool m_compact = false;
    QTimer m_specDue;
};

} // namespace quantoscope::ui
