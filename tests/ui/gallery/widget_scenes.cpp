#include "tests/ui/gallery/scenes.h"
#include "ui/panels/start_page.h"
#include "ui/theme/icon.h"
#include "ui/theme/roles.h"
#include "ui/theme/theme.h"
#include "ui/widgets/big_figure.h"
#include "ui/widgets/bits_slider.h"
#include "ui/widgets/card.h"
#include "ui/widgets/compare_delegate.h"
#include "ui/widgets/levels_spin.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/method_combo.h"
#include "ui/widgets/parameter_form.h"
#include "ui/widgets/property_list.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/segmented_switch.h"
#include "ui/widgets/status_line.h"
#include "ui/widgets/text_label.h"
#include "ui/widgets/tree_delegate.h"

#include <QtWidgets>

#include <cmath>

namespace quantoscope::ui {

namespace {

std::vector<MethodItem> methods() {
    const QString dynamic = QStringLiteral("Dynamic"), dynamicNote = QStringLiteral("the data decides the intervals");
    const QString fixed = QStringLiteral("Static"), fixedNote = QStringLiteral("fixed before the data is seen");
    return {
        {QStringLiteral("kmeans"), QStringLiteral("k-means"), QStringLiteral("global optimum"), dynamic, dynamicNote},
        {QStringLiteral("lloyd-max"), QStringLiteral("Lloyd–Max"), QStringLiteral("iterated"), dynamic, dynamicNote},
        {QStringLiteral("rank"), QStringLiteral("Rank"), QStringLiteral("equal counts"), dynamic, dynamicNote},
        {QStringLiteral("affine"), QStringLiteral("Affine"), QStringLiteral("range from data"), dynamic, dynamicNote},
        {QStringLiteral("equal-width"), QStringLiteral("Equal-width"), QStringLiteral("equal intervals"), fixed,
         fixedNote},
        {QStringLiteral("fixed"), QStringLiteral("Fixed edges"), QStringLiteral("your boundaries"), fixed, fixedNote},
        {QStringLiteral("levels"), QStringLiteral("Own levels"), QStringLiteral("your levels"), fixed, fixedNote},
        {QStringLiteral("log2"), QStringLiteral("Powers of two"), QStringLiteral("log2"), fixed, fixedNote},
        {QStringLiteral("apot"), QStringLiteral("Sums of powers"), QStringLiteral("APoT"), fixed, fixedNote},
        {QStringLiteral("normal-float"), QStringLiteral("Normal-float"), QStringLiteral("NF4"), fixed, fixedNote},
        {QStringLiteral("float"), QStringLiteral("Float"), QStringLiteral("E2M1 to fp16"), fixed, fixedNote},
        {QStringLiteral("mu-law"), QStringLiteral("µ-law"), QStringLiteral("companding"), fixed, fixedNote},
    };
}

QFrame* rule() {
    auto* line = new QFrame;
    line->setFixedHeight(1);
    QPalette palette;
    palette.setColor(QPalette::Window, colors().line);
    line->setPalette(palette);
    line->setAutoFillBackground(true);
    return line;
}

std::unique_ptr<QWidget> schemePanel() {
    auto panel = std::make_unique<QWidget>();
    auto* column = new QVBoxLayout(panel.get());
    column->setContentsMargins(0, 0, 0, 16);
    column->setSpacing(0);
    const auto section = [column](QLayout* inside) {
        auto* box = new QVBoxLayout;
        box->setContentsMargins(16, 12, 16, 12);
        box->addLayout(inside);
        column->addLayout(box);
        column->addWidget(rule());
    };
    auto* first = new QVBoxLayout;
    first->setSpacing(8);
    auto* title = new QHBoxLayout;
    title->addWidget(new TextLabel(TextStyle::Heading, QStringLiteral("Scheme")));
    title->addStretch();
    title->addWidget(new TextLabel(TextStyle::Note, QStringLiteral("dynamic")));
    first->addLayout(title);
    auto* combo = new MethodCombo;
    combo->setMethods(methods());
    first->addWidget(combo);
    auto* note = new TextLabel(
        TextStyle::Note,
        QStringLiteral("The 16 levels with the least Σ(x − Q(x))²: the global optimum in one dimension."));
    note->setWordWrap(true);
    first->addWidget(note);
    section(first);

    auto* second = new QVBoxLayout;
    second->setSpacing(8);
    auto* bits = new QHBoxLayout;
    bits->setSpacing(8);
    bits->addWidget(new TextLabel(TextStyle::Label, QStringLiteral("Bits")));
    bits->addStretch();
    bits->addWidget(new TextLabel(TextStyle::Label, QStringLiteral("Levels")));
    auto* levels = new LevelsSpin;
    levels->setLevels(16);
    levels->setFixedWidth(76);
    bits->addWidget(levels);
    second->addLayout(bits);
    auto* slider = new BitsSlider;
    slider->setColor(schemeLook(u"kmeans").color);
    slider->setLevels(16);
    second->addWidget(slider);
    section(second);

    auto* third = new QGridLayout;
    third->setSpacing(8);
    third->setColumnMinimumWidth(0, 88);
    third->setColumnStretch(1, 1);
    int row = 0;
    for (const auto& [label, value] : {std::pair("Grouping", "Whole tensor"), std::pair("Range", "From the data"),
                                       std::pair("Importance", "Uniform")}) {
        auto* choice = new QComboBox;
        choice->addItem(QString::fromLatin1(value));
        choice->setEnabled(row != 1);
        third->addWidget(new TextLabel(TextStyle::Label, QString::fromLatin1(label)), row, 0);
        third->addWidget(choice, row++, 1);
    }
    section(third);

    auto* result = new QVBoxLayout;
    result->setSpacing(10);
    result->setContentsMargins(16, 16, 16, 0);
    auto* big = new BigFigure(QStringLiteral("SQNR"));
    big->setFigure(QStringLiteral("19.66"), QStringLiteral("dB"));
    result->addWidget(big);
    auto* pair = new QHBoxLayout;
    auto* mse = new BigFigure(QStringLiteral("MSE"), 20);
    mse->setFigure(QStringLiteral("1.866"), QStringLiteral("×10⁻⁴"));
    auto* rate = new BigFigure(QStringLiteral("Bits per value"), 20);
    rate->setFigure(QStringLiteral("4.031"), QStringLiteral("bit"));
    pair->addWidget(mse, 1);
    pair->addWidget(rate, 1);
    result->addLayout(pair);
    auto* list = new PropertyList;
    list->setProperties({{QStringLiteral("To the bound"), QStringLiteral("4.68 dB")},
                         {QStringLiteral("Max error"), QStringLiteral("0.3561")},
                         {QStringLiteral("Code entropy"), QStringLiteral("3.710 bit")},
                         {QStringLiteral("Effective levels"), QStringLiteral("16 of 16")},
                         {QStringLiteral("Compression"), QStringLiteral("7.94×")},
                         {QStringLiteral("Fit"), QStringLiteral("20 ms")},
                         {QStringLiteral("Encode"), QStringLiteral("0.16 GB/s")}});
    result->addWidget(list);
    result->addStretch();
    auto* pin = new QPushButton(QStringLiteral("Pin to comparison"));
    setPrimary(pin);
    result->addWidget(pin);
    column->addLayout(result, 1);
    return panel;
}

std::unique_ptr<QWidget> methodPopup() {
    auto panel = std::make_unique<QWidget>();
    auto* column = new QVBoxLayout(panel.get());
    auto* combo = new MethodCombo;
    combo->setMethods(methods());
    column->addWidget(combo);
    column->addStretch();
    return panel;
}

// The pop-up is a window of its own: draw it where it would be.
void openPopup(QWidget& panel) {
    auto* combo = panel.findChild<MethodCombo*>();
    combo->showPopup();
    QWidget* popup = combo->view()->window();
    QApplication::processEvents();
    const QPoint at = panel.mapFromGlobal(popup->pos());
    popup->hide();
    popup->setParent(&panel, Qt::Widget);
    popup->setAttribute(Qt::WA_TranslucentBackground);
    popup->move(at);
    popup->show();
}

std::unique_ptr<QWidget> comparison() {
    auto window = std::make_unique<QWidget>();
    auto* column = new QVBoxLayout(window.get());
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* tabs = new QTabBar;
    setTabHeight(tabs, 36);
    for (const char* name : {"Comparison", "Levels", "Values"}) tabs->addTab(QString::fromLatin1(name));
    column->addWidget(tabs);
    auto* model = new QStandardItemModel(0, 8, window.get());
    const QStringList header{QStringLiteral("Scheme"),       QStringLiteral("Bits/value"), QStringLiteral("Levels"),
                             QStringLiteral("MSE, ×10⁻⁴"),   QStringLiteral("SQNR, dB"),   QStringLiteral("Max error"),
                             QStringLiteral("Entropy, bit"), QStringLiteral("Fit, ms")};
    model->setHorizontalHeaderLabels(header);
    model->horizontalHeaderItem(0)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    struct Line {
        const char *look, *name, *suffix, *values[7];
        int best;
        double bar;
    };
    const Line lines[] = {
        {"normal-float", "NF4", "block 64", {"4.250", "16", "1.437", "20.79", "0.0772", "3.898", "< 0.1"}, 4, 1},
        {"float", "FP4 E2M1", "block 32", {"4.500", "15", "1.738", "19.97", "0.0826", "3.872", "< 0.1"}, -1, 0.96},
        {"kmeans", "k-means", "", {"4.031", "16", "1.866", "19.66", "0.3561", "3.710", "20.5"}, -1, 0.945},
        {"mu-law", "µ-law", "", {"4.002", "16", "3.190", "17.33", "0.1391", "3.509", "< 0.1"}, 1, 0.83},
        {"rank", "Rank", "", {"4.031", "16", "5.033", "15.35", "0.5320", "4.000", "1.1"}, -1, 0.74},
        {"equal-width", "Equal-width", "", {"4.004", "16", "6.210", "14.44", "0.0431", "2.667", "< 0.1"}, 5, 0.69},
        {"affine:asymmetric",
         "Affine asymmetric",
         "",
         {"4.002", "16", "7.063", "13.88", "0.0460", "2.583", "< 0.1"},
         1,
         0.67},
        {"affine",
         "Affine symmetric",
         "simulated",
         {"4.002", "15", "11.146", "11.90", "0.0576", "2.276", "–"},
         6,
         0.57},
    };
    for (const Line& line : lines) {
        QList<QStandardItem*> row;
        auto* name = new QStandardItem(QString::fromUtf8(line.name));
        name->setData(true, NameRole);
        name->setData(QString::fromUtf8(line.suffix), SuffixRole);
        row << name;
        for (int i = 0; i < 7; ++i) {
            auto* item = new QStandardItem(QString::fromUtf8(line.values[i]));
            item->setData(i + 1 == line.best || (line.best == 4 && i == 2), BestRole);
            if (i == 3) item->setData(line.bar, BarRole);
            row << item;
        }
        for (QStandardItem* item : row) item->setData(QString::fromLatin1(line.look), LookRole);
        model->appendRow(row);
    }
    auto* table = new QTableView;
    table->setModel(model);
    setupCompareTable(table);
    table->horizontalHeader()->setSortIndicatorShown(true);
    table->horizontalHeader()->setSortIndicator(4, Qt::DescendingOrder);
    const int widths[] = {185, 78, 58, 84, 158, 76, 80, 70};
    for (int i = 0; i < 8; ++i) table->setColumnWidth(i, widths[i]);
    table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    table->selectRow(2);
    column->addWidget(table);
    return window;
}

std::unique_ptr<QWidget> dataPanel() {
    auto window = std::make_unique<QWidget>();
    auto* column = new QVBoxLayout(window.get());
    column->setContentsMargins(0, 14, 0, 0);
    column->setSpacing(12);
    auto* search = new SearchField(QStringLiteral("Filter tensors"));
    auto* searchRow = new QHBoxLayout;
    searchRow->setContentsMargins(16, 0, 16, 0);
    searchRow->addWidget(search);
    column->addLayout(searchRow);
    auto* model = new QStandardItemModel(window.get());
    const auto file = [model](const char* name, const char* size, const char* symbol) {
        auto* item = new QStandardItem(QString::fromLatin1(name));
        item->setData(QString::fromLatin1(size), DetailRole);
        item->setData(QString::fromLatin1(symbol), IconNameRole);
        model->appendRow(item);
        return item;
    };
    const auto tensor = [](QStandardItem* parent, const char* name, const char* detail, double width) {
        auto* item = new QStandardItem(QString::fromLatin1(name));
        item->setData(QString::fromUtf8(detail), DetailRole);
        QList<float> bars;
        for (int i = 0; i < 48; ++i) {
            const double x = (i - 26) / width;
            bars << static_cast<float>(std::exp(-x * x) * (1 + 0.25 * std::sin(i * 12.9898)));
        }
        item->setData(QVariant::fromValue(bars), SparkRole);
        parent->appendRow(item);
        return item;
    };
    auto* weights = file("digits-mlp.safetensors", "199 KiB", "file");
    auto* chosen = tensor(weights, "fc1.weight", "256 × 64 · F32", 8);
    tensor(weights, "fc1.bias", "256 · F32", 18);
    tensor(weights, "fc2.weight", "128 × 256 · F32", 6);
    tensor(weights, "a.very.long.name.of.a.tensor.weight", "128 · F32", 10);
    auto* ecg = file("ecg.csv", "233 KiB", "signal");
    tensor(ecg, "millivolts", "36,000 · F64", 4);
    tensor(file("ascent.png", "167 KiB", "image"), "grey", "512 × 512 · U8", 20);
    auto* tree = new QTreeView;
    tree->setModel(model);
    setupDataTree(tree);
    tree->expand(weights->index());
    tree->expand(ecg->index());
    tree->setCurrentIndex(chosen->index());
    column->addWidget(tree, 1);
    auto* summary = new PropertyList(PropertyList::Density::Tight);
    summary->setProperties({{QStringLiteral("Values"), QStringLiteral("16,384")},
                            {QStringLiteral("Minimum"), QStringLiteral("−0.8065")},
                            {QStringLiteral("Std. deviation"), QStringLiteral("0.1313")}});
    column->addWidget(rule());
    auto* foot = new QVBoxLayout;
    foot->setContentsMargins(16, 0, 16, 12);
    foot->addWidget(new TextLabel(TextStyle::Heading, QStringLiteral("Summary")));
    foot->addWidget(summary);
    column->addLayout(foot);
    return window;
}

std::unique_ptr<QWidget> small() {
    auto window = std::make_unique<QWidget>();
    auto* column = new QVBoxLayout(window.get());
    column->setContentsMargins(0, 0, 0, 0);
    auto* message = new MessageBar(window.get());
    message->post({MessageLevel::Error,
                   QStringLiteral("weights.npz: the member “fc1.weight.npy” ends 212 bytes before its data does"),
                   QStringLiteral("Try again"), [] {}});
    column->addWidget(message);
    auto* warning = new MessageBar(window.get());
    warning->post({MessageLevel::Warning,
                   QStringLiteral("activations.npy has 12 values that are not a number. They are left out of fitting."),
                   QStringLiteral("Choose…"), [] {}});
    warning->post({MessageLevel::Info, QStringLiteral("Another")});
    warning->post({MessageLevel::Info, QStringLiteral("And another")});
    column->addWidget(warning);
    auto* info = new MessageBar(window.get());
    info->post({MessageLevel::Info, QStringLiteral("scores.csv changed on disk."), QStringLiteral("Reload"), [] {}});
    column->addWidget(info);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(16, 8, 16, 8);
    row->addWidget(new SegmentedSwitch({QStringLiteral("Explore"), QStringLiteral("Model lab")}));
    row->addWidget(new SegmentedSwitch({QStringLiteral("Linear"), QStringLiteral("Log")}, SegmentedSwitch::Size::Plot));
    auto* wide = new BitsSlider;
    wide->setBitRange(1, 16);
    wide->setColor(schemeLook(u"rank").color);
    wide->setLevels(100);
    row->addWidget(wide);
    auto* off = new BitsSlider;
    off->setEnabled(false);
    row->addWidget(off);
    column->addLayout(row);
    auto* plot = new QWidget;
    plot->setMinimumHeight(190);
    column->addWidget(plot, 1);
    for (const double progress : {-2.0, 0.4, -1.0}) {
        auto* status = new StatusLine;
        status->setText(progress == 0.4 ? QStringLiteral("Sweep: 9 schemes at 1–8 bits")
                                        : QStringLiteral("k-means fitted in 20 ms"));
        if (progress > -2) status->setProgress(progress);
        if (progress < 0)
            status->setExact(16384);
        else
            status->setSampled(262144, 10000000);
        column->addWidget(status);
    }
    auto* card = new Card(plot);
    card->setContent({schemeLook(u"kmeans"),
                      QStringLiteral("Code 11"),
                      QStringLiteral("1011"),
                      {{QStringLiteral("Interval"), QStringLiteral("[0.0939, 0.1328)")},
                       {QStringLiteral("Level"), QStringLiteral("0.1126")},
                       {QStringLiteral("Values"), QStringLiteral("1,399")},
                       {QStringLiteral("Share"), QStringLiteral("8.54 %")},
                       {QStringLiteral("RMS error"), QStringLiteral("0.0114")}}});
    card->dock({20, 12, 400, 170});
    return window;
}

std::unique_ptr<QWidget> start(bool recent) {
    auto page = std::make_unique<StartPage>();
    if (recent) page->offerGenerated();
    const QDate today = QDate::currentDate();
    const QString home = QDir::homePath();
    if (recent)
        page->setRecentFiles(
            {{home + QStringLiteral("/models/resnet18.safetensors"), 46871347, today, QStringLiteral("file")},
             {home + QStringLiteral("/runs/17/activations.npz"), 222298112, today, QStringLiteral("file")},
             {home + QStringLiteral("/data/sensor-april.csv"), 8493465, today.addDays(-1), QStringLiteral("signal")},
             {home + QStringLiteral("/pictures/portrait.png"), 3355443, today.addDays(-5), QStringLiteral("image")},
             {home + QStringLiteral("/search/embeddings.npy"), 100663296, today.addDays(-400),
              QStringLiteral("file")}});
    return page;
}

// The same panel with the keyboard's focus on the first widget of a class.
template<class T>
void focusFirst(QWidget& panel) {
    panel.activateWindow();
    panel.setAttribute(Qt::WA_KeyboardFocusChange);
    panel.findChild<T*>()->setFocus(Qt::TabFocusReason);
}

std::unique_ptr<QWidget> form() {
    auto panel = std::make_unique<QWidget>();
    auto* column = new QVBoxLayout(panel.get());
    auto* made = new ParameterForm;
    static const std::vector<Parameter> parameters{
        {"start",
         "Start",
         ParameterKind::Choice,
         std::string("k-means++"),
         "Where the iteration begins",
         {},
         0,
         0,
         {{"k-means++", "k-means++"}, {"uniform", "Uniform"}}},
        {"seed", "Seed", ParameterKind::Integer, std::int64_t(42), "The same seed gives the same levels", {}, 0, 1e9},
        {"mu", "µ", ParameterKind::Real, 255.0, "The strength of the companding", {}, 1, 1e6},
        {"share", "Percentile", ParameterKind::Real, 99.9, "How much of the data the range holds", "%", 50, 100},
        {"edges", "Edges", ParameterKind::RealList, std::vector<double>{0, 25, 50, 75, 100}, "The boundaries"},
    };
    made->setParameters(parameters);
    made->setUnavailable("share", QStringLiteral("From the data"));
    column->addWidget(made);
    column->addStretch();
    return panel;
}

class Marks : public QWidget {
protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        const char* ids[] = {"kmeans", "lloyd-max",         "rank",         "equal-width", "fixed", "levels",
                             "affine", "affine:asymmetric", "normal-float", "float",       "log2",  "apot",
                             "mu-law", "one-of-later",      "another"};
        int y = 16;
        for (const char* id : ids) {
            const SchemeLook look = schemeLook(QString::fromLatin1(id));
            qreal x = 20;
            for (const qreal size : {7.0, 9.0, 10.0, 15.0, 28.0}) {
                drawMark(painter, look.shape, look.color, QPointF(x, y), size, colors().surface);
                x += 36;
            }
            painter.setPen(colors().text);
            painter.drawText(QPointF(x + 10, y + 4), QString::fromLatin1(id));
            y += 32;
        }
    }
};

} // namespace

