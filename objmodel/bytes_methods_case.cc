// bytes: case mappings and predicates, of ASCII letters only.

#include "objmodel/bytes.h"
#include "objmodel/bytes_methods.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/text_kind.h"

namespace tagproof {

namespace {

constexpr uint8_t kCaseBit = 0x20;

bool isLower(uint8_t byte) { return byte >= 'a' && byte <= 'z'; }
bool isUpper(uint8_t byte) { return byte >= 'A' && byte <= 'Z'; }
bool isLetter(uint8_t byte) { return isLower(byte) || isUpper(byte); }
bool isDecimal(uint8_t byte) { return byte >= '0' && byte <= '9'; }
bool isLetterOrDecimal(uint8_t byte) { return isLetter(byte) || isDecimal(byte); }
bool isBlank(uint8_t byte) { return BytesText::isSpace(byte); }

uint8_t toLower(uint8_t byte) { return isUpper(byte) ? byte | kCaseBit : byte; }
uint8_t toUpper(uint8_t byte) { return isLower(byte) ? byte ^ kCaseBit : byte; }
uint8_t swapped(uint8_t byte) { return isLetter(byte) ? byte ^ kCaseBit : byte; }

// The bytes with map(byte) for each, in their order.
template <typename Map>
Value mapEach(Thread& thread, Value self, Map map) {
    const BufferView bytes = bufferOf(self);
    if (bytes.length < 2) {
        const uint8_t only = bytes.length == 0 ? uint8_t{0} : map(bytes.at(0));
        return Value::of(makeBytes(thread, &only, bytes.length));
    }
    Bytes* result = allocateBytes(thread, bytes.length);
    if (result == nullptr) return Value::null();
    for (uint64_t k = 0; k < bytes.length; ++k) result->data()[k] = map(bytes.at(k));
    return Value::of(result);
}

template <uint8_t (*Map)(uint8_t)>
Value methodMap(Thread& thread, Value self, const Value*, size_t) {
    return mapEach(thread, self, Map);
}

Value methodCapitalize(Thread& thread, Value self, const Value*, size_t) {
    bool first = true;
    return mapEach(thread, self, [&](uint8_t byte) {
        const uint8_t mapped = first ? toUpper(byte) : toLower(byte);
        first = false;
        return mapped;
    });
}

Value methodTitle(Thread& thread, Value self, const Value*, size_t) {
    bool after_letter = false;
    return mapEach(thread, self, [&](uint8_t byte) {
        const uint8_t mapped = after_letter ? toLower(byte) : toUpper(byte);
        after_letter = isLetter(byte);
        return mapped;
    });
}

template <bool (*Test)(uint8_t)>
Value methodTestAll(Thread& thread, Value self, const Value*, size_t) {
    const BufferView bytes = bufferOf(self);
    bool all = bytes.length != 0;
    for (uint64_t k = 0; all && k < bytes.length; ++k) all = Test(bytes.at(k));
    return boolValue(thread, all);
}

// Some byte is `Wanted`, none is `Forbidden`.
template <bool (*Wanted)(uint8_t), bool (*Forbidden)(uint8_t)>
Value methodTestCase(Thread& thread, Value self, const Value*, size_t) {
    const BufferView bytes = bufferOf(self);
    bool found = false;
    for (uint64_t k = 0; k < bytes.length; ++k) {
        if (Forbidden(bytes.at(k))) return boolValue(thread, false);
        found = found || Wanted(bytes.at(k));
    }
    return boolValue(thread, found);
}

Value methodIsTitle(Thread& thread, Value self, const Value*, size_t) {
    const BufferView bytes = bufferOf(self);
    bool found = false;
    bool after_letter = false;
    for (uint64_t k = 0; k < bytes.length; ++k) {
        const uint8_t byte = bytes.at(k);
        if (after_letter ? isUpper(byte) : isLower(byte)) return boolValue(thread, false);
        after_letter = isLetter(byte);
        found = found || after_letter;
    }
    return boolValue(thread, found);
}

Value methodIsAscii(Thread& thread, Value self, const Value*, size_t) {
    const BufferView bytes = bufferOf(self);
    bool ascii = true;
    for (uint64_t k = 0; ascii && k < bytes.length; ++k) ascii = bytes.at(k) < 0x80;
    return boolValue(thread, ascii);
}

}  // namespace

void addBytesCaseMethods(Thread& thread, Type* type) {
    addMethod(thread, type, "lower", methodMap<toLower>, 0, 0);
    addMethod(thread, type, "upper", methodMap<toUpper>, 0, 0);
    addMethod(thread, type, "swapcase", methodMap<swapped>, 0, 0);
    addMethod(thread, type, "capitalize", methodCapitalize, 0, 0);
    addMethod(thread, type, "title", methodTitle, 0, 0);
    addMethod(thread, type, "isalpha", methodTestAll<isLetter>, 0, 0);
    addMethod(thread, type, "isalnum", methodTestAll<isLetterOrDecimal>, 0, 0);
    addMethod(thread, type, "isdigit", methodTestAll<isDecimal>, 0, 0);
    addMethod(thread, type, "isspace", methodTestAll<isBlank>, 0, 0);
    addMethod(thread, type, "islower", methodTestCase<isLower, isUpper>, 0, 0);
    addMethod(thread, type, "isupper", methodTestCase<isUpper, isLower>, 0, 0);
    addMethod(thread, type, "istitle", methodIsTitle, 0, 0);
    addMethod(thread, type, "isascii", methodIsAscii, 0, 0);
}

}  // namespace tagproof
