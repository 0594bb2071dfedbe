// The array module: the constructor and the methods of array.array. Those of files are absent:
// tofile, fromfile.

#include <algorithm>
#include <cstring>
#include <string>

#include "objmodel/bytes.h"
#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/list.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"
#include "runtime/builtins.h"
#include "runtime/modules/array.h"
#include "runtime/modules/library_state.h"
#include "runtime/modules/native_modules.h"
#include "runtime/vm.h"

namespace tagproof {

namespace {

Array* arrayOf(Value self) { return self.as<Array>(); }

// --- making --------------------------------------------------------------------------------------

// The kind that the first argument names; null + pending.
const ArrayKind* kindFrom(Thread& thread, Value code) {
    if (!isStr(code) || code.as<Str>()->length != 1) {
        raise(thread, ExceptionKind::kTypeError,
              "array() argument 1 must be a unicode character, not {}",
              typeName(typeOf(thread, code)));
        return nullptr;
    }
    const ArrayKind* const kind = findArrayKind(code.as<Str>()->at(0));
    if (kind == nullptr) {
        raise(thread, ExceptionKind::kValueError,
              "bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)");
    }
    return kind;
}

bool checkInitializer(Thread& thread, const ArrayKind* kind, Value initial) {
    if (kind->code == 'u') return true;
    const bool is_text = isStr(initial);
    const bool is_characters = isArray(thread, initial) && arrayOf(initial)->kind->code == 'u';
    if (!is_text && !is_characters) return true;
    raise(thread, ExceptionKind::kTypeError,
          "cannot use a {} to initialize an array with typecode '{}'",
          is_text ? "str" : "unicode array", kind->code);
    return false;
}

// Appends the items whose memory `bytes` shows. False + ValueError or MemoryError.
bool appendBytes(Thread& thread, Array* array, BufferView bytes) {
    const uint64_t item_size = array->kind->size;
    if (bytes.length % item_size != 0) {
        raise(thread, ExceptionKind::kValueError, "bytes length not a multiple of item size");
        return false;
    }
    const uint64_t old_size = array->size;
    if (!resizeArray(thread, array, old_size + bytes.length / item_size)) return false;
    if (bytes.length != 0) std::memcpy(array->at(old_size), bytes.data, bytes.length);
    return true;
}

Value construct(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    auto* const type = callee.as<Type>();
    if (type == thread.vm->library().array && keywordCount(keyword_names) != 0) {
        return raise(thread, ExceptionKind::kTypeError, "array.array() takes no keyword arguments");
    }
    if (positional == 0 || positional > 2) {
        return raise(thread, ExceptionKind::kTypeError, "array() takes at {} ({} given)",
                     positional == 0 ? "least 1 argument" : "most 2 arguments", positional);
    }
    const ArrayKind* const kind = kindFrom(thread, args[0]);
    if (kind == nullptr) return Value::null();
    const bool has_items = positional > 1 && args[1] != thread.singletons->none;
    if (has_items && !checkInitializer(thread, kind, args[1])) return Value::null();
    Ref array(newArray(thread, type, kind));
    if (!array || positional == 1) return array.release();
    if (isBytes(args[1])) {
        const bool filled = appendBytes(thread, array.as<Array>(), bufferOf(args[1]));
        return filled ? array.release() : Value::null();
    }
    const bool same_kind = isArray(thread, args[1]) && arrayOf(args[1])->kind == kind;
    const Ref items(isArray(thread, args[1]) && !same_kind ? getIter(thread, args[1])
                                                           : newRef(args[1]));
    return items && extendArray(thread, array.as<Array>(), items.get()) ? array.release()
                                                                        : Value::null();
}

void dealloc(Thread& thread, Object* self) {
    const auto* array = reinterpret_cast<Array*>(self);
    freeRaw(thread, array->data, array->capacity * array->kind->size);
    freeObject(thread, self);
}

// --- methods -------------------------------------------------------------------------------------

Value append(Thread& thread, Value self, const Value* args, size_t) {
    Array* const array = arrayOf(self);
    return insertItem(thread, array, array->size, args[0]) ? thread.singletons->none
                                                           : Value::null();
}

Value extend(Thread& thread, Value self, const Value* args, size_t) {
    return extendArray(thread, arrayOf(self), args[0]) ? thread.singletons->none : Value::null();
}

Value insert(Thread& thread, Value self, const Value* args, size_t) {
    int64_t index;
    if (!toRepeatCount(thread, args[0], &index)) return Value::null();
    Array* const array = arrayOf(self);
    const auto size = static_cast<int64_t>(array->size);
    if (index < 0) index = std::max<int64_t>(index + size, 0);
    const auto place = static_cast<uint64_t>(std::min(index, size));
    return insertItem(thread, array, place, args[1]) ? thread.singletons->none : Value::null();
}

Value pop(Thread& thread, Value self, const Value* args, size_t count) {
    int64_t index = -1;
    if (count > 0 && !toRepeatCount(thread, args[0], &index)) return Value::null();
    Array* const array = arrayOf(self);
    if (array->size == 0) {
        return raise(thread, ExceptionKind::kIndexError, "pop from empty array");
    }
    if (index < 0) index += static_cast<int64_t>(array->size);
    if (index < 0 || static_cast<uint64_t>(index) >= array->size) {
        return raise(thread, ExceptionKind::kIndexError, "pop index out of range");
    }
    Ref item(loadItem(thread, array, static_cast<uint64_t>(index)));
    if (item) eraseItems(array, static_cast<uint64_t>(index), 1);
    return item.release();
}

// The position of the first item of [begin, end) that equals `value`: size when there is none, -1
// with an exception pending. Comparing may change the array.
int64_t findItem(Thread& thread, const Array* array, Value value, uint64_t begin, uint64_t end) {
    for (uint64_t k = begin; k < end && k < array->size; ++k) {
        const Ref item(loadItem(thread, array, k));
        const int same = item ? compareBool(thread, item.get(), value, CompareOp::kEq) : -1;
        if (same < 0) return -1;
        if (same > 0) return static_cast<int64_t>(k);
    }
    return INT64_MAX;
}

bool toBound(Thread& thread, const Array* array, Value value, uint64_t* bound) {
    int64_t number;
    if (!toIndexSaturated(thread, value, &number)) return false;
    if (number < 0) number = std::max<int64_t>(number + static_cast<int64_t>(array->size), 0);
    *bound = static_cast<uint64_t>(number);
    return true;
}

Value index(Thread& thread, Value self, const Value* args, size_t count) {
    const Array* const array = arrayOf(self);
    uint64_t begin = 0;
    uint64_t end = INT64_MAX;
    if ((count > 1 && !toBound(thread, array, args[1], &begin)) ||
        (count > 2 && !toBound(thread, array, args[2], &end))) {
        return Value::null();
    }
    const int64_t found = findItem(thread, array, args[0], begin, end);
    if (found < 0) return Value::null();
    if (found != INT64_MAX) return makeInt(thread, found);
    return raise(thread, ExceptionKind::kValueError, "array.index(x): x not in array");
}

Value removeItem(Thread& thread, Value self, const Value* args, size_t) {
    Array* const array = arrayOf(self);
    const int64_t found = findItem(thread, array, args[0], 0, INT64_MAX);
    if (found < 0) return Value::null();
    if (found == INT64_MAX) {
        return raise(thread, ExceptionKind::kValueError, "array.remove(x): x not in array");
    }
    if (static_cast<uint64_t>(found) < array->size) {
        eraseItems(array, static_cast<uint64_t>(found), 1);
    }
    return thread.singletons->none;
}

Value countItems(Thread& thread, Value self, const Value* args, size_t) {
    const Array* const array = arrayOf(self);
    int64_t count = 0;
    for (uint64_t k = 0;; ++k) {
        const int64_t found = findItem(thread, array, args[0], k, INT64_MAX);
        if (found < 0) return Value::null();
        if (found == INT64_MAX) return makeInt(thread, count);
        k = static_cast<uint64_t>(found);
        ++count;
    }
}

// Turns `size` bytes around.
void reverseBytes(char* bytes, size_t size) { std::reverse(bytes, bytes + size); }

Value reverseItems(Thread& thread, Value self, const Value*, size_t) {
    const Array* const array = arrayOf(self);
    for (uint64_t low = 0, high = array->size; low + 1 < high; ++low) {
        --high;
        std::swap_ranges(array->at(low), array->at(low + 1), array->at(high));
    }
    return thread.singletons->none;
}

Value byteSwap(Thread& thread, Value self, const Value*, size_t) {
    const Array* const array = arrayOf(self);
    for (uint64_t k = 0; k < array->size; ++k) reverseBytes(array->at(k), array->kind->size);
    return thread.singletons->none;
}

Value toList(Thread& thread, Value self, const Value*, size_t) {
    const Array* const array = arrayOf(self);
    Ref list(Value::of(makeList(thread, array->size)));
    if (!list) return Value::null();
    for (uint64_t k = 0; k < array->size; ++k) {
        const Value item = loadItem(thread, array, k);
        if (item.isNull() || !listAppendOwned(thread, list.as<List>(), item)) {
            return Value::null();
        }
    }
    return list.release();
}

// All items or none.
Value fromList(Thread& thread, Value self, const Value* args, size_t) {
    if (!isList(args[0])) return raise(thread, ExceptionKind::kTypeError, "arg must be list");
    Array* const array = arrayOf(self);
    const List* const list = args[0].as<List>();
    const uint64_t old_size = array->size;
    const uint64_t count = list->size;
    for (uint64_t k = 0; k < count; ++k) {
        if (k >= list->size || list->size != count) {
            array->size = std::min(array->size, old_size);
            return raise(thread, ExceptionKind::kRuntimeError,
                         "list changed size during iteration");
        }
        const Ref item = Ref::borrow(list->items[k]);
        if (insertItem(thread, array, array->size, item.get())) continue;
        array->size = std::min(array->size, old_size);
        return Value::null();
    }
    return thread.singletons->none;
}

bool checkCharacters(Thread& thread, const Array* array, const char* method) {
    if (array->kind->code == 'u') return true;
    raise(thread, ExceptionKind::kValueError, "{}() may only be called on unicode type arrays",
          method);
    return false;
}

Value toUnicode(Thread& thread, Value self, const Value*, size_t) {
    const Array* const array = arrayOf(self);
    if (!checkCharacters(thread, array, "tounicode")) return Value::null();
    std::u32string text(array->size, U'\0');
    for (uint64_t k = 0; k < array->size; ++k) {
        const Ref character(loadItem(thread, array, k));
        if (!character) return Value::null();
        text[k] = character.as<Str>()->at(0);
    }
    return Value::of(makeStr(thread, text.data(), text.size()));
}

Value fromUnicode(Thread& thread, Value self, const Value* args, size_t) {
    if (!isStr(args[0])) {
        return raise(thread, ExceptionKind::kTypeError,
                     "fromunicode() argument must be str, not {}",
                     typeName(typeOf(thread, args[0])));
    }
    Array* const array = arrayOf(self);
    if (!checkCharacters(thread, array, "fromunicode") || !extendArray(thread, array, args[0])) {
        return Value::null();
    }
    return thread.singletons->none;
}

Value bufferInfo(Thread& thread, Value self, const Value*, size_t) {
    const Array* const array = arrayOf(self);
    const Ref address(makeUnsignedInt(thread, reinterpret_cast<uint64_t>(array->data)));
    if (!address) return Value::null();
    const Value parts[] = {address.get(), Value::fixnum(static_cast<int64_t>(array->size))};
    return Value::of(makeTuple(thread, parts, 2));
}

Value copy(Thread& thread, Value self, const Value*, size_t) {
    const Array* const array = arrayOf(self);
    return copyItems(thread, array->kind, array->data, array->size);
}

Value getTypeCode(Thread& thread, Value self) {
    return Value::of(makeCharStr(thread, static_cast<char32_t>(arrayOf(self)->kind->code)));
}
Value getItemSize(Thread&, Value self) { return Value::fixnum(arrayOf(self)->kind->size); }

BufferView viewOfArray(Value self) {
    const Array* const array = arrayOf(self);
    return {reinterpret_cast<const uint8_t*>(array->data), array->size * array->kind->size};
}

Value toBytesMethod(Thread& thread, Value self, const Value*, size_t) {
    return Value::of(makeBytes(thread, viewOfArray(self)));
}

Value fromBytesMethod(Thread& thread, Value self, const Value* args, size_t) {
    BufferView bytes;
    if (!readBuffer(thread, args[0], &bytes)) return Value::null();
    if (isArray(thread, args[0]) && arrayOf(args[0])->kind->size != 1) {
        return raise(thread, ExceptionKind::kTypeError, "a bytes-like object is required");
    }
    if (args[0] == self && bytes.length != 0) {
        return raise(thread, ExceptionKind::kBufferError,
                     "cannot resize an array that is exporting buffers");
    }
    if (!appendBytes(thread, arrayOf(self), bytes)) return Value::null();
    return thread.singletons->none;
}

void setUpArray(Thread& thread, Type* type) {
    setNativeLayout(type, CellFamily::kOther, sizeof(Array),
                    kTypeAllowsSubclass | kTypeHasWeakrefs);
    type->slots.dealloc = dealloc;
    type->slots.construct = construct;
    type->slots.buffer = viewOfArray;
    setArraySlots(type);
    addMethod(thread, type, "__copy__", copy, 0, 0);
    addMethod(thread, type, "__deepcopy__", copy, 1, 1);
    addMethod(thread, type, "append", append, 1, 1);
    addMethod(thread, type, "buffer_info", bufferInfo, 0, 0);
    addMethod(thread, type, "byteswap", byteSwap, 0, 0);
    addMethod(thread, type, "count", countItems, 1, 1);
    addMethod(thread, type, "extend", extend, 1, 1);
    addMethod(thread, type, "frombytes", fromBytesMethod, 1, 1);
    addMethod(thread, type, "fromlist", fromList, 1, 1);
    addMethod(thread, type, "fromunicode", fromUnicode, 1, 1);
    addMethod(thread, type, "index", index, 1, 3);
    addMethod(thread, type, "insert", insert, 2, 2);
    addMethod(thread, type, "pop", pop, 0, 1);
    addMethod(thread, type, "remove", removeItem, 1, 1);
    addMethod(thread, type, "reverse", reverseItems, 0, 0);
    addMethod(thread, type, "tobytes", toBytesMethod, 0, 0);
    addMethod(thread, type, "tolist", toList, 0, 0);
    addMethod(thread, type, "tounicode", toUnicode, 0, 0);
    addGetSet(thread, type, "itemsize", getItemSize, nullptr);
    addGetSet(thread, type, "typecode", getTypeCode, nullptr);
}

constexpr LibraryTypeRow kTypes[] = {
    {&LibraryState::array, "array.array", setUpArray},
    {&LibraryState::array_iterator, "array.arrayiterator", setUpArrayIterator, false},
};

}  // namespace

Value newArray(Thread& thread, Type* type, const ArrayKind* kind) {
    auto* const array =
        allocateObject<Array>(thread, type != nullptr ? type : thread.vm->library().array);
    if (array == nullptr) return Value::null();
    array->kind = kind;
    return Value::of(array);
}

bool initArrayModule(Thread& thread, Value module) {
    return addLibraryTypes(thread, module, kTypes) &&
           addValue(thread, module, "ArrayType", newRef(Value::of(thread.vm->library().array))) &&
           addValue(thread, module, "typecodes", Value::of(makeStr(thread, kArrayTypeCodes)));
}

}  // namespace tagproof
