// Splits: whole, fair to each class, repeatable, and normalised by what is learnt from alone.
#include "core/nn/dataset.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>

using namespace quantoscope;

namespace {

/// As many samples of each class as said, in turns of classes; feature j of sample i is 100·j + i.
Dataset classified(const std::vector<std::size_t>& samples, std::size_t features = 2) {
    Dataset data;
    data.name = "made here";
    data.sampleShape = {static_cast<std::int64_t>(features)};
    for (std::size_t label = 0; label < samples.size(); ++label) {
        data.classes.push_back("class " + std::to_string(label));
        data.labels.insert(data.labels.end(), samples[label], static_cast<std::int32_t>(label));
    }
    for (std::size_t i = 0; i < data.labels.size(); ++i)
        for (std::size_t j = 0; j < features; ++j) data.inputs.push_back(static_cast<float>(100 * j + i));
    return data;
}

Dataset valued(std::size_t count, std::size_t outputs) {
    Dataset data;
    data.name = "made here";
    data.sampleShape = {1};
    for (std::size_t i = 0; i < count; ++i) {
        data.inputs.push_back(static_cast<float>(i));
        for (std::size_t j = 0; j < outputs; ++j) data.targets.push_back(static_cast<float>((j + 1) * i * i));
    }
    return data;
}

double mean(const std::vector<float>& values, std::size_t first = 0, std::size_t stride = 1) {
    double sum = 0, count = 0;
    for (std::size_t i = first; i < values.size(); i += stride) sum += values[i], ++count;
    return sum / count;
}

double deviation(const std::vector<float>& values, std::size_t first = 0, std::size_t stride = 1) {
    const double middle = mean(values, first, stride);
    double squares = 0, count = 0;
    for (std::size_t i = first; i < values.size(); i += stride) squares += std::pow(values[i] - middle, 2), ++count;
    return std::sqrt(squares / count);
}

} // namespace

class TestDataset : public QObject {
    Q_OBJECT

private slots:
    void knowsItsMeasures() {
        const Dataset data = classified({3, 4}, 5);
        QCOMPARE(data.featureCount(), std::size_t{5});
        QCOMPARE(data.count(), std::size_t{7});
        QCOMPARE(data.outputCount(), std::size_t{2});
        QVERIFY(data.isClassification() && !data.isPicture());
        QVERIFY(std::ranges::equal(data.sample(6), std::vector<float>{6, 106, 206, 306, 406}));

        Dataset pictures;
        pictures.sampleShape = {4, 3, 2};
        pictures.inputs.resize(48);
        pictures.targets.resize(6);
        QVERIFY(pictures.isPicture() && !pictures.isClassification());
        QCOMPARE(pictures.featureCount(), std::size_t{24});
        QCOMPARE(pictures.outputCount(), std::size_t{3});

        const Dataset none;
        QCOMPARE(none.featureCount() + none.count() + none.outputCount(), std::size_t{0});
    }

    void normalisationsHaveNames() {
        for (const Normalisation each : {Normalisation::None, Normalisation::Range, Normalisation::Standard})
            QCOMPARE(parseNormalisation(name(each)).value(), each);
        const Error error = parseNormalisation("minmax").error();
        QCOMPARE(error.code, ErrorCode::InvalidArgument);
        QCOMPARE(error.message(), std::string("normalisation: \"minmax\" is none of none, range, standard"));
    }

    void everySampleIsOnOneSide() {
        const Dataset data = classified({31, 17, 52});
        const SplitDataset split = quantoscope::split(data, {.seed = 3}).value();
        std::vector<std::size_t> all = split.trainIndices;
        all.insert(all.end(), split.testIndices.begin(), split.testIndices.end());
        std::sort(all.begin(), all.end());
        std::vector<std::size_t> expected(100);
        std::iota(expected.begin(), expected.end(), std::size_t{0});
        QCOMPARE(all, expected);
        QCOMPARE(split.train.count(), split.trainIndices.size());
        QCOMPARE(split.test.count(), split.testIndices.size());
    }

    void samplesKeepTheirInputsAndLabels() {
        const Dataset data = classified({31, 17, 52}, 3);
        const SplitDataset split = quantoscope::split(data, {.seed = 3, .normalisation = Normalisation::None}).value();
        const auto check = [&](const Dataset& part, const std::vector<std::size_t>& indices) {
            for (std::size_t i = 0; i < indices.size(); ++i) {
                QVERIFY(std::ranges::equal(part.sample(i), data.sample(indices[i])));
                QCOMPARE(part.labels[i], data.labels[indices[i]]);
            }
        };
        check(split.train, split.trainIndices);
        check(split.test, split.testIndices);
        QCOMPARE(split.train.classes, data.classes);
        QCOMPARE(split.offset, std::vector<float>(3, 0.0f));
        QCOMPARE(split.scale, std::vector<float>(3, 1.0f));
        QVERIFY(split.targetOffset.empty() && split.targetScale.empty());
    }

