#include "ui/dialogs/generate_dialog.h"

#include "core/study/generated.h"
#include "ui/theme/roles.h"
#include "ui/widgets/core_text.h"
#include "ui/widgets/text_label.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace quantoscope::ui {

namespace {

constexpr int kUsualCount = 1'000'000;
constexpr int kLargestCount = 100'000'000;

QString fromView(std::string_view text) { return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())); }

/// Ten times as many or a tenth: counts are thought of in powers of ten.
class CountSpin : public QSpinBox {
public:
    using QSpinBox::QSpinBox;
    void stepBy(int steps) override {
        qint64 count = value();
        for (; steps > 0; --steps) count *= 10;
        for (; steps < 0; ++steps) count /= 10;
        setValue(static_cast<int>(std::clamp<qint64>(count, minimum(), maximum())));
    }
};

} // namespace

GenerateDialog::GenerateDialog(QWidget* parent)
    : QDialog(parent),
      m_recipe(new QComboBox(this)),
      m_count(new CountSpin(this)),
      m_seed(new QSpinBox(this)),
      m_note(new TextLabel(TextStyle::Note, {}, this)),
      m_progress(new QProgressBar(this)),
      m_job(LatestJob<Tensor>::Superseded::Stop) {
    setWindowTitle(tr("Generate data"));
    for (const GeneratedRecipe& recipe : generatedRecipes())
        m_recipe->addItem(coreText(recipe.label), fromView(recipe.id));
    m_count->setRange(1, kLargestCount);
    m_count->setGroupSeparatorShown(true);
    m_count->setValue(kUsualCount);
    m_count->setToolTip(tr("Arrows multiply and divide by ten"));
    m_seed->setRange(0, std::numeric_limits<int>::max());
    m_seed->setValue(1);
    m_seed->setToolTip(tr("The same seed gives the same values"));
    m_note->setWordWrap(true);
    m_progress->setRange(0, 1000);
    m_progress->setVisible(false);

    auto* form = new QFormLayout;
    form->addRow(tr("Distribution"), m_recipe);
    form->addRow(tr("Values"), m_count);
    form->addRow(tr("Seed"), m_seed);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_accept = buttons->addButton(tr("Generate"), QDialogButtonBox::AcceptRole);
    setPrimary(m_accept);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->setSpacing(16);
    layout->addLayout(form);
    layout->addWidget(m_note);
    layout->addWidget(m_progress);
    layout->addWidget(buttons);
    setMinimumWidth(420);

    const auto describeRecipe = [this] {
        m_note->setText(coreText(generatedRecipes()[static_cast<std::size_t>(m_recipe->currentIndex())].summary));
    };
    connect(m_recipe, &QComboBox::currentIndexChanged, this, describeRecipe);
    describeRecipe();
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_accept, &QPushButton::clicked, this, &GenerateDialog::generate);
    m_job.progressed = [this](double fraction) { m_progress->setValue(static_cast<int>(fraction * 1000)); };
    m_job.delivered = [this](Result<Tensor> tensor) {
        m_progress->setVisible(false);
        m_accept->setEnabled(true);
        if (!tensor) {
            m_note->setText(QString::fromStdString(tensor.error().message()));
            return;
        }
        emit generated(*tensor, recipe());
        accept();
    };
}

Recipe GenerateDialog::recipe() const {
    return {m_recipe->currentData().toString().toStdString(), static_cast<std::uint64_t>(m_count->value()),
            static_cast<std::uint64_t>(m_seed->value())};
}

void GenerateDialog::generate() {
    m_accept->setEnabled(false);
    m_progress->setVisible(true);
    m_job.submit([chosen = recipe()](const JobControl& job) {
        return quantoscope::generate(chosen.id, chosen.count, chosen.seed, job);
    });
}

} // namespace quantoscope::ui
