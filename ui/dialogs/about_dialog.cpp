#include "ui/dialogs/about_dialog.h"

#include "ui/theme/fonts.h"
#include "ui/theme/icon.h"
#include "ui/theme/roles.h"
#include "ui/widgets/text_label.h"

#include <QDialogButtonBox>
#include <QFile>
#include <QHBoxLayout>
#include <QIcon>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTextDocument>
#include <QTextTable>
#include <QVBoxLayout>

namespace quantoscope::ui {

namespace {

/// Markdown comes with framed tables and headings of a book: here are rows on white space and headings of a panel.
void restyle(QTextDocument& document) {
    QTextCursor cursor(&document);
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        if (block.blockFormat().headingLevel() == 0) continue;
        cursor.setPosition(block.position());
        cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
        QTextCharFormat heading;
        heading.setFont(typeface(type::control, weight::semiBold));
        cursor.setCharFormat(heading);
        QTextBlockFormat spaced = block.blockFormat();
        spaced.setTopMargin(block.blockNumber() == 0 ? 0 : 12);
        spaced.setBottomMargin(4);
        cursor.setBlockFormat(spaced);
    }
    for (QTextFrame* frame : document.rootFrame()->childFrames()) {
        auto* table = qobject_cast<QTextTable*>(frame);
        if (!table) continue;
        QTextTableFormat format = table->format();
        format.setBorder(0);
        format.setCellSpacing(0);
        format.setCellPadding(4);
        format.setWidth(QTextLength(QTextLength::PercentageLength, 100));
        table->setFormat(format);
    }
}

} // namespace

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
    sources->document()->setDefaultFont(typeface(type::table));
    sources->document()->setDocumentMargin(12);
    restyle(*sources->document());

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
