#include "core/formats/zip_archive.h"

#include "core/base/utf8.h"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <array>
#include <limits>
#include <mutex>
#include <optional>

namespace quantoscope {

namespace {

// Deflate cannot pack better than 1032 to 1 (a length of 258 in two bits); more is a lie about the size.
constexpr std::uint64_t kBestRatio = 1032;

std::string messageOf(zip_error_t* error) { return zip_error_strerror(error); }

/// An archive inside an InputFile, as libzip wants to see it.
struct FileReader {
    const InputFile& file;
    std::uint64_t position = 0;
    zip_error_t failure = {};

    static zip_int64_t call(void* self, void* data, zip_uint64_t size, zip_source_cmd_t command) {
        auto& reader = *static_cast<FileReader*>(self);
        switch (command) {
        case ZIP_SOURCE_OPEN: reader.position = 0; return 0;
        case ZIP_SOURCE_CLOSE:
        case ZIP_SOURCE_FREE: return 0;
        case ZIP_SOURCE_READ: {
            const std::uint64_t left = reader.file.size() - std::min(reader.position, reader.file.size());
            const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(size, left));
            if (wanted > 0 && !reader.file.read(reader.position, {static_cast<std::byte*>(data), wanted}))
                return zip_error_set(&reader.failure, ZIP_ER_READ, 0), -1;
            reader.position += wanted;
            return static_cast<zip_int64_t>(wanted);
        }
        case ZIP_SOURCE_SEEK: {
            const zip_int64_t to =
                zip_source_seek_compute_offset(reader.position, reader.file.size(), data, size, &reader.failure);
            if (to < 0) return -1;
            reader.position = static_cast<std::uint64_t>(to);
            return 0;
        }
        case ZIP_SOURCE_TELL: return static_cast<zip_int64_t>(reader.position);
        case ZIP_SOURCE_STAT: {
            auto* stat = static_cast<zip_stat_t*>(data);
            zip_stat_init(stat);
            stat->valid = ZIP_STAT_SIZE;
            stat->size = reader.file.size();
            return sizeof(zip_stat_t);
        }
        case ZIP_SOURCE_ERROR: return zip_error_to_data(&reader.failure, data, size);
        case ZIP_SOURCE_SUPPORTS:
            return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT,
                                                  ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL,
                                                  ZIP_SOURCE_SUPPORTS, -1);
        default: return zip_error_set(&reader.failure, ZIP_ER_OPNOTSUPP, 0), -1;
        }
    }
};

/// An archive that grows inside an OutputFile.
struct FileWriter {
    OutputFile& file;
    std::uint64_t position = 0, readPosition = 0, written = 0;
    zip_error_t failure = {};
    std::optional<Error> error;