std::vector<Scene> widgetScenes() {
    return {
        {QStringLiteral("start"), {1440, 824}, [] { return start(true); }},
        {QStringLiteral("start-small"), {1024, 604}, [] { return start(true); }},
        {QStringLiteral("start-first"), {1280, 720}, [] { return start(false); }},
        {QStringLiteral("scheme-panel"), {304, 825}, schemePanel},
        {QStringLiteral("focus-slider"), {304, 825}, schemePanel, focusFirst<BitsSlider>},
        {QStringLiteral("focus-button"), {304, 825}, schemePanel, focusFirst<QPushButton>},
        {QStringLiteral("focus-combo"), {304, 825}, schemePanel, focusFirst<MethodCombo>},
        {QStringLiteral("focus-table"), {872, 300}, comparison, focusFirst<QTableView>},
        {QStringLiteral("focus-tabs"), {872, 300}, comparison, focusFirst<QTabBar>},
        {QStringLiteral("focus-tree"), {264, 560}, dataPanel, focusFirst<QTreeView>},
        {QStringLiteral("focus-card"), {1024, 604}, [] { return start(true); }, focusFirst<SampleCard>},
        {QStringLiteral("form"), {304, 260}, form},
        {QStringLiteral("method-popup"), {304, 520}, methodPopup, openPopup},
        {QStringLiteral("comparison"), {872, 300}, comparison},
        {QStringLiteral("data-panel"), {264, 560}, dataPanel},
        {QStringLiteral("small"), {760, 640}, small},
        {QStringLiteral("marks"), {360, 500}, [] { return std::make_unique<Marks>(); }},
    };
}

} // namespace quantoscope::ui
