// io.StringIO: a file in memory. Its text is an array of code points that writing overwrites and
// extends; what reading gives is copied out of it.

#include <algorithm>
#include <cstring>
#include <string>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"
#include "runtime/modules/io_types.h"

namespace tagproof {

namespace {

enum SeenNewline : uint8_t { kSeenReturn = 1, kSeenLineFeed = 2, kSeenReturnFeed = 4 };

StringIo* ioOf(Value self) { return self.as<StringIo>(); }

// Null + ValueError for one that cannot be used.
StringIo* openIo(Thread& thread, Value self) {
    StringIo* const io = ioOf(self);
    if (io->initialized && !io->closed) return io;
    raiseText(
        thread, ExceptionKind::kValueError,
        io->initialized ? "I/O operation on closed file" : "I/O operation on uninitialized object");
    return nullptr;
}

// --- the text ------------------------------------------------------------------------------------

bool growTo(Thread& thread, StringIo* io, uint64_t length) {
    if (length <= io->capacity) return true;
    if (length > INT64_MAX / sizeof(char32_t)) {
        raise(thread, ExceptionKind::kOverflowError, "new buffer size too large");
        return false;
    }
    const uint64_t capacity = std::max<uint64_t>(length + length / 8, 16);
    void* const grown = reallocateRaw(thread, io->text, io->capacity * sizeof(char32_t),
                                      capacity * sizeof(char32_t));
    if (grown == nullptr) return false;
    io->text = static_cast<char32_t*>(grown);
    io->capacity = capacity;
    return true;
}

// Notes the ends of lines in `text`, and makes each "\n" when they are to be translated.
std::u32string decodeNewlines(StringIo* io, std::u32string text) {
    const bool translate = io->newlines == Newlines::kTranslate;
    std::u32string decoded;
    decoded.reserve(text.size());
    for (size_t i = 0; i < text.size(); ++i) {
        const bool is_return = text[i] == U'\r';
        const bool both = is_return && i + 1 < text.size() && text[i + 1] == U'\n';
        if (both) {
            io->seen |= kSeenReturnFeed;
        } else if (is_return) {
            io->seen |= kSeenReturn;
        } else if (text[i] == U'\n') {
            io->seen |= kSeenLineFeed;
        }
        if (both) ++i;
        if (!is_return) {
            decoded.push_back(text[i]);
        } else if (translate) {
            decoded.push_back(U'\n');
        } else {
            decoded += both ? U"\r\n" : U"\r";
        }
    }
    return decoded;
}

std::u32string replaceLineFeeds(const std::u32string& text, const char32_t* replacement) {
    std::u32string result;
    for (const char32_t unit : text) {
        if (unit == U'\n') {
            result += replacement;
        } else {
            result.push_back(unit);
        }
    }
    return result;
}

// `text` as it is stored.
std::u32string stored(StringIo* io, const Str* text) {
    switch (io->newlines) {
        case Newlines::kKeepEnds:
        case Newlines::kTranslate:
            return decodeNewlines(io, toCodePoints(text));
        case Newlines::kLineFeed:
            break;
        case Newlines::kReturn:
            return replaceLineFeeds(toCodePoints(text), U"\r");
        case Newlines::kReturnFeed:
            return replaceLineFeeds(toCodePoints(text), U"\r\n");
    }
    return toCodePoints(text);
}

bool writeText(Thread& thread, StringIo* io, const Str* text) {
    const std::u32string units = stored(io, text);
    const uint64_t end = io->position + units.size();
    if (!growTo(thread, io, end)) return false;
    if (io->position > io->length) {
        std::fill(io->text + io->length, io->text + io->position, U'\0');
    }
    std::copy(units.begin(), units.end(), io->text + io->position);
    io->position = end;
    io->length = std::max(io->length, end);
    return true;
}

// The next `size` code points at most.
Value takeText(Thread& thread, StringIo* io, uint64_t size) {
    const uint64_t left = io->position < io->length ? io->length - io->position : 0;
    const uint64_t taken = std::min(size, left);
    if (taken == 0) return newRef(thread.singletons->empty_str);
    const char32_t* const begin = io->text + io->position;
    io->position += taken;
    return Value::of(makeStr(thread, begin, taken));
}

// Length of the first line of `text`, its end included.
size_t lineLength(Newlines newlines, const char32_t* text, size_t length) {
    const bool any = newlines == Newlines::kKeepEnds;
    const char32_t last = newlines == Newlines::kReturn ? U'\r' : U'\n';
    for (size_t i = 0; i < length; ++i) {
        if (any && text[i] == U'\r') return i + (i + 1 < length && text[i + 1] == U'\n' ? 2 : 1);
        if (text[i] != last) continue;
        if (newlines != Newlines::kReturnFeed || (i > 0 && text[i - 1] == U'\r')) return i + 1;
    }
    return length;
}

Value takeLine(Thread& thread, StringIo* io, int64_t limit) {
    if (io->position >= io->length) return newRef(thread.singletons->empty_str);
    uint64_t size = lineLength(io->newlines, io->text + io->position, io->length - io->position);
    if (limit >= 0) size = std::min(size, static_cast<uint64_t>(limit));
    return takeText(thread, io, size);
}

// --- making --------------------------------------------------------------------------------------

Value construct(Thread& thread, Value callee, const Value*, size_t, Value) {
    return Value::of(allocateObject(thread, callee.as<Type>()));
}

// False + TypeError or ValueError.
bool readNewlines(Thread& thread, Value argument, Newlines* newlines) {
    *newlines = Newlines::kLineFeed;
    if (argument.isNull()) return true;
    if (argument == thread.singletons->none) {
        *newlines = Newlines::kTranslate;
        return true;
    }
    if (!isStr(argument)) {
        raise(thread, ExceptionKind::kTypeError, "newline must be str or None, not {}",
              typeName(typeOf(thread, argument)));
        return false;
    }
    const std::string text = toUtf8(argument.as<Str>());
    if (text == "\n") return true;
    if (text.empty()) {
        *newlines = Newlines::kKeepEnds;
    } else if (text == "\r") {
        *newlines = Newlines::kReturn;
    } else if (text == "\r\n") {
        *newlines = Newlines::kReturnFeed;
    } else {
        const Ref shown(reprOf(thread, argument));
        if (!shown) return false;
        raise(thread, ExceptionKind::kValueError, "illegal newline value: {}",
              toUtf8(shown.as<Str>()));
        return false;
    }
    return true;
}

int init(Thread& thread, Value self, const Value* args, size_t positional, Value keyword_names) {
    static constexpr const char* kNames[] = {"initial_value", "newline", nullptr};
    constexpr ParameterList kParameters{
        .function = "StringIO", .names = kNames, .max_positional = 2};
    Value given[2];
    if (!bindNativeArguments(thread, kParameters, args, positional, keyword_names, given)) {
        return -1;
    }
    StringIo* const io = ioOf(self);
    Newlines newlines;
    if (!readNewlines(thread, given[1], &newlines)) return -1;
    const bool has_text = !given[0].isNull() && given[0] != thread.singletons->none;
    if (has_text && !isStr(given[0])) {
        raise(thread, ExceptionKind::kTypeError, "initial_value must be str or None, not {}",
              typeName(typeOf(thread, given[0])));
        return -1;
    }
    io->newlines = newlines;
    io->seen = 0;
    io->length = io->position = 0;
    if (has_text && !writeText(thread, io, given[0].as<Str>())) return -1;
    io->position = 0;
    io->initialized = true;
    io->closed = false;
    return 0;
}

void dealloc(Thread& thread, Object* self) {
    const auto* io = reinterpret_cast<StringIo*>(self);
    freeRaw(thread, io->text, io->capacity * sizeof(char32_t));
    freeObject(thread, self);
}

// --- methods -------------------------------------------------------------------------------------

Value write(Thread& thread, Value self, const Value* args, size_t) {
    StringIo* const io = openIo(thread, self);
    if (io == nullptr) return Value::null();
    if (!isStr(args[0])) {
        return raise(thread, ExceptionKind::kTypeError, "string argument expected, got '{}'",
                     typeName(typeOf(thread, args[0])));
    }
    const Str* const text = args[0].as<Str>();
    if (text->length > 0 && !writeText(thread, io, text)) return Value::null();
    return makeInt(thread, static_cast<int64_t>(text->length));
}

Value read(Thread& thread, Value self, const Value* args, size_t count) {
    StringIo* const io = openIo(thread, self);
    int64_t size;
    if (io == nullptr || !toOptionalSize(thread, count > 0 ? args[0] : Value::null(), -1, &size)) {
        return Value::null();
    }
    return takeText(thread, io, size < 0 ? UINT64_MAX : static_cast<uint64_t>(size));
}

Value readLine(Thread& thread, Value self, const Value* args, size_t count) {
    StringIo* const io = openIo(thread, self);
    int64_t size;
    if (io == nullptr || !toOptionalSize(thread, count > 0 ? args[0] : Value::null(), -1, &size)) {
        return Value::null();
    }
    return takeLine(thread, io, size);
}

// A subclass may read lines of its own.
Value nextLine(Thread& thread, Value self) {
    StringIo* const io = openIo(thread, self);
    if (io == nullptr) return Value::null();
    Str* const name = internStr(thread, "readline");
    if (name == nullptr) return Value::null();
    const Value own = lookupTypeAttribute(thread, self.asObject()->type, name);
    const bool plain = isExactly(own, thread.types->method_descriptor);
    Ref line(plain ? takeLine(thread, io, -1) : callMethod(thread, self, name, nullptr, 0));
    if (!line) return Value::null();
    if (!isStr(line.get())) {
        return raise(thread, ExceptionKind::kOSError,
                     "readline() should have returned a str object, not '{}'",
                     typeName(typeOf(thread, line.get())));
    }
    return line.as<Str>()->length > 0 ? line.release() : Value::null();
}

Value getValue(Thread& thread, Value self, const Value*, size_t) {
    const StringIo* const io = openIo(thread, self);
    return io == nullptr ? Value::null() : Value::of(makeStr(thread, io->text, io->length));
}

Value tell(Thread& thread, Value self, const Value*, size_t) {
    const StringIo* const io = openIo(thread, self);
    return io == nullptr ? Value::null() : makeInt(thread, static_cast<int64_t>(io->position));
}

Value seek(Thread& thread, Value self, const Value* args, size_t count) {
    StringIo* const io = openIo(thread, self);
    int64_t offset;
    int64_t whence = 0;
    if (io == nullptr || !toSsize(thread, args[0], &offset) ||
        (count > 1 && !toSsize(thread, args[1], &whence))) {
        return Value::null();
    }
    if (whence < 0 || whence > 2) {
        return raise(thread, ExceptionKind::kValueError, "Invalid whence ({}, should be 0, 1 or 2)",
                     whence);
    }
    if (whence == 0 && offset < 0) {
        return raise(thread, ExceptionKind::kValueError, "Negative seek position {}", offset);
    }
    if (whence != 0 && offset != 0) {
        return raise(thread, ExceptionKind::kOSError, "Can't do nonzero cur-relative seeks");
    }
    if (whence == 0) io->position = static_cast<uint64_t>(offset);
    if (whence == 2) io->position = io->length;
    return makeInt(thread, static_cast<int64_t>(io->position));
}

Value truncate(Thread& thread, Value self, const Value* args, size_t count) {
    StringIo* const io = openIo(thread, self);
    int64_t size;
    if (io == nullptr || !toOptionalSize(thread, count > 0 ? args[0] : Value::null(),
                                         static_cast<int64_t>(io->position), &size)) {
        return Value::null();
    }
    if (size < 0) {
        return raise(thread, ExceptionKind::kValueError, "Negative size value {}", size);
    }
    io->length = std::min(io->length, static_cast<uint64_t>(size));
    return makeInt(thread, size);
}

Value close(Thread& thread, Value self, const Value*, size_t) {
    StringIo* const io = ioOf(self);
    io->closed = true;
    freeRaw(thread, std::exchange(io->text, nullptr),
            std::exchange(io->capacity, 0) * sizeof(char32_t));
    io->length = 0;
    return thread.singletons->none;
}

Value answerYes(Thread& thread, Value self, const Value*, size_t) {
    return openIo(thread, self) == nullptr ? Value::null() : thread.singletons->true_;
}

Value getClosed(Thread& thread, Value self) {
    const StringIo* const io = ioOf(self);
    if (!io->initialized) {
        return raise(thread, ExceptionKind::kValueError, "I/O operation on uninitialized object");
    }
    return boolValue(thread, io->closed);
}

Value getLineBuffering(Thread& thread, Value self) {
    return openIo(thread, self) == nullptr ? Value::null() : thread.singletons->false_;
}

// What ends of lines were written: None, the one kind, or a tuple of several.
Value getNewlines(Thread& thread, Value self) {
    const StringIo* const io = openIo(thread, self);
    if (io == nullptr) return Value::null();
    constexpr std::pair<SeenNewline, const char*> kEnds[] = {
        {kSeenReturn, "\r"}, {kSeenLineFeed, "\n"}, {kSeenReturnFeed, "\r\n"}};
    Ref texts[std::size(kEnds)];
    Value found[std::size(kEnds)];
    size_t count = 0;
    for (const auto& [bit, text] : kEnds) {
        if ((io->seen & bit) == 0) continue;
        texts[count] = Ref(Value::of(makeStr(thread, text)));
        if (!texts[count]) return Value::null();
        found[count] = texts[count].get();
        ++count;
    }
    if (count == 0) return thread.singletons->none;
    return count == 1 ? texts[0].release() : Value::of(makeTuple(thread, found, count));
}

void addMethods(Thread& thread, Type* type) {
    addMethod(thread, type, "close", close, 0, 0);
    addMethod(thread, type, "getvalue", getValue, 0, 0);
    addMethod(thread, type, "read", read, 0, 1);
    addMethod(thread, type, "readable", answerYes, 0, 0);
    addMethod(thread, type, "readline", readLine, 0, 1);
    addMethod(thread, type, "seek", seek, 1, 2);
    addMethod(thread, type, "seekable", answerYes, 0, 0);
    addMethod(thread, type, "tell", tell, 0, 0);
    addMethod(thread, type, "truncate", truncate, 0, 1);
    addMethod(thread, type, "writable", answerYes, 0, 0);
    addMethod(thread, type, "write", write, 1, 1);
    addGetSet(thread, type, "closed", getClosed, nullptr);
    addGetSet(thread, type, "line_buffering", getLineBuffering, nullptr);
    addGetSet(thread, type, "newlines", getNewlines, nullptr);
}

}  // namespace

Type* newStringIoType(Thread& thread, Type* text_io_base) {
    Type* const type = newNativeType(thread, "_io.StringIO", text_io_base);
    if (type == nullptr) return nullptr;
    setNativeLayout(type, CellFamily::kOther, sizeof(StringIo),
                    kTypeAllowsSubclass | kTypeHasManagedDict | kTypeHasWeakrefs);
    type->slots.dealloc = dealloc;
    type->slots.construct = construct;
    type->slots.init = init;
    type->slots.next = nextLine;
    addMethods(thread, type);
    return finishNativeType(thread, type) ? type : nullptr;
}

}  // namespace tagproof
