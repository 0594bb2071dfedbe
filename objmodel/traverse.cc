// The references of any object (declared in objmodel/heap_check.h): its type, __slots__, managed
// attributes, and what its type's traverse knows.

#include "objmodel/heap_check.h"
#include "objmodel/managed_dict.h"

namespace tagproof {

void traverseObject(Object* object, VisitFunction visit, void* context) {
    const Type* const type = object->type;
    visit(Value::of(type), context);
    const auto* words =
        reinterpret_cast<const Value*>(reinterpret_cast<const char*>(object) + type->slots_begin);
    for (uint32_t k = 0; k < type->slots_count; ++k) {
        if (words[k]) visit(words[k], context);
    }
    if (!object->slot.isEmpty()) managedTraverse(object, visit, context);
    if (type->slots.traverse != nullptr) type->slots.traverse(object, visit, context);
}

}  // namespace tagproof
