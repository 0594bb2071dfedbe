#include "objmodel/simple_namespace.h"

#include <fmt/format.h>

#include <string>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/descriptors.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/managed_dict.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/sequence.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"

namespace tagproof {
namespace {

Value constructNamespace(Thread& thread, Value callee, const Value*, size_t, Value) {
    return Value::of(allocateObject(thread, callee.as<Type>()));
}

int initNamespace(
    Thread& thread, Value self, const Value* args, size_t positional, Value keyword_names) {
    if (positional != 0) {
        raise(thread, ExceptionKind::kTypeError, "no positional arguments expected");
        return -1;
    }
    for (size_t k = 0; k < keywordCount(keyword_names); ++k) {
        Str* const name = keyword_names.as<Tuple>()->items()[k].as<Str>();
        if (managedSet(thread, self.asObject(), name, args[k]) < 0) return -1;
    }
    return 0;
}

Value reprNamespace(Thread& thread, Value self) {
    Dict* const dict = managedDict(thread, self.asObject());
    if (dict == nullptr) return Value::null();
    const bool exact = self.asObject()->type == thread.types->simple_namespace;
    std::string text = (exact ? "namespace" : typeName(self.asObject()->type)) + "(";
    const ReprScope repr_scope(self.asObject());
    if (!repr_scope.first()) return Value::of(makeStr(thread, text + "...)"));
    size_t position = 0;
    Value key;
    Value value;
    bool first = true;
    while (dictNext(dict, &position, &key, &value)) {
        if (!isStr(key)) continue;
        const Ref shown(reprOf(thread, value));
        if (!shown) return Value::null();
        text += fmt::format("{}{}={}", first ? "" : ", ", toUtf8(key.as<Str>()),
                            toUtf8(shown.as<Str>()));
        first = false;
    }
    return Value::of(makeStr(thread, text + ")"));
}

Value compareNamespaces(Thread& thread, Value left, Value right, CompareOp op) {
    const Type* const type = thread.types->simple_namespace;
    if (!isInstanceOf(thread, left, type) || !isInstanceOf(thread, right, type)) {
        return thread.singletons->not_implemented;
    }
    Dict* const a = managedDict(thread, left.asObject());
    Dict* const b = managedDict(thread, right.asObject());
    if (a == nullptr || b == nullptr) return Value::null();
    return richCompare(thread, Value::of(a), Value::of(b), op);
}

}  // namespace

void initSimpleNamespaceType(Thread& thread) {
    Type* const type = thread.types->simple_namespace;
    setNativeLayout(type, CellFamily::kPlain, sizeof(Object),
                    kTypeAllowsSubclass | kTypeHasManagedDict);
    type->slots.dealloc = deallocPlain;
    type->slots.construct = constructNamespace;
    type->slots.init = initNamespace;
    type->slots.repr = reprNamespace;
    type->slots.compare = compareNamespaces;
    static_cast<void>(addManagedDictAttribute(thread, type));
}

}  // namespace tagproof
