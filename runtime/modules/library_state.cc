#include "runtime/modules/library_state.h"

#include <string_view>

#include "objmodel/heap.h"
#include "objmodel/type_object.h"
#include "runtime/builtins.h"
#include "runtime/vm.h"

namespace tagproof {

bool addLibraryTypes(Thread& thread, Value module, const LibraryTypeRow* rows, size_t count) {
    LibraryState& state = thread.vm->library();
    for (const LibraryTypeRow* row = rows; row != rows + count; ++row) {
        Type*& type = state.*(row->field);
        if (type == nullptr) {
            Type* const made = newNativeType(thread, row->name, thread.types->*(row->base));
            if (made == nullptr) return false;
            made->type_flags &= ~uint32_t{kTypeAllowsSubclass};
            row->set_up(thread, made);
            if (!finishNativeType(thread, made)) return false;
            type = made;
        }
        const std::string_view name = row->name;
        if (row->is_public &&
            !addValue(thread, module, name.substr(name.rfind('.') + 1), newRef(Value::of(type)))) {
            return false;
        }
    }
    return true;
}

}  // namespace tagproof
