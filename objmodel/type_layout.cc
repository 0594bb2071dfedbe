// What a class says of the layout of its instances: __basicsize__, __dictoffset__ and so on. Sizes
// and places are our own; where CPython says 0, so do we.

#include <array>
#include <cstddef>
#include <utility>

#include "objmodel/error.h"
#include "objmodel/int.h"
#include "objmodel/native_function.h"
#include "objmodel/type_setup.h"

namespace tagproof {
namespace {

// Bits of CPython's __flags__ that programs ask for, and what stands for them here.
enum PublicFlag : uint32_t {
    kPublicManagedDict = 1u << 4,
    kPublicImmutable = 1u << 8,
    kPublicReady = 1u << 12,
};
constexpr std::array kPublicFlags = {
    std::pair{kTypeIsHeap, 1u << 9},
    std::pair{kTypeAllowsSubclass, 1u << 10},
    std::pair{kTypeIsMethodDescriptor, 1u << 17},
    std::pair{kTypeIsAbstractBase, 1u << 20},
    std::pair{kTypeIsInt, 1u << 24},
    std::pair{kTypeIsList, 1u << 25},
    std::pair{kTypeIsTuple, 1u << 26},
    std::pair{kTypeIsBytes, 1u << 27},
    std::pair{kTypeIsStr, 1u << 28},
    std::pair{kTypeIsDict, 1u << 29},
    std::pair{kTypeIsException, 1u << 30},
    std::pair{kTypeIsType, 1u << 31},
};

Value getBasicSize(Thread& thread, Value self) {
    return makeInt(thread, self.as<Type>()->instance_size);
}

Value getItemSize(Thread& thread, Value self) {
    return makeInt(thread, hasItems(self.as<Type>()) ? int64_t{sizeof(Value)} : 0);
}

Value getDictOffset(Thread& thread, Value self) {
    const auto* type = self.as<Type>();
    const size_t of_types = hasFlag(type, kTypeIsType) ? offsetof(Type, attributes) : 0;
    const bool managed = hasFlag(type, kTypeHasManagedDict);
    return makeInt(thread, static_cast<int64_t>(managed ? offsetof(Object, slot) : of_types));
}

Value getWeakrefOffset(Thread& thread, Value self) {
    const bool has_weakrefs = hasFlag(self.as<Type>(), kTypeHasWeakrefs);
    return makeInt(thread, has_weakrefs ? int64_t{offsetof(Object, weakrefs)} : 0);
}

Value getFlags(Thread& thread, Value self) {
    const auto* type = self.as<Type>();
    uint32_t flags = kPublicReady;
    for (const auto& [own, shown] : kPublicFlags) {
        if (hasFlag(type, own)) flags |= shown;
    }
    if (!hasFlag(type, kTypeIsHeap)) flags |= kPublicImmutable;
    if (type->shared_keys != nullptr) flags |= kPublicManagedDict;
    return makeInt(thread, flags);
}

int refuse(Thread& thread, Value, Value) {
    raise(thread, ExceptionKind::kAttributeError, "readonly attribute");
    return -1;
}

}  // namespace

void addLayoutAttributes(Thread& thread) {
    Type* const type = thread.types->type;
    addGetSet(thread, type, "__basicsize__", getBasicSize, refuse);
    addGetSet(thread, type, "__itemsize__", getItemSize, refuse);
    addGetSet(thread, type, "__dictoffset__", getDictOffset, refuse);
    addGetSet(thread, type, "__weakrefoffset__", getWeakrefOffset, refuse);
    addGetSet(thread, type, "__flags__", getFlags, refuse);
}

}  // namespace tagproof
