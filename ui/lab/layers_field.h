// The hidden layers of a network as text, "256, 128" or "conv8, bn, pool2, 64". What cannot be read is marked and says
// why under the field; the last good layers stay.
#pragma once

#include <QWidget>

#include <functional>
#include <string>

class QLineEdit;

namespace quantoscope::ui {

class TextLabel;

class LayersField : public QWidget {
    Q_OBJECT

public:
    /// What a text says: the whole network in words, or the reason why it is none.
    struct Reading {
        bool good = false;
        QString text;
    };
    std::function<Reading(const std::string& hidden)> read;

    explicit LayersField(QWidget* parent = nullptr);

    /// Emits nothing.
    void setLayers(const std::string& hidden);
    /// Empty where the text can be read.
    QString error() const { return m_error; }
    QLineEdit* line() const { return m_line; }

signals:
    /// Layers that can be read, when the user has ended typing.
    void layersChosen(const std::string& hidden);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitHeight();
    bool check(const std::string& hidden);

    QLineEdit* m_line;
    TextLabel* m_note;
    QString m_error;
};

} // namespace quantoscope::ui
