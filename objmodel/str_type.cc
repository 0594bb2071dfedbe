// The Python-visible type str: constructor, slots, operators. Methods: objmodel/str_methods.h.

#include <algorithm>

#include "objmodel/codecs.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/iterators.h"
#include "objmodel/native_function.h"
#include "objmodel/number_slots.h"
#include "objmodel/percent_format.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/sequence.h"
#include "objmodel/slice.h"
#include "objmodel/slot_words.h"
#include "objmodel/str.h"
#include "objmodel/str_methods.h"
#include "objmodel/str_units.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"

namespace tagproof {

namespace {

Value notImplemented(Thread& thread) { return newRef(thread.singletons->not_implemented); }

// A copy of `text` as an instance of a subclass.
Value newStrOfType(Thread& thread, Type* type, const Str* text) {
    const uint64_t bytes = (text->length + 1) * text->kind;
    const size_t begin_of_slots = slotWordsOfStr(text);
    const size_t slot_bytes = type->slots_count * sizeof(Value);
    auto* copy = allocateSized<Str>(thread, type, begin_of_slots + slot_bytes);
    if (copy == nullptr) return Value::null();
    std::memset(reinterpret_cast<char*>(copy) + begin_of_slots, 0, slot_bytes);
    copy->hash = text->hash;
    copy->length = text->length;
    copy->kind = text->kind;
    copy->ascii = text->ascii;
    copy->interned = false;
    copy->reserved = 0;
    std::memcpy(copy->bytes(), text->bytes(), bytes);
    return Value::of(copy);
}

// str(object), or str(bytes, encoding, errors); values null = not given.
Value textOfArguments(Thread& thread, const Value* bound) {
    const Value object = bound[0];
    CodecArguments arguments;
    if (!readCodecArguments(thread, "str", bound[1], bound[2], &arguments)) return Value::null();
    if (object.isNull()) return Value::of(makeEmptyStr(thread));
    if (bound[1].isNull() && bound[2].isNull()) return strOf(thread, object);
    if (isBytesLike(object)) return decodeBytes(thread, object, arguments);
    if (isStr(object)) {
        return raise(thread, ExceptionKind::kTypeError, "decoding str is not supported");
    }
    return raise(thread, ExceptionKind::kTypeError,
                 "decoding to str: need a bytes-like object, {} found",
                 typeName(typeOf(thread, object)));
}

Value constructStr(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    static constexpr const char* kNames[] = {"object", "encoding", "errors", nullptr};
    const ParameterList parameters{.function = "str", .names = kNames, .max_positional = 3};
    Value bound[3];
    if (!bindNativeArguments(thread, parameters, args, positional, keyword_names, bound)) {
        return Value::null();
    }
    Ref text(textOfArguments(thread, bound));
    Type* type = callee.as<Type>();
    if (!text || type == thread.types->str) return text.release();
    return newStrOfType(thread, type, text.as<Str>());
}

Value exactStr(Thread& thread, Value self) {
    auto* text = self.as<Str>();
    return Value::of(sliceStr(thread, text, 0, text->length));
}

Value reprOfStr(Thread& thread, Value self) { return Value::of(reprStr(thread, self.as<Str>())); }

int64_t hashOfStr(Thread&, Value self) { return strHash(self.as<Str>()); }

Value compareStrs(Thread& thread, Value left, Value right, CompareOp op) {
    if (!isStr(left) || !isStr(right)) return notImplemented(thread);
    const auto* a = left.as<Str>();
    const auto* b = right.as<Str>();
    if (op == CompareOp::kEq) return boolValue(thread, strEqual(a, b));
    if (op == CompareOp::kNe) return boolValue(thread, !strEqual(a, b));
    return boolValue(thread, orderMatches(compareStr(a, b), op));
}

int64_t lengthOfStr(Thread&, Value self) { return static_cast<int64_t>(self.as<Str>()->length); }

Value getStrSlice(Thread& thread, Str* text, Slice* slice) {
    SlicePositions positions;
    if (!readSlice(thread, slice, &positions)) return Value::null();
    fitSlice(static_cast<int64_t>(text->length), &positions);
    const auto start = static_cast<uint64_t>(positions.start);
    const auto count = static_cast<uint64_t>(positions.count);
    if (count == 0) return Value::of(makeEmptyStr(thread));
    if (positions.step == 1) return Value::of(sliceStr(thread, text, start, start + count));
    std::u32string picked(count, U'\0');
    for (uint64_t k = 0; k < count; ++k) picked[k] = text->at(positions.at(k));
    return Value::of(makeStr(thread, picked.data(), count));
}

Value getStrItem(Thread& thread, Value self, Value key) {
    auto* text = self.as<Str>();
    if (isSlice(thread, key)) return getStrSlice(thread, text, key.as<Slice>());
    if (!isInt(key) && typeOf(thread, key)->slots.index == nullptr) {
        return raise(thread, ExceptionKind::kTypeError, "string indices must be integers, not '{}'",
                     typeName(typeOf(thread, key)));
    }
    uint64_t index = 0;
    if (!resolveIndex(thread, key, text->length, "string", "string index", &index)) {
        return Value::null();
    }
    return Value::of(makeCharStr(thread, text->at(index)));
}

int strContains(Thread& thread, Value self, Value item) {
    if (!isStr(item)) {
        raise(thread, ExceptionKind::kTypeError,
              "'in <string>' requires string as left operand, not {}",
              typeName(typeOf(thread, item)));
        return -1;
    }
    const auto* text = self.as<Str>();
    return findStr(text, item.as<Str>(), 0, text->length) >= 0 ? 1 : 0;
}

Value concatStrs(Thread& thread, Value left, Value right) {
    if (!isStr(left) || !isStr(right)) return notImplemented(thread);
    return Value::of(concatStr(thread, left.as<Str>(), right.as<Str>()));
}

Value repeatStrs(Thread& thread, Value left, Value right) {
    const bool str_first = isStr(left);
    const Value times = str_first ? right : left;
    if (!isInt(times) && typeOf(thread, times)->slots.index == nullptr) {
        return notImplemented(thread);
    }
    int64_t count = 0;
    if (!toRepeatCount(thread, times, &count)) return Value::null();
    return Value::of(repeatStr(thread, (str_first ? left : right).as<Str>(), count));
}

Value remainderOfStr(Thread& thread, Value left, Value right) {
    if (!isStr(left)) return notImplemented(thread);
    return percentFormat(thread, left.as<Str>(), right);
}

Value methodEncode(
    Thread& thread, Value self, const Value* args, size_t positional, Value keyword_names) {
    static constexpr const char* kNames[] = {"encoding", "errors", nullptr};
    const ParameterList parameters{.function = "encode", .names = kNames, .max_positional = 2};
    Value bound[2];
    CodecArguments arguments;
    if (!bindNativeArguments(thread, parameters, args, positional, keyword_names, bound) ||
        !readCodecArguments(thread, "encode", bound[0], bound[1], &arguments)) {
        return Value::null();
    }
    return encodeStr(thread, self.as<Str>(), arguments);
}

Value methodNewArguments(Thread& thread, Value self, const Value*, size_t) {
    Ref text(exactStr(thread, self));
    const Value item = text.get();
    return item.isNull() ? item : Value::of(makeTuple(thread, &item, 1));
}

}  // namespace

void initStrType(Thread& thread) {
    Type* type = thread.types->str;
    setNativeLayout(type, CellFamily::kStr, sizeof(Str), kTypeAllowsSubclass | kTypeIsStr);
    TypeSlots& slots = type->slots;
    slots.dealloc = deallocPlain;
    slots.construct = constructStr;
    slots.repr = reprOfStr;
    slots.str = exactStr;
    slots.hash = hashOfStr;
    slots.compare = compareStrs;
    slots.iter = newStrIterator;
    slots.length = lengthOfStr;
    slots.get_item = getStrItem;
    slots.contains = strContains;
    slots.format = formatStr;
    slots.binary[static_cast<size_t>(BinaryOp::kAdd)] = concatStrs;
    slots.binary[static_cast<size_t>(BinaryOp::kMultiply)] = repeatStrs;
    slots.binary[static_cast<size_t>(BinaryOp::kRemainder)] = remainderOfStr;
    addStrSearchMethods(thread, type);
    addStrSplitMethods(thread, type);
    addStrCaseMethods(thread, type);
    addStrTestMethods(thread, type);
    addStrLayoutMethods(thread, type);
    addStrFormatMethods(thread, type);
    addKeywordMethod(thread, type, "encode", methodEncode);
    addMethod(thread, type, "__getnewargs__", methodNewArguments, 0, 0);
}

}  // namespace tagproof
