// Exception classes whose __new__, __init__ or __str__ is their own. Each fills its extras from
// args, as CPython's Objects/exceptions.c.

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>

#include "objmodel/exception_types.h"
#include "objmodel/heap.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"

namespace tagproof {
namespace {

Type* typeOfKind(const Thread& thread, ExceptionKind kind) { return exceptionType(thread, kind); }

const Value* argsOf(Value self) { return self.as<ExceptionObject>()->args->items(); }
size_t argsCount(Value self) { return self.as<ExceptionObject>()->args->size; }

void setExtra(Value self, size_t index, Value value) {
    setExceptionExtra(self.as<ExceptionObject>(), index, value);
}

// Keyword arguments that set an extra of the same name: `first` is the position of the first of
// `names` among the extras.
int setExtrasByKeyword(Thread& thread,
                       Value self,
                       const Value* values,
                       Value keyword_names,
                       size_t first,
                       std::initializer_list<std::string_view> names) {
    if (keyword_names.isNull()) return 0;
    const Tuple* const given = keyword_names.as<Tuple>();
    for (size_t k = 0; k < given->size; ++k) {
        const Str* const name = given->items()[k].as<Str>();
        size_t index = 0;
        while (index < names.size() && !strEqual(name, names.begin()[index])) ++index;
        if (index == names.size()) {
            raise(thread, ExceptionKind::kTypeError, "'{}' is an invalid keyword argument for {}()",
                  toUtf8(name), typeName(self.asObject()->type));
            return -1;
        }
        setExtra(self, first + index, values[k]);
    }
    return 0;
}

// --- StopIteration, SystemExit, KeyError ---------------------------------------------------------

int initStopIteration(
    Thread& thread, Value self, const Value* args, size_t positional, Value keyword_names) {
    if (initException(thread, self, args, positional, keyword_names) < 0) return -1;
    setExtra(self, kStopIterationValue, positional > 0 ? args[0] : Value::null());
    return 0;
}

int initSystemExit(
    Thread& thread, Value self, const Value* args, size_t positional, Value keyword_names) {
    if (initException(thread, self, args, positional, keyword_names) < 0) return -1;
    if (positional == 1) setExtra(self, kSystemExitCode, args[0]);
    if (positional > 1) {
        setExtra(self, kSystemExitCode, Value::of(self.as<ExceptionObject>()->args));
    }
    return 0;
}

Value strOfKeyError(Thread& thread, Value self) {
    if (argsCount(self) == 1) return reprOf(thread, argsOf(self)[0]);
    return strOfException(thread, self);
}

// --- AttributeError, NameError, ImportError ------------------------------------------------------

int initAttributeError(
    Thread& thread, Value self, const Value* args, size_t positional, Value keyword_names) {
    if (setExceptionArgs(thread, self, args, positional) < 0) return -1;
    return setExtrasByKeyword(thread, self, args + positional, keyword_names, kAttributeErrorName,
                              {"name", "obj"});
}

int initNameError(
    Thread& thread, Value self, const Value* args, size_t positional, Value keyword_names) {
    if (setExceptionArgs(thread, self, args, positional) < 0) return -1;
    return setExtrasByKeyword(thread, self, args + positional, keyword_names, kNameErrorName,
                              {"name"});
}

int initImportError(
    Thread& thread, Value self, const Value* args, size_t positional, Value keyword_names) {
    if (setExceptionArgs(thread, self, args, positional) < 0) return -1;
    if (positional == 1) setExtra(self, kImportErrorMessage, args[0]);
    return setExtrasByKeyword(thread, self, args + positional, keyword_names, kImportErrorName,
                              {"name", "path"});
}

Value strOfImportError(Thread& thread, Value self) {
    const Value message = exceptionExtra(self, kImportErrorMessage);
    if (message && isExactly(message, thread.types->str)) return newRef(message);
    return strOfException(thread, self);
}

// --- OSError -------------------------------------------------------------------------------------

// The subclass for an errno of Linux, or OSError itself.
ExceptionKind kindOfErrno(int64_t number) {
    struct Row {
        int64_t number;
        ExceptionKind kind;
    };
    using enum ExceptionKind;
    constexpr Row kRows[] = {
        {1, kPermissionError},          {2, kFileNotFoundError},  {3, kProcessLookupError},
        {4, kInterruptedError},         {10, kChildProcessError}, {11, kBlockingIOError},
        {13, kPermissionError},         {17, kFileExistsError},   {20, kNotADirectoryError},
        {21, kIsADirectoryError},       {32, kBrokenPipeError},   {103, kConnectionAbortedError},
        {104, kConnectionResetError},   {108, kBrokenPipeError},  {110, kTimeoutError},
        {111, kConnectionRefusedError}, {114, kBlockingIOError},  {115, kBlockingIOError},
    };
    for (const Row& row : kRows) {
        if (row.number == number) return row.kind;
    }
    return kOSError;
}

constexpr size_t kOSErrorMaxArgs = 5;

int fillOSError(Thread& thread, Value self, const Value* args, size_t count) {
    if (count < 2 || count > kOSErrorMaxArgs) return setExceptionArgs(thread, self, args, count);
    setExtra(self, kOSErrorErrno, args[0]);
    setExtra(self, kOSErrorStrerror, args[1]);
    const bool named = count > 2 && args[2] != thread.singletons->none;
    if (named) setExtra(self, kOSErrorFilename, args[2]);
    if (count == kOSErrorMaxArgs) setExtra(self, kOSErrorFilename + 1, args[4]);
    return setExceptionArgs(thread, self, args, named ? 2 : count);
}

Value constructOSError(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    Type* type = callee.as<Type>();
    if (type == typeOfKind(thread, ExceptionKind::kOSError)) {
        if (!rejectKeywords(thread, "OSError", keyword_names)) return Value::null();
        const bool numbered = positional >= 2 && positional <= kOSErrorMaxArgs;
        if (numbered && args[0].isFixnum()) {
            type = typeOfKind(thread, kindOfErrno(args[0].asFixnum()));
        }
    }
    Ref self(Value::of(allocateObject(thread, type)));
    if (!self || fillOSError(thread, self.get(), args, positional) < 0) return Value::null();
    return self.release();
}

int initOSError(
    Thread& thread, Value self, const Value* args, size_t positional, Value keyword_names) {
    if (!rejectKeywords(thread, typeName(self.asObject()->type), keyword_names)) return -1;
    return fillOSError(thread, self, args, positional);
}

Value strOfOSError(Thread& thread, Value self) {
    const Value number = exceptionExtra(self, kOSErrorErrno);
    const Value text = exceptionExtra(self, kOSErrorStrerror);
    if (number.isNull() || text.isNull()) return strOfException(thread, self);
    const Ref number_text(strOf(thread, number));
    const Ref message(strOf(thread, text));
    if (!number_text || !message) return Value::null();
    std::string result =
        fmt::format("[Errno {}] {}", toUtf8(number_text.as<Str>()), toUtf8(message.as<Str>()));
    for (const size_t index : {kOSErrorFilename, kOSErrorFilename + 1}) {
        const Value name = exceptionExtra(self, index);
        if (name.isNull()) continue;
        const Ref shown(reprOf(thread, name));
        if (!shown) return Value::null();
        result += (index == kOSErrorFilename ? ": " : " -> ") + toUtf8(shown.as<Str>());
    }
    return Value::of(makeStr(thread, result));
}

// --- SyntaxError ---------------------------------------------------------------------------------

int initSyntaxError(
    Thread& thread, Value self, const Value* args, size_t positional, Value keyword_names) {
    if (initException(thread, self, args, positional, keyword_names) < 0) return -1;
    if (positional > 0) setExtra(self, kSyntaxErrorMessage, args[0]);
    if (positional != 2) return 0;
    const Ref details(Value::of(tupleFromIterable(thread, args[1])));
    if (!details) return -1;
    const Tuple* const tuple = details.as<Tuple>();
    constexpr size_t kShort = 4;
    constexpr size_t kLong = 6;
    if (tuple->size != kShort && tuple->size != kLong) {
        raise(thread, ExceptionKind::kTypeError, "function takes {} {} arguments ({} given)",
              tuple->size < kShort ? "at least" : "at most", tuple->size < kShort ? kShort : kLong,
              tuple->size);
        return -1;
    }
    for (size_t k = 0; k < tuple->size; ++k) {
        setExtra(self, kSyntaxErrorFilename + k, tuple->items()[k]);
    }
    return 0;
}

Value strOfSyntaxError(Thread& thread, Value self) {
    const Value message = exceptionExtra(self, kSyntaxErrorMessage);
    const Ref text(strOf(thread, message ? message : thread.singletons->none));
    if (!text) return Value::null();
    const Value file = exceptionExtra(self, kSyntaxErrorFilename);
    const Value line = exceptionExtra(self, kSyntaxErrorLine);
    const bool has_file = file && isStr(file);
    const bool has_line = line && line.isFixnum();
    if (!has_file && !has_line) return newRef(text.get());
    std::string name = has_file ? toUtf8(file.as<Str>()) : std::string();
    name.erase(0, name.rfind('/') + 1);
    std::string place = name;
    if (has_line) place += (has_file ? ", line " : "line ") + std::to_string(line.asFixnum());
    return Value::of(makeStr(thread, fmt::format("{} ({})", toUtf8(text.as<Str>()), place)));
}

// --- Unicode errors: extras are args
// ---------------------------------------------------------------

// What each argument of an initUnicodeError must be: 'U' str, 'n' int of a machine word, 'b' bytes,
// which are looked at last.
bool checkUnicodeArguments(Thread& thread, const Value* args, std::string_view kinds) {
    for (size_t k = 0; k < kinds.size(); ++k) {
        const Value value = args[k];
        int64_t number = 0;
        if (kinds[k] == 'n' && !toRepeatCount(thread, value, &number)) return false;
        if (kinds[k] != 'U' || isStr(value)) continue;
        raise(thread, ExceptionKind::kTypeError, "argument {} must be str, not {}", k + 1,
              typeName(typeOf(thread, value)));
        return false;
    }
    const size_t bytes = kinds.find('b');
    if (bytes == std::string_view::npos || isInstanceOf(thread, args[bytes], thread.types->bytes)) {
        return true;
    }
    raise(thread, ExceptionKind::kTypeError, "a bytes-like object is required, not '{}'",
          typeName(typeOf(thread, args[bytes])));
    return false;
}

int initUnicodeError(Thread& thread,
                     Value self,
                     const Value* args,
                     size_t positional,
                     Value keyword_names,
                     std::string_view kinds) {
    if (initException(thread, self, args, positional, keyword_names) < 0) return -1;
    if (positional != kinds.size()) {
        raise(thread, ExceptionKind::kTypeError, "function takes exactly {} arguments ({} given)",
              kinds.size(), positional);
        return -1;
    }
    if (!checkUnicodeArguments(thread, args, kinds)) return -1;
    for (size_t k = 0; k < kinds.size(); ++k) setExtra(self, k, args[k]);
    return 0;
}

int initDecodeError(
    Thread& thread, Value self, const Value* args, size_t positional, Value keywords) {
    return initUnicodeError(thread, self, args, positional, keywords, "UbnnU");
}
int initEncodeError(
    Thread& thread, Value self, const Value* args, size_t positional, Value keywords) {
    return initUnicodeError(thread, self, args, positional, keywords, "UUnnU");
}
int initTranslateError(
    Thread& thread, Value self, const Value* args, size_t positional, Value keywords) {
    return initUnicodeError(thread, self, args, positional, keywords, "UnnU");
}

// "byte 0xff in position 3" or "bytes in position 3-5"; `singular` and `plural` name the unit.
struct UnicodeWords {
    size_t extras;  // position of `object`
    const char* verb;
    const char* singular;
    const char* plural;
};

std::string describeUnit(Thread& thread, Value object, int64_t at, const char* singular) {
    const Ref unit(getItem(thread, object, Value::fixnum(at)));
    if (!unit) {
        clearPending(thread);
        return singular;
    }
    if (!unit.get().isFixnum() && !isStr(unit.get())) return singular;
    if (unit.get().isFixnum()) return fmt::format("{} {:#04x}", singular, unit.get().asFixnum());
    const char32_t code = unit.as<Str>()->length > 0 ? unit.as<Str>()->at(0) : 0;
    const auto number = static_cast<uint32_t>(code);
    if (code <= 0xff) return fmt::format("{} '\\x{:02x}'", singular, number);
    if (code <= 0xffff) return fmt::format("{} '\\u{:04x}'", singular, number);
    return fmt::format("{} '\\U{:08x}'", singular, number);
}

Value strOfUnicodeError(Thread& thread, Value self, const UnicodeWords& words) {
    const Value object = exceptionExtra(self, words.extras);
    if (object.isNull()) return newRef(thread.singletons->empty_str);
    const Value start = exceptionExtra(self, words.extras + 1);
    const Value end = exceptionExtra(self, words.extras + 2);
    const Ref reason(strOf(thread, exceptionExtra(self, words.extras + 3)));
    if (!reason || !start.isFixnum() || !end.isFixnum()) return strOfException(thread, self);
    std::string prefix;
    if (words.extras == 1) {
        const Ref encoding(strOf(thread, exceptionExtra(self, 0)));
        if (!encoding) return Value::null();
        prefix = fmt::format("'{}' codec ", toUtf8(encoding.as<Str>()));
    }
    const int64_t first = start.asFixnum();
    const int64_t last = end.asFixnum() - 1;
    const std::string what =
        first == last ? fmt::format("{} in position {}",
                                    describeUnit(thread, object, first, words.singular), first)
                      : fmt::format("{} in position {}-{}", words.plural, first, last);
    return Value::of(makeStr(
        thread, fmt::format("{}{} {}: {}", prefix, words.verb, what, toUtf8(reason.as<Str>()))));
}

Value strOfDecodeError(Thread& thread, Value self) {
    return strOfUnicodeError(thread, self, {1, "can't decode", "byte", "bytes"});
}
Value strOfEncodeError(Thread& thread, Value self) {
    return strOfUnicodeError(thread, self, {1, "can't encode", "character", "characters"});
}
Value strOfTranslateError(Thread& thread, Value self) {
    return strOfUnicodeError(thread, self, {0, "can't translate", "character", "characters"});
}

// --- exception groups
// ------------------------------------------------------------------------------

constexpr size_t kGroupMessage = 0;
constexpr size_t kGroupExceptions = 1;

// The members as a tuple, checked. `only_exceptions` reports whether all are Exceptions.
Value groupMembers(Thread& thread, Value sequence, bool* only_exceptions) {
    if (typeOf(thread, sequence)->slots.get_item == nullptr) {
        return raise(thread, ExceptionKind::kTypeError,
                     "second argument (exceptions) must be a sequence");
    }
    Ref members(Value::of(tupleFromIterable(thread, sequence)));
    if (!members) return Value::null();
    const Tuple* const tuple = members.as<Tuple>();
    if (tuple->size == 0) {
        return raise(thread, ExceptionKind::kValueError,
                     "second argument (exceptions) must be a non-empty sequence");
    }
    *only_exceptions = true;
    for (size_t k = 0; k < tuple->size; ++k) {
        const Value member = tuple->items()[k];
        if (!isExceptionInstance(member)) {
            return raise(thread, ExceptionKind::kValueError,
                         "Item {} of second argument (exceptions) is not an exception", k);
        }
        Type* const exception = typeOfKind(thread, ExceptionKind::kException);
        *only_exceptions = *only_exceptions && isSubtype(member.asObject()->type, exception);
    }
    return members.release();
}

Value constructGroup(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    if (!rejectKeywords(thread, "BaseExceptionGroup.__new__", keyword_names) ||
        !checkArgumentCount(thread, "BaseExceptionGroup.__new__", positional, 2, 2)) {
        return Value::null();
    }
    if (!isStr(args[0])) {
        return raise(thread, ExceptionKind::kTypeError,
                     "BaseExceptionGroup.__new__() argument 1 must be str, not {}",
                     typeName(typeOf(thread, args[0])));
    }
    bool only_exceptions = false;
    const Ref members(groupMembers(thread, args[1], &only_exceptions));
    if (!members) return Value::null();
    Type* type = callee.as<Type>();
    Type* const group = typeOfKind(thread, ExceptionKind::kExceptionGroup);
    if (type == typeOfKind(thread, ExceptionKind::kBaseExceptionGroup) && only_exceptions) {
        type = group;
    } else if (isSubtype(type, group) && !only_exceptions) {
        return raise(thread, ExceptionKind::kTypeError, "Cannot nest BaseExceptions in an {}",
                     type == group ? "ExceptionGroup" : "Exception group");
    }
    Ref self(constructException(thread, Value::of(type), args, positional, Value::null()));
    if (!self) return Value::null();
    setExtra(self.get(), kGroupMessage, args[0]);
    setExtra(self.get(), kGroupExceptions, members.get());
    return self.release();
}

Value strOfGroup(Thread& thread, Value self) {
    const size_t count = exceptionExtra(self, kGroupExceptions).as<Tuple>()->size;
    return Value::of(
        makeStr(thread, fmt::format("{} ({} sub-exception{})",
                                    toUtf8(exceptionExtra(self, kGroupMessage).as<Str>()), count,
                                    count == 1 ? "" : "s")));
}

// What a class itself sets its subclasses inherit, when they are finished.
void setInit(const Thread& thread, ExceptionKind kind, decltype(TypeSlots::init) init) {
    typeOfKind(thread, kind)->slots.init = init;
}
void setStr(const Thread& thread, ExceptionKind kind, UnaryFunction str) {
    typeOfKind(thread, kind)->slots.str = str;
}

}  // namespace

void initExceptionVariants(Thread& thread) {
    using enum ExceptionKind;
    setInit(thread, kStopIteration, initStopIteration);
    setInit(thread, kSystemExit, initSystemExit);
    setStr(thread, kKeyError, strOfKeyError);
    setInit(thread, kAttributeError, initAttributeError);
    setInit(thread, kNameError, initNameError);
    setInit(thread, kImportError, initImportError);
    setStr(thread, kImportError, strOfImportError);
    typeOfKind(thread, kOSError)->slots.construct = constructOSError;
    setInit(thread, kOSError, initOSError);
    setStr(thread, kOSError, strOfOSError);
    setInit(thread, kSyntaxError, initSyntaxError);
    setStr(thread, kSyntaxError, strOfSyntaxError);
    setInit(thread, kUnicodeDecodeError, initDecodeError);
    setStr(thread, kUnicodeDecodeError, strOfDecodeError);
    setInit(thread, kUnicodeEncodeError, initEncodeError);
    setStr(thread, kUnicodeEncodeError, strOfEncodeError);
    setInit(thread, kUnicodeTranslateError, initTranslateError);
    setStr(thread, kUnicodeTranslateError, strOfTranslateError);
    typeOfKind(thread, kBaseExceptionGroup)->slots.construct = constructGroup;
    setStr(thread, kBaseExceptionGroup, strOfGroup);
}

}  // namespace tagproof
