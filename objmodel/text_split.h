#pragma once
// split, rsplit, splitlines and partition, for str and bytes alike: templates over StrText and
// BytesText (objmodel/text_kind.h).

#include <algorithm>
#include <limits>

#include "objmodel/c_int.h"
#include "objmodel/list.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/text_kind.h"
#include "objmodel/tuple.h"

namespace tagproof {

// The pieces of a text, collected in a list.
template <typename Text>
class Pieces {
  public:
    Pieces(Thread& thread, Value text)
        : thread_(thread), text_(text), list_(Value::of(makeList(thread))) {}

    // Adds text[begin:end]; false with an exception pending.
    [[nodiscard]] bool add(uint64_t begin, uint64_t end) {
        if (!list_) return false;
        const Value piece = Text::slice(thread_, text_, begin, end);
        return !piece.isNull() && listAppendOwned(thread_, list_.as<List>(), piece);
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
    Value text_;
    Ref list_;
};

template <typename Text>
Value splitBlanks(Thread& thread, Value self, uint64_t limit) {
    const auto text = Text::view(self);
    Pieces<Text> pieces(thread, self);
    uint64_t at = 0;
    for (;;) {
        while (at < text.length && Text::isSpace(text.at(at))) ++at;
        if (at == text.length) return pieces.finish(false);
        if (limit-- == 0) break;
        const uint64_t begin = at;
        while (at < text.length && !Text::isSpace(text.at(at))) ++at;
        if (!pieces.add(begin, at)) return Value::null();
    }
    return pieces.add(at, text.length) ? pieces.finish(false) : Value::null();
}

template <typename Text>
Value rsplitBlanks(Thread& thread, Value self, uint64_t limit) {
    const auto text = Text::view(self);
    Pieces<Text> pieces(thread, self);
    uint64_t end = text.length;
    for (;;) {
        while (end > 0 && Text::isSpace(text.at(end - 1))) --end;
        if (end == 0) return pieces.finish(true);
        if (limit-- == 0) break;
        uint64_t begin = end;
        while (begin > 0 && !Text::isSpace(text.at(begin - 1))) --begin;
        if (!pieces.add(begin, end)) return Value::null();
        end = begin;
    }
    return pieces.add(0, end) ? pieces.finish(true) : Value::null();
}

template <typename Text>
Value splitAt(Thread& thread, Value self, typename Text::View separator, uint64_t limit) {
    const auto text = Text::view(self);
    Pieces<Text> pieces(thread, self);
    uint64_t begin = 0;
    for (; limit > 0; --limit) {
        const int64_t found = Text::find(text, separator, begin, text.length);
        if (found < 0) break;
        if (!pieces.add(begin, static_cast<uint64_t>(found))) return Value::null();
        begin = static_cast<uint64_t>(found) + separator.length;
    }
    return pieces.add(begin, text.length) ? pieces.finish(false) : Value::null();
}

template <typename Text>
Value rsplitAt(Thread& thread, Value self, typename Text::View separator, uint64_t limit) {
    const auto text = Text::view(self);
    Pieces<Text> pieces(thread, self);
    uint64_t end = text.length;
    for (; limit > 0; --limit) {
        const int64_t found = Text::rfind(text, separator, 0, end);
        if (found < 0) break;
        if (!pieces.add(static_cast<uint64_t>(found) + separator.length, end)) {
            return Value::null();
        }
        end = static_cast<uint64_t>(found);
    }
    return pieces.add(0, end) ? pieces.finish(true) : Value::null();
}

template <typename Text, bool FromRight>
Value methodSplit(
    Thread& thread, Value self, const Value* args, size_t positional, Value keyword_names) {
    static constexpr const char* kNames[] = {"sep", "maxsplit", nullptr};
    const ParameterList parameters{
        .function = FromRight ? "rsplit" : "split", .names = kNames, .max_positional = 2};
    Value bound[2];
    int64_t limit = -1;
    if (!bindNativeArguments(thread, parameters, args, positional, keyword_names, bound) ||
        (!bound[1].isNull() && !toSsize(thread, bound[1], &limit))) {
        return Value::null();
    }
    constexpr uint64_t kNoLimit = std::numeric_limits<uint64_t>::max();
    const uint64_t count = limit < 0 ? kNoLimit : static_cast<uint64_t>(limit);
    if (bound[0].isNull() || bound[0] == thread.singletons->none) {
        return (FromRight ? rsplitBlanks<Text> : splitBlanks<Text>)(thread, self, count);
    }
    typename Text::View separator;
    if (!Text::read(thread, bound[0], "must be str or None, not {0}", &separator)) {
        return Value::null();
    }
    if (separator.length == 0) {
        return raise(thread, ExceptionKind::kValueError, "empty separator");
    }
    return (FromRight ? rsplitAt<Text> : splitAt<Text>)(thread, self, separator, count);
}

template <typename Text>
Value methodSplitLines(
    Thread& thread, Value self, const Value* args, size_t positional, Value keyword_names) {
    static constexpr const char* kNames[] = {"keepends", nullptr};
    const ParameterList parameters{.function = "splitlines", .names = kNames, .max_positional = 1};
    Value bound;
    int keep = 0;
    if (!bindNativeArguments(thread, parameters, args, positional, keyword_names, &bound) ||
        (!bound.isNull() && !toCInt(thread, bound, &keep))) {
        return Value::null();
    }
    const auto text = Text::view(self);
    Pieces<Text> pieces(thread, self);
    for (uint64_t at = 0; at < text.length;) {
        const uint64_t begin = at;
        while (at < text.length && !Text::isLineBreak(text.at(at))) ++at;
        const uint64_t end = at;
        if (at < text.length) {
            const bool pair =
                text.at(at) == U'\r' && at + 1 < text.length && text.at(at + 1) == U'\n';
            at += pair ? 2 : 1;
        }
        if (!pieces.add(begin, keep != 0 ? at : end)) return Value::null();
    }
    return pieces.finish(false);
}

template <typename Text, bool FromRight>
Value methodPartition(Thread& thread, Value self, const Value* args, size_t) {
    typename Text::View separator;
    if (!Text::read(thread, args[0], "must be str, not {0}", &separator)) return Value::null();
    if (separator.length == 0) {
        return raise(thread, ExceptionKind::kValueError, "empty separator");
    }
    const auto text = Text::view(self);
    const auto find = FromRight ? Text::rfind : Text::find;
    const int64_t found = find(text, separator, 0, text.length);
    if (found < 0) {
        const Value whole = Text::slice(thread, self, 0, text.length);
        const Value items[] = {FromRight ? Text::empty(thread) : whole, Text::empty(thread),
                               FromRight ? whole : Text::empty(thread)};
        return Value::of(makeTupleOwning(thread, items, 3));
    }
    const auto at = static_cast<uint64_t>(found);
    const Value items[] = {Text::slice(thread, self, 0, at), newRef(args[0]),
                           Text::slice(thread, self, at + separator.length, text.length)};
    return Value::of(makeTupleOwning(thread, items, 3));
}

template <typename Text>
void addSplitMethods(Thread& thread, Type* type) {
    addKeywordMethod(thread, type, "split", methodSplit<Text, false>);
    addKeywordMethod(thread, type, "rsplit", methodSplit<Text, true>);
    addKeywordMethod(thread, type, "splitlines", methodSplitLines<Text>);
    addMethod(thread, type, "partition", methodPartition<Text, false>, 1, 1);
    addMethod(thread, type, "rpartition", methodPartition<Text, true>, 1, 1);
}

}  // namespace tagproof
