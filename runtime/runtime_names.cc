#include "runtime/runtime_names.h"

#include "objmodel/str.h"
#include "runtime/vm.h"

namespace tagproof {

const RuntimeNames& runtimeNames(const Thread& thread) { return thread.vm->names(); }

bool initRuntimeNames(Thread& thread, RuntimeNames* names) {
#define RUNTIME_NAME(field, text)           \
    names->field = internStr(thread, text); \
    if (names->field == nullptr) return false;
#include "runtime/runtime_names.def"
#undef RUNTIME_NAME
    return true;
}

}  // namespace tagproof
