#include "objmodel/sequence.h"

#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/recursion.h"
#include "objmodel/ref.h"
#include "objmodel/slice.h"
#include "objmodel/str_builder.h"
#include "objmodel/type_object.h"

namespace tagproof {

bool resolveIndex(Thread& thread,
                  Value key,
                  const uint64_t& length,
                  const char* name,
                  const char* what,
                  uint64_t* index) {
    int64_t position = 0;
    if (key.isFixnum()) {
        position = key.asFixnum();
    } else {
        if (!isInt(key) && typeOf(thread, key)->slots.index == nullptr) {
            raise(thread, ExceptionKind::kTypeError,
                  "{} indices must be integers or slices, not {}", name,
                  typeName(typeOf(thread, key)));
            return false;
        }
        if (!toIndex(thread, key, &position)) return false;
    }
    if (position < 0) position += static_cast<int64_t>(length);
    if (position < 0 || static_cast<uint64_t>(position) >= length) {
        raise(thread, ExceptionKind::kIndexError, "{} out of range", what);
        return false;
    }
    *index = static_cast<uint64_t>(position);
    return true;
}

Value compareItems(Thread& thread, Value left, Value right, CompareOp op, GetItems get) {
    const bool sizes_differ = get(left).size != get(right).size;
    if (sizes_differ && (op == CompareOp::kEq || op == CompareOp::kNe)) {
        return boolValue(thread, op == CompareOp::kNe);
    }
    for (uint64_t k = 0; k < get(left).size && k < get(right).size; ++k) {
        const Value x = get(left).items[k];
        const Value y = get(right).items[k];
        if (x == y) continue;
        Ref a = Ref::borrow(x);
        Ref b = Ref::borrow(y);
        const int equal = compareBool(thread, x, y, CompareOp::kEq);
        if (equal < 0) return Value::null();
        if (equal != 0) continue;
        // The comparison may have made one of them shorter: then the lengths decide.
        if (k >= get(left).size || k >= get(right).size) break;
        if (op == CompareOp::kEq || op == CompareOp::kNe) {
            return boolValue(thread, op == CompareOp::kNe);
        }
        a = Ref::borrow(get(left).items[k]);
        b = Ref::borrow(get(right).items[k]);
        return richCompare(thread, a.get(), b.get(), op);
    }
    return boolValue(thread,
                     compareFixnums(Value::fixnum(static_cast<int64_t>(get(left).size)),
                                    Value::fixnum(static_cast<int64_t>(get(right).size)), op));
}

Value reprItems(
    Thread& thread, Value owner, GetItems get, std::string_view open, std::string_view close) {
    const ReprScope repr_scope(owner.asObject());
    StrBuilder out(thread);
    out.appendAscii(open);
    if (!repr_scope.first()) {
        out.appendAscii("...");
        out.appendAscii(close.substr(close.size() - 1));  // without a tuple's comma
        return Value::of(out.finish());
    }
    const RecursionScope scope(thread, " while getting the repr of an object");
    if (!scope.entered()) return Value::null();
    for (uint64_t k = 0; k < get(owner).size; ++k) {
        if (k != 0) out.appendAscii(", ");
        Ref item = Ref::borrow(get(owner).items[k]);
        Ref text(reprOf(thread, item.get()));
        if (!text) return Value::null();
        out.append(text.as<Str>());
    }
    out.appendAscii(close);
    return Value::of(out.finish());
}

bool checkSingleArgument(
    Thread& thread, const Type* type, const Type* exact, size_t positional, Value keyword_names) {
    // A subclass may take keywords in the one of __new__ and __init__ that is not the native one.
    const bool plain = exact == thread.types->list ? type->slots.construct == exact->slots.construct
                                                   : type->slots.init == exact->slots.init;
    if (plain && !rejectKeywords(thread, typeName(exact), keyword_names)) return false;
    return checkArgumentCount(thread, typeName(exact), positional, 0, 1);
}

bool readIndexBounds(Thread& thread,
                     const Value* args,
                     size_t count,
                     uint64_t length,
                     uint64_t* start,
                     uint64_t* stop) {
    for (size_t k = 0; k < count; ++k) {
        if (isInt(args[k]) || typeOf(thread, args[k])->slots.index != nullptr) continue;
        raise(thread, ExceptionKind::kTypeError,
              "slice indices must be integers or have an __index__ method");
        return false;
    }
    int64_t first = 0;
    int64_t last = 0;
    if (!readBounds(thread, args, count, length, &first, &last)) return false;
    *start = static_cast<uint64_t>(first);
    *stop = static_cast<uint64_t>(last);
    return true;
}

}  // namespace tagproof
