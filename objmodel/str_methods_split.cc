// str: split, rsplit, splitlines, partition, join.

#include <algorithm>

#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/list.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str_methods.h"
#include "objmodel/str_unicode.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"

namespace tagproof {

namespace {

// The pieces of a text, collected in a list.
class Pieces {
  public:
    Pieces(Thread& thread, Str* text)
        : thread_(thread), text_(text), list_(Value::of(makeList(thread))) {}

    // Adds text[begin:end]; false with an exception pending.
    [[nodiscard]] bool add(uint64_t begin, uint64_t end) {
        if (!list_) return false;
        Str* piece = sliceStr(thread_, text_, begin, end);
        return piece != nullptr && listAppendOwned(thread_, list_.as<List>(), Value::of(piece));
    }
    // The list; reversed for pieces found from the right.
    [[nodiscard]] Value finish(bool reversed) {
        if (reversed && list_) {
            auto* list = list_.as<List>();
            std::reverse(list->items, list->items + list->size);
        }
        return list_.release();
    }

  private:
    Thread& thread_;
    Str* text_;
    Ref list_;
};

Value splitBlanks(Thread& thread, Str* text, uint64_t limit) {
    Pieces pieces(thread, text);
    uint64_t at = 0;
    for (;;) {
        while (at < text->length && isSpaceChar(text->at(at))) ++at;
        if (at == text->length) return pieces.finish(false);
        if (limit-- == 0) break;
        const uint64_t begin = at;
        while (at < text->length && !isSpaceChar(text->at(at))) ++at;
        if (!pieces.add(begin, at)) return Value::null();
    }
    return pieces.add(at, text->length) ? pieces.finish(false) : Value::null();
}

Value rsplitBlanks(Thread& thread, Str* text, uint64_t limit) {
    Pieces pieces(thread, text);
    uint64_t end = text->length;
    for (;;) {
        while (end > 0 && isSpaceChar(text->at(end - 1))) --end;
        if (end == 0) return pieces.finish(true);
        if (limit-- == 0) break;
        uint64_t begin = end;
        while (begin > 0 && !isSpaceChar(text->at(begin - 1))) --begin;
        if (!pieces.add(begin, end)) return Value::null();
        end = begin;
    }
    return pieces.add(0, end) ? pieces.finish(true) : Value::null();
}

Value splitAt(Thread& thread, Str* text, const Str* separator, uint64_t limit) {
    Pieces pieces(thread, text);
    uint64_t begin = 0;
    for (; limit > 0; --limit) {
        const int64_t found = findStr(text, separator, begin, text->length);
        if (found < 0) break;
        if (!pieces.add(begin, static_cast<uint64_t>(found))) return Value::null();
        begin = static_cast<uint64_t>(found) + separator->length;
    }
    return pieces.add(begin, text->length) ? pieces.finish(false) : Value::null();
}

Value rsplitAt(Thread& thread, Str* text, const Str* separator, uint64_t limit) {
    Pieces pieces(thread, text);
    uint64_t end = text->length;
    for (; limit > 0; --limit) {
        const int64_t found = rfindStr(text, separator, 0, end);
        if (found < 0) break;
        if (!pieces.add(static_cast<uint64_t>(found) + separator->length, end)) {
            return Value::null();
        }
        end = static_cast<uint64_t>(found);
    }
    return pieces.add(0, end) ? pieces.finish(true) : Value::null();
}

using SplitBlanks = Value (*)(Thread&, Str*, uint64_t);
using SplitAt = Value (*)(Thread&, Str*, const Str*, uint64_t);

Value splitWith(
    Thread& thread, Str* text, const Value* separator_and_limit, SplitBlanks blanks, SplitAt at) {
    const Value separator = separator_and_limit[0];
    int64_t limit = -1;
    if (!separator_and_limit[1].isNull() &&
        !toRepeatCount(thread, separator_and_limit[1], &limit)) {
        return Value::null();
    }
    const uint64_t count = limit < 0 ? UINT64_MAX : static_cast<uint64_t>(limit);
    if (separator.isNull() || separator == thread.singletons->none) {
        return blanks(thread, text, count);
    }
    if (!isStr(separator)) {
        return raise(thread, ExceptionKind::kTypeError, "must be str or None, not {}",
                     typeName(typeOf(thread, separator)));
    }
    if (separator.as<Str>()->length == 0) {
        return raise(thread, ExceptionKind::kValueError, "empty separator");
    }
    return at(thread, text, separator.as<Str>(), count);
}

constexpr const char* kSplitNames[] = {"sep", "maxsplit", nullptr};

Value methodSplit(
    Thread& thread, Value self, const Value* args, size_t positional, Value keyword_names) {
    const ParameterList parameters{.function = "split", .names = kSplitNames, .max_positional = 2};
    Value bound[2];
    if (!bindNativeArguments(thread, parameters, args, positional, keyword_names, bound)) {
        return Value::null();
    }
    return splitWith(thread, self.as<Str>(), bound, splitBlanks, splitAt);
}

Value methodRsplit(
    Thread& thread, Value self, const Value* args, size_t positional, Value keyword_names) {
    const ParameterList parameters{.function = "rsplit", .names = kSplitNames, .max_positional = 2};
    Value bound[2];
    if (!bindNativeArguments(thread, parameters, args, positional, keyword_names, bound)) {
        return Value::null();
    }
    return splitWith(thread, self.as<Str>(), bound, rsplitBlanks, rsplitAt);
}

Value methodSplitLines(
    Thread& thread, Value self, const Value* args, size_t positional, Value keyword_names) {
    static constexpr const char* kNames[] = {"keepends", nullptr};
    const ParameterList parameters{.function = "splitlines", .names = kNames, .max_positional = 1};
    Value bound;
    if (!bindNativeArguments(thread, parameters, args, positional, keyword_names, &bound)) {
        return Value::null();
    }
    const int keep = bound.isNull() ? 0 : isTrue(thread, bound);
    if (keep < 0) return Value::null();
    auto* text = self.as<Str>();
    Pieces pieces(thread, text);
    for (uint64_t at = 0; at < text->length;) {
        const uint64_t begin = at;
        while (at < text->length && !hasCharFlag(text->at(at), unicode::kLineBreak)) ++at;
        const uint64_t end = at;
        if (at < text->length) {
            const bool pair =
                text->at(at) == U'\r' && at + 1 < text->length && text->at(at + 1) == U'\n';
            at += pair ? 2 : 1;
        }
        if (!pieces.add(begin, keep != 0 ? at : end)) return Value::null();
    }
    return pieces.finish(false);
}

// --- partition -----------------------------------------------------------------------------------

Value partitionAt(Thread& thread, Str* text, Value separator, bool from_right) {
    if (!isStr(separator)) {
        return raise(thread, ExceptionKind::kTypeError, "must be str, not {}",
                     typeName(typeOf(thread, separator)));
    }
    auto* needle = separator.as<Str>();
    if (needle->length == 0) {
        return raise(thread, ExceptionKind::kValueError, "empty separator");
    }
    const int64_t found = from_right ? rfindStr(text, needle, 0, text->length)
                                     : findStr(text, needle, 0, text->length);
    const auto whole = [&] { return Value::of(sliceStr(thread, text, 0, text->length)); };
    const auto empty = [&] { return Value::of(makeEmptyStr(thread)); };
    if (found < 0) {
        const Value items[] = {from_right ? empty() : whole(), empty(),
                               from_right ? whole() : empty()};
        return Value::of(makeTupleOwning(thread, items, 3));
    }
    const auto at = static_cast<uint64_t>(found);
    const Value items[] = {Value::of(sliceStr(thread, text, 0, at)),
                           Value::of(sliceStr(thread, needle, 0, needle->length)),
                           Value::of(sliceStr(thread, text, at + needle->length, text->length))};
    return Value::of(makeTupleOwning(thread, items, 3));
}

Value methodPartition(Thread& thread, Value self, const Value* args, size_t) {
    return partitionAt(thread, self.as<Str>(), args[0], false);
}
Value methodRpartition(Thread& thread, Value self, const Value* args, size_t) {
    return partitionAt(thread, self.as<Str>(), args[0], true);
}

// --- join ----------------------------------------------------------------------------------------

Value joinItems(Thread& thread, Str* separator, const Value* items, uint64_t count) {
    for (uint64_t k = 0; k < count; ++k) {
        if (isStr(items[k])) continue;
        return raise(thread, ExceptionKind::kTypeError,
                     "sequence item {}: expected str instance, {} found", k,
                     typeName(typeOf(thread, items[k])));
    }
    return Value::of(joinStr(thread, separator, items, count));
}

Value methodJoin(Thread& thread, Value self, const Value* args, size_t) {
    const Value iterable = args[0];
    const TypeSlots& slots = typeOf(thread, iterable)->slots;
    if (slots.iter == nullptr && slots.get_item == nullptr) {
        return raise(thread, ExceptionKind::kTypeError, "can only join an iterable");
    }
    if (isExactly(iterable, thread.types->list)) {
        const auto* list = iterable.as<List>();
        return joinItems(thread, self.as<Str>(), list->items, list->size);
    }
    const Ref items(Value::of(tupleFromIterable(thread, iterable)));
    if (!items) return Value::null();
    return joinItems(thread, self.as<Str>(), items.as<Tuple>()->items(), items.as<Tuple>()->size);
}

}  // namespace

void addStrSplitMethods(Thread& thread, Type* type) {
    addKeywordMethod(thread, type, "split", methodSplit);
    addKeywordMethod(thread, type, "rsplit", methodRsplit);
    addKeywordMethod(thread, type, "splitlines", methodSplitLines);
    addMethod(thread, type, "partition", methodPartition, 1, 1);
    addMethod(thread, type, "rpartition", methodRpartition, 1, 1);
    addMethod(thread, type, "join", methodJoin, 1, 1);
}

}  // namespace tagproof
