// The floating card over a plot: a title with its mark, and rows. It lets the mouse through and docks in an upper
// corner.
#pragma once

#include "ui/theme/scheme_look.h"
#include "ui/widgets/property_list.h"

#include <QWidget>

#include <optional>

namespace quantoscope::ui {

struct CardContent {
    std::optional<SchemeLook> look; // the mark before the title
    QString title;
    QString note; // small, at the right of the title
    std::vector<Property> rows;
};

class Card : public QWidget {
    Q_OBJECT

public:
    /// A hidden child of the plot it floats over.
    explicit Card(QWidget* parent);

    void setContent(const CardContent& content);

    /// Shows the card in the upper right corner of `area` (in the parent's coordinates), or in the upper left when it
    /// would cover `avoid` there. It never follows the pointer.
    void dock(const QRect& area, const QRect& avoid = {});
    bool isDockedLeft() const { return m_left; }

    /// With the margin that its shadow takes.
    QSize sizeHint() const override;
    /// Without it.
    QRect panelRect() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    CardContent m_content;
    bool m_left = false;
};

} // namespace quantoscope::ui
