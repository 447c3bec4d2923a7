// ui/dialogs/page_flow: pages of 100 × 100 that fill from top to bottom.
#include "ui/dialogs/page_flow.h"

#include <QImage>
#include <QPainter>
#include <QTest>

using namespace quantoscope::ui;

class TestPageFlow : public QObject {
    Q_OBJECT

private slots:
    void strips_follow_each_other_and_go_to_the_next_page() {
        PageFlow pages({100, 100}, {10, 10, 10, 20});
        QCOMPARE(pages.area(), QRectF(10, 10, 80, 70));
        QCOMPARE(pages.take(30), QRectF(10, 10, 80, 30));
        QCOMPARE(pages.take(40), QRectF(10, 40, 80, 40)); // to the last pixel
        QCOMPARE(pages.count(), 1);
        QCOMPARE(pages.take(1), QRectF(10, 10, 80, 1));
        QCOMPARE(pages.count(), 2);
        QCOMPARE(pages.room(), QRectF(10, 11, 80, 69));
    }

    void what_belongs_together_stays_together() {
        PageFlow pages({100, 100}, {});
        pages.keep(1000); // nothing is gained by an empty page
        QCOMPARE(pages.count(), 1);
        pages.take(60);
        pages.keep(40);
        QCOMPARE(pages.count(), 1);
        pages.keep(41);
        QCOMPARE(pages.count(), 2);
    }

    void no_page_begins_with_space() {
        PageFlow pages({100, 100}, {});
        pages.skip(20);
        QCOMPARE(pages.take(10).top(), 0.0);
        pages.skip(20);
        QCOMPARE(pages.take(10).top(), 30.0);
        pages.breakPage();
        pages.skip(20);
        QCOMPARE(pages.take(10).top(), 0.0);
    }

    void each_page_is_painted_by_itself() {
        PageFlow pages({2, 2}, {});
        pages.draw([](QPainter& painter) { painter.translate(1, 0); });
        pages.draw([](QPainter& painter) { painter.fillRect(0, 0, 1, 1, Qt::red); }); // not where the first one left
        pages.breakPage();
        pages.draw([](QPainter& painter) { painter.fillRect(0, 0, 1, 1, Qt::blue); });
        for (int page = 0; page < 2; ++page) {
            QImage image(2, 2, QImage::Format_RGB32);
            image.fill(Qt::white);
            QPainter painter(&image);
            pages.paint(painter, page);
            painter.end();
            QCOMPARE(image.pixelColor(0, 0), QColor(page == 0 ? Qt::red : Qt::blue));
            QCOMPARE(image.pixelColor(1, 0), QColor(Qt::white));
        }
    }
};

QTEST_GUILESS_MAIN(TestPageFlow)
#include "tst_page_flow.moc"