    static zip_int64_t call(void* self, void* data, zip_uint64_t size, zip_source_cmd_t command) {
        auto& writer = *static_cast<FileWriter*>(self);
        const auto failed = [&](Error why, int code) {
            writer.error = std::move(why);
            zip_error_set(&writer.failure, code, 0);
            return zip_int64_t{-1};
        };
        const auto seek = [&](std::uint64_t& place) {
            const zip_int64_t to = zip_source_seek_compute_offset(place, writer.written, data, size, &writer.failure);
            if (to < 0) return zip_int64_t{-1};
            place = static_cast<std::uint64_t>(to);
            return zip_int64_t{0};
        };
        switch (command) {
        case ZIP_SOURCE_OPEN: writer.readPosition = 0; return 0;
        case ZIP_SOURCE_READ: {
            const auto got = writer.file.readAt(writer.readPosition,
                                                {static_cast<std::byte*>(data), static_cast<std::size_t>(size)});
            if (!got) return failed(got.error(), ZIP_ER_READ);
            writer.readPosition += *got;
            return static_cast<zip_int64_t>(*got);
        }
        case ZIP_SOURCE_CLOSE:
        case ZIP_SOURCE_FREE:
        case ZIP_SOURCE_BEGIN_WRITE:
        case ZIP_SOURCE_COMMIT_WRITE: // the file itself is committed by its owner
        case ZIP_SOURCE_ROLLBACK_WRITE:
        case ZIP_SOURCE_REMOVE: return 0;
        case ZIP_SOURCE_WRITE:
            if (Status status = writer.file.writeAt(
                    writer.position, {static_cast<const std::byte*>(data), static_cast<std::size_t>(size)});
                !status)
                return failed(status.error(), ZIP_ER_WRITE);
            writer.position += size;
            writer.written = std::max(writer.written, writer.position);
            return static_cast<zip_int64_t>(size);
        case ZIP_SOURCE_SEEK: return seek(writer.readPosition);
        case ZIP_SOURCE_SEEK_WRITE: return seek(writer.position);
        case ZIP_SOURCE_TELL: return static_cast<zip_int64_t>(writer.readPosition);
        case ZIP_SOURCE_TELL_WRITE: return static_cast<zip_int64_t>(writer.position);
        case ZIP_SOURCE_STAT: {
            auto* stat = static_cast<zip_stat_t*>(data);
            zip_stat_init(stat);
            stat->valid = ZIP_STAT_SIZE;
            stat->size = writer.written;
            return sizeof(zip_stat_t);
        }
        case ZIP_SOURCE_ERROR: return zip_error_to_data(&writer.failure, data, size);
        case ZIP_SOURCE_SUPPORTS:
            return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT,
                                                  ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL,
                                                  ZIP_SOURCE_BEGIN_WRITE, ZIP_SOURCE_COMMIT_WRITE,
                                                  ZIP_SOURCE_ROLLBACK_WRITE, ZIP_SOURCE_WRITE, ZIP_SOURCE_SEEK_WRITE,
                                                  ZIP_SOURCE_TELL_WRITE, ZIP_SOURCE_REMOVE, ZIP_SOURCE_SUPPORTS, -1);
        default: return zip_error_set(&writer.failure, ZIP_ER_OPNOTSUPP, 0), -1;
        }
    }
};

/// One member's contents while the archive is written.
struct MemberWriter {
    ZipOutput output;
    zip_error_t failure = {};
    std::optional<Error> error;

    static zip_int64_t call(void* self, void* data, zip_uint64_t size, zip_source_cmd_t command) {
        auto& member = *static_cast<MemberWriter*>(self);
        switch (command) {
        case ZIP_SOURCE_OPEN:
        case ZIP_SOURCE_CLOSE:
        case ZIP_SOURCE_FREE: return 0;
        case ZIP_SOURCE_READ: {
            const auto got = member.output.produce({static_cast<std::byte*>(data), static_cast<std::size_t>(size)});
            if (got) return static_cast<zip_int64_t>(*got);
            member.error = got.error();
            zip_error_set(&member.failure, ZIP_ER_READ, 0);
            return -1;
        }
        case ZIP_SOURCE_STAT: {
            auto* stat = static_cast<zip_stat_t*>(data);
            zip_stat_init(stat);
            stat->valid = ZIP_STAT_SIZE;
            stat->size = member.output.size;
            return sizeof(zip_stat_t);
        }
        case ZIP_SOURCE_ERROR: return zip_error_to_data(&member.failure, data, size);
        case ZIP_SOURCE_SUPPORTS:
            return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT,
                                                  ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, ZIP_SOURCE_SUPPORTS, -1);
        default: return zip_error_set(&member.failure, ZIP_ER_OPNOTSUPP, 0), -1;
        }
    }
};

struct ArchiveCloser {
    void operator()(zip_t* archive) const { zip_discard(archive); }
};
using Archive = std::unique_ptr<zip_t, ArchiveCloser>;

/// Opens an archive on a call-back; `failure` says why not.
Archive openArchive(zip_source_callback callback, void* data, int flags, std::string& failure) {
    zip_error_t error = {};
    zip_source_t* source = zip_source_function_create(callback, data, &error);
    zip_t* archive = source != nullptr ? zip_open_from_source(source, flags, &error) : nullptr;
    if (archive == nullptr) {
        failure = messageOf(&error);
        zip_source_free(source);
    }
    zip_error_fini(&error);
    return Archive(archive);
}

