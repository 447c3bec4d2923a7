// Rows of a label and a value, painted: cheap enough to change on every frame of a drag.
#pragma once

#include <QWidget>

#include <vector>

namespace quantoscope::ui {

struct Property {
    QString label;
    QString value;
    QString help = {}; // tooltip of the row
    friend bool operator==(const Property&, const Property&) = default;
};

class PropertyList : public QWidget {
    Q_OBJECT

public:
    enum class Density {
        Ruled, // 26 px with rules: results
        Tight, // 19 px without: summaries
    };

    explicit PropertyList(Density density = Density::Ruled, QWidget* parent = nullptr);

    void setProperties(std::vector<Property> properties);
    const std::vector<Property>& properties() const { return m_properties; }
    /// No more than this many rows are shown, in a small window.
    void setLimit(int rows);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {120, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    int rowHeight() const { return m_density == Density::Ruled ? 26 : 19; }
    int shown() const;

    Density m_density;
    int m_limit = -1;
    std::vector<Property> m_properties;
};

} // namespace quantoscope::ui
