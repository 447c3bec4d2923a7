// Messages in the window, never modal: what happened, why, and what to do. Several wait their turn.
#pragma once

#include <QList>
#include <QWidget>

#include <functional>

class QPushButton;
class QToolButton;
class QVariantAnimation;

namespace quantoscope::ui {

class TextLabel;

enum class MessageLevel { Info, Warning, Error };

struct Message {
    MessageLevel level = MessageLevel::Info;
    QString text;
    QString actionText = {};           // no button where empty
    std::function<void()> action = {}; // closes the message, too
    QString key = {};                  // a later message with the same key takes this one's place
};

class MessageBar : public QWidget {
    Q_OBJECT

public:
    explicit MessageBar(QWidget* parent = nullptr);

    /// Shows it at once when it is the first or an error among lesser ones, else after the others.
    void post(Message message);
    /// Takes back every message with this key.
    void withdraw(const QString& key);
    /// Closes the message on screen.
    void dismiss();
    void clear();
    int count() const { return static_cast<int>(m_messages.size()); }
    QString text() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void display();
    void slide(bool open);
    int fullHeight() const;

    QList<Message> m_messages;
    TextLabel* m_text;
    TextLabel* m_more;
    QPushButton* m_action;
    QToolButton* m_close;
    QVariantAnimation* m_slide;
    double m_openness = 0;
};

} // namespace quantoscope::ui
