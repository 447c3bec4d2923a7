#include "ui/panels/group_picker.h"

#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QSpinBox>

#include <algorithm>
#include <limits>

namespace quantoscope::ui {

GroupPicker::GroupPicker(Session& session, QWidget* parent)
    : QWidget(parent),
      m_session(session),
      m_label(new TextLabel(TextStyle::Note, {}, this)),
      m_group(new QSpinBox(this)) {
    m_group->setObjectName(QStringLiteral("group"));
    m_group->setAccessibleName(tr("Group"));
    m_group->setToolTip(tr("The group on screen; a boundary or level moved here is of this group alone"));
    m_group->setKeyboardTracking(false);
    m_group->setWrapping(true);
    m_label->setBuddy(m_group);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_label);
    layout->addWidget(m_group);
    connect(m_group, &QSpinBox::valueChanged, this,
            [this](int group) { m_session.setSelectedGroup(static_cast<std::size_t>(group)); });
    connect(&m_session, &Session::changed, this, &GroupPicker::update);
    update(~Aspects());
}

void GroupPicker::update(Aspects aspects) {
    if (!(aspects & (Aspect::Run | Aspect::Selection | Aspect::Current))) return;
    const RunPtr& run = m_session.shown();
    const std::size_t count = run ? run->groupCount() : 0;
    setVisible(count > 1);
    if (count <= 1) return;
    const bool channels = run->spec().grouping.kind == Grouping::Kind::Channel;
    m_label->setText(channels ? tr("Channel") : tr("Block"));
    const QSignalBlocker quiet(m_group);
    constexpr std::size_t kMost = std::numeric_limits<int>::max();
    m_group->setRange(0, static_cast<int>(std::min(count - 1, kMost)));
    m_group->setValue(static_cast<int>(std::min(m_session.selectedGroup(), kMost)));
}

} // namespace quantoscope::ui
