#pragma once
// The life of objects whose payload T owns the value words `Fields` and nothing else: slots
// dealloc, traverse and clear of their types.

#include <utility>

#include "objmodel/heap.h"
#include "objmodel/type.h"

namespace tagproof {

template <typename T, Value T::*... Fields>
struct OwnedValues {
    static void clear(Thread&, Object* self) {
        (decref(std::exchange(reinterpret_cast<T*>(self)->*Fields, Value::null())), ...);
    }
    static void dealloc(Thread& thread, Object* self) {
        clear(thread, self);
        freeObject(thread, self);
    }
    static void traverse(Object* self, VisitFunction visit, void* context) {
        const auto each = [&](Value value) {
            if (value) visit(value, context);
        };
        (each(reinterpret_cast<T*>(self)->*Fields), ...);
    }
    static void setSlots(Type* type) {
        type->slots.dealloc = dealloc;
        type->slots.traverse = traverse;
        type->slots.clear = clear;
    }
};

}  // namespace tagproof
