// Data made from a seed: which distribution, how many values, which seed.
#pragma once

#include "core/tensor/tensor.h"
#include "ui/jobs/latest_job.h"
#include "ui/session/library.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QSpinBox;

namespace quantoscope::ui {

class GenerateDialog : public QDialog {
    Q_OBJECT

public:
    explicit GenerateDialog(QWidget* parent = nullptr);

signals:
    void generated(const quantoscope::Tensor& tensor, const quantoscope::ui::Recipe& recipe);

private:
    Recipe recipe() const;
    void generate();

    QComboBox* m_recipe;
    QSpinBox* m_count;
    QSpinBox* m_seed;
    QLabel* m_note;
    QProgressBar* m_progress;
    QPushButton* m_accept;
    LatestJob<Tensor> m_job;
};

} // namespace quantoscope::ui
