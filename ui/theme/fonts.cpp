// Every weight of Inter Tab names its own family (fonts of one family may have no more than four styles), so a weight
// is chosen by family; Hangul, which it lacks, falls to a system font.
#include "ui/theme/fonts.h"

#include "resources/init.h"
#include "ui/theme/theme.h"

#include <QFontDatabase>
#include <QGuiApplication>
#include <QHash>
#include <QScreen>

namespace quantoscope::ui {

namespace {

QString familyFor(int fontWeight) {
    switch (fontWeight) {
    case weight::medium: return QStringLiteral("Inter Tab Medium");
    case weight::semiBold: return QStringLiteral("Inter Tab Semi Bold");
    default: return QStringLiteral("Inter Tab");
    }
}

QFont make(qreal pixels, int fontWeight) {
    QFont font;
    font.setFamilies({familyFor(fontWeight), QStringLiteral("Inter Tab"), QStringLiteral("Noto Sans CJK KR"),
                      QStringLiteral("NanumGothic"), QStringLiteral("Malgun Gothic"),
                      QStringLiteral("Apple SD Gothic Neo"), QStringLiteral("sans-serif")});
    font.setWeight(static_cast<QFont::Weight>(fontWeight));
    font.setHintingPreference(QFont::PreferNoHinting);
    if (pixels == qRound(pixels)) {
        font.setPixelSize(qRound(pixels));
    } else { // only points may be fractions
        const QScreen* screen = QGuiApplication::primaryScreen();
        font.setPointSizeF(pixels * 72 / (screen ? screen->logicalDotsPerInchY() : 96.0));
    }
    return font;
}

} // namespace

void loadFonts() {
    static bool loaded = false;
    if (loaded) return;
    loaded = true;
    initResources();
    for (const char* name : {"Regular", "Medium", "SemiBold", "Bold"})
        QFontDatabase::addApplicationFont(QStringLiteral(":/fonts/InterTab-%1.otf").arg(QLatin1String(name)));
}

QFont typeface(qreal pixels, int fontWeight) {
    if (fontWeight == weight::medium && theme().isDark()) fontWeight = weight::regular;
    static QHash<int, QFont> cache;
    const int key = qRound(pixels * 4) * 1000 + fontWeight;
    const auto found = cache.constFind(key);
    return found != cache.constEnd() ? *found : *cache.insert(key, make(pixels, fontWeight));
}

QFont figureFont(qreal pixels) {
    QFont result = typeface(pixels, weight::semiBold);
    result.setLetterSpacing(QFont::PercentageSpacing, 96);
    return result;
}

} // namespace quantoscope::ui
