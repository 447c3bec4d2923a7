// Which tensor says how much the error of each value counts: none (all the same), one of the same shape in an open
// file, or one of a file to choose.
#pragma once

#include "ui/session/library.h"

#include <QWidget>

#include <vector>

class QComboBox;

namespace quantoscope::ui {

struct ImportanceChoice {
    TensorRef tensor;
    QString text; // "fisher"
    QString file; // "sensitivity.npz"
    friend bool operator==(const ImportanceChoice&, const ImportanceChoice&) = default;
};

class ImportanceField : public QWidget {
    Q_OBJECT

public:
    explicit ImportanceField(QWidget* parent = nullptr);

    /// Emits nothing; where `chosen` is none of the choices, or not valid, the field shows that there is none.
    void setChoices(const std::vector<ImportanceChoice>& choices, const TensorRef& chosen);
    /// Whether the scheme weighs errors by it; the tooltip says what it does then.
    void setWeighs(bool weighs);
    QComboBox* combo() const { return m_combo; }

signals:
    /// Not valid for none.
    void importanceChosen(const quantoscope::ui::TensorRef& tensor);
    void fileRequested();

private:
    void showChosen();

    QComboBox* m_combo;
    std::vector<ImportanceChoice> m_choices;
    TensorRef m_chosen;
};

} // namespace quantoscope::ui
