#pragma once
// The module by which programs control the compiler: `import jit`. The same module answers to
// `cinderjit` and `_cinderx`, so that scripts written for that JIT run unchanged.

namespace tagproof {

class Vm;

void addJitModules(Vm& vm);

}  // namespace tagproof
