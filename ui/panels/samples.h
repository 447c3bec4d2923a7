// The samples built into the program: what each is, and how it becomes a file that the readers can open.
#pragma once

#include "core/base/result.h"

#include <QString>

#include <filesystem>
#include <span>

namespace quantoscope::ui {

struct Sample {
    const char* id;       // "digits-mlp"
    const char* file;     // "digits-mlp.safetensors", under ":/samples/"
    const char* title;    // in the source language; sampleTitle() translates
    const char* sentence; // the same
    int levels = 16;      // to begin with, where nothing was chosen yet
};

std::span<const Sample> samples();
/// The card that leads to generated values. It has no file and is not among samples().
const Sample& generatedSample();
const Sample* findSample(const QString& id);
QString sampleTitle(const Sample& sample);
QString sampleSentence(const Sample& sample);

/// Writes the sample beside the application's caches, unless it is there, and returns its path.
/// Errors: NotFound for an unknown id, WriteFailed.
Result<std::filesystem::path> extractSample(const QString& id);

} // namespace quantoscope::ui
