#include "objmodel/text_kind.h"

#include "objmodel/protocol.h"
#include "objmodel/ref.h"

namespace tagproof {

bool checkSearchCount(Thread& thread, const char* name, size_t count) {
    constexpr size_t kMost = 3;
    if (count >= 1 && count <= kMost) return true;
    raise(thread, ExceptionKind::kTypeError, "{}() takes {} ({} given)", name,
          count == 0 ? "at least 1 argument" : "at most 3 arguments", count);
    return false;
}

std::string argumentTypeName(const Thread& thread, Value value) {
    return value == thread.singletons->none ? "None" : typeName(typeOf(thread, value));
}

bool StrText::read(Thread& thread, Value value, const char* message, View* out) {
    if (!isStr(value)) {
        raiseText(thread, ExceptionKind::kTypeError,
                  fmt::format(fmt::runtime(message), typeName(typeOf(thread, value)),
                              argumentTypeName(thread, value)));
        return false;
    }
    *out = view(value);
    return true;
}

bool StrText::readFill(Thread& thread, const char*, Value value, char32_t* out) {
    View fill;
    if (!read(thread, value, "The fill character must be a unicode character, not {0}", &fill)) {
        return false;
    }
    if (fill.length != 1) {
        raise(thread, ExceptionKind::kTypeError,
              "The fill character must be exactly one character long");
        return false;
    }
    *out = fill.at(0);
    return true;
}

bool BytesText::readNeedle(Thread& thread, Value value, Needle* out) {
    if (isBytesLike(value)) {
        out->view = bufferOf(value);
        return true;
    }
    if (!isInt(value) && typeOf(thread, value)->slots.index == nullptr) {
        raise(thread, ExceptionKind::kTypeError,
              "argument should be integer or bytes-like object, not '{}'",
              typeName(typeOf(thread, value)));
        return false;
    }
    if (!toByte(thread, value, "byte", &out->byte)) return false;
    out->view = {&out->byte, 1};
    return true;
}

bool BytesText::readFill(Thread& thread, const char* name, Value value, char32_t* out) {
    if (isBytes(value) && bufferOf(value).length == 1) {
        *out = bufferOf(value).at(0);
        return true;
    }
    raise(thread, ExceptionKind::kTypeError,
          "{}() argument 2 must be a byte string of length 1, not {}", name,
          argumentTypeName(thread, value));
    return false;
}

}  // namespace tagproof
