// Every text the window shows has a translation in every language the program speaks. lupdate finds those of ui/ and
// app/; the engine's are collected from what it declares of itself. To bring the .ts files up to date (new texts are
// added unfinished, old ones go), run this test with QUANTOSCOPE_UPDATE_TRANSLATIONS=1.
#include "core/schemes/scheme_registry.h"
#include "core/study/exports.h"
#include "core/study/generated.h"
#include "core/study/lab.h"
#include "core/study/lab_tables.h"
#include "core/study/sweep.h"
#include "core/study/text_table.h"
#include "resources/init.h"
#include "tests/support/data.h"
#include "ui/session/language.h"
#include "ui/session/run_label.h"
#include "ui/widgets/core_text.h"

#include <QApplication>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QLibraryInfo>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>

#include <set>

using namespace quantoscope;

namespace {

QString text(std::string_view view) { return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size())); }

QString sourceFolder() { return QDir::cleanPath(QString::fromStdString(test::dataPath("../.."))); }

/// The English of every Phrase("…") in the engine's sources.
std::set<QString> enginePhrases() {
    static const QRegularExpression phrase(QStringLiteral(R"x(Phrase\(((?:\s*"(?:[^"\\]|\\.)*")+))x"));
    static const QRegularExpression literal(QStringLiteral(R"x("((?:[^"\\]|\\.)*)")x"));
    std::set<QString> texts;
    QDirIterator files(sourceFolder() + QStringLiteral("/core"), {QStringLiteral("*.cpp"), QStringLiteral("*.h")},
                       QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly)) continue;
        const QString source = QString::fromUtf8(file.readAll());
        for (auto each = phrase.globalMatch(source); each.hasNext();) {
            QString whole;
            for (auto part = literal.globalMatch(each.next().captured(1)); part.hasNext();)
                whole += part.next().captured(1);
            texts.insert(whole.replace(QStringLiteral("\\\""), QStringLiteral("\"")));
        }
    }
    return texts;
}

/// What the window shows through coreText() and runLabel().
std::set<QString> engineTexts() {
    std::set<QString> texts;
    const auto add = [&](std::string_view each) { texts.insert(text(each)); };
    for (const Scheme* scheme : schemes()) {
        const SchemeInfo& info = scheme->info();
        for (const std::string_view each : {info.name, info.hint, info.summary}) add(each);
        for (const SchemeVariant& variant : info.variants) add(variant.name);
        for (const Parameter& parameter : info.parameters) {
            for (const std::string_view each : {parameter.label, parameter.help, parameter.unit}) add(each);
            for (const ParameterChoice& choice : parameter.choices) add(choice.label);
        }
    }
    for (const GeneratedRecipe& recipe : generatedRecipes())
        for (const std::string_view each : {recipe.label, recipe.summary}) add(each);
    for (const ExportFormat& format : exportFormats()) add(format.label);
    for (const LabMethod method : labMethods()) add(label(method));
    for (const RangeObserver observer : rangeObservers()) add(label(observer));
    add(kBetterVariant);
    texts.merge(enginePhrases());
    texts.erase(QString());
    return texts;
}

QString lupdate() { return QLibraryInfo::path(QLibraryInfo::BinariesPath) + QStringLiteral("/lupdate"); }

/// A source file that tells lupdate of the engine's texts.
bool writeEngineTexts(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly)) return false;
    file.write("#include <QCoreApplication>\nconst char* const texts[] = {\n");
    for (QString each : engineTexts()) {
        each.replace(u'\\', QStringLiteral("\\\\"))
            .replace(u'"', QStringLiteral("\\\""))
            .replace(u'\n', QStringLiteral("\\n"));
        file.write(QStringLiteral("    QT_TRANSLATE_NOOP(\"core\", \"%1\"),\n").arg(each).toUtf8());
    }
    return file.write("};\n") > 0;
}

struct Message {
    QString context, source, translation, type;
    bool numerus = false;
    QString name() const { return QStringLiteral("%1: \"%2\"").arg(context, source); }
};

QList<Message> readMessages(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return {};
    QXmlStreamReader xml(&file);
    QList<Message> messages;
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) continue;
        if (xml.name() == QLatin1String("name"))
            context = xml.readElementText();
        else if (xml.name() == QLatin1String("message")) {
            messages.push_back({context, {}, {}, {}, xml.attributes().value(QLatin1String("numerus")) == u"yes"});
        } else if (xml.name() == QLatin1String("source")) {
            messages.back().source = xml.readElementText();
        } else if (xml.name() == QLatin1String("translation")) {
            messages.back().type = xml.attributes().value(QLatin1String("type")).toString();
            messages.back().translation = xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed();
        }
    }
    return messages;
}

QStringList found(const QRegularExpression& pattern, const QString& in) {
    QStringList all;
    for (auto match = pattern.globalMatch(in); match.hasNext();) all << match.next().captured();
    all.sort();
    return all;
}

QStringList languages() {
    const QStringList files = QDir(sourceFolder() + QStringLiteral("/resources/translations"))
                                  .entryList({QStringLiteral("quantoscope_*.ts")}, QDir::Files);
    QStringList codes;
    for (const QString& file : files) codes << file.section(u'_', 1).section(u'.', 0, 0);
    return codes;
}

QString translationFile(const QString& language) {
    return QStringLiteral("%1/resources/translations/quantoscope_%2.ts").arg(sourceFolder(), language);
}

} // namespace

class TestTranslations : public QObject {
    Q_OBJECT

private:
    static void eachLanguage() {
        QTest::addColumn<QString>("language");
        for (const QString& code : languages()) QTest::newRow(qPrintable(code)) << code;
    }

private slots:
    void initTestCase() {
        ui::initResources();
        QVERIFY(languages().contains(QStringLiteral("ko")));
    }

