// What is painted by whom, and the measures. The painting itself is in style_*.cpp.
#include "ui/theme/style.h"

#include "ui/theme/fonts.h"
#include "ui/theme/icon.h"
#include "ui/theme/paint.h"
#include "ui/theme/popup_window.h"
#include "ui/theme/roles.h"
#include "ui/theme/theme.h"

#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QDialog>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPainter>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollBar>
#include <QSlider>
#include <QStyleOption>
#include <QTabBar>
#include <QToolButton>

namespace quantoscope::ui {

namespace {

constexpr int kFieldHeight = 32;
constexpr int kPrimaryHeight = 36;
constexpr int kFieldPadding = 10;
constexpr int kPopupShadow = 8;

bool isComboPopup(const QWidget* widget) { return widget && widget->inherits("QComboBoxPrivateContainer"); }

// A line edit that fills a spin box, a combo box or a cell has no field of its own.
bool isOwnField(const QStyleOption* option, const QWidget* widget) {
    const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
    if (frame && frame->lineWidth <= 0) return false;
    return !widget ||
           !qobject_cast<QAbstractItemView*>(widget->parentWidget() ? widget->parentWidget()->parentWidget() : nullptr);
}

} // namespace

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
