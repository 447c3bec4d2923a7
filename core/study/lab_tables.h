// The tables of the laboratory: for exports, the report and the window.
#pragma once

#include "core/study/lab.h"
#include "core/study/report.h"
#include "core/study/table.h"

namespace quantoscope {

/// method, weightBits, activationBits, accuracy, accuracyLow, accuracyHigh, difference, differenceLow, differenceHigh,
/// mcNemar, batch1Us, batchUs, bytes, energyUj, energySource, simulated, implementation, note: a row a method.
Table methodsTable(const LabResult& result);
/// layer, shape, bits, lost, sqnrDb
Table sensitivityTable(const LabResult& result);
/// method, variant, weightBits, activationBits, accuracy
Table bitsTable(const LabResult& result);
/// epoch, trainLoss, testLoss, trainAccuracy, testAccuracy
Table curveTable(const std::vector<EpochReport>& curve);

/// Settings, advice, tables and provenance; figures are added by whoever has plots.
Report labReport(const LabResult& result, const std::string& date);

} // namespace quantoscope
