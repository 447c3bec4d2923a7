// How large things are and where their parts lie: metrics, hints, sizes and places.
#include "ui/theme/fonts.h"
#include "ui/theme/paint.h"
#include "ui/theme/popup_window.h"
#include "ui/theme/roles.h"
#include "ui/theme/style.h"
#include "ui/theme/style_parts.h"
#include "ui/theme/theme.h"

#include <QAbstractItemView>
#include <QFrame>
#include <QPushButton>
#include <QStyleOption>
#include <QTabBar>
#include <QToolButton>

namespace quantoscope::ui {

namespace {

constexpr int kFieldHeight = 32;
constexpr int kPrimaryHeight = 36;
constexpr int kFieldPadding = 10;

} // namespace

bool isOwnField(const QStyleOption* option, const QWidget* widget) {
    const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
    if (frame && frame->lineWidth <= 0) return false;
    return !widget ||
           !qobject_cast<QAbstractItemView*>(widget->parentWidget() ? widget->parentWidget()->parentWidget() : nullptr);
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const {
    switch (metric) {
    case PM_SplitterWidth:
    case PM_DockWidgetSeparatorExtent: return 1; // Qt widens the grab area of one-pixel handles
    case PM_ScrollBarExtent: return 10;
    case PM_ScrollBarSliderMin: return 32;
    case PM_DefaultFrameWidth:
        if (isComboPopup(widget)) return windowsAreTranslucent() ? 5 + kPopupShadow : 5;
        if (qobject_cast<const QAbstractItemView*>(widget)) return 0;
        return 1;
    case PM_ComboBoxFrameWidth:
    case PM_SpinBoxFrameWidth: return 1;
    case PM_MenuPanelWidth: return 0;
    case PM_MenuHMargin:
    case PM_MenuVMargin: return 5;
    case PM_MenuBarPanelWidth:
    case PM_MenuBarHMargin:
    case PM_MenuBarVMargin:
    case PM_MenuBarItemSpacing: return 0;
    case PM_ToolBarFrameWidth:
    case PM_ToolBarItemMargin: return 0;
    case PM_ToolBarItemSpacing: return 2;
    case PM_ToolBarSeparatorExtent: return 21;
    case PM_ToolBarIconSize:
    case PM_ButtonIconSize:
    case PM_SmallIconSize:
    case PM_ListViewIconSize:
    case PM_TabBarIconSize: return 18;
    case PM_MessageBoxIconSize: return 32;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight: return 16;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing: return 8;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabShiftVertical: return 0;
    case PM_TabBarTabHSpace: return 2 * tabInset(widget);
    case PM_TabBarTabVSpace:
    case PM_TabBarTabOverlap:
    case PM_TabBarBaseOverlap: return 0;
    case PM_TabBarBaseHeight: return 1;
    case PM_TabBarScrollButtonWidth: return 24;
    case PM_SliderThickness:
    case PM_SliderControlThickness:
    case PM_SliderLength: return 18;
    case PM_HeaderMargin: return 8;
    case PM_HeaderMarkSize: return 8;
    case PM_TreeViewIndentation: return 20;
    case PM_ToolTipLabelFrameWidth: return 7;
    case PM_FocusFrameHMargin: return 7; // with one more pixel, the space beside the text of a cell
    case PM_LayoutLeftMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutBottomMargin: return 16;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing: return 8;
    default: return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* data) const {
    switch (hint) {
    case SH_ComboBox_Popup: return 0;
    case SH_ComboBox_PopupFrameStyle: return QFrame::StyledPanel | QFrame::Plain;
    case SH_ComboBox_ListMouseTracking:
    case SH_Menu_MouseTracking:
    case SH_MenuBar_MouseTracking:
    case SH_Slider_AbsoluteSetButtons: return hint == SH_Slider_AbsoluteSetButtons ? int(Qt::LeftButton) : 1;
    case SH_Menu_SubMenuPopupDelay: return 120;
    case SH_ItemView_ShowDecorationSelected: return 1;
    case SH_ItemView_ActivateItemOnSingleClick: return 0;
    case SH_DialogButtonBox_ButtonsHaveIcons: return 0;
    case SH_EtchDisabledText:
    case SH_DitherDisabledText: return 0;
    case SH_UnderlineShortcut:
        // Only while Alt shows that they are wanted; Qt draws them always elsewhere.
        return 0;
    case SH_TabBar_Alignment: return Qt::AlignLeft;
    case SH_ToolTipLabel_Opacity: return 255;
    case SH_ToolTip_WakeUpDelay: return 500;
    case SH_Splitter_OpaqueResize: return 1;
    case SH_Table_GridLineColor: return static_cast<int>(colors().grid.rgba());
    case SH_ScrollBar_LeftClickAbsolutePosition: return 0;
    case SH_MessageBox_CenterButtons: return 0;
    default: return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                              const QWidget* widget) const {
    switch (type) {
    case CT_PushButton: {
        const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
        if (!button) break;
        const QFontMetrics metrics(typeface(type::control, weight::semiBold));
        int width = metrics.horizontalAdvance(button->text) + 2 * 16;
        if (!button->icon.isNull()) width += button->iconSize.width() + (button->text.isEmpty() ? 0 : 8);
        const int height = isPrimary(widget) ? kPrimaryHeight : kFieldHeight;
        return {qMax(width, button->text.isEmpty() ? height : 72), height};
    }
    case CT_ToolButton: {
        const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option);
        if (!button) break;
        const bool text = button->toolButtonStyle != Qt::ToolButtonIconOnly && !button->text.isEmpty();
        const bool glyph = button->toolButtonStyle != Qt::ToolButtonTextOnly && !button->icon.isNull();
        int width = 2 * 7;
        if (text) width += QFontMetrics(toolButtonFont(widget)).horizontalAdvance(button->text) + 4;
        if (glyph) width += button->iconSize.width() + (text ? 8 : 0);
        if (button->features & QStyleOptionToolButton::HasMenu) width += 14;
        return {width, qMax(kFieldHeight, glyph ? button->iconSize.height() + 14 : 0)};
    }
    case CT_LineEdit:
        if (!isOwnField(option, widget)) break;
        return {size.width() + 2 * kFieldPadding, kFieldHeight};
    case CT_ComboBox:
        return {size.width() + kFieldPadding + 36, kFieldHeight}; // what the label leaves out, and room to round
    case CT_SpinBox: return {size.width() + kFieldPadding + 26, kFieldHeight};
    case CT_TabBarTab: {
        const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option);
        if (!tab) break;
        // As wide as when it is chosen, so that choosing moves nothing.
        const int text = QFontMetrics(typeface(type::control, weight::semiBold)).horizontalAdvance(tab->text);
        return {text + insetBefore(*tab, widget) + tabInset(widget), tabHeight(widget)};
    }
    case CT_MenuItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option)) return menuItemSize(*item, size);
        break;
    case CT_MenuBarItem: return {size.width() + 22, kFieldHeight};
    case CT_MenuBar: return size;
    case CT_HeaderSection: {
        const QSize base = QProxyStyle::sizeFromContents(type, option, size, widget);
        return {base.width() + 4, 32};
    }
    case CT_ItemViewItem: {
        QSize base = QProxyStyle::sizeFromContents(type, option, size, widget);
        if (widget && widget->inherits("QComboBoxListView"))
            base.setHeight(qMax(base.height(), 30));
        else
            base.setHeight(qMax(base.height(), 24));
        return base;
    }
    case CT_ProgressBar: return {qMax(size.width(), 64), 4};
    case CT_CheckBox:
    case CT_RadioButton: {
        QSize base = QProxyStyle::sizeFromContents(type, option, size, widget);
        base.setHeight(qMax(base.height(), 24));
        return base;
    }
    default: break;
    }
    return QProxyStyle::sizeFromContents(type, option, size, widget);
}

