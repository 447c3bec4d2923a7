// What is painted by whom. The painting itself and the measures are in style_*.cpp.
#include "ui/theme/style.h"

#include "ui/theme/icon.h"
#include "ui/theme/paint.h"
#include "ui/theme/popup_window.h"
#include "ui/theme/style_parts.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QSlider>
#include <QStyleOption>
#include <QTabBar>

namespace quantoscope::ui {

Style::Style() : QProxyStyle(QStringLiteral("fusion")) { setObjectName(QStringLiteral("quantoscope")); }

void Style::polish(QPalette&) {} // the theme has set it

void Style::polish(QWidget* widget) {
    QProxyStyle::polish(widget);
    if (qobject_cast<QMenu*>(widget) || isComboPopup(widget)) makePopup(widget);
    if (widget->inherits("QTipLabel") && windowsAreTranslucent()) widget->setAttribute(Qt::WA_TranslucentBackground);
    if (qobject_cast<QAbstractButton*>(widget) || qobject_cast<QComboBox*>(widget) ||
        qobject_cast<QAbstractSpinBox*>(widget) || qobject_cast<QLineEdit*>(widget) ||
        qobject_cast<QScrollBar*>(widget) || qobject_cast<QSlider*>(widget) || qobject_cast<QTabBar*>(widget) ||
        qobject_cast<QHeaderView*>(widget))
        widget->setAttribute(Qt::WA_Hover);
    if (auto* spin = qobject_cast<QAbstractSpinBox*>(widget)) spin->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    if (auto* bar = qobject_cast<QTabBar*>(widget)) {
        bar->setElideMode(Qt::ElideNone);
        bar->setExpanding(false);
    }
}

QIcon Style::standardIcon(StandardPixmap pixmap, const QStyleOption* option, const QWidget* widget) const {
    switch (pixmap) {
    case SP_MessageBoxInformation: return themedIcon(QStringLiteral("info"));
    case SP_MessageBoxWarning: return themedIcon(QStringLiteral("warning"), IconTone::Warning);
    case SP_MessageBoxCritical: return themedIcon(QStringLiteral("error"), IconTone::Error);
    case SP_MessageBoxQuestion: return themedIcon(QStringLiteral("help"));
    case SP_LineEditClearButton:
    case SP_TitleBarCloseButton: return themedIcon(QStringLiteral("close"));
    case SP_FileIcon: return themedIcon(QStringLiteral("file"));
    case SP_DirIcon:
    case SP_DirOpenIcon: return themedIcon(QStringLiteral("open"));
    default: return QProxyStyle::standardIcon(pixmap, option, widget);
    }
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                          const QWidget* widget) const {
    const Palette& c = colors();
    switch (element) {
    case PE_FrameFocusRect:
        if (option->state & State_KeyboardFocusChange) paintFocusRing(*painter, option->rect, 4);
        return;
    case PE_PanelButtonCommand: drawButtonPanel(*option, *painter, widget); return;
    case PE_FrameDefaultButton: return;
    case PE_PanelLineEdit:
        if (isOwnField(option, widget)) drawField(*option, option->rect, *painter);
        return;
    case PE_FrameLineEdit: return; // painted with the panel
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck: drawCheckBox(*option, *painter); return;
    case PE_IndicatorRadioButton: drawRadioButton(*option, *painter); return;
    case PE_PanelMenu:
    case PE_PanelTipLabel:
        paintPanel(*painter, option->rect, windowsAreTranslucent() ? kFieldRadius + 1 : 0, c.card, c.line2);
        return;
    case PE_FrameMenu: return;
    case PE_Frame:
        if (isComboPopup(widget)) {
            if (!windowsAreTranslucent()) return paintPanel(*painter, option->rect, 0, c.card, c.line2);
            const QRect panel = option->rect.adjusted(kPopupShadow, kPopupShadow, -kPopupShadow, -kPopupShadow);
            paintShadow(*painter, panel, kCardRadius, kPopupShadow, 2);
            paintPanel(*painter, panel, kCardRadius, c.card, c.line2);
            return;
        }
        if (const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option); frame && frame->lineWidth > 0)
            paintPanel(*painter, option->rect, kFieldRadius, {}, c.line2);
        return;
    case PE_FrameGroupBox:
    case PE_FrameTabWidget:
    case PE_FrameStatusBarItem:
    case PE_PanelMenuBar:
    case PE_PanelToolBar: return;
    case PE_PanelStatusBar:
        painter->fillRect(option->rect, c.win);
        painter->fillRect(QRect(option->rect.topLeft(), QSize(option->rect.width(), 1)), c.line);
        return;
    case PE_FrameTabBarBase:
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), c.line);
        return;
    case PE_IndicatorToolBarSeparator:
        painter->fillRect(QRect(option->rect.center().x(), option->rect.center().y() - 10, 1, 20), c.line);
        return;
    case PE_IndicatorHeaderArrow: return; // drawn with the label
    case PE_IndicatorBranch:
        if (option->state & State_Children)
            paintChevron(*painter, QRectF(option->rect).center(),
                         option->state & State_Open ? Chevron::Down : Chevron::Right, c.text2);
        return;
    case PE_IndicatorArrowDown: paintChevron(*painter, QRectF(option->rect).center(), Chevron::Down, c.text2); return;
    case PE_IndicatorArrowUp: paintChevron(*painter, QRectF(option->rect).center(), Chevron::Up, c.text2); return;
    case PE_IndicatorArrowLeft: paintChevron(*painter, QRectF(option->rect).center(), Chevron::Left, c.text2); return;
    case PE_IndicatorArrowRight: paintChevron(*painter, QRectF(option->rect).center(), Chevron::Right, c.text2); return;
    case PE_PanelItemViewRow: return;
    case PE_PanelItemViewItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionViewItem*>(option))
            drawItemPanel(*item, *painter, widget);
        return;
    default: QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void Style::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                        const QWidget* widget) const {
    const Palette& c = colors();
    switch (element) {
    case CE_PushButtonBevel:
    case CE_PushButton:
    case CE_PushButtonLabel:
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option)) {
            if (element != CE_PushButtonLabel) drawButtonPanel(*option, *painter, widget);
            if (element != CE_PushButtonBevel) drawButtonLabel(*button, *painter, widget);
            return;
        }
        break;
    case CE_ComboBoxLabel:
        if (const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option)) {
            drawComboLabel(*combo, *painter);
            return;
        }
        break;
    case CE_TabBarTab:
    case CE_TabBarTabShape:
    case CE_TabBarTabLabel:
        if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option)) {
            if (element != CE_TabBarTabLabel) drawTab(*tab, *painter, widget);
            return;
        }
        break;
    case CE_MenuItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option)) {
            drawMenuItem(*item, *painter, widget);
            return;
        }
        break;
    case CE_MenuBarItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option)) {
            drawMenuBarItem(*item, *painter, widget);
            return;
        }
        break;
    case CE_MenuBarEmptyArea:
    case CE_MenuEmptyArea:
    case CE_MenuHMargin:
    case CE_MenuVMargin:
    case CE_ToolBar: return;
    case CE_Header: // whole, so that the label's place is asked of this style and not of Fusion
        if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option)) {
            drawControl(CE_HeaderSection, option, painter, widget);
            QStyleOptionHeader label = *header;
            label.rect = subElementRect(SE_HeaderLabel, header, widget);
            drawHeaderLabel(label, *painter);
            return;
        }
        break;
    case CE_HeaderLabel:
        if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option))
            drawHeaderLabel(*header, *painter);
        return;
    case CE_HeaderSection:
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, c.surface);
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), c.line);
        return;
    case CE_ItemViewItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionViewItem*>(option)) {
            QStyleOptionViewItem copy = *item;
            copy.palette.setColor(QPalette::HighlightedText, c.text); // a chosen row is tinted, not inverted
            QProxyStyle::drawControl(element, &copy, painter, widget);
            return;
        }
        break;
    case CE_Splitter: painter->fillRect(option->rect, option->state & State_MouseOver ? c.text3 : c.line); return;
    case CE_ProgressBar:
    case CE_ProgressBarGroove:
    case CE_ProgressBarContents:
    case CE_ProgressBarLabel:
        if (const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(option)) {
            if (element == CE_ProgressBar || element == CE_ProgressBarContents) drawProgress(*bar, *painter);
            return;
        }
        break;
    case CE_RubberBand: {
        QColor fill = c.ink;
        fill.setAlphaF(0.08f);
        painter->fillRect(option->rect, fill);
        painter->setPen(c.text3);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        return;
    }
    default: break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                               const QWidget* widget) const {
    switch (control) {
    case CC_ComboBox:
        if (const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option)) {
            drawComboBox(*combo, *painter);
            return;
        }
        break;
    case CC_SpinBox:
        if (const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option)) {
            drawSpinBox(*spin, *painter, widget);
            return;
        }
        break;
    case CC_ToolButton:
        if (const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option)) {
            drawToolButton(*button, *painter, widget);
            return;
        }
        break;
    case CC_ScrollBar:
        if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option)) {
            drawScrollBar(*bar, *painter, widget);
            return;
        }
        break;
    case CC_Slider:
        if (const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option)) {
            drawSlider(*slider, *painter, widget);
            return;
        }
        break;
    default: break;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

} // namespace quantoscope::ui
