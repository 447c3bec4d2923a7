// core/study/session_file: what is saved comes back, and whatever else is refused with its place and the reason.
#include "core/study/session_file.h"

#include <QtTest>

#include <nlohmann/json.hpp>

#include <cstdint>
#include <fstream>
#include <limits>

using namespace quantoscope;

namespace {

const std::string kHash(64, 'a');

SessionDocument sample() {
    SessionDocument session;
    SessionSource file;
    file.file = "data/scores.csv";
    file.sha256 = kHash;
    file.open = {';', ',', true};
    SessionSource generated;
    generated.recipe = "normal";
    generated.count = 100000;
    generated.seed = std::numeric_limits<std::uint64_t>::max();
    session.sources = {file, generated};
    session.current.emplace();
    session.current->entry.tensor = std::string("score");
    session.current->nonFinite = NonFinitePolicy::Drop;
    session.current->importance.emplace();
    session.current->importance->source = 1;
    session.current->importance->tensor = std::string("sensitivity");
    session.spec.scheme = "fixed";
    session.spec.levels = 4;
    session.spec.parameters = {{"edges", std::vector<double>{0, 0.1, 50, 100}},
                               {"representative", std::string("mean")}};
    session.spec.grouping = Grouping::block(64);
    session.spec.byHand[3] = {"levels", {{"levels", std::vector<double>{1, 2.5}}}};
    session.spec.byHand[70] = {"rank", {{"representative", std::string("median")}}};
    QuantSpec lloyd;
    lloyd.scheme = "lloyd-max";
    lloyd.levels = 7;
    lloyd.parameters = {{"seed", std::int64_t{12}}, {"tolerance", 0.0}};
    QuantSpec affine;
    affine.scheme = "affine";
    affine.levels = 256;
    affine.grouping = Grouping::channel(-1);
    affine.range = {RangeSpec::Kind::Fixed, 0, -0.1f, 1e-30f};
    session.pinned.resize(2);
    session.pinned[0].tensor.entry.source = 1;
    session.pinned[0].spec = lloyd;
    session.pinned[1].tensor.entry.tensor = "score";
    session.pinned[1].tensor.nonFinite = NonFinitePolicy::Clamp;
    session.pinned[1].spec = affine;
    session.view = {{"tab", "transfer"}, {"빈", "양자화 \"quoted\""}};
    return session;
}

bool same(const SessionEntry& a, const SessionEntry& b) { return a.source == b.source && a.tensor == b.tensor; }

bool same(const SessionTensor& a, const SessionTensor& b) {
    if (a.importance.has_value() != b.importance.has_value()) return false;
    if (a.importance && !same(*a.importance, *b.importance)) return false;
    return same(a.entry, b.entry) && a.nonFinite == b.nonFinite;
}

void compare(const SessionDocument& a, const SessionDocument& b) {
    QCOMPARE(a.sources.size(), b.sources.size());
    for (std::size_t i = 0; i < a.sources.size(); ++i) {
        const SessionSource &x = a.sources[i], &y = b.sources[i];
        QCOMPARE(x.file, y.file);
        QCOMPARE(x.sha256, y.sha256);
        QVERIFY(x.open.separator == y.open.separator && x.open.decimalMark == y.open.decimalMark &&
                x.open.header == y.open.header);
        QCOMPARE(x.recipe, y.recipe);
        QVERIFY(x.count == y.count && x.seed == y.seed);
    }
    QCOMPARE(a.current.has_value(), b.current.has_value());
    if (a.current) QVERIFY(same(*a.current, *b.current));
    QVERIFY(a.spec == b.spec);
    QCOMPARE(a.pinned.size(), b.pinned.size());
    for (std::size_t i = 0; i < a.pinned.size(); ++i)
        QVERIFY(same(a.pinned[i].tensor, b.pinned[i].tensor) && a.pinned[i].spec == b.pinned[i].spec);
    QCOMPARE(a.view, b.view);
}

/// The sample with the value at a JSON pointer (without its first slash) replaced (or the key removed, for "remove").
QByteArray changed(const char* pointer, const char* value) {
    nlohmann::json json = nlohmann::json::parse(sessionText(sample()));
    const nlohmann::json::json_pointer at(std::string("/") + pointer);
    if (std::string(value) == "remove")
        json[at.parent_pointer()].erase(at.back());
    else
        json[at] = nlohmann::json::parse(value);
    return QByteArray::fromStdString(json.dump());
}

} // namespace

