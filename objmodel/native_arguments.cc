// Checks of arguments in CPython's words (declared in objmodel/native_function.h).

#include <fmt/format.h>

#include <string>

#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/native_function.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"

namespace tagproof {
namespace {

const char* plural(size_t count) { return count == 1 ? "" : "s"; }

size_t countNames(const ParameterList& parameters) {
    size_t count = 0;
    while (parameters.names[count] != nullptr) ++count;
    return count;
}

bool fail(Thread& thread, const std::string& message) {
    raiseText(thread, ExceptionKind::kTypeError, message);
    return false;
}

bool checkCounts(Thread& thread, const ParameterList& list, size_t positional, size_t keywords) {
    const size_t total = countNames(list);
    if (positional + keywords > total) {
        return fail(thread, fmt::format("{}() takes at most {} {}argument{} ({} given)",
                                        list.function, total, positional == 0 ? "keyword " : "",
                                        plural(total), positional + keywords));
    }
    const size_t max = list.max_positional;
    if (positional <= max) return true;
    if (max == 0) {
        return fail(thread, fmt::format("{}() takes no positional arguments", list.function));
    }
    return fail(thread, fmt::format("{}() takes {} {} positional argument{} ({} given)",
                                    list.function, list.required < max ? "at most" : "exactly", max,
                                    plural(max), positional));
}

bool placeKeyword(Thread& thread,
                  const ParameterList& list,
                  const Str* name,
                  Value value,
                  size_t positional,
                  Value* out) {
    for (size_t k = list.positional_only; list.names[k] != nullptr; ++k) {
        if (!strEqual(name, list.names[k])) continue;
        if (out[k].isNull()) {
            out[k] = value;
            return true;
        }
        return fail(thread,
                    k < positional
                        ? fmt::format("argument for {}() given by name ('{}') and position ({})",
                                      list.function, list.names[k], k + 1)
                        : fmt::format("{}() got multiple values for keyword argument '{}'",
                                      list.function, list.names[k]));
    }
    return fail(thread, fmt::format("'{}' is an invalid keyword argument for {}()", toUtf8(name),
                                    list.function));
}

}  // namespace

size_t keywordCount(Value keyword_names) {
    return keyword_names.isNull() ? 0 : keyword_names.as<Tuple>()->size;
}

bool bindNativeArguments(Thread& thread,
                         const ParameterList& parameters,
                         const Value* args,
                         size_t positional,
                         Value keyword_names,
                         Value* out) {
    const size_t keywords = keywordCount(keyword_names);
    if (!checkCounts(thread, parameters, positional, keywords)) return false;
    const size_t total = countNames(parameters);
    for (size_t k = 0; k < total; ++k) out[k] = k < positional ? args[k] : Value::null();
    for (size_t k = 0; k < keywords; ++k) {
        const Str* const name = keyword_names.as<Tuple>()->items()[k].as<Str>();
        if (!placeKeyword(thread, parameters, name, args[positional + k], positional, out)) {
            return false;
        }
    }
    for (size_t k = 0; k < parameters.required; ++k) {
        if (!out[k].isNull()) continue;
        if (k < parameters.positional_only) {
            const size_t least = parameters.positional_only;
            return fail(thread,
                        fmt::format("{}() takes {} {} positional argument{} ({} given)",
                                    parameters.function, least < total ? "at least" : "exactly",
                                    least, plural(least), positional));
        }
        return fail(thread, fmt::format("{}() missing required argument '{}' (pos {})",
                                        parameters.function, parameters.names[k], k + 1));
    }
    return true;
}

bool checkArgumentCount(
    Thread& thread, std::string_view function, size_t count, size_t min_args, size_t max_args) {
    if (count >= min_args && count <= max_args) return true;
    const size_t bound = count < min_args ? min_args : max_args;
    const char* const which = min_args == max_args ? ""
                              : count < min_args   ? "at least "
                                                   : "at most ";
    return fail(thread, fmt::format("{} expected {}{} argument{}, got {}", function, which, bound,
                                    plural(bound), count));
}

bool rejectKeywords(Thread& thread, std::string_view function, Value keyword_names) {
    if (keywordCount(keyword_names) == 0) return true;
    return fail(thread, fmt::format("{}() takes no keyword arguments", function));
}

}  // namespace tagproof
