#include "ui/dialogs/about_dialog.h"

#include "ui/theme/icon.h"
#include "ui/theme/roles.h"
#include "ui/widgets/text_label.h"

#include <QDialogButtonBox>
#include <QFile>
#include <QHBoxLayout>
#include <QIcon>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace quantoscope::ui {

AboutDialog::AboutDialog(QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("About Quantoscope"));
    auto* mark = new QLabel(this);
    mark->setPixmap(QIcon(QStringLiteral(":/icons/app.svg")).pixmap(56, 56));
    auto* title = new TextLabel(TextStyle::Title, QStringLiteral("Quantoscope " QUANTOSCOPE_VERSION), this);
    auto* sentence = new TextLabel(
        TextStyle::Note, tr("See what quantization does to data: histogram, levels, error and speed, live."), this);
    auto* licence = new TextLabel(
        TextStyle::Note,
        tr("Free software under the GNU General Public License, version 3 or later. It comes without any warranty."),
        this);
    sentence->setWordWrap(true);
    licence->setWordWrap(true);
    auto* words = new QVBoxLayout;
    words->setSpacing(4);
    words->addWidget(title);
    words->addWidget(sentence);
    words->addWidget(licence);
    auto* head = new QHBoxLayout;
    head->setSpacing(16);
    head->addWidget(mark, 0, Qt::AlignTop);
    head->addLayout(words, 1);

    auto* sources = new QTextBrowser(this);
    sources->setOpenExternalLinks(true);
    sources->setAccessibleName(tr("Samples, typeface and libraries"));
    QFile licences(QStringLiteral(":/samples/LICENSES.md"));
    QString text = licences.open(QIODevice::ReadOnly) ? QString::fromUtf8(licences.readAll()) : QString();
    text +=
        QStringLiteral("\n\n") +
        tr("## Typeface\n\nInter by Rasmus Andersson, with tabular figures, under the SIL Open Font License 1.1.") +
        QStringLiteral("\n\n") +
        tr("## Libraries\n\nQt (LGPL-3.0), QCustomPlot (GPL-3.0), Highway (Apache-2.0), oneTBB (Apache-2.0), fmt "
           "(MIT), "
           "tl::expected (CC0), nlohmann/json (MIT), libzip (BSD), libcsv (LGPL-2.1), libsndfile (LGPL-2.1), libpng, "
           "libjpeg-turbo (BSD), CLI11 (BSD).");
    sources->setMarkdown(text);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->setSpacing(16);
    layout->addLayout(head);
    layout->addWidget(sources, 1);
    layout->addWidget(buttons);
    resize(560, 520);
}

} // namespace quantoscope::ui
