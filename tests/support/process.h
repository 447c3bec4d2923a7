// Runs a program as a person would: arguments in, exit code, standard output and standard error out.
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QString>
#include <QStringList>

namespace quantoscope::test {

struct Finished {
    int exitCode = -1; // −1: it did not start, crashed or hung
    QByteArray output; // standard output
    QByteArray errors; // standard error
    QString problem;   // why the exit code is −1
};

/// Waits up to ten minutes.
Finished runProgram(const QString& program, const QStringList& arguments, const QString& directory = {});

/// quantoscope-cli of this build.
QString cliProgram();

/// A compiler from $CC or $CXX, else the usual name. Tests that need one fail where there is none.
QString cCompiler();
QString cxxCompiler();

} // namespace quantoscope::test
