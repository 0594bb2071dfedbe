#include "runtime/text_file.h"

#include <unistd.h>
#include <cerrno>
#include <cstring>
#include <string>

#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/type_object.h"
#include "runtime/output.h"
#include "runtime/poll.h"
#include "runtime/vm.h"

namespace tagproof {

namespace {

constexpr size_t kInputBuffer = 8192;

TextFile* fileOf(Value self) { return self.as<TextFile>(); }

void deallocFile(Thread& thread, Object* self) {
    auto* file = reinterpret_cast<TextFile*>(self);
    if (file->buffer != nullptr) freeRaw(thread, file->buffer, kInputBuffer);
    decref(file->name);
    freeObject(thread, self);
}

void traverseFile(Object* self, VisitFunction visit, void* context) {
    visit(reinterpret_cast<TextFile*>(self)->name, context);
}

// The text as UTF-8. Surrogates cannot be written: an escape each, or UnicodeEncodeError.
bool encode(Thread& thread, const Str* text, bool replace, std::string* bytes) {
    std::u32string encodable;
    for (uint64_t i = 0; i < text->length; ++i) {
        const char32_t unit = text->at(i);
        if (unit < 0xd800 || unit > 0xdfff) {
            encodable.push_back(unit);
            continue;
        }
        const std::string escape = fmt::format("\\u{:04x}", static_cast<uint32_t>(unit));
        if (!replace) {
            raise(
                thread, ExceptionKind::kUnicodeEncodeError,
                "'utf-8' codec can't encode character '{}' in position {}: surrogates not allowed",
                escape, i);
            return false;
        }
        encodable.append(escape.begin(), escape.end());
    }
    const Ref clean(Value::of(makeStr(thread, encodable.data(), encodable.size())));
    if (!clean) return false;
    *bytes = toUtf8(clean.as<Str>());
    return true;
}

// More input into the empty buffer: 1, 0 at the end, -1 + pending.
int fillBuffer(Thread& thread, TextFile* file) {
    if (file->buffer == nullptr) {
        file->buffer = static_cast<char*>(allocateRaw(thread, kInputBuffer));
        if (file->buffer == nullptr) return -1;
    }
    for (;;) {
        const ssize_t count = ::read(file->descriptor, file->buffer, kInputBuffer);
        if (count >= 0) {
            file->begin = 0;
            file->end = static_cast<size_t>(count);
            return count > 0 ? 1 : 0;
        }
        if (errno != EINTR) {
            raiseErrno(thread, errno);
            return -1;
        }
        if (thread.poll != 0 && runPoll(thread) < 0) return -1;
    }
}

// Reads up to a newline (kept) or, with `whole`, to the end.
Value readText(Thread& thread, TextFile* file, bool whole) {
    std::string text;
    for (;;) {
        if (file->begin == file->end) {
            const int filled = fillBuffer(thread, file);
            if (filled < 0) return Value::null();
            if (filled == 0) break;
        }
        const char* begin = file->buffer + file->begin;
        const size_t left = file->end - file->begin;
        const void* newline = whole ? nullptr : std::memchr(begin, '\n', left);
        const size_t take =
            newline == nullptr ? left
                               : static_cast<size_t>(static_cast<const char*>(newline) - begin) + 1;
        text.append(begin, take);
        file->begin += take;
        if (newline != nullptr) break;
    }
    return Value::of(makeStr(thread, text));
}

bool requireInput(Thread& thread, Value self) {
    if (fileOf(self)->output == nullptr) return true;
    raise(thread, ExceptionKind::kOSError, "not readable");
    return false;
}

// --- methods -------------------------------------------------------------------------------------

Value writeMethod(Thread& thread, Value self, const Value* args, size_t) {
    if (!isStr(args[0])) {
        return raise(thread, ExceptionKind::kTypeError, "write() argument must be str, not {}",
                     typeName(typeOf(thread, args[0])));
    }
    if (!textFileWrite(thread, self, args[0].as<Str>())) return Value::null();
    return makeInt(thread, static_cast<int64_t>(args[0].as<Str>()->length));
}

Value writelinesMethod(Thread& thread, Value self, const Value* args, size_t) {
    const bool done = forEach(thread, args[0], [&](Value line) {
        const Ref written(writeMethod(thread, self, &line, 1));
        return static_cast<bool>(written);
    });
    return done ? thread.singletons->none : Value::null();
}

Value flushMethod(Thread& thread, Value self, const Value*, size_t) {
    return textFileFlush(thread, self) ? thread.singletons->none : Value::null();
}

Value readlineMethod(Thread& thread, Value self, const Value*, size_t) {
    return requireInput(thread, self) ? readText(thread, fileOf(self), false) : Value::null();
}

Value readMethod(Thread& thread, Value self, const Value*, size_t) {
    return requireInput(thread, self) ? readText(thread, fileOf(self), true) : Value::null();
}

Value nextLine(Thread& thread, Value self) {
    if (!requireInput(thread, self)) return Value::null();
    Ref line(readText(thread, fileOf(self), false));
    return line && line.as<Str>()->length == 0 ? Value::null() : line.release();
}

Value iterSelf(Thread&, Value self) { return newRef(self); }

Value filenoMethod(Thread&, Value self, const Value*, size_t) {
    return Value::fixnum(fileOf(self)->descriptor);
}

Value isattyMethod(Thread& thread, Value self, const Value*, size_t) {
    return boolValue(thread, ::isatty(fileOf(self)->descriptor) != 0);
}

Value readableMethod(Thread& thread, Value self, const Value*, size_t) {
    return boolValue(thread, fileOf(self)->output == nullptr);
}
Value writableMethod(Thread& thread, Value self, const Value*, size_t) {
    return boolValue(thread, fileOf(self)->output != nullptr);
}

Value getEncoding(Thread& thread, Value) { return Value::of(makeAsciiStr(thread, "utf-8")); }
Value getErrors(Thread& thread, Value self) {
    return Value::of(
        makeAsciiStr(thread, fileOf(self)->replaces_errors ? "backslashreplace" : "strict"));
}
Value getMode(Thread& thread, Value self) {
    return Value::of(makeAsciiStr(thread, fileOf(self)->output == nullptr ? "r" : "w"));
}
Value getName(Thread&, Value self) { return newRef(fileOf(self)->name); }
Value getClosed(Thread& thread, Value) { return thread.singletons->false_; }

Value reprFile(Thread& thread, Value self) {
    return Value::of(
        makeStr(thread, fmt::format("<_io.TextIOWrapper name='{}' mode='{}' encoding='utf-8'>",
                                    toUtf8(fileOf(self)->name.as<Str>()),
                                    fileOf(self)->output == nullptr ? 'r' : 'w')));
}

Value newFile(Thread& thread, std::string_view name) {
    Ref file(Value::of(allocateObject<TextFile>(thread, thread.vm->textFileType())));
    if (!file) return Value::null();
    file.as<TextFile>()->name = Value::of(makeAsciiStr(thread, name));
    return file.as<TextFile>()->name.isNull() ? Value::null() : file.release();
}

}  // namespace

Value newOutputFile(Thread& thread,
                    OutputStream* output,
                    std::string_view name,
                    bool replaces_errors) {
    const Value file = newFile(thread, name);
    if (file.isNull()) return file;
    fileOf(file)->output = output;
    fileOf(file)->descriptor = output->descriptor();
    fileOf(file)->replaces_errors = replaces_errors;
    return file;
}

Value newInputFile(Thread& thread, int descriptor, std::string_view name) {
    const Value file = newFile(thread, name);
    if (!file.isNull()) fileOf(file)->descriptor = descriptor;
    return file;
}

bool isTextFile(const Thread& thread, Value value) {
    return isExactly(value, thread.vm->textFileType());
}

bool textFileWrite(Thread& thread, Value self, Str* text) {
    TextFile* file = fileOf(self);
    if (file->output == nullptr) {
        raise(thread, ExceptionKind::kOSError, "not writable");
        return false;
    }
    int error;
    if (text->ascii) {
        error = file->output->write(text->asciiView());
    } else {
        std::string bytes;
        if (!encode(thread, text, file->replaces_errors, &bytes)) return false;
        error = file->output->write(bytes);
    }
    if (error != 0) raiseErrno(thread, error);
    return error == 0;
}

bool textFileFlush(Thread& thread, Value self) {
    TextFile* file = fileOf(self);
    const int error = file->output == nullptr ? 0 : file->output->flush();
    if (error != 0) raiseErrno(thread, error);
    return error == 0;
}

Value raiseErrno(Thread& thread, int error) {
    const Ref text(Value::of(makeStr(thread, std::strerror(error))));
    if (!text) return Value::null();
    const Value args[] = {Value::fixnum(error), text.get()};
    const Ref exception(
        newException(thread, exceptionType(thread, ExceptionKind::kOSError), args, 2));
    if (exception) raiseObject(thread, exception.get());
    return Value::null();
}

bool initTextFileType(Thread& thread) {
    Type* type = thread.vm->textFileType();
    setNativeLayout(type, CellFamily::kOther, sizeof(TextFile), kTypeHasWeakrefs);
    type->slots.dealloc = deallocFile;
    type->slots.traverse = traverseFile;
    type->slots.repr = reprFile;
    type->slots.iter = iterSelf;
    type->slots.next = nextLine;
    addMethod(thread, type, "write", writeMethod, 1, 1);
    addMethod(thread, type, "writelines", writelinesMethod, 1, 1);
    addMethod(thread, type, "flush", flushMethod, 0, 0);
    addMethod(thread, type, "readline", readlineMethod, 0, 1);
    addMethod(thread, type, "read", readMethod, 0, 1);
    addMethod(thread, type, "fileno", filenoMethod, 0, 0);
    addMethod(thread, type, "isatty", isattyMethod, 0, 0);
    addMethod(thread, type, "readable", readableMethod, 0, 0);
    addMethod(thread, type, "writable", writableMethod, 0, 0);
    addGetSet(thread, type, "encoding", getEncoding, nullptr);
    addGetSet(thread, type, "errors", getErrors, nullptr);
    addGetSet(thread, type, "mode", getMode, nullptr);
    addGetSet(thread, type, "name", getName, nullptr);
    addGetSet(thread, type, "closed", getClosed, nullptr);
    return finishNativeType(thread, type);
}

}  // namespace tagproof