QRect Style::subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const {
    switch (element) {
    case SE_LineEditContents:
        // QLineEdit adds two pixels of its own.
        if (isOwnField(option, widget)) return option->rect.adjusted(kFieldPadding - 2, 0, -(kFieldPadding - 2), 0);
        return option->rect;
    case SE_HeaderLabel: {
        const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option);
        const bool edges = header && hasRowRules(widget ? widget->parentWidget() : nullptr);
        const auto at = [header](QStyleOptionHeader::SectionPosition position) {
            return header->position == position || header->position == QStyleOptionHeader::OnlyOneSection;
        };
        return option->rect.adjusted(edges && at(QStyleOptionHeader::Beginning) ? 16 : 8, 0,
                                     edges && at(QStyleOptionHeader::End) ? -16 : -8, 0);
    }
    case SE_ProgressBarGroove:
    case SE_ProgressBarContents: return option->rect;
    default: return QProxyStyle::subElementRect(element, option, widget);
    }
}

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part,
                            const QWidget* widget) const {
    const QRect rect = option->rect;
    const auto mirrored = [option, &rect](const QRect& r) { return visualRect(option->direction, rect, r); };
    if (control == CC_ComboBox) {
        switch (part) {
        case SC_ComboBoxEditField: return mirrored(rect.adjusted(kFieldPadding - 2, 1, -30, -1));
        case SC_ComboBoxArrow: return mirrored({rect.right() - 28, rect.top(), 28, rect.height()});
        case SC_ComboBoxFrame: return rect;
        case SC_ComboBoxListBoxPopup:
            // 4 px below or above the field, and as wide; the shadow is in the pop-up's frame.
            return windowsAreTranslucent()
                       ? rect.adjusted(-kPopupShadow, kPopupShadow - 4, kPopupShadow, 4 - kPopupShadow)
                       : rect.adjusted(0, -4, 0, 4);
        default: break;
        }
    }
    if (control == CC_SpinBox) {
        const int half = rect.height() / 2;
        switch (part) {
        case SC_SpinBoxEditField: return mirrored(rect.adjusted(kFieldPadding - 3, 1, -25, -1));
        case SC_SpinBoxUp: return mirrored({rect.right() - 22, rect.top() + 1, 22, half - 1});
        case SC_SpinBoxDown: return mirrored({rect.right() - 22, rect.top() + half, 22, half - 1});
        case SC_SpinBoxFrame: return rect;
        default: break;
        }
    }
    if (control == CC_ScrollBar) {
        const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option);
        if (!bar) return {};
        const bool across = bar->orientation == Qt::Horizontal;
        const int length = across ? rect.width() : rect.height();
        const qint64 range = qint64(bar->maximum) - bar->minimum;
        const int slider = range > 0 ? qMin(length, qMax(pixelMetric(PM_ScrollBarSliderMin, bar, widget),
                                                         int(qint64(length) * bar->pageStep / (range + bar->pageStep))))
                                     : length;
        const int start =
            sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition, length - slider, bar->upsideDown);
        const auto along = [&rect, across](int from, int size) {
            return across ? QRect(rect.x() + from, rect.y(), size, rect.height())
                          : QRect(rect.x(), rect.y() + from, rect.width(), size);
        };
        switch (part) {
        case SC_ScrollBarGroove: return rect;
        case SC_ScrollBarSlider: return along(start, slider);
        case SC_ScrollBarSubPage: return along(0, start);
        case SC_ScrollBarAddPage: return along(start + slider, length - start - slider);
        default: return {};
        }
    }
    if (control == CC_ToolButton && part == SC_ToolButtonMenu)
        return mirrored({rect.right() - 17, rect.top(), 18, rect.height()});
    return QProxyStyle::subControlRect(control, option, part, widget);
}

} // namespace quantoscope::ui
