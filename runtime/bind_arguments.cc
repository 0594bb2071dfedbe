// Binding of arguments to parameters, in the order of CPython 3.11's initialize_locals, so that of
// several mistakes the same one is reported.
//
//   slots: positional parameters | keyword-only parameters | *args | **kwargs

#include <algorithm>
#include <string>
#include <vector>

#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "runtime/call.h"
#include "runtime/code.h"
#include "runtime/function.h"

namespace tagproof {

namespace {

// One binding under way.
struct Binding {
    Thread& thread;
    Function* function;
    const CodeBody& body;
    const Value* args;
    size_t positional;    // arguments given by position
    Value keyword_names;  // null or Tuple
    Value* slots;

    [[nodiscard]] size_t named() const { return body.positional + body.keyword_only; }
    [[nodiscard]] bool hasVarArgs() const { return (body.flags & kCodeHasVarArgs) != 0; }
    [[nodiscard]] bool hasVarKeywords() const { return (body.flags & kCodeHasVarKeywords) != 0; }
    [[nodiscard]] Dict* varKeywords() const {
        return slots[named() + (hasVarArgs() ? 1 : 0)].as<Dict>();
    }
    [[nodiscard]] size_t defaultCount() const {
        return function->defaults == nullptr ? 0 : function->defaults->size;
    }
    [[nodiscard]] std::string name() const { return toUtf8(function->qualified_name.as<Str>()); }
};

const char* plural(size_t count) { return count == 1 ? "" : "s"; }

// 'a', 'b', and 'c'
std::string quotedList(const std::vector<std::string>& names) {
    std::string text;
    for (size_t i = 0; i < names.size(); ++i) {
        const bool last = i + 1 == names.size();
        if (i != 0) text += names.size() == 2 ? " and " : (last ? ", and " : ", ");
        text += "'" + names[i] + "'";
    }
    return text;
}

bool raiseMissing(const Binding& binding, size_t begin, size_t end, const char* kind) {
    std::vector<std::string> names;
    for (size_t i = begin; i < end; ++i) {
        if (binding.slots[i].isNull()) names.push_back(toUtf8(binding.body.local_names[i]));
    }
    raise(binding.thread, ExceptionKind::kTypeError, "{}() missing {} required {} argument{}: {}",
          binding.name(), names.size(), kind, plural(names.size()), quotedList(names));
    return false;
}

bool raiseTooMany(const Binding& binding) {
    const size_t accepted = binding.body.positional;
    const size_t defaults = binding.defaultCount();
    const size_t given = binding.positional;
    size_t keywords = 0;
    for (size_t i = accepted; i < binding.named(); ++i) {
        if (!binding.slots[i].isNull()) ++keywords;
    }
    // `__defaults__` may have been given more values than there are parameters.
    const int64_t required = static_cast<int64_t>(accepted) - static_cast<int64_t>(defaults);
    const std::string signature = defaults != 0 ? fmt::format("from {} to {}", required, accepted)
                                                : fmt::format("{}", accepted);
    std::string keyword_text;
    if (keywords != 0) {
        keyword_text = fmt::format(" positional argument{} (and {} keyword-only argument{})",
                                   plural(given), keywords, plural(keywords));
    }
    raise(binding.thread, ExceptionKind::kTypeError,
          "{}() takes {} positional argument{} but {}{} {} given", binding.name(), signature,
          defaults != 0 ? "s" : plural(accepted), given, keyword_text,
          given == 1 && keywords == 0 ? "was" : "were");
    return false;
}

// Position of the parameter that a keyword names, or -1.
int64_t findParameter(const Binding& binding, Str* keyword) {
    for (size_t i = binding.body.positional_only; i < binding.named(); ++i) {
        if (binding.body.local_names[i] == keyword) return static_cast<int64_t>(i);
    }
    for (size_t i = binding.body.positional_only; i < binding.named(); ++i) {
        if (strEqual(binding.body.local_names[i], keyword)) return static_cast<int64_t>(i);
    }
    return -1;
}

// A keyword that no parameter takes.
bool raiseUnexpected(const Binding& binding, Str* keyword) {
    std::string misplaced;
    const Tuple* names = binding.keyword_names.as<Tuple>();
    for (size_t i = 0; i < binding.body.positional_only; ++i) {
        for (size_t k = 0; k < names->size; ++k) {
            if (!strEqual(names->items()[k].as<Str>(), binding.body.local_names[i])) continue;
            if (!misplaced.empty()) misplaced += ", ";
            misplaced += toUtf8(binding.body.local_names[i]);
        }
    }
    if (!misplaced.empty()) {
        raise(binding.thread, ExceptionKind::kTypeError,
              "{}() got some positional-only arguments passed as keyword arguments: '{}'",
              binding.name(), misplaced);
    } else {
        raise(binding.thread, ExceptionKind::kTypeError,
              "{}() got an unexpected keyword argument '{}'", binding.name(), toUtf8(keyword));
    }
    return false;
}

bool bindKeyword(const Binding& binding, Str* keyword, Value value) {
    const int64_t index = findParameter(binding, keyword);
    if (index < 0) {
        if (!binding.hasVarKeywords()) return raiseUnexpected(binding, keyword);
        return dictSet(binding.thread, binding.varKeywords(), Value::of(keyword), value) == 0;
    }
    if (!binding.slots[index].isNull()) {
        raise(binding.thread, ExceptionKind::kTypeError,
              "{}() got multiple values for argument '{}'", binding.name(), toUtf8(keyword));
        return false;
    }
    binding.slots[index] = newRef(value);
    return true;
}

bool bindKeywords(const Binding& binding) {
    if (binding.keyword_names.isNull()) return true;
    const Tuple* names = binding.keyword_names.as<Tuple>();
    for (size_t i = 0; i < names->size; ++i) {
        const Value value = binding.args[binding.positional + i];
        if (!bindKeyword(binding, names->items()[i].as<Str>(), value)) return false;
    }
    return true;
}

// The positional arguments, and the containers for the rest.
bool bindPositional(const Binding& binding) {
    Thread& thread = binding.thread;
    const size_t direct = std::min<size_t>(binding.positional, binding.body.positional);
    for (size_t i = 0; i < direct; ++i) binding.slots[i] = newRef(binding.args[i]);
    if (binding.hasVarArgs()) {
        Tuple* rest = makeTuple(thread, binding.args + direct, binding.positional - direct);
        if (rest == nullptr) return false;
        binding.slots[binding.named()] = Value::of(rest);
    }
    if (!binding.hasVarKeywords()) return true;
    Dict* keywords = newDict(thread);
    if (keywords == nullptr) return false;
    binding.slots[binding.named() + (binding.hasVarArgs() ? 1 : 0)] = Value::of(keywords);
    return true;
}

bool fillDefaults(const Binding& binding) {
    const size_t accepted = binding.body.positional;
    const size_t defaults = binding.defaultCount();
    const size_t required = defaults < accepted ? accepted - defaults : 0;
    for (size_t i = binding.positional; i < required; ++i) {
        if (binding.slots[i].isNull()) return raiseMissing(binding, 0, required, "positional");
    }
    for (size_t i = std::max(required, binding.positional); i < accepted; ++i) {
        if (!binding.slots[i].isNull()) continue;
        binding.slots[i] = newRef(binding.function->defaults->items()[i + defaults - accepted]);
    }
    return true;
}

bool fillKeywordDefaults(const Binding& binding) {
    bool missing = false;
    for (size_t i = binding.body.positional; i < binding.named(); ++i) {
        if (!binding.slots[i].isNull()) continue;
        Dict* defaults = binding.function->kwdefaults;
        const Value value =
            defaults == nullptr ? Value::null() : dictGetStr(defaults, binding.body.local_names[i]);
        binding.slots[i] = newRef(value);
        missing = missing || value.isNull();
    }
    return !missing ||
           raiseMissing(binding, binding.body.positional, binding.named(), "keyword-only");
}

bool bindAll(const Binding& binding) {
    if (!bindPositional(binding) || !bindKeywords(binding)) return false;
    if (binding.positional > binding.body.positional && !binding.hasVarArgs()) {
        return raiseTooMany(binding);
    }
    return fillDefaults(binding) && fillKeywordDefaults(binding);
}

}  // namespace

size_t parameterCount(const Code* code) {
    const CodeBody& body = *code->body;
    return size_t{body.positional} + body.keyword_only +
           ((body.flags & kCodeHasVarArgs) != 0 ? 1 : 0) +
           ((body.flags & kCodeHasVarKeywords) != 0 ? 1 : 0);
}

bool bindArguments(Thread& thread,
                   Function* function,
                   const Value* args,
                   size_t positional,
                   Value keyword_names,
                   Value* slots) {
    const Binding binding{thread,        function, *function->code->body, args, positional,
                          keyword_names, slots};
    if (bindAll(binding)) return true;
    const size_t count = parameterCount(function->code);
    for (size_t i = 0; i < count; ++i) {
        const Value word = std::exchange(slots[i], Value::null());
        decref(word);
    }
    return false;
}

}  // namespace tagproof
