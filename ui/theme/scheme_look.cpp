#include "ui/theme/scheme_look.h"

#include "ui/theme/theme.h"

#include <array>
#include <cstdint>

namespace quantoscope::ui {

namespace {

struct Row {
    QLatin1String id;
    QRgb light, dark;
    MarkShape shape = MarkShape::Disc;
    bool dashed = false;
};

constexpr QRgb kBlue = 0x0072B2, kBlueDark = 0x3B9BDB;
constexpr QRgb kSky = 0x56B4E9, kSkyDark = 0x9AD4F7;
constexpr QRgb kVermilion = 0xD55E00, kVermilionDark = 0xEE7B2E;
constexpr QRgb kOrange = 0xE69F00, kOrangeDark = 0xF2B430;
constexpr QRgb kGreen = 0x009E73, kGreenDark = 0x22BD92;
constexpr QRgb kPurple = 0xCC79A7, kPurpleDark = 0xDE98BF;
constexpr QRgb kBlack = 0x2B3440, kBlackDark = 0xDDE3EA;
constexpr QRgb kYellow = 0xA08F00, kYellowDark = 0xF0E442;

const std::array kRows{
    Row{QLatin1String("kmeans"), kBlue, kBlueDark},
    Row{QLatin1String("lloyd-max"), kSky, kSkyDark, MarkShape::Ring},
    Row{QLatin1String("ecsq"), kSky, kSkyDark, MarkShape::Diamond},
    Row{QLatin1String("rank"), kVermilion, kVermilionDark},
    Row{QLatin1String("equal-width"), kOrange, kOrangeDark},
    Row{QLatin1String("fixed"), kOrange, kOrangeDark, MarkShape::Square},
    Row{QLatin1String("levels"), kOrange, kOrangeDark, MarkShape::Diamond},
    Row{QLatin1String("affine"), kGreen, kGreenDark},
    Row{QLatin1String("affine:asymmetric"), kGreen, kGreenDark, MarkShape::Ring, true},
    Row{QLatin1String("normal-float"), kPurple, kPurpleDark},
    Row{QLatin1String("float"), kBlack, kBlackDark},
    Row{QLatin1String("log2"), kBlack, kBlackDark, MarkShape::Triangle},
    Row{QLatin1String("apot"), kBlack, kBlackDark, MarkShape::HollowTriangle},
    Row{QLatin1String("mu-law"), kYellow, kYellowDark},
    Row{QLatin1String("lab:fp32"), kBlack, kBlackDark},
    Row{QLatin1String("lab:fp32-trained"), kBlack, kBlackDark, MarkShape::Ring},
    Row{QLatin1String("lab:weight-only"), kPurple, kPurpleDark},
    Row{QLatin1String("lab:dynamic"), kOrange, kOrangeDark},
    Row{QLatin1String("lab:static"), kBlue, kBlueDark},
    Row{QLatin1String("lab:qat"), kGreen, kGreenDark},
};

// For schemes that come later: hues with shapes that no known scheme has.
const std::array kSpare{
    Row{{}, kPurple, kPurpleDark, MarkShape::Square},
    Row{{}, kSky, kSkyDark, MarkShape::Triangle},
    Row{{}, kYellow, kYellowDark, MarkShape::Triangle},
    Row{{}, kVermilion, kVermilionDark, MarkShape::Square},
    Row{{}, kBlue, kBlueDark, MarkShape::Diamond},
    Row{{}, kGreen, kGreenDark, MarkShape::Triangle},
    Row{{}, kPurple, kPurpleDark, MarkShape::HollowTriangle},
    Row{{}, kVermilion, kVermilionDark, MarkShape::Ring},
};

const Row* find(QStringView id) {
    for (const Row& row : kRows)
        if (row.id == id) return &row;
    return nullptr;
}

// FNV-1a: the same in every run, as qHash is not.
std::uint32_t stableHash(QStringView text) {
    std::uint32_t hash = 2166136261u;
    for (const QChar c : text) hash = (hash ^ c.unicode()) * 16777619u;
    return hash;
}

} // namespace

SchemeLook schemeLook(QStringView id) { return schemeLook(id, theme().isDark()); }

SchemeLook schemeLook(QStringView id, bool dark) {
    const Row* row = find(id);
    if (!row && id.contains(u':')) row = find(id.left(id.indexOf(u':')));
    if (!row) row = &kSpare[stableHash(id) % kSpare.size()];
    return {QColor(dark ? row->dark : row->light), row->shape, row->dashed};
}

QColor rowTint(const QColor& color) { return blended(colors().surface, color, theme().isDark() ? 0.18 : 0.09); }

} // namespace quantoscope::ui
