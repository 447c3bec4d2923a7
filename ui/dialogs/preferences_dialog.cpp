#include "ui/dialogs/preferences_dialog.h"

#include "core/base/memory_budget.h"
#include "ui/session/language.h"
#include "ui/session/settings.h"
#include "ui/theme/theme.h"
#include "ui/widgets/segmented_switch.h"
#include "ui/widgets/text_label.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include <cmath>
#include <cstdint>

namespace quantoscope::ui {

namespace {
constexpr double kGigabyte = 1e9;
constexpr double kMostGigabytes = 100'000;
} // namespace

PreferencesDialog::PreferencesDialog(QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("Preferences"));
    auto* themes = new SegmentedSwitch({tr("System"), tr("Light"), tr("Dark")}, SegmentedSwitch::Size::Header, this);
    themes->setAccessibleName(tr("Appearance"));
    themes->setCurrentIndex(static_cast<int>(theme().preference()));
    connect(themes, &SegmentedSwitch::currentChanged, this, [](int index) {
        const auto preference = static_cast<Theme::Preference>(index);
        settings::setThemePreference(preference);
        theme().setPreference(preference);
    });

    auto* languages = new QComboBox(this);
    languages->setAccessibleName(tr("Language"));
    languages->addItem(tr("System"), QString());
    languages->addItem(QStringLiteral("English"), QStringLiteral("en"));
    languages->addItem(QStringLiteral("한국어"), QStringLiteral("ko"));
    languages->setCurrentIndex(std::max(0, languages->findData(settings::language())));
    auto* restart = new TextLabel(TextStyle::Note, tr("The language changes when the program starts again."), this);
    restart->setVisible(false);
    restart->setWordWrap(true);
    connect(languages, &QComboBox::activated, this, [languages, restart] {
        settings::setLanguage(languages->currentData().toString());
        restart->setVisible(true);
    });

    auto* memory = new QDoubleSpinBox(this);
    memory->setAccessibleName(tr("Memory budget"));
    memory->setRange(0, kMostGigabytes);
    memory->setDecimals(1);
    memory->setSingleStep(0.5);
    memory->setSuffix(tr(" GB"));
    memory->setSpecialValueText(
        tr("Half of this machine's: %1").arg(QString::fromStdString(byteSizeText(defaultMemoryBudget()))));
    memory->setValue(static_cast<double>(settings::chosenMemoryBudget()) / kGigabyte);
    connect(memory, &QDoubleSpinBox::valueChanged, this, [](double gigabytes) {
        settings::setChosenMemoryBudget(static_cast<std::uint64_t>(std::llround(gigabytes * kGigabyte)));
    });
    auto* memoryHelp = new TextLabel(
        TextStyle::Note,
        tr("What a tensor may take while it is held, sorted and fitted. A larger one stays in its file and is "
           "read in slices: its levels come from groups of neighbouring values, with a stated bound."),
        this);
    memoryHelp->setWordWrap(true);

    auto* clear = new QPushButton(tr("Forget recent files"), this);
    connect(clear, &QPushButton::clicked, this, [clear] {
        settings::clearRecentFiles();
        clear->setEnabled(false);
    });
    clear->setEnabled(!settings::recentFiles().isEmpty());

    auto* form = new QFormLayout;
    form->setVerticalSpacing(12);
    form->addRow(tr("Appearance"), themes);
    form->addRow(tr("Language"), languages);
    form->addRow(QString(), restart);
    form->addRow(tr("Memory budget"), memory);
    form->addRow(QString(), memoryHelp);
    form->addRow(QString(), clear);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->setSpacing(24);
    layout->addLayout(form);
    layout->addWidget(buttons);
}

} // namespace quantoscope::ui
