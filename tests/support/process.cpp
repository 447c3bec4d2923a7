#include "tests/support/process.h"

namespace quantoscope::test {

namespace {

QString environmentOr(const char* name, const char* otherwise) {
    const QString value = qEnvironmentVariable(name);
    return value.isEmpty() ? QString::fromLatin1(otherwise) : value;
}

} // namespace

Finished runProgram(const QString& program, const QStringList& arguments, const QString& directory) {
    QProcess process;
    if (!directory.isEmpty()) process.setWorkingDirectory(directory);
    process.start(program, arguments);
    Finished result;
    if (!process.waitForStarted()) {
        result.problem = program + ": " + process.errorString();
        return result;
    }
    process.closeWriteChannel();
    const bool ended = process.waitForFinished(600000);
    if (!ended) {
        process.kill();
        process.waitForFinished();
    }
    result.output = process.readAllStandardOutput();
    result.errors = process.readAllStandardError();
    if (ended && process.exitStatus() == QProcess::NormalExit)
        result.exitCode = process.exitCode();
    else
        result.problem = program + (ended ? " crashed" : " did not end");
    return result;
}

QString cliProgram() { return environmentOr("QUANTOSCOPE_CLI", "quantoscope-cli"); }

QString cCompiler() { return environmentOr("CC", "cc"); }

QString cxxCompiler() { return environmentOr("CXX", "c++"); }

} // namespace quantoscope::test
