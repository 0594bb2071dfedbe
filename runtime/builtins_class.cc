// __build_class__: what a class statement calls with the function of its body, its name, its bases
// and keywords. Finds the metaclass, prepares the namespace, runs the body, calls the metaclass.

#include <vector>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/cell.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/list.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"
#include "runtime/builtins.h"
#include "runtime/frame.h"
#include "runtime/function.h"
#include "runtime/interpreter.h"
#include "runtime/runtime_names.h"

namespace tagproof {

namespace {

// A class statement under way.
struct ClassStatement {
    Thread& thread;
    Function* body;
    Str* name;
    Ref bases;           // Tuple, after __mro_entries__
    Ref original_bases;  // the tuple as written, when it differs; else null
    Ref metaclass;
    std::vector<Value> keyword_values;  // without metaclass=, borrowed
    Ref keyword_names;                  // Tuple or null
};

// Appends what stands for a base that is no class: what its __mro_entries__ gives, or itself.
bool appendBaseEntries(Thread& thread, Value base, Value written, List* resolved, bool* changed) {
    const Ref method(getAttrOrNull(thread, base, thread.singletons->names.mro_entries));
    if (!method) return !hasPending(thread) && listAppend(thread, resolved, base);
    const Ref entries(call(thread, method.get(), {written}));
    if (!entries) return false;
    if (!isTuple(entries.get())) {
        raise(thread, ExceptionKind::kTypeError, "__mro_entries__ must return a tuple");
        return false;
    }
    *changed = true;
    return listExtend(thread, resolved, entries.get());
}

// Replaces bases that are no classes by what their __mro_entries__ gives.
bool resolveBases(ClassStatement& statement, const Value* bases, size_t count) {
    Thread& thread = statement.thread;
    Ref written(Value::of(makeTuple(thread, bases, count)));
    Ref resolved(Value::of(makeList(thread)));
    if (!written || !resolved) return false;
    bool changed = false;
    for (size_t i = 0; i < count; ++i) {
        auto* entries = resolved.as<List>();
        const bool appended = isType(bases[i]) ? listAppend(thread, entries, bases[i])
                                               : appendBaseEntries(thread, bases[i], written.get(),
                                                                   entries, &changed);
        if (!appended) return false;
    }
    if (!changed) {
        statement.bases = std::move(written);
        return true;
    }
    const auto* list = resolved.as<List>();
    statement.bases = Ref(Value::of(makeTuple(thread, list->items, list->size)));
    statement.original_bases = std::move(written);
    return static_cast<bool>(statement.bases);
}

// Takes metaclass= out of the keywords.
bool splitKeywords(ClassStatement& statement, const Value* values, Value keyword_names) {
    if (keyword_names.isNull()) return true;
    const auto* names = keyword_names.as<Tuple>();
    std::vector<Value> kept;
    for (size_t i = 0; i < names->size; ++i) {
        if (strEqual(names->items()[i].as<Str>(), runtimeNames(statement.thread).metaclass)) {
            statement.metaclass = Ref::borrow(values[i]);
            continue;
        }
        kept.push_back(names->items()[i]);
        statement.keyword_values.push_back(values[i]);
    }
    if (kept.empty()) return true;
    statement.keyword_names = Ref(Value::of(makeTuple(statement.thread, kept.data(), kept.size())));
    return static_cast<bool>(statement.keyword_names);
}

bool chooseMetaclass(ClassStatement& statement) {
    Thread& thread = statement.thread;
    auto* bases = statement.bases.as<Tuple>();
    if (!statement.metaclass) {
        Type* type = bases->size == 0 ? thread.types->type : typeOf(thread, bases->items()[0]);
        statement.metaclass = Ref::borrow(Value::of(type));
    }
    if (!isType(statement.metaclass.get())) return true;
    Type* winner = calculateMetatype(thread, statement.metaclass.as<Type>(), bases);
    if (winner == nullptr) return false;
    statement.metaclass = Ref::borrow(Value::of(winner));
    return true;
}

// Calls `callable(name, bases[, namespace], **keywords)`.
Value callWithClass(ClassStatement& statement, Value callable, Value name_space) {
    std::vector<Value> args = {Value::of(statement.name), statement.bases.get()};
    if (!name_space.isNull()) args.push_back(name_space);
    const size_t positional = args.size();
    args.insert(args.end(), statement.keyword_values.begin(), statement.keyword_values.end());
    return call(statement.thread, callable, args.data(), positional, statement.keyword_names.get());
}

Value prepareNamespace(ClassStatement& statement) {
    Thread& thread = statement.thread;
    const Ref prepare(
        getAttrOrNull(thread, statement.metaclass.get(), thread.singletons->names.prepare));
    if (!prepare) {
        return hasPending(thread) ? Value::null() : Value::of(newDict(thread));
    }
    Ref name_space(callWithClass(statement, prepare.get(), Value::null()));
    if (!name_space || typeOf(thread, name_space.get())->slots.get_item != nullptr) {
        return name_space.release();
    }
    const bool is_type = isType(statement.metaclass.get());
    return raise(thread, ExceptionKind::kTypeError,
                 "{}.__prepare__() must return a mapping, not {}",
                 is_type ? typeName(statement.metaclass.as<Type>()) : "<metaclass>",
                 typeName(typeOf(thread, name_space.get())));
}

// Runs the body with its names in `name_space`. New reference: the __class__ cell or None.
Value runBody(ClassStatement& statement, Value name_space) {
    Frame* frame = pushFrame(statement.thread, statement.body);
    if (frame == nullptr) return Value::null();
    frame->names = newRef(name_space);
    frame->flags = kFrameIsEntry;
    return interpret(statement.thread, *frame);
}

// After the metaclass was called: the cell must have got the class.
bool checkClassCell(Thread& thread, Value cell, Value made) {
    if (!isExactly(cell, thread.types->cell) || !isType(made)) return true;
    const Value content = cell.as<Cell>()->value;
    if (content == made) return true;
    const Ref name(reprOf(thread, made));
    if (!name) return false;
    if (content.isNull()) {
        raise(
            thread, ExceptionKind::kRuntimeError,
            "__class__ not set defining '{}' as {}. Was __classcell__ propagated to type.__new__?",
            toUtf8(made.as<Type>()->name), toUtf8(name.as<Str>()));
        return false;
    }
    const Ref other(reprOf(thread, content));
    if (!other) return false;
    raise(thread, ExceptionKind::kTypeError, "__class__ set to {} defining '{}' as {}",
          toUtf8(other.as<Str>()), toUtf8(made.as<Type>()->name), toUtf8(name.as<Str>()));
    return false;
}

Value finishClass(ClassStatement& statement) {
    Thread& thread = statement.thread;
    const Ref name_space(prepareNamespace(statement));
    if (!name_space) return Value::null();
    const Ref cell(runBody(statement, name_space.get()));
    if (!cell) return Value::null();
    if (statement.original_bases &&
        setItem(thread, name_space.get(), Value::of(thread.singletons->names.orig_bases),
                statement.original_bases.get()) < 0) {
        return Value::null();
    }
    Ref made(callWithClass(statement, statement.metaclass.get(), name_space.get()));
    if (!made || !checkClassCell(thread, cell.get(), made.get())) return Value::null();
    return made.release();
}

Value buildClass(Thread& thread, Value, const Value* args, size_t positional, Value keyword_names) {
    if (positional < 2) {
        return raise(thread, ExceptionKind::kTypeError, "__build_class__: not enough arguments");
    }
    if (!isFunction(thread, args[0])) {
        return raise(thread, ExceptionKind::kTypeError, "__build_class__: func must be a function");
    }
    if (!isStr(args[1])) {
        return raise(thread, ExceptionKind::kTypeError, "__build_class__: name is not a string");
    }
    ClassStatement statement{
        thread, args[0].as<Function>(), args[1].as<Str>(), Ref(), Ref(), Ref(), {}, Ref()};
    if (!resolveBases(statement, args + 2, positional - 2) ||
        !splitKeywords(statement, args + positional, keyword_names) ||
        !chooseMetaclass(statement)) {
        return Value::null();
    }
    return finishClass(statement);
}

}  // namespace

bool addClassBuiltins(Thread& thread, Value module) {
    return addKeywordFunction(thread, module, "__build_class__", buildClass);
}

}  // namespace tagproof