class SessionFileTest : public QObject {
    Q_OBJECT
private slots:
    void whatIsSavedComesBack() {
        const auto session = parseSession(sessionText(sample()));
        QVERIFY2(session, session ? "" : session.error().message().c_str());
        compare(*session, sample());
    }

    void anEmptySessionComesBack() {
        SessionDocument empty;
        const auto session = parseSession(sessionText(empty));
        QVERIFY(session);
        compare(*session, empty);
    }

    void aSessionWrittenBeforeThereWasImportanceIsRead() {
        const QByteArray older = changed("current/importance", "remove");
        const auto session = parseSession({older.constData(), static_cast<std::size_t>(older.size())});
        QVERIFY2(session, session ? "" : session.error().message().c_str());
        SessionDocument expected = sample();
        expected.current->importance.reset();
        compare(*session, expected);
    }

    void whatIsWrongIsNamed_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("place");
        QTest::addColumn<int>("code");
        const int malformed = int(ErrorCode::Malformed);
        const auto row = [&](const char* name, const QByteArray& text, const char* place, int code) {
            QTest::newRow(name) << text << QByteArray(place) << code;
        };
        row("nothing", "", "", malformed);
        row("not JSON", "{\"quantoscope\": ", "", malformed);
        row("another JSON", "{\"name\": 1}", "quantoscope", malformed);
        row("a number alone", "17", "", malformed);
        row("an array", "[]", "", malformed);
        row("brackets without end", QByteArray(100000, '['), "", malformed);
        row("braces without end", QByteArray("{\"a\":").repeated(50000), "", malformed);
        row("a number beyond all numbers", "{\"quantoscope\": \"session\", \"version\": 1e999}", "", malformed);
        row("text that is not UTF-8", "{\"quantoscope\": \"\xFF\"}", "", malformed);
        row("a newer version", changed("version", "2"), "version", int(ErrorCode::Unsupported));
        row("a version that is text", changed("version", "\"1\""), "version", malformed);
        row("a version below one", changed("version", "-1"), "version", malformed);
        row("no spec", changed("spec", "remove"), "spec", malformed);
        row("a spec that is text", changed("spec", "\"kmeans\""), "spec", malformed);
        row("no levels", changed("spec/levels", "0"), "spec/levels", malformed);
        row("levels below zero", changed("spec/levels", "-4"), "spec/levels", malformed);
        row("levels that are no whole number", changed("spec/levels", "4.5"), "spec/levels", malformed);
        row("more levels than fit", changed("spec/levels", "4294967296"), "spec/levels", malformed);
        row("an unknown scheme", changed("spec/scheme", "\"nonsense\""), "spec/scheme", int(ErrorCode::NotFound));
        row("an unknown parameter", changed("spec/parameters/colour", "3"), "spec/parameters",
            int(ErrorCode::InvalidArgument));
        row("a parameter of another kind", changed("spec/parameters/edges", "\"wide\""), "spec/parameters",
            int(ErrorCode::InvalidArgument));
        row("a parameter that is an object", changed("spec/parameters/edges", "{}"), "spec/parameters/edges",
            malformed);
        row("a list that holds text", changed("spec/parameters/edges", "[1, \"2\"]"), "spec/parameters/edges/1",
            malformed);
        row("a number too large for its kind", changed("pinned/0/spec/parameters/seed", "18446744073709551615"),
            "pinned/0/spec/parameters/seed", malformed);
        row("a group by hand without a number", changed("spec/byHand/0/group", "remove"), "spec/byHand/0/group",
            malformed);
        row("a group by hand below zero", changed("spec/byHand/1/group", "-1"), "spec/byHand/1/group", malformed);
        row("a group by hand of an unknown scheme", changed("spec/byHand/0/scheme", "\"nonsense\""),
            "spec/byHand/0/scheme", int(ErrorCode::NotFound));
        row("groups by hand that are an object", changed("spec/byHand", "{}"), "spec/byHand", malformed);
        row("parameters that are an array", changed("spec/parameters", "[]"), "spec/parameters", malformed);
        row("an unknown grouping", changed("spec/grouping", "\"rows\""), "spec/grouping", malformed);
        row("a block of no size", changed("spec/grouping", "\"block:0\""), "spec/grouping", malformed);
        row("an unknown range", changed("pinned/1/spec/range", "\"wide\""), "pinned/1/spec/range", malformed);
        row("a source that is not there", changed("current/source", "2"), "current/source", malformed);
        row("an importance of a source that is not there", changed("current/importance/source", "2"),
            "current/importance/source", malformed);
        row("an importance without a name", changed("current/importance/tensor", "remove"), "current/importance/tensor",
            malformed);
        row("an importance that is text", changed("pinned/0/importance", "\"fisher\""), "pinned/0/importance",
            malformed);
        row("an unknown policy", changed("current/nonFinite", "\"ignore\""), "current/nonFinite", malformed);
        row("a hash that is too short", changed("sources/0/sha256", "\"ab\""), "sources/0/sha256", malformed);
        row("a hash with other letters", changed("sources/0/sha256", ("\"" + std::string(64, 'Z') + "\"").c_str()),
            "sources/0/sha256", malformed);
        row("no path", changed("sources/0/file", "\"\""), "sources/0/file", malformed);
        row("a path with a zero inside", changed("sources/0/file", "\"a\\u0000b\""), "sources/0/file", malformed);
        row("a separator of two characters", changed("sources/0/open/separator", "\";;\""), "sources/0/open/separator",
            malformed);
        row("a header that is a number", changed("sources/0/open/header", "1"), "sources/0/open/header", malformed);
        row("a recipe without a name", changed("sources/1/generated", "\"\""), "sources/1/generated", malformed);
        row("a recipe for no values", changed("sources/1/count", "0"), "sources/1/count", malformed);
        row("pinned that is an object", changed("pinned", "{}"), "pinned", malformed);
        row("a pinned run that is null", changed("pinned/0", "null"), "pinned/0", malformed);
        row("a view that is an array", changed("view", "[]"), "view", malformed);
        row("a view setting that is a number", changed("view/tab", "1"), "view/tab", malformed);
    }
    void whatIsWrongIsNamed() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, place);
        QFETCH(int, code);
        const auto session = parseSession({text.constData(), static_cast<std::size_t>(text.size())});
        QVERIFY(!session);
        QCOMPARE(session.error().where, "/" + place.toStdString());
        QCOMPARE(int(session.error().code), code);
        QVERIFY(!session.error().detail.empty());
    }

    void everyTruncationIsRefused() {
        const std::string text = sessionText(sample());
        for (std::size_t size = 0; size + 2 < text.size(); ++size)
            QVERIFY(!parseSession(std::string_view(text).substr(0, size)));
    }

    void everyByteChangedIsReadOrRefused() {
        const std::string text = sessionText(sample());
        for (std::size_t i = 0; i < text.size(); ++i)
            for (const char c : {'\0', '"', '{', '9', '\xFF'}) {
                std::string other = text;
                other[i] = c;
                const auto session = parseSession(other);
                if (!session) QVERIFY(!session.error().where.empty());
            }
    }

    void filesMoveWithTheSession() {
        const QTemporaryDir here, there;
        SessionDocument session = sample();
        session.sources[0].file = here.filePath("data/scores.csv").toStdString();
        QVERIFY(writeSession(session, here.filePath("a.quantoscope").toStdString()));
        QVERIFY(QFile::copy(here.filePath("a.quantoscope"), there.filePath("a.quantoscope")));
        const auto same = readSession(here.filePath("a.quantoscope").toStdString());
        QVERIFY(same);
        QCOMPARE(same->sources[0].file, session.sources[0].file);
        const auto moved = readSession(there.filePath("a.quantoscope").toStdString());
        QVERIFY(moved);
        QCOMPARE(moved->sources[0].file, there.filePath("data/scores.csv").toStdString());

        const QTemporaryDir elsewhere;
        session.sources[0].file = elsewhere.filePath("scores.csv").toStdString();
        QVERIFY(writeSession(session, here.filePath("a.quantoscope").toStdString()));
        QCOMPARE(readSession(here.filePath("a.quantoscope").toStdString())->sources[0].file, session.sources[0].file);
    }

    void errorsOfFilesNameTheFile() {
        const QTemporaryDir directory;
        const std::string path = directory.filePath("bad.quantoscope").toStdString();
        std::ofstream(path) << changed("spec/levels", "0").toStdString();
        QCOMPARE(readSession(path).error().where, path + ": /" + "spec/levels");
        QCOMPARE(readSession(directory.filePath("none").toStdString()).error().code, ErrorCode::NotFound);
    }

    void aFileTooLargeIsNotRead() {
        const QTemporaryDir directory;
        const std::string path = directory.filePath("large.quantoscope").toStdString();
        std::ofstream(path) << "{";
        std::filesystem::resize_file(path, kMaximumSessionBytes + 1);
        QCOMPARE(readSession(path).error().code, ErrorCode::TooLarge);
    }
};

QTEST_APPLESS_MAIN(SessionFileTest)
#include "tst_session_file.moc"
