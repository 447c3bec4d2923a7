// Networks come back from their files to the bit; foreign files are read where they can only mean one thing.
#include "core/formats/format_registry.h"
#include "core/formats/safetensors.h"
#include "core/study/network_file.h"
#include "tests/support/data.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/source_checks.h"

#include <QTest>

#include <numeric>

using namespace quantoscope;
using test::loadEntry;
using test::ScratchFolder;

namespace {

constexpr const char* kKey = "quantoscope.network";

/// Every parameter of its own value.
Network networkOf(const char* hidden, const Shape& input, Activation activation = Activation::Relu,
                  Loss loss = Loss::CrossEntropy) {
    Network network = initialise(parseNetwork(hidden, input, 10, activation, loss).value(), 7).value();
    float next = 0.1f;
    for (LayerParameters& layer : network.layers)
        for (auto* values : {&layer.bias, &layer.gamma, &layer.beta, &layer.mean, &layer.variance})
            for (float& value : *values) value = next += 0.37f;
    return network;
}

Tensor matrix(const char* name, std::int64_t outputs, std::int64_t inputs, DType dtype = DType::F32) {
    std::vector<float> values(static_cast<std::size_t>(outputs * inputs));
    std::iota(values.begin(), values.end(), 1.0f);
    return makeTensor(name, {outputs, inputs}, std::move(values), dtype);
}

Tensor vector(const char* name, std::int64_t count, DType dtype = DType::F32) {
    return makeTensor(name, {count}, std::vector<float>(static_cast<std::size_t>(count), 0.5f), dtype);
}

} // namespace

class TestNetworkFile : public QObject {
    Q_OBJECT

private slots:
    void whatIsWrittenReadsBackToTheBit_data() {
        QTest::addColumn<Network>("network");
        const auto row = [](const char* name, const Network& network) { QTest::newRow(name) << network; };
        row("a perceptron", networkOf("256, 128", {64}));
        row("no hidden layer", networkOf("", {13}));
        row("no activation", networkOf("5", {13}, Activation::None));
        row("a perceptron over pictures", networkOf("32", {8, 8, 1}, Activation::Gelu));
        row("batch norms", networkOf("32, bn, 16, bn", {20}, Activation::Tanh));
        row("a regression", networkOf("8", {3}, Activation::Sigmoid, Loss::SquaredError));
        row("a convolutional network of colours", networkOf("conv4, bn, pool2, conv6x5, avgpool2, 12", {8, 12, 3}));
    }
    void whatIsWrittenReadsBackToTheBit() {
        QFETCH(Network, network);
        const ScratchFolder folder;
        const auto path = folder.path("net.safetensors");
        const Status written = writeNetwork(path, network);
        QVERIFY2(written, written ? "" : written.error().message().c_str());
        const auto read = readNetwork(path, {.activation = Activation::Sigmoid}); // the file knows better
        QVERIFY2(read, read ? "" : read.error().message().c_str());
        QCOMPARE(describe(read->spec), describe(network.spec));
        QVERIFY(*read == network);
    }

    void tensorsAreNamedAndLaidOutAsInPyTorch() {
        const Network network = networkOf("conv4, bn, pool2, 5", {4, 4, 3});
        const ScratchFolder folder;
        const auto path = folder.path("net.safetensors");
        QVERIFY(writeNetwork(path, network));
        QCOMPARE(test::entriesOf(path),
                 "conv1.weight F32 4 × 3 × 3 × 3, conv1.bias F32 4, conv1.bn.weight F32 4, conv1.bn.bias F32 4, "
                 "conv1.bn.running_mean F32 4, conv1.bn.running_var F32 4, fc1.weight F32 5 × 16, fc1.bias F32 5, "
                 "fc2.weight F32 10 × 5, fc2.bias F32 10");
        const Tensor stored = loadEntry(path, "conv1.weight");
        for (std::size_t n = 0; n < 4; ++n)
            for (std::size_t channel = 0; channel < 3; ++channel)
                for (std::size_t pixel = 0; pixel < 9; ++pixel)
                    QCOMPARE(stored.values[(n * 3 + channel) * 9 + pixel],
                             network.layers[0].weight[(n * 9 + pixel) * 3 + channel]);
        const auto source = openFile(path);
        QVERIFY(source);
        QCOMPARE((*source)->metadata().at(kKey),
                 std::string(R"({"version":1,"input":[4,4,3],"hidden":"conv4, bn, pool2, 5","outputs":10,)"
                             R"("activation":"relu","loss":"cross-entropy"})"));
    }

