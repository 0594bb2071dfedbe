#include "objmodel/descriptor_change.h"

#include <vector>

#include "objmodel/descriptors.h"
#include "objmodel/dict.h"
#include "objmodel/heap.h"
#include "objmodel/str.h"
#include "objmodel/thread.h"
#include "objmodel/type_object.h"

namespace tagproof {
namespace {

struct Holder {
    Type* type;
    Str* name;
};

struct HolderSearch {
    Value descriptor;
    std::vector<Holder> found;
};

void addHolders(Object* object, void* context) {
    if (!hasFlag(object->type, kTypeIsType)) return;
    auto& search = *static_cast<HolderSearch*>(context);
    auto* type = reinterpret_cast<Type*>(object);
    if (type->attributes == nullptr) return;
    size_t position = 0;
    Value key;
    Value value;
    while (dictNext(type->attributes, &position, &key, &value)) {
        if (value == search.descriptor && isStr(key)) {
            search.found.push_back({type, key.as<Str>()});
        }
    }
}

bool isInstance(Value value, const Type* type) {
    return value.isObject() && isSubtype(value.asObject()->type, type);
}

}  // namespace

DescriptorCalls callsOf(const Thread& thread, Value descriptor) {
    const CoreTypes& types = *thread.types;
    if (isInstance(descriptor, types.property)) {
        const auto* property = descriptor.as<Property>();
        return {property->getter, property->setter};
    }
    const bool is_wrapper =
        isInstance(descriptor, types.staticmethod) || isInstance(descriptor, types.classmethod);
    return {is_wrapper ? descriptor.as<MethodWrapperObject>()->callable : Value::null(),
            Value::null()};
}

void descriptorModified(Thread& thread, Value descriptor) {
    HolderSearch search{descriptor, {}};
    thread.heap->forEachObject(addHolders, &search);
    for (const Holder& holder : search.found) typeModified(thread, holder.type, holder.name);
}

}  // namespace tagproof
