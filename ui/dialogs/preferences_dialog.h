// Theme, language and the memory budget.
#pragma once

#include <QDialog>

namespace quantoscope::ui {

class PreferencesDialog : public QDialog {
    Q_OBJECT

public:
    explicit PreferencesDialog(QWidget* parent = nullptr);
};

} // namespace quantoscope::ui