    void eachClassGivesItsShareRounded_data() {
        QTest::addColumn<double>("share");
        QTest::addColumn<std::vector<std::size_t>>("samples");
        QTest::addColumn<std::vector<std::size_t>>("tested");
        using Counts = std::vector<std::size_t>;
        QTest::newRow("a quarter of round numbers") << 0.25 << Counts{40, 80} << Counts{10, 20};
        QTest::newRow("halves go up") << 0.25 << Counts{42, 41, 43, 2} << Counts{11, 10, 11, 1};
        QTest::newRow("a single sample stays to learn from") << 0.25 << Counts{1, 20} << Counts{0, 5};
        QTest::newRow("more tested than learnt from") << 0.9 << Counts{10, 30} << Counts{9, 27};
        QTest::newRow("a class without samples") << 0.5 << Counts{4, 0, 6} << Counts{2, 0, 3};
    }
    void eachClassGivesItsShareRounded() {
        QFETCH(double, share);
        QFETCH(std::vector<std::size_t>, samples);
        const SplitDataset split = quantoscope::split(classified(samples), {.testShare = share}).value();
        std::vector<std::size_t> tested(samples.size());
        for (const std::int32_t label : split.test.labels) ++tested[static_cast<std::size_t>(label)];
        QTEST(tested, "tested");
    }

    void theSeedDecidesAndNothingElse() {
        const Dataset data = classified({50, 50});
        const SplitDataset one = quantoscope::split(data, {.seed = 1}).value();
        const SplitDataset again = quantoscope::split(data, {.seed = 1, .normalisation = Normalisation::None}).value();
        QCOMPARE(one.trainIndices, again.trainIndices);
        QCOMPARE(one.testIndices, again.testIndices);
        std::set<std::vector<std::size_t>> different;
        for (std::uint64_t seed = 1; seed <= 20; ++seed)
            different.insert(quantoscope::split(data, {.seed = seed}).value().testIndices);
        QCOMPARE(different.size(), std::size_t{20});
        QVERIFY(!std::is_sorted(one.trainIndices.begin(), one.trainIndices.end())); // shuffled, not only chosen
    }

    void everySampleIsTestedAboutAsOftenAsAnyOther() {
        // Of 400 splits each sample is tested by chance in 100; five standard deviations are 43.
        const Dataset data = classified({20, 20});
        std::vector<int> tested(40);
        for (std::uint64_t seed = 0; seed < 400; ++seed) {
            const SplitDataset split = quantoscope::split(data, {.seed = seed}).value();
            for (const std::size_t index : split.testIndices) ++tested[index];
        }
        const auto [least, most] = std::minmax_element(tested.begin(), tested.end());
        QVERIFY2(*least > 57 && *most < 143, qPrintable(QString("%1 to %2").arg(*least).arg(*most)));
    }

    void standardGivesTheTrainingPartMean0AndDeviation1() {
        const SplitDataset split = quantoscope::split(classified({30, 50}, 3), {}).value();
        for (std::size_t feature = 0; feature < 3; ++feature) {
            QVERIFY(std::abs(mean(split.train.inputs, feature, 3)) < 1e-6);
            QVERIFY(std::abs(deviation(split.train.inputs, feature, 3) - 1) < 1e-6);
        }
    }

    void nothingOfTheTestPartLeaks() {
        Dataset data = classified({30, 50}, 3);
        for (const Normalisation each : {Normalisation::Range, Normalisation::Standard}) {
            const SplitDataset before = quantoscope::split(data, {.normalisation = each}).value();
            Dataset changed = data;
            for (const std::size_t index : before.testIndices) changed.inputs[3 * index + 1] = 1e6f;
            const SplitDataset after = quantoscope::split(changed, {.normalisation = each}).value();
            QCOMPARE(after.offset, before.offset);
            QCOMPARE(after.scale, before.scale);
            QCOMPARE(after.train.inputs, before.train.inputs);
            QVERIFY(after.test.inputs != before.test.inputs);
        }
        // The statistics are those of the training part as it came.
        const SplitDataset plain = quantoscope::split(data, {.normalisation = Normalisation::None}).value();
        const SplitDataset standard = quantoscope::split(data, {}).value();
        for (std::size_t feature = 0; feature < 3; ++feature) {
            QCOMPARE(standard.offset[feature], static_cast<float>(mean(plain.train.inputs, feature, 3)));
            QCOMPARE(standard.scale[feature], static_cast<float>(1 / deviation(plain.train.inputs, feature, 3)));
        }
    }

