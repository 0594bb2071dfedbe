#include "objmodel/name_lookup.h"

#include "objmodel/attr.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/ref.h"
#include "objmodel/tuple.h"

namespace tagproof {
namespace {

Value findHashed(Thread& thread, Type* type, Value name, uint64_t hash) {
    const Ref mro = Ref::borrow(Value::of(type->mro));
    if (!mro) return Value::null();
    for (const Value holder : *mro.as<Tuple>()) {
        const Ref attributes = Ref::borrow(Value::of(holder.as<Type>()->attributes));
        const Value found = dictGetHashed(thread, attributes.as<Dict>(), name, hash);
        if (found || hasPending(thread)) return newRef(found);
    }
    return Value::null();
}

}  // namespace

Value getByName(Thread& thread, Dict* dict, Str* name) {
    if (isPlainName(thread, name)) [[likely]]
        return newRef(dictGetStr(dict, name));
    const Ref keep = Ref::borrow(Value::of(dict));
    return newRef(dictGet(thread, dict, Value::of(name)));
}

Value findByName(Thread& thread, Type* type, Str* name) {
    if (isPlainName(thread, name)) [[likely]]
        return newRef(lookupTypeAttribute(thread, type, name));
    const int64_t hash = dictHashKey(thread, Value::of(name));
    const Value found =
        hash == -1 ? Value::null()
                   : findHashed(thread, type, Value::of(name), static_cast<uint64_t>(hash));
    if (found.isNull()) clearPending(thread);
    return found;
}

}  // namespace tagproof
