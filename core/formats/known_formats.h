// The formats there are, each defined in the file of its name.
#pragma once

#include "core/formats/tensor_source.h"

namespace quantoscope {

Format safetensorsFormat();
Format npyFormat();
Format npzFormat();
Format pngFormat();
Format jpegFormat();
Format wavFormat();
Format flacFormat();
Format otherAudioFormat();
Format csvFormat();
Format tsvFormat();

} // namespace quantoscope