std::string whyUnreadable(const zip_stat_t& stat) {
    if (stat.encryption_method != ZIP_EM_NONE) return "it is encrypted";
    // Other methods have no best ratio, so that nothing would tell an honest size from a bomb; NumPy writes none of
    // them.
    if (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE)
        return fmt::format("its compression (method {}) is not supported", stat.comp_method);
    if (stat.comp_method == ZIP_CM_STORE && stat.comp_size != stat.size) return "it is stored and yet of two sizes";
    if (stat.comp_method == ZIP_CM_DEFLATE && stat.size / kBestRatio > stat.comp_size)
        return fmt::format("{} bytes cannot come from {} packed ones", stat.size, stat.comp_size);
    return {};
}

} // namespace

struct ZipReader::State {
    const InputFile& file;
    FileReader source;
    Archive archive;
    std::vector<ZipMember> members;
    std::vector<bool> stored;

    std::mutex mutex; // of what follows, and of the archive
    zip_file_t* open = nullptr;
    std::size_t openIndex = 0;
    std::uint64_t position = 0;

    explicit State(const InputFile& input) : file(input), source{input} {}
    ~State() { close(); }

    void close() {
        if (open != nullptr) zip_fclose(open);
        open = nullptr;
    }

    Error memberError(std::size_t index, ErrorCode code, std::string_view reason) const {
        return {code, file.at(fmt::format("member {}: byte {}", inQuotes(members[index].name), position)),
                std::string(reason)};
    }

    Status fill(std::size_t index, std::span<std::byte> out) {
        while (!out.empty()) {
            const zip_int64_t got = zip_fread(open, out.data(), out.size());
            if (got < 0) return memberError(index, ErrorCode::Malformed, messageOf(zip_file_get_error(open)));
            if (got == 0) return memberError(index, ErrorCode::Truncated, "the member ends before its size says");
            out = out.subspan(static_cast<std::size_t>(got));
            position += static_cast<std::uint64_t>(got);
        }
        return {};
    }

    Status moveTo(std::size_t index, std::uint64_t offset) {
        if (open == nullptr || openIndex != index || (offset < position && !stored[index])) {
            close();
            open = zip_fopen_index(archive.get(), index, 0);
            openIndex = index;
            position = 0;
            if (open == nullptr)
                return memberError(index, ErrorCode::Malformed, messageOf(zip_get_error(archive.get())));
        }
        if (offset == position) return {};
        if (stored[index]) {
            if (zip_fseek(open, static_cast<zip_int64_t>(offset), SEEK_SET) != 0)
                return memberError(index, ErrorCode::Malformed, messageOf(zip_file_get_error(open)));
            position = offset;
            return {};
        }
        std::vector<std::byte> skipped(static_cast<std::size_t>(std::min<std::uint64_t>(offset - position, 1 << 18)));
        while (position < offset) {
            const auto step = static_cast<std::size_t>(std::min<std::uint64_t>(offset - position, skipped.size()));
            if (Status status = fill(index, std::span(skipped).first(step)); !status) return status;
        }
        return {};
    }
};

ZipReader::ZipReader(std::unique_ptr<State> state) : m_state(std::move(state)) {}
ZipReader::~ZipReader() = default;

