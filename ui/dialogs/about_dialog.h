// What the program is, its licence, and the sources and licences of the data and libraries that come with it.
#pragma once

#include <QDialog>

namespace quantoscope::ui {

class AboutDialog : public QDialog {
    Q_OBJECT

public:
    explicit AboutDialog(QWidget* parent = nullptr);
};

} // namespace quantoscope::ui
