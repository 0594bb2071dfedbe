#include "jit/hir/checker.h"
#include "jit/hir/passes/passes.h"

namespace tagproof::hir {

void optimize(Function& function, PassObserver observer, void* context) {
    if (observer != nullptr) observer("build", function, context);
    requireValid(function, "build");
    for (const Pass& pass : kPasses) {
        pass.run(function);
        requireValid(function, pass.name);
        if (observer != nullptr) observer(pass.name, function, context);
    }
}

}  // namespace tagproof::hir
