// Samples of the test part and what each method said to them: values, for the grid that shows them.
#pragma once

#include "core/study/lab.h"
#include "ui/plots/plot_widget.h"

#include <QImage>
#include <QString>

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace quantoscope::ui {

using DatasetPtr = std::shared_ptr<const Dataset>;

struct SampleAnswer {
    LabMethod method = LabMethod::Float;
    QString label;     // of the row: "Static (PTQ)"
    int predicted = 0; // a class
};

struct ComparedSample {
    std::size_t index = 0; // into the data
    int truth = 0;
    std::vector<SampleAnswer> answers;
};

/// The samples that not all rows give the same class, in their order, at most so many. Rows without predictions have no
/// say. For a worker thread where there are many.
std::vector<std::size_t> disagreeing(std::span<const LabRowPtr> rows, std::size_t most);

/// The samples of one cell of a row's confusion matrix, at most so many.
std::vector<std::size_t> samplesOfCell(const Dataset& data, const LabRow& row, int truth, int prediction,
                                       std::size_t most);

/// A card for each of the samples, with the answers of the rows that have predictions.
std::vector<ComparedSample> sampleCards(const Dataset& data, std::span<const LabRowPtr> rows,
                                        std::span<const std::size_t> samples);

/// The lowest and the highest input of all samples: what pictures are drawn black and white at.
ValueRange inputRange(const Dataset& data);

/// A sample of height × width × channels as a picture, a pixel a value: one channel in grey, three in colour, of others
/// the first in grey. Null where it is not a picture.
QImage sampleImage(const Dataset& data, std::size_t index, ValueRange range);

} // namespace quantoscope::ui
