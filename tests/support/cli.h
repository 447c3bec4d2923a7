// quantoscope-cli as scripts use it.
#pragma once

#include "tests/support/process.h"
#include "tests/support/scratch_folder.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace quantoscope::test {

using Json = nlohmann::ordered_json;

/// Runs it in the folder.
Finished cli(const QStringList& arguments, const QString& directory = {});

/// Standard output as JSON; null (and a failed test) where it is not one value.
Json jsonOf(const Finished& finished);

std::vector<std::string> keysOf(const Json& object);

/// The lines of standard error, each of which must begin with the program's name.
QStringList messagesOf(const Finished& finished);

/// The keys of a run, in the order of the manual.
const std::vector<std::string>& runKeys();

/// A .npy file of float32.
QByteArray npyOf(const std::vector<float>& values, const QByteArray& shape);

} // namespace quantoscope::test
