// str: find, index, count, startswith, replace, removeprefix and their kin.

#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/slice.h"
#include "objmodel/str_builder.h"
#include "objmodel/str_methods.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"

namespace tagproof {

namespace {

Str* asStr(Thread& thread, Value value, const char* what) {
    if (isStr(value)) return value.as<Str>();
    raise(thread, ExceptionKind::kTypeError, "{} must be str, not {}", what,
          typeName(typeOf(thread, value)));
    return nullptr;
}

// The count of arguments of methods that CPython parses itself, in the words of its parser.
bool checkSearchCount(Thread& thread, const char* name, size_t count) {
    constexpr size_t kMost = 3;
    if (count >= 1 && count <= kMost) return true;
    raise(thread, ExceptionKind::kTypeError, "{}() takes {} ({} given)", name,
          count == 0 ? "at least 1 argument" : "at most 3 arguments", count);
    return false;
}

// (needle, start, stop) of find, index and count.
struct SearchArguments {
    Str* needle = nullptr;
    uint64_t start = 0;
    uint64_t stop = 0;
    bool possible = true;  // start is not beyond the end
};

bool readSearch(Thread& thread,
                const char* name,
                const Str* text,
                const Value* args,
                size_t count,
                SearchArguments* out) {
    if (!checkSearchCount(thread, name, count)) return false;
    if (!isStr(args[0])) {
        raise(thread, ExceptionKind::kTypeError, "must be str, not {}",
              typeName(typeOf(thread, args[0])));
        return false;
    }
    out->needle = args[0].as<Str>();
    int64_t start = 0;
    int64_t stop = 0;
    if (!readBounds(thread, args + 1, count - 1, text->length, &start, &stop)) return false;
    out->possible = start <= stop;
    out->start = static_cast<uint64_t>(start);
    out->stop = static_cast<uint64_t>(stop);
    return true;
}

// Names in messages, by the last template argument below.
constexpr const char* kSearchNames[] = {"find", "rfind", "index", "rindex"};

using FindFunction = int64_t (*)(const Str*, const Str*, uint64_t, uint64_t);

// The position as an int, or null with an exception pending; -1 when there is none.
template <FindFunction Find, size_t Name>
Value search(Thread& thread, Value self, const Value* args, size_t count) {
    SearchArguments arguments;
    const auto* text = self.as<Str>();
    if (!readSearch(thread, kSearchNames[Name], text, args, count, &arguments)) {
        return Value::null();
    }
    if (!arguments.possible) return Value::fixnum(-1);
    return Value::fixnum(Find(text, arguments.needle, arguments.start, arguments.stop));
}

template <FindFunction Find, size_t Name>
Value searchOrRaise(Thread& thread, Value self, const Value* args, size_t count) {
    const Value found = search<Find, Name>(thread, self, args, count);
    if (found != Value::fixnum(-1)) return found;
    return raise(thread, ExceptionKind::kValueError, "substring not found");
}

int64_t countOccurrences(const Str* text, const Str* needle, uint64_t start, uint64_t stop) {
    if (needle->length == 0) return static_cast<int64_t>(stop - start) + 1;
    int64_t count = 0;
    for (;;) {
        const int64_t found = findStr(text, needle, start, stop);
        if (found < 0) return count;
        ++count;
        start = static_cast<uint64_t>(found) + needle->length;
    }
}

Value methodCount(Thread& thread, Value self, const Value* args, size_t count) {
    SearchArguments arguments;
    const auto* text = self.as<Str>();
    if (!readSearch(thread, "count", text, args, count, &arguments)) return Value::null();
    if (!arguments.possible) return Value::fixnum(0);
    return Value::fixnum(countOccurrences(text, arguments.needle, arguments.start, arguments.stop));
}

// --- prefixes and suffixes -----------------------------------------------------------------------

bool matchesAt(const Str* text, const Str* part, uint64_t at) {
    for (uint64_t k = 0; k < part->length; ++k) {
        if (text->at(at + k) != part->at(k)) return false;
    }
    return true;
}

bool hasPart(const Str* text, const Str* part, uint64_t start, uint64_t stop, bool at_end) {
    if (start > stop || stop - start < part->length) return false;
    return matchesAt(text, part, at_end ? stop - part->length : start);
}

Value testPart(Thread& thread, Value self, const Value* args, size_t count, bool at_end) {
    const auto* text = self.as<Str>();
    const char* name = at_end ? "endswith" : "startswith";
    if (!checkSearchCount(thread, name, count)) return Value::null();
    int64_t start = 0;
    int64_t stop = 0;
    if (!readBounds(thread, args + 1, count - 1, text->length, &start, &stop)) {
        return Value::null();
    }
    const auto first = static_cast<uint64_t>(start);
    const auto last = static_cast<uint64_t>(stop);
    if (isStr(args[0])) {
        return boolValue(thread, hasPart(text, args[0].as<Str>(), first, last, at_end));
    }
    if (!isTuple(args[0])) {
        return raise(thread, ExceptionKind::kTypeError,
                     "{} first arg must be str or a tuple of str, not {}", name,
                     typeName(typeOf(thread, args[0])));
    }
    for (const Value part : *args[0].as<Tuple>()) {
        if (!isStr(part)) {
            return raise(thread, ExceptionKind::kTypeError,
                         "tuple for {} must only contain str, not {}", name,
                         typeName(typeOf(thread, part)));
        }
        if (hasPart(text, part.as<Str>(), first, last, at_end)) return boolValue(thread, true);
    }
    return boolValue(thread, false);
}

Value methodStartsWith(Thread& thread, Value self, const Value* args, size_t count) {
    return testPart(thread, self, args, count, false);
}
Value methodEndsWith(Thread& thread, Value self, const Value* args, size_t count) {
    return testPart(thread, self, args, count, true);
}

Value methodRemovePrefix(Thread& thread, Value self, const Value* args, size_t) {
    auto* text = self.as<Str>();
    const Str* part = asStr(thread, args[0], "removeprefix() argument");
    if (part == nullptr) return Value::null();
    const bool has = hasPart(text, part, 0, text->length, false);
    return Value::of(sliceStr(thread, text, has ? part->length : 0, text->length));
}

Value methodRemoveSuffix(Thread& thread, Value self, const Value* args, size_t) {
    auto* text = self.as<Str>();
    const Str* part = asStr(thread, args[0], "removesuffix() argument");
    if (part == nullptr) return Value::null();
    const bool has = hasPart(text, part, 0, text->length, true);
    return Value::of(sliceStr(thread, text, 0, text->length - (has ? part->length : 0)));
}

// --- replace -------------------------------------------------------------------------------------

// Replacing the empty string: `to` before each code point and at the end.
Value interleave(Thread& thread, Str* text, const Str* to, uint64_t limit) {
    StrBuilder out(thread);
    uint64_t done = 0;
    for (uint64_t k = 0; k < text->length; ++k) {
        if (done < limit) {
            out.append(to);
            ++done;
        }
        out.append(text->at(k));
    }
    if (done < limit) out.append(to);
    return Value::of(out.finish());
}

Value replaceAll(Thread& thread, Str* text, const Str* from, const Str* to, uint64_t limit) {
    if (from->length == 0) return interleave(thread, text, to, limit);
    int64_t found = limit == 0 ? -1 : findStr(text, from, 0, text->length);
    if (found < 0) return Value::of(sliceStr(thread, text, 0, text->length));
    StrBuilder out(thread);
    uint64_t start = 0;
    for (uint64_t done = 0; found >= 0 && done < limit; ++done) {
        const auto at = static_cast<uint64_t>(found);
        out.append(text, start, at);
        out.append(to);
        start = at + from->length;
        found = findStr(text, from, start, text->length);
    }
    out.append(text, start, text->length);
    return Value::of(out.finish());
}

Value methodReplace(Thread& thread, Value self, const Value* args, size_t count) {
    const Str* from = asStr(thread, args[0], "replace() argument 1");
    const Str* to = from == nullptr ? nullptr : asStr(thread, args[1], "replace() argument 2");
    if (to == nullptr) return Value::null();
    int64_t limit = -1;
    if (count > 2 && !toRepeatCount(thread, args[2], &limit)) return Value::null();
    return replaceAll(thread, self.as<Str>(), from, to,
                      limit < 0 ? UINT64_MAX : static_cast<uint64_t>(limit));
}

}  // namespace

void addStrSearchMethods(Thread& thread, Type* type) {
    addMethod(thread, type, "find", search<findStr, 0>, 0, kAnyCount);
    addMethod(thread, type, "rfind", search<rfindStr, 1>, 0, kAnyCount);
    addMethod(thread, type, "index", searchOrRaise<findStr, 2>, 0, kAnyCount);
    addMethod(thread, type, "rindex", searchOrRaise<rfindStr, 3>, 0, kAnyCount);
    addMethod(thread, type, "count", methodCount, 0, kAnyCount);
    addMethod(thread, type, "startswith", methodStartsWith, 0, kAnyCount);
    addMethod(thread, type, "endswith", methodEndsWith, 0, kAnyCount);
    addMethod(thread, type, "removeprefix", methodRemovePrefix, 1, 1);
    addMethod(thread, type, "removesuffix", methodRemoveSuffix, 1, 1);
    addMethod(thread, type, "replace", methodReplace, 2, 3);
}

}  // namespace tagproof
