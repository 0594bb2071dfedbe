// The Python-visible type bytes: constructor, slots, operators. Methods: objmodel/bytes_methods.h.

#include <cstring>

#include "objmodel/attr.h"
#include "objmodel/bytes.h"
#include "objmodel/bytes_builder.h"
#include "objmodel/bytes_methods.h"
#include "objmodel/codecs.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/iterators.h"
#include "objmodel/list.h"
#include "objmodel/native_function.h"
#include "objmodel/number_slots.h"
#include "objmodel/percent_format.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/sequence.h"
#include "objmodel/slice.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"

namespace tagproof {

namespace {

Value notImplemented(Thread& thread) { return newRef(thread.singletons->not_implemented); }

bool hasIndex(const Thread& thread, Value value) {
    return isInt(value) || typeOf(thread, value)->slots.index != nullptr;
}

// --- construction --------------------------------------------------------------------------------

// A copy of `bytes` as an instance of a subclass.
Value newBytesOfType(Thread& thread, Type* type, const Bytes* bytes) {
    auto* copy = allocateSized<Bytes>(thread, type, sizeof(Bytes) + bytes->length + 1);
    if (copy == nullptr) return Value::null();
    copy->hash = bytes->hash;
    copy->length = bytes->length;
    std::memcpy(copy->data(), bytes->data(), bytes->length + 1);
    return Value::of(copy);
}

bool appendItem(Thread& thread, Value item, BytesBuilder* out) {
    uint8_t byte = 0;
    if (!toByte(thread, item, "bytes", &byte)) return false;
    out->append(static_cast<char32_t>(byte));
    return true;
}

// The items of an exact list or tuple, which their __index__ may change.
bool appendItems(Thread& thread, Value sequence, GetItems get, BytesBuilder* out) {
    for (uint64_t k = 0; k < get(sequence).size; ++k) {
        const Ref item = Ref::borrow(get(sequence).items[k]);
        if (!appendItem(thread, item.get(), out)) return false;
    }
    return true;
}

ItemView itemsOfList(Value list) { return {list.as<List>()->items, list.as<List>()->size}; }
ItemView itemsOfTuple(Value tuple) { return {tuple.as<Tuple>()->items(), tuple.as<Tuple>()->size}; }

bool appendIterable(Thread& thread, Value iterable, BytesBuilder* out) {
    if (isExactList(thread, iterable)) return appendItems(thread, iterable, itemsOfList, out);
    if (isExactTuple(thread, iterable)) return appendItems(thread, iterable, itemsOfTuple, out);
    const Ref iterator(getIterOr(
        thread, iterable,
        fmt::format("cannot convert '{}' object to bytes", typeName(typeOf(thread, iterable)))));
    return iterator && forEachNext(thread, iterator.get(),
                                   [&](Value item) { return appendItem(thread, item, out); });
}

Value zeroBytes(Thread& thread, int64_t count) {
    if (count < 0) return raise(thread, ExceptionKind::kValueError, "negative count");
    if (count < 2) {
        const uint8_t zero = 0;
        return Value::of(makeBytes(thread, &zero, static_cast<uint64_t>(count)));
    }
    Bytes* bytes = allocateBytes(thread, static_cast<uint64_t>(count));
    if (bytes != nullptr) std::memset(bytes->data(), 0, bytes->length);
    return Value::of(bytes);
}

// bytes(object) of what has no __bytes__ and is no count.
Value bytesFromObject(Thread& thread, Value object) {
    if (isBytesLike(object)) return Value::of(makeBytes(thread, bufferOf(object)));
    if (isStr(object)) {
        return raise(thread, ExceptionKind::kTypeError, "cannot convert '{}' object to bytes",
                     typeName(typeOf(thread, object)));
    }
    BytesBuilder out(thread);
    if (!appendIterable(thread, object, &out)) return Value::null();
    return Value::of(out.finish());
}

// What __bytes__ gives; null without pending when there is none.
Value callBytesMethod(Thread& thread, Value object) {
    const Ref method(lookupSpecial(thread, object, thread.singletons->names.bytes));
    if (!method) return Value::null();
    return requireBytes(thread, call(thread, method.get(), nullptr, 0));
}

// bytes(object) without its __bytes__.
Value bytesFromCountOrObject(Thread& thread, Value object) {
    if (isStr(object)) {
        return raise(thread, ExceptionKind::kTypeError, "string argument without an encoding");
    }
    if (hasIndex(thread, object)) {
        int64_t count = 0;
        if (toRepeatCount(thread, object, &count)) return zeroBytes(thread, count);
        if (!pendingMatches(thread, ExceptionKind::kTypeError)) return Value::null();
        clearPending(thread);
    }
    return bytesFromObject(thread, object);
}

// bytes(text, encoding, errors); values null = not given.
Value bytesFromText(Thread& thread, Value text, Value encoding, Value errors) {
    CodecArguments arguments;
    if (!readCodecArguments(thread, "bytes", encoding, errors, &arguments)) return Value::null();
    if (!text.isNull() && isStr(text)) {
        if (encoding.isNull()) {
            return raise(thread, ExceptionKind::kTypeError, "string argument without an encoding");
        }
        return encodeStr(thread, text.as<Str>(), arguments);
    }
    return raise(thread, ExceptionKind::kTypeError, "{} without a string argument",
                 encoding.isNull() ? "errors" : "encoding");
}

Value newExactBytes(Thread& thread, const Value* bound) {
    const Value object = bound[0];
    if (!bound[1].isNull() || !bound[2].isNull()) {
        return bytesFromText(thread, object, bound[1], bound[2]);
    }
    if (object.isNull()) return Value::of(makeBytes(thread, nullptr, 0));
    const Value made = callBytesMethod(thread, object);
    if (!made.isNull() || hasPending(thread)) return made;
    return bytesFromCountOrObject(thread, object);
}

Value constructBytes(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    static constexpr const char* kNames[] = {"source", "encoding", "errors", nullptr};
    const ParameterList parameters{.function = "bytes", .names = kNames, .max_positional = 3};
    Value bound[3];
    if (!bindNativeArguments(thread, parameters, args, positional, keyword_names, bound)) {
        return Value::null();
    }
    Ref bytes(newExactBytes(thread, bound));
    Type* type = callee.as<Type>();
    if (!bytes || type == thread.types->bytes) return bytes.release();
    return newBytesOfType(thread, type, bytes.as<Bytes>());
}

// --- slots ---------------------------------------------------------------------------------------

BufferView viewOfBytes(Value self) { return self.as<Bytes>()->view(); }

Value exactBytes(Thread& thread, Value self) {
    auto* bytes = self.as<Bytes>();
    return Value::of(sliceBytes(thread, bytes, 0, bytes->length));
}

Value reprOfBytes(Thread& thread, Value self) {
    return Value::of(reprBytes(thread, viewOfBytes(self)));
}

int64_t hashOfBytes(Thread&, Value self) { return bytesHash(self.as<Bytes>()); }

Value compareTwoBytes(Thread& thread, Value left, Value right, CompareOp op) {
    if (!isBytes(left) || !isBytes(right)) return notImplemented(thread);
    const int order = compareBytes(viewOfBytes(left), viewOfBytes(right));
    return boolValue(thread, orderMatches(order, op));
}

int64_t lengthOfBytes(Thread&, Value self) {
    return static_cast<int64_t>(self.as<Bytes>()->length);
}

Value getBytesSlice(Thread& thread, Bytes* bytes, Slice* slice) {
    SlicePositions positions;
    if (!readSlice(thread, slice, &positions)) return Value::null();
    fitSlice(static_cast<int64_t>(bytes->length), &positions);
    const auto start = static_cast<uint64_t>(positions.start);
    const auto count = static_cast<uint64_t>(positions.count);
    if (count == 0) return Value::of(makeBytes(thread, nullptr, 0));
    if (positions.step == 1 || count == 1) {
        return Value::of(sliceBytes(thread, bytes, start, start + count));
    }
    Bytes* picked = allocateBytes(thread, count);
    if (picked == nullptr) return Value::null();
    for (uint64_t k = 0; k < count; ++k) picked->data()[k] = bytes->data()[positions.at(k)];
    return Value::of(picked);
}

Value getBytesItem(Thread& thread, Value self, Value key) {
    auto* bytes = self.as<Bytes>();
    if (isSlice(thread, key)) return getBytesSlice(thread, bytes, key.as<Slice>());
    uint64_t index = 0;
    if (!resolveIndex(thread, key, bytes->length, "byte", "index", &index)) return Value::null();
    return Value::fixnum(bytes->data()[index]);
}

int bytesContain(Thread& thread, Value self, Value item) {
    const BufferView bytes = viewOfBytes(self);
    BufferView needle;
    uint8_t byte = 0;
    int64_t number = 0;
    if (hasIndex(thread, item) && toIndexSaturated(thread, item, &number)) {
        if (!checkByte(thread, number, "byte", &byte)) return -1;
        return findBytes(bytes, {&byte, 1}, 0, bytes.length) >= 0 ? 1 : 0;
    }
    clearPending(thread);  // of an __index__ that failed
    if (!readBuffer(thread, item, &needle)) return -1;
    return findBytes(bytes, needle, 0, bytes.length) >= 0 ? 1 : 0;
}

Value addBytes(Thread& thread, Value left, Value right) {
    if (!isBytes(left) || !isBytesLike(right)) return notImplemented(thread);
    auto* a = left.as<Bytes>();
    const BufferView b = bufferOf(right);
    if (b.length == 0 && isExactly(left, thread.types->bytes)) return newRef(left);
    if (a->length == 0 && isExactly(right, thread.types->bytes)) return newRef(right);
    return Value::of(concatBytes(thread, a->view(), b));
}

Value multiplyBytes(Thread& thread, Value left, Value right) {
    const bool bytes_first = isBytes(left);
    const Value times = bytes_first ? right : left;
    if (!hasIndex(thread, times)) return notImplemented(thread);
    int64_t count = 0;
    if (!toRepeatCount(thread, times, &count)) return Value::null();
    return Value::of(repeatBytes(thread, (bytes_first ? left : right).as<Bytes>(), count));
}

Value remainderOfBytes(Thread& thread, Value left, Value right) {
    if (!isBytes(left)) return notImplemented(thread);
    return percentFormatBytes(thread, left.as<Bytes>(), right);
}

Value methodNewArguments(Thread& thread, Value self, const Value*, size_t) {
    Ref bytes(exactBytes(thread, self));
    const Value item = bytes.get();
    return item.isNull() ? item : Value::of(makeTuple(thread, &item, 1));
}

Value methodBytes(Thread& thread, Value self, const Value*, size_t) {
    return exactBytes(thread, self);
}

}  // namespace

Value toBytes(Thread& thread, Value value) {
    if (isExactly(value, thread.types->bytes)) return newRef(value);
    const Value made = callBytesMethod(thread, value);
    if (!made.isNull() || hasPending(thread)) return made;
    return bytesFromObject(thread, value);
}

Value requireBytes(Thread& thread, Value result) {
    Ref made(result);
    if (!made || isBytes(made.get())) return made.release();
    return raise(thread, ExceptionKind::kTypeError, "__bytes__ returned non-bytes (type {})",
                 typeName(typeOf(thread, made.get())));
}

bool makeBytesSingletons(Thread& thread, Singletons* singletons) {
    const auto make = [&](uint64_t length, Value* place) {
        Bytes* bytes = allocateBytes(thread, length);
        if (bytes == nullptr) return false;
        bytes->head.refcount = layout::kImmortalRefcount;
        *place = Value::of(bytes);
        return true;
    };
    if (!make(0, &singletons->empty_bytes)) return false;
    for (size_t byte = 0; byte <= UINT8_MAX; ++byte) {
        Value* const place = &singletons->byte_bytes[byte];
        if (!make(1, place)) return false;
        place->as<Bytes>()->data()[0] = static_cast<uint8_t>(byte);
    }
    return true;
}

void initBytesType(Thread& thread) {
    Type* type = thread.types->bytes;
    setNativeLayout(type, CellFamily::kOther, sizeof(Bytes),
                    kTypeAllowsSubclass | kTypeIsBytes | kTypeConcatenates);
    TypeSlots& slots = type->slots;
    slots.dealloc = deallocPlain;
    slots.construct = constructBytes;
    slots.repr = reprOfBytes;
    slots.hash = hashOfBytes;
    slots.compare = compareTwoBytes;
    slots.iter = newBytesIterator;
    slots.length = lengthOfBytes;
    slots.get_item = getBytesItem;
    slots.contains = bytesContain;
    slots.buffer = viewOfBytes;
    slots.binary[static_cast<size_t>(BinaryOp::kAdd)] = addBytes;
    slots.binary[static_cast<size_t>(BinaryOp::kMultiply)] = multiplyBytes;
    slots.binary[static_cast<size_t>(BinaryOp::kRemainder)] = remainderOfBytes;
    addBytesMethods(thread, type);
    addMethod(thread, type, "__getnewargs__", methodNewArguments, 0, 0);
    addMethod(thread, type, "__bytes__", methodBytes, 0, 0);
}

}  // namespace tagproof
