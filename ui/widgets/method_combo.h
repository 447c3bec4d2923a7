// The choice of a scheme: a combo box whose list groups the schemes by family, each with its mark and a hint.
#pragma once

#include <QComboBox>

#include <vector>

namespace quantoscope::ui {

struct MethodItem {
    QString id;      // as schemeLook knows it
    QString label;   // "k-means"
    QString hint;    // "global optimum"
    QString family;  // "Dynamic"; a caption stands wherever it changes
    QString caption; // "the data decides the intervals", beside the family
    bool enabled = true;
    QString reason = {}; // why it cannot be chosen
    friend bool operator==(const MethodItem&, const MethodItem&) = default;
};

class MethodCombo : public QComboBox {
    Q_OBJECT

public:
    explicit MethodCombo(QWidget* parent = nullptr);

    /// Replaces the list and keeps the current id where it is still there.
    void setMethods(const std::vector<MethodItem>& methods);
    QString currentId() const;
    /// Emits nothing; false when there is no such id.
    bool setCurrentId(const QString& id);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    void showPopup() override;

signals:
    /// The user chose a scheme, by mouse or key.
    void methodChosen(const QString& id);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<MethodItem> m_methods;
};

} // namespace quantoscope::ui
