// The references of any object (declared in objmodel/heap_check.h): its type, __slots__, managed
// attributes, and what its type's traverse knows.

#include "objmodel/heap_check.h"
#include "objmodel/managed_dict.h"
#include "objmodel/slot_words.h"

namespace tagproof {

void traverseObject(Object* object, VisitFunction visit, void* context) {
    const Type* const type = object->type;
    visit(Value::of(type), context);
    const Value* const words = type->slots_count == 0 ? nullptr : slotWords(object);
    for (uint32_t k = 0; k < type->slots_count; ++k) {
        if (words[k]) visit(words[k], context);
    }
    if (!object->slot.isEmpty()) managedTraverse(object, visit, context);
    if (type->slots.traverse != nullptr) type->slots.traverse(object, visit, context);
}

}  // namespace tagproof
