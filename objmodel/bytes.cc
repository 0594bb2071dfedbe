// Making, comparing and searching bytes. Layout in the header.

#include "objmodel/bytes.h"

#include <algorithm>
#include <cstring>

#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str_builder.h"
#include "objmodel/type_object.h"
#include "objmodel/unit_search.h"

namespace tagproof {

namespace {

void appendEscaped(StrBuilder* out, uint8_t byte, char quote) {
    static constexpr char kDigits[] = "0123456789abcdef";
    const char plain = static_cast<char>(byte);
    if (plain == quote || plain == '\\') {
        const char escaped[] = {'\\', plain};
        out->appendAscii({escaped, 2});
    } else if (plain == '\n') {
        out->appendAscii("\\n");
    } else if (plain == '\r') {
        out->appendAscii("\\r");
    } else if (plain == '\t') {
        out->appendAscii("\\t");
    } else if (byte >= 0x20 && byte < 0x7f) {
        out->append(static_cast<char32_t>(byte));
    } else {
        const char escaped[] = {'\\', 'x', kDigits[byte >> 4], kDigits[byte & 15]};
        out->appendAscii({escaped, 4});
    }
}

}  // namespace

bool readBuffer(Thread& thread, Value value, BufferView* view) {
    if (isBytesLike(value)) {
        *view = bufferOf(value);
        return true;
    }
    raise(thread, ExceptionKind::kTypeError, "a bytes-like object is required, not '{}'",
          typeName(typeOf(thread, value)));
    return false;
}

Bytes* allocateBytes(Thread& thread, uint64_t length) {
    if (length > kMaxBytesLength) {
        raiseMemoryError(thread);
        return nullptr;
    }
    auto* bytes = allocateSized<Bytes>(thread, thread.types->bytes, sizeof(Bytes) + length + 1);
    if (bytes == nullptr) return nullptr;
    bytes->hash = 0;
    bytes->length = length;
    bytes->data()[length] = 0;
    return bytes;
}

Bytes* makeBytes(Thread& thread, const uint8_t* data, uint64_t length) {
    if (length == 0) return newRef(thread.singletons->empty_bytes.as<Bytes>());
    if (length == 1) return newRef(thread.singletons->byte_bytes[data[0]].as<Bytes>());
    Bytes* bytes = allocateBytes(thread, length);
    if (bytes != nullptr) std::memcpy(bytes->data(), data, length);
    return bytes;
}

Bytes* sliceBytes(Thread& thread, Bytes* bytes, uint64_t begin, uint64_t end) {
    if (begin == 0 && end == bytes->length && bytes->head.type == thread.types->bytes) {
        return newRef(bytes);
    }
    return makeBytes(thread, bytes->data() + begin, begin < end ? end - begin : 0);
}

Bytes* concatBytes(Thread& thread, BufferView left, BufferView right) {
    const uint64_t length = left.length + right.length;
    if (length < 2) return makeBytes(thread, left.length == 0 ? right : left);
    Bytes* bytes = allocateBytes(thread, length);
    if (bytes == nullptr) return nullptr;
    if (left.length != 0) std::memcpy(bytes->data(), left.data, left.length);
    if (right.length != 0) std::memcpy(bytes->data() + left.length, right.data, right.length);
    return bytes;
}

Bytes* repeatBytes(Thread& thread, Bytes* bytes, int64_t count) {
    if (count <= 0 || bytes->length == 0) return makeBytes(thread, nullptr, 0);
    if (count == 1) return sliceBytes(thread, bytes, 0, bytes->length);
    uint64_t length = 0;
    if (__builtin_mul_overflow(bytes->length, static_cast<uint64_t>(count), &length)) {
        raiseMemoryError(thread);
        return nullptr;
    }
    Bytes* result = allocateBytes(thread, length);
    if (result == nullptr) return nullptr;
    repeatUnits(result->data(), bytes->data(), bytes->length, length);
    return result;
}

bool checkByte(Thread& thread, int64_t number, const char* what, uint8_t* out) {
    if (number < 0 || number > UINT8_MAX) {
        raise(thread, ExceptionKind::kValueError, "{} must be in range(0, 256)", what);
        return false;
    }
    *out = static_cast<uint8_t>(number);
    return true;
}

bool toByte(Thread& thread, Value value, const char* what, uint8_t* out) {
    int64_t number = 0;
    return toIndexSaturated(thread, value, &number) && checkByte(thread, number, what, out);
}

int64_t bytesHash(Bytes* bytes) {
    if (bytes->hash == 0) {
        bytes->hash = static_cast<uint64_t>(hashBytes(bytes->data(), bytes->length));
    }
    return static_cast<int64_t>(bytes->hash);
}

int compareBytes(BufferView left, BufferView right) {
    const uint64_t common = std::min(left.length, right.length);
    const int order = common == 0 ? 0 : std::memcmp(left.data, right.data, common);
    if (order != 0) return order < 0 ? -1 : 1;
    if (left.length == right.length) return 0;
    return left.length < right.length ? -1 : 1;
}

int64_t findBytes(BufferView text, BufferView needle, uint64_t begin, uint64_t end) {
    if (begin > end || end - begin < needle.length) return -1;
    if (needle.length == 0) return static_cast<int64_t>(begin);
    if (needle.length == 1) return findUnit(text.data, begin, end, needle.data[0]);
    return findUnits(text.data, begin, end, needle.data, needle.length);
}

int64_t rfindBytes(BufferView text, BufferView needle, uint64_t begin, uint64_t end) {
    if (begin > end || end - begin < needle.length) return -1;
    if (needle.length == 0) return static_cast<int64_t>(end);
    return rfindUnits(text.data, begin, end, needle.data, needle.length);
}

Str* reprBytes(Thread& thread, BufferView bytes) {
    const std::string_view text = bytes.text();
    const bool single = text.find('\'') != std::string_view::npos;
    const char quote = single && text.find('"') == std::string_view::npos ? '"' : '\'';
    StrBuilder out(thread);
    const char open[] = {'b', quote};
    out.appendAscii({open, 2});
    for (uint64_t k = 0; k < bytes.length; ++k) appendEscaped(&out, bytes.at(k), quote);
    out.appendAscii({&quote, 1});
    return out.finish();
}

}  // namespace tagproof
