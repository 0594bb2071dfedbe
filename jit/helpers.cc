#include "jit/helpers.h"

#include "jit/helper_guards.h"
#include "runtime/ops.h"

namespace tagproof {

const HelperInfo& helperInfo(Helper helper) {
    using enum HelperResult;
    using enum HelperEffect;
    static const HelperInfo kHelpers[] = {
#define HELPER(name, function, arguments, result, effect) \
    {#function, guards::Guard<Helper::k##name, &(function)>::address(), arguments, result, effect},
#include "jit/helpers.def"
#undef HELPER
    };
    return kHelpers[static_cast<size_t>(helper)];
}

}  // namespace tagproof
