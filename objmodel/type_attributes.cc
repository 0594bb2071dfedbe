#include "objmodel/type_attributes.h"

#include "objmodel/dict.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"

namespace tagproof {
namespace {

TypeAttribute searchMro(Type* type, Str* name) {
    const Tuple* const mro = type->mro;
    for (size_t k = 0; mro != nullptr && k < mro->size; ++k) {
        auto* const holder = mro->items()[k].as<Type>();
        Cell* const cell = dictFindCell(holder->attributes, name);
        if (cell != nullptr && cell->value) return {cell->value, cell, holder};
    }
    return {};
}

}  // namespace

TypeAttribute findTypeAttribute(Thread& thread, Type* type, Str* name) {
    if (type->version_tag == 0 || !name->interned) return searchMro(type, name);
    TypeAttributeCache& cache = *thread.heap->attribute_cache;
    auto& entry = cache.entries[TypeAttributeCache::slotOf(type->version_tag, name)];
    if (entry.version == type->version_tag && entry.name == name) [[likely]] {
        ++cache.hits;
        return {entry.cell != nullptr ? entry.cell->value : Value::null(), entry.cell,
                entry.holder};
    }
    ++cache.misses;
    const TypeAttribute found = searchMro(type, name);
    entry = {type->version_tag, name, found.cell, found.holder};
    return found;
}

Value lookupTypeAttribute(Thread& thread, Type* type, Str* name) {
    return findTypeAttribute(thread, type, name).value;
}

void clearTypeAttributeCache(Heap& heap) { *heap.attribute_cache = TypeAttributeCache{}; }

}  // namespace tagproof