Result<std::unique_ptr<ZipReader>> ZipReader::open(const InputFile& file) {
    auto state = std::make_unique<State>(file);
    std::string failure;
    state->archive = openArchive(FileReader::call, &state->source, ZIP_RDONLY, failure);
    if (!state->archive) return Error{ErrorCode::Malformed, file.at(), "not a readable zip archive: " + failure};
    const zip_int64_t count = zip_get_num_entries(state->archive.get(), 0);
    for (zip_int64_t i = 0; i < count; ++i) {
        zip_stat_t stat;
        zip_stat_init(&stat);
        constexpr zip_uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD;
        if (zip_stat_index(state->archive.get(), static_cast<zip_uint64_t>(i), 0, &stat) != 0 ||
            (stat.valid & needed) != needed)
            return Error{ErrorCode::Malformed, file.at(fmt::format("member {}", i)), "its directory entry is damaged"};
        state->members.push_back({toUtf8(stat.name), stat.size, whyUnreadable(stat)});
        state->stored.push_back(stat.comp_method == ZIP_CM_STORE);
    }
    return std::unique_ptr<ZipReader>(new ZipReader(std::move(state)));
}

const std::vector<ZipMember>& ZipReader::members() const { return m_state->members; }

Status ZipReader::read(std::size_t index, std::uint64_t offset, std::span<std::byte> out) {
    const std::scoped_lock lock(m_state->mutex);
    if (out.empty()) return {};
    const std::uint64_t size = m_state->members[index].size;
    if (offset > size || out.size() > size - offset)
        return m_state->memberError(index, ErrorCode::Truncated, "more is asked for than the member holds");
    if (Status status = m_state->moveTo(index, offset); !status) return status;
    return m_state->fill(index, out);
}

Status ZipReader::checkEnd(std::size_t index) {
    const std::scoped_lock lock(m_state->mutex);
    if (Status status = m_state->moveTo(index, m_state->members[index].size); !status) return status;
    std::byte more;
    const zip_int64_t got = zip_fread(m_state->open, &more, 1);
    if (got < 0) return m_state->memberError(index, ErrorCode::Malformed, messageOf(zip_file_get_error(m_state->open)));
    if (got > 0) return m_state->memberError(index, ErrorCode::Malformed, "the member is longer than its size says");
    return {};
}

Status writeZip(OutputFile& file, std::vector<ZipOutput> outputs) {
    // Before the archive, which refers to them until it is closed or discarded.
    FileWriter writer{file, 0, 0, 0, {}, {}};
    std::vector<std::unique_ptr<MemberWriter>> members;
    const auto failed = [&](std::string reason) -> Error {
        for (const auto& member : members)
            if (member->error) return *member->error;
        if (writer.error) return *writer.error;
        return {ErrorCode::WriteFailed, file.name(), std::move(reason)};
    };

    std::string failure;
    Archive archive = openArchive(FileWriter::call, &writer, ZIP_CREATE | ZIP_TRUNCATE, failure);
    if (!archive) return failed(failure);
    for (ZipOutput& output : outputs) {
        members.push_back(std::make_unique<MemberWriter>(MemberWriter{std::move(output), {}, {}}));
        zip_source_t* source = zip_source_function(archive.get(), MemberWriter::call, members.back().get());
        if (source == nullptr) return failed(messageOf(zip_get_error(archive.get())));
        const zip_int64_t index =
            zip_file_add(archive.get(), members.back()->output.name.c_str(), source, ZIP_FL_ENC_UTF_8);
        if (index < 0) {
            zip_source_free(source);
            return failed(messageOf(zip_get_error(archive.get())));
        }
        const auto position = static_cast<zip_uint64_t>(index);
        constexpr zip_uint16_t firstOfJanuary1980 = 0x21;
        if (zip_set_file_compression(archive.get(), position, ZIP_CM_STORE, 0) != 0 ||
            zip_file_set_dostime(archive.get(), position, 0, firstOfJanuary1980, 0) != 0)
            return failed(messageOf(zip_get_error(archive.get())));
    }
    // An archive without members would be removed instead of written: its end record alone is one.
    if (outputs.empty()) {
        constexpr std::array<char, 22> end{'P', 'K', 5, 6};
        return file.write(std::string_view(end.data(), end.size()));
    }
    if (zip_close(archive.get()) != 0) return failed(messageOf(zip_get_error(archive.get())));
    (void)archive.release();
    return {};
}

} // namespace quantoscope
