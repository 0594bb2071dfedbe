// bytes: join, hex, fromhex, translate, maketrans and decode; the other methods are shared with str
// or in objmodel/bytes_methods_case.cc.

#include "objmodel/bytes_methods.h"

#include <array>

#include "objmodel/bytes.h"
#include "objmodel/bytes_builder.h"
#include "objmodel/c_int.h"
#include "objmodel/call.h"
#include "objmodel/codecs.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/text_layout.h"
#include "objmodel/text_search.h"
#include "objmodel/text_split.h"
#include "objmodel/tuple.h"

namespace tagproof {

namespace {

// --- join ----------------------------------------------------------------------------------------

Value methodJoin(Thread& thread, Value self, const Value* args, size_t) {
    const Ref items(Value::of(tupleFromIterableOr(thread, args[0], "can only join an iterable")));
    if (!items) return Value::null();
    const auto* tuple = items.as<Tuple>();
    const bool single = tuple->size == 1 && isExactly(tuple->items()[0], thread.types->bytes);
    if (single) return newRef(tuple->items()[0]);
    BytesBuilder out(thread);
    for (uint64_t k = 0; k < tuple->size; ++k) {
        const Value item = tuple->items()[k];
        if (!isBytesLike(item)) {
            return raise(thread, ExceptionKind::kTypeError,
                         "sequence item {}: expected a bytes-like object, {} found", k,
                         typeName(typeOf(thread, item)));
        }
        if (k != 0) out.append(bufferOf(self));
        out.append(bufferOf(item));
    }
    return Value::of(out.finish());
}

// --- hex, fromhex --------------------------------------------------------------------------------

// The separator of hex(): one ASCII character.
bool readHexSeparator(Thread& thread, Value value, char* out) {
    const int64_t length = lengthOf(thread, value);
    if (length < 0) return false;
    const char* problem = nullptr;
    char32_t separator = 0;
    if (length != 1) {
        problem = "sep must be length 1.";
    } else if (isStr(value)) {
        separator = value.as<Str>()->at(0);
    } else if (isBytes(value)) {
        separator = bufferOf(value).at(0);
    } else {
        raise(thread, ExceptionKind::kTypeError, "sep must be str or bytes.");
        return false;
    }
    if (separator > 0x7f) problem = "sep must be ASCII.";
    if (problem != nullptr) {
        raiseText(thread, ExceptionKind::kValueError, problem);
        return false;
    }
    *out = static_cast<char>(separator);
    return true;
}

// Groups of `group` bytes, counted from the end when it is positive; 0: all one group.
Value hexText(Thread& thread, BufferView bytes, char separator, int group) {
    static constexpr char kDigits[] = "0123456789abcdef";
    const uint64_t size =
        group < 0 ? 0 - static_cast<uint64_t>(group) : static_cast<uint64_t>(group);
    StrBuilder out(thread);
    for (uint64_t k = 0; k < bytes.length; ++k) {
        const uint64_t done = group > 0 ? bytes.length - k : k;
        if (k != 0 && size != 0 && done % size == 0) out.append(static_cast<char32_t>(separator));
        const char digits[] = {kDigits[bytes.at(k) >> 4], kDigits[bytes.at(k) & 15]};
        out.appendAscii({digits, 2});
    }
    return Value::of(out.finish());
}

Value methodHex(
    Thread& thread, Value self, const Value* args, size_t positional, Value keyword_names) {
    static constexpr const char* kNames[] = {"sep", "bytes_per_sep", nullptr};
    const ParameterList parameters{.function = "hex", .names = kNames, .max_positional = 2};
    Value bound[2];
    int group = 1;
    char separator = 0;
    if (!bindNativeArguments(thread, parameters, args, positional, keyword_names, bound) ||
        (!bound[1].isNull() && !toCInt(thread, bound[1], &group))) {
        return Value::null();
    }
    if (bound[0].isNull()) {
        group = 0;
    } else if (!readHexSeparator(thread, bound[0], &separator)) {
        return Value::null();
    }
    return hexText(thread, bufferOf(self), separator, group);
}

int hexDigit(char32_t c) {
    if (c >= U'0' && c <= U'9') return static_cast<int>(c - U'0');
    const char32_t lower = c | 0x20;
    return lower >= U'a' && lower <= U'f' ? static_cast<int>(lower - U'a') + 10 : -1;
}

// Reads pairs of digits with blanks between them; false at `*at`, which is no digit.
bool appendHex(const Str* text, BytesBuilder* out, uint64_t* at) {
    const auto digit_at = [&] { return *at < text->length ? hexDigit(text->at(*at)) : -1; };
    for (; *at < text->length; ++*at) {
        if (BytesText::isSpace(text->at(*at))) continue;
        const int high = digit_at();
        if (high < 0) return false;
        ++*at;
        const int low = digit_at();
        if (low < 0) return false;
        out->append(static_cast<char32_t>(high * 16 + low));
    }
    return true;
}

Value methodFromHex(Thread& thread, Value type, const Value* args, size_t) {
    if (!isStr(args[0])) {
        return raise(thread, ExceptionKind::kTypeError, "fromhex() argument must be str, not {}",
                     argumentTypeName(thread, args[0]));
    }
    const Str* text = args[0].as<Str>();
    BytesBuilder out(thread);
    uint64_t at = 0;
    // What is beyond ASCII is reported before any other problem.
    while (!text->ascii && at < text->length && text->at(at) < 0x80) ++at;
    if (!text->ascii || !appendHex(text, &out, &at)) {
        return raise(thread, ExceptionKind::kValueError,
                     "non-hexadecimal number found in fromhex() arg at position {}", at);
    }
    Ref bytes(Value::of(out.finish()));
    if (!bytes || type == Value::of(thread.types->bytes)) return bytes.release();
    return call(thread, type, {bytes.get()});
}

// --- translate, maketrans ------------------------------------------------------------------------

constexpr uint64_t kTableSize = 256;

Value translated(Thread& thread, Value self, const uint8_t* table, BufferView removed) {
    std::array<bool, kTableSize> goes{};
    for (uint64_t k = 0; k < removed.length; ++k) goes[removed.at(k)] = true;
    const BufferView bytes = bufferOf(self);
    BytesBuilder out(thread);
    bool changed = false;
    for (uint64_t k = 0; k < bytes.length; ++k) {
        const uint8_t byte = bytes.at(k);
        const uint8_t mapped = table == nullptr ? byte : table[byte];
        changed = changed || goes[byte] || mapped != byte;
        if (!goes[byte]) out.append(static_cast<char32_t>(mapped));
    }
    if (!changed) return BytesText::slice(thread, self, 0, bytes.length);
    return Value::of(out.finish());
}

Value methodTranslate(
    Thread& thread, Value self, const Value* args, size_t positional, Value keyword_names) {
    static constexpr const char* kNames[] = {"", "delete", nullptr};
    const ParameterList parameters{.function = "translate",
                                   .names = kNames,
                                   .positional_only = 1,
                                   .max_positional = 2,
                                   .required = 1};
    Value bound[2];
    if (!bindNativeArguments(thread, parameters, args, positional, keyword_names, bound)) {
        return Value::null();
    }
    BufferView table;
    const bool mapped = bound[0] != thread.singletons->none;
    if (mapped && !readBuffer(thread, bound[0], &table)) return Value::null();
    if (mapped && table.length != kTableSize) {
        return raise(thread, ExceptionKind::kValueError,
                     "translation table must be 256 characters long");
    }
    BufferView removed;
    if (!bound[1].isNull() && !readBuffer(thread, bound[1], &removed)) return Value::null();
    return translated(thread, self, table.data, removed);
}

Value methodMakeTrans(Thread& thread, Value, const Value* args, size_t) {
    BufferView from;
    BufferView to;
    if (!readBuffer(thread, args[0], &from) || !readBuffer(thread, args[1], &to)) {
        return Value::null();
    }
    if (from.length != to.length) {
        return raise(thread, ExceptionKind::kValueError,
                     "maketrans arguments must have same length");
    }
    Bytes* table = allocateBytes(thread, kTableSize);
    if (table == nullptr) return Value::null();
    for (uint64_t k = 0; k < kTableSize; ++k) table->data()[k] = static_cast<uint8_t>(k);
    for (uint64_t k = 0; k < from.length; ++k) table->data()[from.at(k)] = to.at(k);
    return Value::of(table);
}

// --- decode --------------------------------------------------------------------------------------

Value methodDecode(
    Thread& thread, Value self, const Value* args, size_t positional, Value keyword_names) {
    static constexpr const char* kNames[] = {"encoding", "errors", nullptr};
    const ParameterList parameters{.function = "decode", .names = kNames, .max_positional = 2};
    Value bound[2];
    CodecArguments arguments;
    if (!bindNativeArguments(thread, parameters, args, positional, keyword_names, bound) ||
        !readCodecArguments(thread, "decode", bound[0], bound[1], &arguments)) {
        return Value::null();
    }
    return decodeBytes(thread, self, arguments);
}

}  // namespace

void addBytesMethods(Thread& thread, Type* type) {
    addSearchMethods<BytesText>(thread, type);
    addSplitMethods<BytesText>(thread, type);
    addLayoutMethods<BytesText>(thread, type);
    addBytesCaseMethods(thread, type);
    addMethod(thread, type, "join", methodJoin, 1, 1);
    addKeywordMethod(thread, type, "hex", methodHex);
    addClassMethod(thread, type, "fromhex", methodFromHex, 1, 1);
    addKeywordMethod(thread, type, "translate", methodTranslate);
    addStaticMethod(thread, type, "maketrans", methodMakeTrans, 2, 2);
    addKeywordMethod(thread, type, "decode", methodDecode);
}

}  // namespace tagproof