    void everyTextOfTheSourcesIsTranslated_data() { eachLanguage(); }
    void everyTextOfTheSourcesIsTranslated() {
        QFETCH(QString, language);
        const QTemporaryDir folder;
        const QString engine = folder.filePath(QStringLiteral("engine_texts.cpp"));
        const QString copy = folder.filePath(QStringLiteral("copy.ts"));
        QVERIFY(writeEngineTexts(engine));
        QVERIFY(QFile::copy(translationFile(language), copy));
        const bool update = qEnvironmentVariableIntValue("QUANTOSCOPE_UPDATE_TRANSLATIONS") != 0;
        QStringList arguments{QStringLiteral("ui"),
                              QStringLiteral("app"),
                              engine,
                              QStringLiteral("-I"),
                              QStringLiteral("."),
                              QStringLiteral("-locations"),
                              QStringLiteral("none"),
                              QStringLiteral("-silent"),
                              QStringLiteral("-ts"),
                              copy};
        if (update) arguments << QStringLiteral("-no-obsolete");
        QProcess process;
        process.setWorkingDirectory(sourceFolder());
        process.start(lupdate(), arguments);
        QVERIFY2(process.waitForFinished(120'000), qPrintable(lupdate() + u' ' + process.errorString()));
        QCOMPARE(process.exitCode(), 0);
        if (update) {
            QVERIFY(QFile::remove(translationFile(language)));
            QVERIFY(QFile::copy(copy, translationFile(language)));
        }
        const QList<Message> messages = readMessages(copy);
        QVERIFY2(messages.size() > 500, qPrintable(QString::number(messages.size())));
        QStringList wrong;
        for (const Message& message : messages)
            if (!message.type.isEmpty() || message.translation.isEmpty())
                wrong << QStringLiteral("%1 %2").arg(message.type, message.name());
        QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("%1 messages of %2:\n").arg(wrong.size()).arg(language) +
                                             wrong.join(u'\n')));
    }

    void everyTextOfTheEngineIsTranslated_data() { eachLanguage(); }
    void everyTextOfTheEngineIsTranslated() {
        QFETCH(QString, language);
        QTranslator translator;
        QVERIFY(translator.load(QStringLiteral(":/translations/quantoscope_%1.qm").arg(language)));
        QStringList missing;
        for (const QString& each : engineTexts())
            if (translator.translate("core", each.toUtf8()).isEmpty()) missing << each;
        QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u'\n')));
    }

    /// Headings as they are looked up, with their units.
    void everyHeadingOfTheLaboratoryIsTranslated() {
        QTranslator translator;
        QVERIFY(translator.load(QStringLiteral(":/translations/quantoscope_ko.qm")));
        QStringList missing;
        for (const Table& table : {methodsTable({}), bitsTable({}), sensitivityTable({}), curveTable({})})
            for (const Column& column : table.columns) {
                const std::string heading = shownHeading(column);
                if (heading.starts_with("Batch ")) continue; // a phrase
                const bool same = heading.starts_with("SQNR");
                if (!same && translator.translate("Report", heading.c_str()).isEmpty())
                    missing << QString::fromStdString(heading);
            }
        QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u'\n')));
    }

    void placeholdersStay_data() { eachLanguage(); }
    void placeholdersStay() {
        QFETCH(QString, language);
        static const QRegularExpression placeholder(QStringLiteral("%(L?\\d+|n)|\\{\\d+\\}"));
        static const QRegularExpression pattern(QStringLiteral("\\(\\*[^)]*\\)|\\(\\.\\w+\\)")); // of a file dialog
        QStringList wrong;
        for (const Message& message : readMessages(translationFile(language)))
            if (found(placeholder, message.source) != found(placeholder, message.translation) ||
                found(pattern, message.source) != found(pattern, message.translation))
                wrong << message.name() + QStringLiteral(" -> ") + message.translation;
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    }

    void accelerators_data() { eachLanguage(); }
    void accelerators() {
        QFETCH(QString, language);
        static const QRegularExpression accelerator(QStringLiteral("&[^& ]"));
        static const QRegularExpression shortcut(QStringLiteral("^(Ctrl|Alt|Shift)\\+"));
        QStringList wrong;
        for (const Message& message : readMessages(translationFile(language))) {
            const QStringList ours = found(accelerator, message.source),
                              theirs = found(accelerator, message.translation);
            if (ours.size() != theirs.size() ||
                (shortcut.match(message.source).hasMatch() && message.source != message.translation))
                wrong << message.name() + QStringLiteral(" -> ") + message.translation;
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    }

    // Last: what applyLanguage installs stays with the application.
    void theProgramSpeaksKorean() {
        QuantSpec spec;
        spec.scheme = "rank";
        spec.grouping = Grouping::channel(2);
        QCOMPARE(ui::runLabel(spec).name, QStringLiteral("Rank"));
        ui::applyLanguage(*qApp, QStringLiteral("ko"));
        QCOMPARE(ui::runLabel(spec).name, QStringLiteral("순위"));
        QCOMPARE(ui::runLabel(spec).suffix, QStringLiteral("채널 2"));
        QCOMPARE(ui::groupingText(Grouping::tensor()), QStringLiteral("전체 텐서"));
        QCOMPARE(QCoreApplication::translate("quantoscope::ui::MainWindow", "&File"), QStringLiteral("파일(&F)"));
        QCOMPARE(ui::coreText(Phrase("Take {0}: {1}.", Phrase("{0} at {1} bits", Phrase("Dynamic"), 8), "97.3 %")),
                 QStringLiteral("동적 8비트 추천: 97.3 %."));
    }
};

QTEST_MAIN(TestTranslations)
#include "tst_translations.moc"
