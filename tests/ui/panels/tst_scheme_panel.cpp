// The scheme panel's field of importance: when it is there, what it offers, and what a choice does.
#include "core/study/generated.h"
#include "ui/panels/importance_field.h"
#include "ui/panels/result_panel.h"
#include "ui/panels/scheme_panel.h"
#include "ui/theme/theme.h"
#include "ui/widgets/property_list.h"

#include <QComboBox>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>

using namespace quantoscope;
using namespace quantoscope::ui;

class TestSchemePanel : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void it_is_there_for_a_scheme_that_weighs();
    void it_offers_what_has_the_shape();
    void a_choice_is_taken_and_its_error_shown();
    void a_choice_that_fails_leaves_what_was();
    void a_file_is_asked_for();

private:
    QComboBox* combo() const { return m_panel->findChild<ImportanceField*>()->combo(); }
    QStringList items() const;
    void choose(int index) const;
    bool showsWeightedError() const;
    void setScheme(const char* scheme) const;

    std::unique_ptr<Session> m_session;
    std::unique_ptr<SchemePanel> m_panel;
    int m_model = 0;
};

void TestSchemePanel::initTestCase() {
    QStandardPaths::setTestModeEnabled(true);
    applyTheme(*qApp);
}

void TestSchemePanel::init() {
    m_session = std::make_unique<Session>();
    m_panel = std::make_unique<SchemePanel>(*m_session);
    m_panel->resize(304, 900);
    m_panel->show();
    m_model =
        m_session->library().add(QStringLiteral("model.npz"),
                                 {generate("normal", 2000, 1).value(), generate("laplace", 2000, 2).value(),
                                  makeTensor("fisher", std::vector<float>(2000, 0.5f)), makeTensor("bias", {1, 2, 3})});
    QTRY_VERIFY(m_session->settled());
}

void TestSchemePanel::cleanup() {
    m_panel.reset();
    m_session.reset();
}

QStringList TestSchemePanel::items() const {
    QStringList texts;
    for (int i = 0; i < combo()->count(); ++i)
        if (!combo()->itemText(i).isEmpty()) texts << combo()->itemText(i);
    return texts;
}

/// As a person does: by the keyboard, which tells the field of it.
void TestSchemePanel::choose(int index) const {
    combo()->setFocus();
    QTest::keyClick(combo(), Qt::Key_Home);
    for (int i = 0; i < index; ++i) QTest::keyClick(combo(), Qt::Key_Down);
}

bool TestSchemePanel::showsWeightedError() const {
    const auto& rows = m_panel->findChild<ResultPanel*>()->findChild<PropertyList*>()->properties();
    return std::any_of(rows.begin(), rows.end(),
                       [](const Property& row) { return row.label == QStringLiteral("Weighted MSE"); });
}

void TestSchemePanel::setScheme(const char* scheme) const {
    QuantSpec spec = m_session->spec();
    spec.scheme = scheme;
    m_session->setSpec(spec, QStringLiteral("change"));
}

void TestSchemePanel::it_is_there_for_a_scheme_that_weighs() {
    QVERIFY(combo()->isVisible());
    QVERIFY(!combo()->accessibleName().isEmpty() && !combo()->toolTip().isEmpty());
    setScheme("rank");
    QTRY_VERIFY(!combo()->isVisible());
    setScheme("kmeans");
    QTRY_VERIFY(combo()->isVisible());
    // Chosen, it stays in sight: errors are measured by it, and the tooltip says that no more is done.
    const QString weighs = combo()->toolTip();
    m_session->setImportance({m_model, 2});
    QTRY_VERIFY(m_session->settled() && m_session->run()->weightedMse);
    setScheme("rank");
    QTRY_VERIFY(combo()->isVisible() && combo()->toolTip() != weighs);
    QTRY_VERIFY(m_session->settled() && m_session->run()->spec().scheme == "rank" && showsWeightedError());
}

void TestSchemePanel::it_offers_what_has_the_shape() {
    QCOMPARE(items(), QStringList({QStringLiteral("Uniform"), QStringLiteral("laplace"), QStringLiteral("fisher"),
                                   QStringLiteral("Choose file…")}));
    const int other = m_session->library().add(QStringLiteral("other.npz"),
                                               {makeTensor("sensitivity", std::vector<float>(2000, 1.0f))});
    m_session->setCurrent({m_model, 0});
    QVERIFY(items().contains(QStringLiteral("sensitivity")));
    m_session->library().close(other);
    QVERIFY(!items().contains(QStringLiteral("sensitivity")));
    m_session->setCurrent({m_model, 3});
    QCOMPARE(items(), QStringList({QStringLiteral("Uniform"), QStringLiteral("Choose file…")}));
}

void TestSchemePanel::a_choice_is_taken_and_its_error_shown() {
    QVERIFY(!showsWeightedError());
    m_session->setImportance({m_model, 2});
    QTRY_VERIFY(m_session->settled() && showsWeightedError());
    QCOMPARE(combo()->currentText(), QStringLiteral("fisher"));
    choose(0);
    QTRY_VERIFY(m_session->settled() && !showsWeightedError());
    QCOMPARE(combo()->currentText(), QStringLiteral("Uniform"));
    m_session->undoStack().undo();
    QTRY_VERIFY(m_session->settled() && showsWeightedError());
    QCOMPARE(combo()->currentText(), QStringLiteral("fisher"));
}

void TestSchemePanel::a_choice_that_fails_leaves_what_was() {
    QString message;
    connect(m_session.get(), &Session::failed, this,
            [&](const QString&, const Error& error) { message = QString::fromStdString(error.message()); });
    choose(1); // "laplace", of which half is negative
    QTRY_VERIFY(!message.isEmpty());
    QVERIFY2(message.contains(QStringLiteral("model.npz")), qPrintable(message));
    QCOMPARE(combo()->currentText(), QStringLiteral("Uniform"));
    QTRY_VERIFY(m_session->settled() && !showsWeightedError());
}

void TestSchemePanel::a_file_is_asked_for() {
    ImportanceField field;
    int asked = 0, chosen = 0;
    connect(&field, &ImportanceField::fileRequested, this, [&] { ++asked; });
    connect(&field, &ImportanceField::importanceChosen, this, [&] { ++chosen; });
    field.setChoices({{{1, 0}, QStringLiteral("fisher"), QStringLiteral("a.npz")}}, {1, 0});
    field.show();
    QCOMPARE(field.combo()->currentText(), QStringLiteral("fisher"));
    field.combo()->setFocus();
    QTest::keyClick(field.combo(), Qt::Key_End);
    QCOMPARE(asked, 1);
    QCOMPARE(chosen, 0);
    QCOMPARE(field.combo()->currentText(), QStringLiteral("fisher")); // what holds, until another does
}

QTEST_MAIN(TestSchemePanel)
#include "tst_scheme_panel.moc"
