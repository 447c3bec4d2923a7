// Ticks at 1, 2 or 5 times a power of ten, labelled with U+2212 and as many decimals as the step needs.
#pragma once

#include <QVector>
#include <qcustomplot.h>

namespace quantoscope::ui {

class PlotTicker : public QCPAxisTicker {
public:
    /// The pixels between ticks that are aimed at: ticks thin out where the plot is small.
    void setSpacing(double pixels) { m_spacing = pixels; }
    void setWholeNumbers(bool whole) { m_whole = whole; }
    void setAxisLength(double pixels) { m_length = pixels; }
    /// The step of the last ticks.
    double step() const { return m_step; }

protected:
    double getTickStep(const QCPRange& range) override;
    int getSubTickCount(double) override { return 0; }
    QString getTickLabel(double tick, const QLocale& locale, QChar formatChar, int precision) override;

private:
    double m_spacing = 56;
    double m_length = 400;
    double m_step = 1;
    bool m_whole = false;
};

/// Powers of ten: "1", "10", "1,000", from a million on "10⁶"; every second or third where they would touch.
class LogTicker : public QCPAxisTickerLog {
public:
    LogTicker();
    void setAxisLength(double pixels) { m_length = pixels; }

protected:
    QVector<double> createTickVector(double step, const QCPRange& range) override;
    QString getTickLabel(double tick, const QLocale& locale, QChar formatChar, int precision) override;

private:
    double m_length = 400;
};

} // namespace quantoscope::ui
