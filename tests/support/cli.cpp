#include "tests/support/cli.h"

#include <QtTest>

namespace quantoscope::test {

Finished cli(const QStringList& arguments, const QString& directory) {
    return runProgram(cliProgram(), arguments, directory);
}

Json jsonOf(const Finished& finished) {
    Json json = Json::parse(finished.output.toStdString(), nullptr, false);
    if (!json.is_discarded()) return json;
    QTest::qFail((finished.problem.toUtf8() + "not JSON: " + finished.output + finished.errors).constData(), __FILE__,
                 __LINE__);
    return nullptr;
}

std::vector<std::string> keysOf(const Json& object) {
    std::vector<std::string> keys;
    for (const auto& [key, value] : object.items()) keys.push_back(key);
    return keys;
}

QStringList messagesOf(const Finished& finished) {
    QStringList lines = QString::fromUtf8(finished.errors).split('\n', Qt::SkipEmptyParts);
    for (const QString& line : lines)
        if (!line.startsWith("quantoscope-cli: "))
            QTest::qFail(("not a message: " + line.toUtf8()).constData(), __FILE__, __LINE__);
    return lines;
}

const std::vector<std::string>& runKeys() {
    static const std::vector<std::string> keys = {"scheme",
                                                  "bits",
                                                  "requestedLevels",
                                                  "levels",
                                                  "grouping",
                                                  "mse",
                                                  "rmse",
                                                  "mae",
                                                  "maxError",
                                                  "sqnrDb",
                                                  "psnrDb",
                                                  "cosine",
                                                  "codeEntropy",
                                                  "bitsPerValue",
                                                  "entropyCodedBitsPerValue",
                                                  "compressionRatio",
                                                  "boundDistanceDb",
                                                  "fitSeconds",
                                                  "encodeGBps",
                                                  "decodeGBps",
                                                  "matvecUs",
                                                  "matvecFloatUs",
                                                  "exact",
                                                  "weightedMse",
                                                  "certificate",
                                                  "coarsening"};
    return keys;
}

QByteArray npyOf(const std::vector<float>& values, const QByteArray& shape) {
    QByteArray header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape + "), }";
    header = header.leftJustified((header.size() + 11 + 63) / 64 * 64 - 11, ' ') + "\n";
    return QByteArray("\x93NUMPY\x01\x00", 8) + raw(static_cast<std::uint16_t>(header.size())) + header +
           QByteArray(reinterpret_cast<const char*>(values.data()), static_cast<qsizetype>(4 * values.size()));
}

} // namespace quantoscope::test
