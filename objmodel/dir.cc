#include "objmodel/dir.h"

#include "objmodel/attr.h"
#include "objmodel/dict.h"
#include "objmodel/dict_methods.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/list.h"
#include "objmodel/protocol.h"
#include "objmodel/recursion.h"
#include "objmodel/ref.h"

namespace tagproof {
namespace {

bool addClassNames(Thread& thread, Dict* names, Value type);

// Of anything that passes for a sequence; what has no length counts as no bases.
bool addNamesOfBases(Thread& thread, Dict* names, Value bases) {
    const int64_t count = isDict(bases) ? 0 : lengthOf(thread, bases);
    if (count < 0) clearPending(thread);
    for (int64_t k = 0; k < count; ++k) {
        const Ref base(getItem(thread, bases, Value::fixnum(k)));
        if (!base || !addClassNames(thread, names, base.get())) return false;
    }
    return true;
}

bool addClassNames(Thread& thread, Dict* names, Value type) {
    if (!checkNativeStack(thread)) return false;
    const Ref attributes(getAttrOrNull(thread, type, thread.singletons->names.dict));
    if (!attributes && hasPending(thread)) return false;
    if (attributes && !dictUpdateFromMapping(thread, names, attributes.get())) return false;
    const Ref bases(getAttrOrNull(thread, type, thread.singletons->names.bases));
    if (!bases) return !hasPending(thread);
    return addNamesOfBases(thread, names, bases.get());
}

}  // namespace

Value dirOfObject(Thread& thread, Value value) {
    const Ref own(getAttrOrNull(thread, value, thread.singletons->names.dict));
    if (!own && hasPending(thread)) return Value::null();
    const bool has_dict = own && isDict(own.get());
    const Ref names(Value::of(has_dict ? dictCopy(thread, own.as<Dict>()) : newDict(thread)));
    if (!names) return Value::null();
    const Ref type(getAttrOrNull(thread, value, thread.singletons->names.class_));
    if (!type && hasPending(thread)) return Value::null();
    if (type && !addClassNames(thread, names.as<Dict>(), type.get())) return Value::null();
    return Value::of(listFromIterable(thread, names.get()));
}

Value dirOfClass(Thread& thread, Value type) {
    const Ref names(Value::of(newDict(thread)));
    if (!names || !addClassNames(thread, names.as<Dict>(), type)) return Value::null();
    return Value::of(listFromIterable(thread, names.get()));
}

}  // namespace tagproof
