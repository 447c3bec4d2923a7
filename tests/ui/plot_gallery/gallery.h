// The frame of the plot gallery: shows a view at a size, lets it settle and saves it.
#pragma once

#include "core/study/run.h"

#include <QSize>
#include <QString>

#include <functional>

class QWidget;

namespace gallery {

class Gallery {
public:
    Gallery(QString directory, QString only) : m_directory(std::move(directory)), m_only(std::move(only)) {}

    /// Makes, shows and saves a view as NAME-light-900x435.png, unless another one was asked for.
    void render(const QString& name, const QSize& size, const std::function<QWidget*()>& make,
                const std::function<void(QWidget*)>& act = {}) const;

private:
    QString m_directory;
    QString m_only;
};

quantoscope::Tensor sample(const QString& file, const QString& name = {});

void renderDistribution(const Gallery& gallery);

} // namespace gallery