    void bothPartsAreNormalisedByTheSameFormula() {
        const Dataset data = classified({30, 50}, 2);
        const SplitDataset split = quantoscope::split(data, {.normalisation = Normalisation::Range}).value();
        QCOMPARE(split.offset[0], split.offset[1]); // all features together
        QCOMPARE(split.scale[0], split.scale[1]);
        const auto [lowest, highest] = std::minmax_element(split.train.inputs.begin(), split.train.inputs.end());
        QCOMPARE(*lowest, 0.0f);
        QVERIFY(std::abs(*highest - 1) < 1e-6f);
        for (std::size_t i = 0; i < split.test.count(); ++i) {
            const float raw = data.sample(split.testIndices[i])[1];
            QVERIFY(std::abs(split.test.sample(i)[1] - (raw - split.offset[1]) * split.scale[1]) < 1e-6f);
        }
    }

    void constantFeaturesKeepTheirScale() {
        Dataset data = classified({10, 10}, 2);
        for (std::size_t i = 0; i < data.count(); ++i) data.inputs[2 * i] = 0.1f; // no sum of it is exact
        const SplitDataset split = quantoscope::split(data, {}).value();
        QCOMPARE(split.offset[0], 0.1f);
        QCOMPARE(split.scale[0], 1.0f);
        QCOMPARE(split.train.sample(0)[0], 0.0f);

        std::fill(data.inputs.begin(), data.inputs.end(), 7.0f);
        const SplitDataset range = quantoscope::split(data, {.normalisation = Normalisation::Range}).value();
        QCOMPARE(range.scale, std::vector<float>(2, 1.0f));
        QCOMPARE(range.test.inputs, std::vector<float>(range.test.inputs.size(), 0.0f));
    }

    void theLargestAndSmallestSpreadsStayFinite() {
        Dataset data = classified({10, 10}, 1);
        for (const float spread : {std::numeric_limits<float>::max(), std::numeric_limits<float>::denorm_min()}) {
            for (std::size_t i = 0; i < data.count(); ++i) data.inputs[i] = i % 2 == 0 ? -spread : spread;
            for (const Normalisation each : {Normalisation::Range, Normalisation::Standard}) {
                const SplitDataset split = quantoscope::split(data, {.normalisation = each}).value();
                QVERIFY(std::ranges::all_of(split.train.inputs, [](float x) { return std::isfinite(x); }));
                QVERIFY(split.scale[0] > 0 && std::isfinite(split.scale[0]));
            }
        }
    }

    void targetsAreNormalisedEach() {
        const Dataset data = valued(60, 2);
        const SplitDataset split = quantoscope::split(data, {}).value();
        QCOMPARE(split.test.count(), std::size_t{15});
        QCOMPARE(split.targetOffset.size(), std::size_t{2});
        for (std::size_t output = 0; output < 2; ++output) {
            QVERIFY(std::abs(mean(split.train.targets, output, 2)) < 1e-6);
            QVERIFY(std::abs(deviation(split.train.targets, output, 2) - 1) < 1e-6);
            for (std::size_t i = 0; i < split.test.count(); ++i) {
                const float raw = data.targets[2 * split.testIndices[i] + output];
                const float back = split.test.targets[2 * i + output] / split.targetScale[output];
                QVERIFY(std::abs(back + split.targetOffset[output] - raw) < 1e-2f);
            }
        }
    }

    void refusesWhatCannotBeSplit_data() {
        QTest::addColumn<Dataset>("data");
        QTest::addColumn<double>("share");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* name, const Dataset& data, double share, const char* reason) {
            QTest::newRow(name) << data << share << QString(reason);
        };
        row("no share for the test", classified({9, 9}), 0, "test share: 0 is not between 0 and 1");
        row("everything for the test", classified({9, 9}), 1, "test share: 1 is not");
        row("a share that is no number", classified({9, 9}), std::nan(""), "test share: nan is not");
        row("one class", classified({9}), 0.25, "made here: all samples are of one class");
        row("one class that has samples", classified({0, 9, 0}), 0.25, "all samples are of one class");
        row("no sample", Dataset{}, 0.25, "0 samples to learn from and 0 to judge by");
        row("too few to judge by", classified({3, 1}), 0.25, "3 samples to learn from and 1 to judge by");
        row("too few to learn from", classified({3, 2}), 0.75, "1 samples to learn from and 4 to judge by");
        row("too few numbers", valued(3, 1), 0.5, "1 samples to learn from and 2 to judge by");
    }
    void refusesWhatCannotBeSplit() {
        QFETCH(Dataset, data);
        QFETCH(double, share);
        QFETCH(QString, reason);
        const auto split = quantoscope::split(data, {.testShare = share});
        QVERIFY(!split);
        QCOMPARE(split.error().code, ErrorCode::InvalidArgument);
        const QString message = QString::fromStdString(split.error().message());
        QVERIFY2(message.contains(reason), qPrintable(message));
    }
};

QTEST_APPLESS_MAIN(TestDataset)
#include "tst_dataset.moc"