    void theSampleOfWeightsIsAPerceptron() {
        const auto path = test::dataPath("../../resources/samples/digits-mlp.safetensors");
        const Network network = readNetwork(path).value();
        QCOMPARE(describe(network.spec), std::string("64 – 256 – 128 – 10"));
        QVERIFY(network.spec == parseNetwork("256, 128", {64}, 10).value());
        QCOMPARE(network.parameterCount(), std::size_t{50'826});
        QCOMPARE(network.layers[1].weight, loadEntry(path, "fc2.weight").values);
        QCOMPARE(network.layers[2].bias, loadEntry(path, "fc3.bias").values);
        const Network other = readNetwork(path, {Activation::Tanh, Loss::SquaredError}).value();
        QCOMPARE(other.spec.layers[0].activation, Activation::Tanh);
        QCOMPARE(other.spec.layers[2].activation, Activation::None);
        QCOMPARE(other.spec.loss, Loss::SquaredError);
    }

    void foreignChainsAreReadInTheirOrder_data() {
        QTest::addColumn<std::vector<Tensor>>("tensors");
        QTest::addColumn<QString>("described");
        QTest::addColumn<float>("lastBias");
        const auto row = [](const char* name, std::vector<Tensor> tensors, const char* described, float lastBias) {
            QTest::newRow(name) << std::move(tensors) << QString(described) << lastBias;
        };
        row("any names, without biases", {matrix("out", 4, 3), matrix("in", 2, 4)}, "3 – 4 – 2", 0);
        row("half precision", {matrix("a.weight", 4, 3, DType::F16), vector("a.bias", 4, DType::BF16)}, "3 – 4", 0.5f);
        row("biases before their weights",
            {vector("a.bias", 4), matrix("a.weight", 4, 3), vector("b.bias", 2), matrix("b.weight", 2, 4)}, "3 – 4 – 2",
            0.5f);
        row("in the order of the alphabet, numbers as numbers",
            {matrix("net.0.weight", 5, 3), matrix("net.10.weight", 2, 4), matrix("net.2.weight", 4, 5)},
            "3 – 5 – 4 – 2", 0);
        row("in an order of its own, whatever the names", {matrix("b2", 4, 3), matrix("b1", 2, 4), matrix("c", 7, 2)},
            "3 – 4 – 2 – 7", 0);
    }
    void foreignChainsAreReadInTheirOrder() {
        QFETCH(std::vector<Tensor>, tensors);
        QFETCH(float, lastBias);
        const ScratchFolder folder;
        QVERIFY(writeSafetensors(folder.path("net.safetensors"), tensors, {}));
        const auto network = readNetwork(folder.path("net.safetensors"));
        QVERIFY2(network, network ? "" : network.error().message().c_str());
        QTEST(QString::fromStdString(describe(network->spec)), "described");
        QCOMPARE(network->layers.back().weight[1], 2.0f);
        QCOMPARE(network->layers.back().bias,
                 std::vector<float>(static_cast<std::size_t>(network->spec.layers.back().outputs), lastBias));
    }

    void refusesFilesThatAreNoNetwork_data() {
        QTest::addColumn<std::vector<Tensor>>("tensors");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* name, std::vector<Tensor> tensors, ErrorCode code, const char* reason) {
            QTest::newRow(name) << std::move(tensors) << code << QString(reason);
        };
        row("no matrix", {vector("a", 3)}, ErrorCode::Unsupported, "holds no matrix");
        row("nothing", {}, ErrorCode::Unsupported, "holds no matrix");
        row("matrices that do not meet", {matrix("a", 4, 3), matrix("b", 2, 5)}, ErrorCode::Unsupported,
            "\"b\": takes in 5 numbers, and \"a\" before it gives 4");
        row("a bias of another length", {matrix("a.weight", 4, 3), vector("a.bias", 3)}, ErrorCode::Malformed,
            "\"a.bias\": has the shape 3 and the network needs 4");
        row("a bias of nothing", {matrix("a.weight", 4, 3), vector("scale", 4)}, ErrorCode::Unsupported,
            "\"scale\": F32 of 4 has no place in the network 3 – 4");
        row("a convolution", {makeTensor("conv", {1, 1, 3, 3}, std::vector<float>(9, 1.0f)), matrix("a", 4, 9)},
            ErrorCode::Unsupported, "\"conv\": F32 of 1 × 1 × 3 × 3 has no place");
        row("codes", {matrix("a", 4, 3, DType::I8)}, ErrorCode::Unsupported, "\"a\": is stored as I8");
        row("an empty matrix", {matrix("a", 0, 3)}, ErrorCode::InvalidArgument, "out of bounds");
        Tensor infinite = matrix("a", 2, 2);
        infinite.values[3] = std::numeric_limits<float>::infinity();
        row("an infinite weight", {infinite}, ErrorCode::NonFinite, "\"a\": value 3 is inf");
    }
    void refusesFilesThatAreNoNetwork() {
        QFETCH(std::vector<Tensor>, tensors);
        QFETCH(QString, reason);
        const ScratchFolder folder;
        QVERIFY(writeSafetensors(folder.path("net.safetensors"), tensors, {}));
        const auto network = readNetwork(folder.path("net.safetensors"));
        QVERIFY(!network);
        QTEST(network.error().code, "code");
        const QString message = QString::fromStdString(network.error().message());
        QVERIFY2(message.contains(reason) && message.contains("net.safetensors"), qPrintable(message));
    }

    void refusesDescriptionsThatMeanNoNetwork_data() {
        QTest::addColumn<QByteArray>("description");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* name, const QByteArray& description, ErrorCode code, const char* reason) {
            QTest::newRow(name) << description << code << QString(reason);
        };
        const auto with = [](const QByteArray& was, const QByteArray& is) {
            QByteArray text = R"({"version":1,"input":[3],"hidden":"4","outputs":2,"activation":"relu",)"
                              R"("loss":"cross-entropy"})";
            return text.replace(was, is);
        };
        const ErrorCode malformed = ErrorCode::Malformed;
        row("no text", "", malformed, "is no JSON object");
        row("half an object", R"({"version":1,)", malformed, "is no JSON object");
        row("an array", "[]", malformed, "is no JSON object");
        row("an empty object", "{}", malformed, "lacks one of version, input");
        row("a hidden layer as a number", with(R"("4")", "4"), malformed, "or has it of another kind");
        row("a version to come", with(":1,", ":2,"), ErrorCode::Unsupported, "written by a newer Quantoscope");
        row("a huge version", with(":1,", ":18446744073709551615,"), malformed, "version is no whole number");
        row("extents of text", with("[3]", R"(["3"])"), malformed, "an extent of the input is no whole number");
        row("no extents", with("[3]", "[]"), malformed, "neither a row nor a picture");
        row("negative extents", with("[3]", "[-3]"), malformed, "out of bounds");
        row("an input beyond all bounds", with("[3]", "[9000000000000000000]"), malformed, "no whole number");
        row("no outputs", with(R"("outputs":2)", R"("outputs":-1)"), malformed, "there are no outputs");
        row("an unknown activation", with("relu", "swish"), malformed, "\"swish\" is none of");
        row("an unknown loss", with("cross-entropy", "hinge"), malformed, "the loss is none of cross-entropy");
        row("an unknown layer", with(R"("4")", R"("lstm4")"), malformed, "\"lstm4\" is no layer");
        row("a network beyond all bounds", with(R"("4")", R"("1000000,1000000")"), malformed, "gibibyte");
        row("deep nesting", with("[3]", QByteArray(1000, '[') + QByteArray(1000, ']')), malformed, "nested");
        row("a text without end", with(R"("4")", '"' + QByteArray(70'000, '4') + '"'), malformed, "longer than");
        row("another width", with(R"("4")", R"("5")"), malformed,
            "\"fc1.weight\": has the shape 4 × 3 and the network needs 5 × 3");
        row("a layer more", with(R"("4")", R"("4,2")"), ErrorCode::NotFound,
            "\"fc3.weight\": the file does not hold it");
        row("a layer less", with(R"("4","outputs":2)", R"("","outputs":4)"), ErrorCode::Unsupported,
            "\"fc2.bias\": F32 of 2 has no place in the network 3 – 4");
    }
    void refusesDescriptionsThatMeanNoNetwork() {
        QFETCH(QByteArray, description);
        QFETCH(QString, reason);
        const ScratchFolder folder;
        const std::vector<Tensor> tensors{matrix("fc1.weight", 4, 3), vector("fc1.bias", 4), matrix("fc2.weight", 2, 4),
                                          vector("fc2.bias", 2)};
        QVERIFY(writeSafetensors(folder.path("net.safetensors"), tensors, {{kKey, description.toStdString()}}));
        const auto network = readNetwork(folder.path("net.safetensors"));
        QVERIFY(!network);
        QTEST(network.error().code, "code");
        const QString message = QString::fromStdString(network.error().message());
        QVERIFY2(message.contains(reason) && message.contains("net.safetensors"), qPrintable(message));
    }

    void aDescriptionMayFlattenThePicturesOfThePerceptron() {
        const ScratchFolder folder;
        const std::vector<Tensor> tensors{matrix("fc1.weight", 2, 12), vector("fc1.bias", 2)};
        const std::string text = R"({"version":1,"input":[2,2,3],"hidden":"","outputs":2,"activation":"none",)"
                                 R"("loss":"squared-error"})";
        QVERIFY(writeSafetensors(folder.path("net.safetensors"), tensors, {{kKey, text}}));
        const Network network = readNetwork(folder.path("net.safetensors")).value();
        QVERIFY(network.spec == parseNetwork("", {2, 2, 3}, 2, Activation::None, Loss::SquaredError).value());
        QCOMPARE(network.layers[1].weight, tensors[0].values);
    }

    void refusesToWriteWhatItCouldNotReadBack() {
        const ScratchFolder folder;
        const auto refused = [&](const Network& network) {
            const Status status = writeNetwork(folder.path("net.safetensors"), network);
            return !status && status.error().code == ErrorCode::InvalidArgument && folder.names().isEmpty();
        };
        Network mixed = networkOf("4, 4", {3});
        mixed.spec.layers[1].activation = Activation::Tanh;
        QVERIFY(refused(mixed));
        Network strided = networkOf("conv4", {8, 8, 1});
        strided.spec.layers[0].padding = 0;
        QVERIFY(refused(strided));
        Network bare = networkOf("4", {3});
        bare.layers[0].bias.clear();
        QVERIFY(refused(bare));
        bare.layers.clear();
        QVERIFY(refused(bare));
        QVERIFY(refused(Network{}));
    }

    void stopsWhenTold() {
        std::stop_source stop;
        stop.request_stop();
        const JobControl job{stop.get_token(), {}};
        const ScratchFolder folder;
        const Network network = networkOf("4", {3});
        QCOMPARE(writeNetwork(folder.path("a.safetensors"), network, job).error().code, ErrorCode::Cancelled);
        QVERIFY(folder.names().isEmpty());
        QVERIFY(writeNetwork(folder.path("a.safetensors"), network));
        QCOMPARE(readNetwork(folder.path("a.safetensors"), {}, job).error().code, ErrorCode::Cancelled);
    }

    void everyTruncationIsAnError() {
        const ScratchFolder folder;
        QVERIFY(writeNetwork(folder.path("net.safetensors"), networkOf("conv2, 3", {2, 2, 1})));
        const QByteArray whole = ScratchFolder::bytesOf(folder.path("net.safetensors"));
        for (qsizetype size = 0; size < whole.size(); ++size)
            QVERIFY(!readNetwork(folder.write("cut.safetensors", whole.left(size))));
    }
};

QTEST_APPLESS_MAIN(TestNetworkFile)
#include "tst_network_file.moc"
