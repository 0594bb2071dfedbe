#include "runtime/vm_test_support.h"

#include "objmodel/call.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/protocol.h"
#include "objmodel/str.h"
#include "objmodel/type_object.h"
#include "runtime/function.h"
#include "runtime/module.h"

namespace tagproof {

VmTest::VmTest() {
    VmOptions options;
    options.interrupts = false;
    vm_ = Vm::create(options);
}

void VmTest::run(std::string_view source) {
    const bool done = vm_->execute(source, "<test>");
    EXPECT_TRUE(done) << takeError();
}

Value VmTest::global(std::string_view name) {
    const Ref key(Value::of(internStr(thread(), name)));
    return dictGetStr(moduleDict(vm_->mainModule()), key.as<Str>());
}

Function* VmTest::function(std::string_view name) { return global(name).as<Function>(); }

std::string VmTest::callText(std::string_view name, std::initializer_list<Value> args) {
    const Ref result(call(thread(), global(name), args));
    return result ? reprText(result.get()) : takeError();
}

std::string VmTest::takeError() {
    const Ref exception(takePending(thread()));
    if (!exception) return "";
    const Ref text(strOf(thread(), exception.get()));
    return typeName(exception.get().asObject()->type) + ": " + toUtf8(text.as<Str>());
}

std::string VmTest::reprText(Value value) {
    const Ref text(reprOf(thread(), value));
    return text ? toUtf8(text.as<Str>()) : takeError();
}

}  // namespace tagproof
