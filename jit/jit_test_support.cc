#include "jit/jit_test_support.h"

#include "objmodel/dict.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "runtime/function.h"
#include "runtime/module.h"

namespace tagproof {

namespace {

JitOptions alwaysCompiled() {
    JitOptions options;
    options.mode = JitMode::kAlways;
    return options;
}

}  // namespace

JitTest::JitTest() : JitTest(alwaysCompiled()) {}

JitTest::JitTest(const JitOptions& options) {
    VmOptions vm_options;
    vm_options.interrupts = false;
    vm_ = Vm::create(vm_options);
    jit_ = Jit::attach(*vm_, options);
    EXPECT_NE(jit_, nullptr);
}

JitTest::~JitTest() = default;

void JitTest::run(std::string_view source) {
    const bool done = vm_->execute(source, "<test>");
    if (!done) vm_->printPending();
    EXPECT_TRUE(done);
}

Value JitTest::global(std::string_view name) {
    const Ref key(Value::of(internStr(thread(), name)));
    return dictGetStr(moduleDict(vm_->mainModule()), key.as<Str>());
}

std::string JitTest::reprOfGlobal(std::string_view name) {
    const Ref text(reprOf(thread(), global(name)));
    return text ? toUtf8(text.as<Str>()) : "exception";
}

Code* JitTest::code(std::string_view name) { return global(name).as<Function>()->code; }

CompiledUnit* JitTest::unit(std::string_view name) { return jit_->unitOf(code(name)); }

}  // namespace tagproof
