// Items of arrays: how each typecode is read and written, with CPython's messages, which name the C
// type that a number passes through first.

#include <climits>
#include <cstring>
#include <iterator>

#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "runtime/modules/array.h"

namespace tagproof {

namespace {

template <typename T>
T get(const char* item) {
    T value;
    std::memcpy(&value, item, sizeof(T));
    return value;
}
template <typename T>
void put(char* item, T value) {
    std::memcpy(item, &value, sizeof(T));
}

template <typename T>
Value loadSigned(Thread& thread, const char* item) {
    return makeInt(thread, int64_t{get<T>(item)});
}
template <typename T>
Value loadUnsigned(Thread& thread, const char* item) {
    return makeUnsignedInt(thread, uint64_t{get<T>(item)});
}
template <typename T>
Value loadReal(Thread& thread, const char* item) {
    return makeFloat(thread, double{get<T>(item)});
}

Value loadCharacter(Thread& thread, const char* item) {
    constexpr uint32_t kLast = 0x10ffff;
    const auto unit = get<uint32_t>(item);
    if (unit > kLast) {
        return raise(thread, ExceptionKind::kValueError,
                     "character U+{:x} is not in range [U+0000; U+10ffff]", unit);
    }
    return Value::of(makeCharStr(thread, unit));
}

bool refuse(Thread& thread, const char* what) {
    raiseText(thread, ExceptionKind::kOverflowError, what);
    return false;
}

// A number in [low, high]; messages "<name> is less than minimum", "<name> is greater than
// maximum".
struct Limits {
    int64_t low;
    int64_t high;
    const char* name;
};
bool checkLimits(Thread& thread, int64_t number, const Limits& limits) {
    if (number >= limits.low && number <= limits.high) return true;
    raise(thread, ExceptionKind::kOverflowError, "{} is {}", limits.name,
          number < limits.low ? "less than minimum" : "greater than maximum");
    return false;
}

bool toLong(Thread& thread, Value value, int64_t* number, const char* too_large) {
    const Ref index(indexOf(thread, value));
    if (!index) return false;
    return fitsInt64(thread, index.get(), number) || refuse(thread, too_large);
}

constexpr const char* kTooLargeForLong = "Python int too large to convert to C long";
constexpr Limits kShort{SHRT_MIN, SHRT_MAX, "signed short integer"};
constexpr Limits kInt{INT_MIN, INT_MAX, "signed integer"};
constexpr Limits kSignedByte{SCHAR_MIN, SCHAR_MAX, "signed char"};
constexpr Limits kByte{0, UCHAR_MAX, "unsigned byte integer"};
constexpr Limits kUnsignedShort{0, USHRT_MAX, "unsigned short"};

// The number has to fit `Passed` before it is tried on `Final`.
template <typename T, const Limits& Passed, const Limits& Final>
bool storeSmall(Thread& thread, Value value, char* item) {
    int64_t number;
    if (!toLong(thread, value, &number, kTooLargeForLong) || !checkLimits(thread, number, Passed) ||
        !checkLimits(thread, number, Final)) {
        return false;
    }
    put(item, static_cast<T>(number));
    return true;
}

bool storeLong(Thread& thread, Value value, char* item) {
    int64_t number;
    if (!toLong(thread, value, &number, kTooLargeForLong)) return false;
    put(item, number);
    return true;
}
bool storeLongLong(Thread& thread, Value value, char* item) {
    int64_t number;
    if (!toLong(thread, value, &number, "int too big to convert")) return false;
    put(item, number);
    return true;
}

bool toUnsigned(
    Thread& thread, Value value, uint64_t* number, const char* negative, const char* too_large) {
    const Ref index(indexOf(thread, value));
    if (!index) return false;
    if (intSign(thread, index.get()) < 0) return refuse(thread, negative);
    if (intBitLength(thread, index.get()) > 64) return refuse(thread, too_large);
    int64_t small;
    *number = fitsInt64(thread, index.get(), &small) ? static_cast<uint64_t>(small)
                                                     : index.as<BigInt>()->limbs()[0];
    return true;
}

constexpr const char* kNegativeWord = "can't convert negative value to unsigned int";
constexpr const char* kTooLargeForWord = "Python int too large to convert to C unsigned long";

bool storeUnsignedInt(Thread& thread, Value value, char* item) {
    uint64_t number;
    if (!toUnsigned(thread, value, &number, kNegativeWord, kTooLargeForWord)) return false;
    if (number > UINT_MAX) return refuse(thread, "unsigned int is greater than maximum");
    put(item, static_cast<uint32_t>(number));
    return true;
}
bool storeUnsignedLong(Thread& thread, Value value, char* item) {
    uint64_t number;
    if (!toUnsigned(thread, value, &number, kNegativeWord, kTooLargeForWord)) return false;
    put(item, number);
    return true;
}
bool storeUnsignedLongLong(Thread& thread, Value value, char* item) {
    uint64_t number;
    if (!toUnsigned(thread, value, &number, "can't convert negative int to unsigned",
                    "int too big to convert")) {
        return false;
    }
    put(item, number);
    return true;
}

template <typename T>
bool storeReal(Thread& thread, Value value, char* item) {
    double number;
    if (!toDouble(thread, value, &number)) return false;
    put(item, static_cast<T>(number));
    return true;
}

bool storeCharacter(Thread& thread, Value value, char* item) {
    if (!isStr(value) || value.as<Str>()->length != 1) {
        raise(thread, ExceptionKind::kTypeError, "array item must be unicode character");
        return false;
    }
    put(item, static_cast<uint32_t>(value.as<Str>()->at(0)));
    return true;
}

constexpr ArrayKind kKinds[] = {
    {'b', 1, loadSigned<int8_t>, storeSmall<int8_t, kShort, kSignedByte>},
    {'B', 1, loadUnsigned<uint8_t>, storeSmall<uint8_t, kShort, kByte>},
    {'u', 4, loadCharacter, storeCharacter},
    {'h', 2, loadSigned<int16_t>, storeSmall<int16_t, kShort, kShort>},
    {'H', 2, loadUnsigned<uint16_t>, storeSmall<uint16_t, kInt, kUnsignedShort>},
    {'i', 4, loadSigned<int32_t>, storeSmall<int32_t, kInt, kInt>},
    {'I', 4, loadUnsigned<uint32_t>, storeUnsignedInt},
    {'l', 8, loadSigned<int64_t>, storeLong},
    {'L', 8, loadUnsigned<uint64_t>, storeUnsignedLong},
    {'q', 8, loadSigned<int64_t>, storeLongLong},
    {'Q', 8, loadUnsigned<uint64_t>, storeUnsignedLongLong},
    {'f', 4, loadReal<float>, storeReal<float>},
    {'d', 8, loadReal<double>, storeReal<double>},
};

}  // namespace

const ArrayKind* findArrayKind(char32_t code) {
    for (const ArrayKind& kind : kKinds) {
        if (static_cast<char32_t>(kind.code) == code) return &kind;
    }
    return nullptr;
}

Value loadItem(Thread& thread, const Array* array, uint64_t index) {
    return array->kind->load(thread, array->at(index));
}

bool resizeArray(Thread& thread, Array* array, uint64_t size) {
    if (size > array->capacity) {
        uint64_t bytes = 0;
        const uint64_t capacity = size + size / 16 + (size < 8 ? 3 : 7);
        if (__builtin_mul_overflow(capacity, uint64_t{array->kind->size}, &bytes)) {
            raiseMemoryError(thread);
            return false;
        }
        void* const grown =
            reallocateRaw(thread, array->data, array->capacity * array->kind->size, bytes);
        if (grown == nullptr) return false;
        array->data = static_cast<char*>(grown);
        array->capacity = capacity;
    }
    array->size = size;
    return true;
}

Value copyItems(Thread& thread, const ArrayKind* kind, const char* items, uint64_t count) {
    Ref copy(newArray(thread, nullptr, kind));
    if (!copy || count == 0) return copy.release();
    if (!resizeArray(thread, copy.as<Array>(), count)) return Value::null();
    std::memcpy(copy.as<Array>()->data, items, count * kind->size);
    return copy.release();
}

// Converting may shrink the array: then nothing is inserted, as in CPython.
bool insertItem(Thread& thread, Array* array, uint64_t index, Value value) {
    char item[kLargestItem];
    const uint64_t old_size = array->size;
    if (!array->kind->store(thread, value, item)) return false;
    if (array->size < old_size) return true;
    const uint64_t behind = array->size - index;
    if (!resizeArray(thread, array, array->size + 1)) return false;
    std::memmove(array->at(index + 1), array->at(index), behind * array->kind->size);
    std::memcpy(array->at(index), item, array->kind->size);
    return true;
}

void eraseItems(Array* array, uint64_t index, uint64_t count) {
    if (count == 0) return;
    const uint64_t behind = array->size - index - count;
    std::memmove(array->at(index), array->at(index + count), behind * array->kind->size);
    array->size -= count;
}

bool extendArray(Thread& thread, Array* array, Value iterable) {
    if (!isArray(thread, iterable)) {
        return forEach(thread, iterable,
                       [&](Value item) { return insertItem(thread, array, array->size, item); });
    }
    const auto* other = iterable.as<Array>();
    if (other->kind != array->kind) {
        raise(thread, ExceptionKind::kTypeError, "can only extend with array of same kind");
        return false;
    }
    const uint64_t begin = array->size;
    const uint64_t count = other->size;
    if (count == 0) return true;
    if (!resizeArray(thread, array, begin + count)) return false;
    std::memcpy(array->at(begin), other->data, count * array->kind->size);
    return true;
}

}  // namespace tagproof
