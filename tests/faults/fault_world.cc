#include "tests/faults/fault_world.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "jit/hir/builder.h"
#include "jit/hir/passes/passes.h"
#include "jit/trusted.h"
#include "jit/verify/infer/infer.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/singletons.h"
#include "objmodel/str.h"
#include "objmodel/thread.h"
#include "runtime/function.h"
#include "runtime/module.h"

namespace tagproof::faults {

namespace {

// Each function is run often enough for its caches to have seen what it does.
constexpr std::string_view kWorkload = R"(
class Manager:
    def __init__(self):
        self.depth = 0
        self.entered = 0
        self.value = None

    def __enter__(self):
        self.depth = self.depth + 1
        return self

    def __exit__(self, kind, error, traceback):
        self.depth = self.depth - 1
        return None

class Guest:
    def meet(self, manager):
        return None

def work(manager, value):
    with manager as entered:
        entered.value = value
    return manager.depth

def visit(manager, guest):
    manager.value = guest
    guest.meet(manager)
    return manager.depth

def item(values, index):
    return values[index - 1]

for i in range(40):
    work(Manager(), [i])
    visit(Manager(), Guest())
    item([i, i], 1)
)";

}  // namespace

FaultWorld::FaultWorld(uint64_t heap_base) {
    VmOptions options;
    options.interrupts = false;
    options.heap.base = heap_base;
    vm_ = Vm::create(options);
    EXPECT_TRUE(cache_.open());
    run(kWorkload);
}

FaultWorld::~FaultWorld() = default;

void FaultWorld::run(std::string_view source) {
    const bool done = vm_->execute(source, "<faults>");
    if (!done) vm_->printPending();
    EXPECT_TRUE(done);
}

Value FaultWorld::global(std::string_view name) {
    const Ref key(Value::of(internStr(thread(), name)));
    return dictGetStr(moduleDict(vm_->mainModule()), key.as<Str>());
}

CompiledFunction& FaultWorld::compiled(std::string_view name, bool use_avx) {
    CompiledFunction& made = *functions_.emplace_back(std::make_unique<CompiledFunction>());
    auto* guest = global(name).as<Function>();
    auto built = hir::buildFunction(thread(), {.guest = guest});
    EXPECT_TRUE(built.ok()) << name;
    made.hir = std::move(built.value());
    hir::optimize(*made.hir);
    made.guest = guest;
    made.unit.code = guest->code;
    made.unit.valid = std::make_unique<uint8_t>(uint8_t{1});
    const Singletons& singletons = *thread().singletons;
    auto lowered = x64::lower(*made.hir, {.valid_cell = made.unit.valid.get(),
                                          .use_avx = use_avx,
                                          .none = singletons.none,
                                          .true_value = singletons.true_,
                                          .false_value = singletons.false_});
    EXPECT_TRUE(lowered.ok()) << name;
    made.code = std::move(lowered.value());
    made.unit.bytes = cache_.publish(made.code.bytes);
    return made;
}

Judged FaultWorld::judge(const CompiledFunction& function, std::span<const uint8_t> bytes) {
    Judged judged;
    judged.bytes = cache_.publish(bytes);
    const TrustedTables tables(thread(), *function.hir, function.unit, function.code.exits,
                               function.guest);
    judged.verdict = verify::inferAndVerify(
        judged.bytes, reinterpret_cast<uint64_t>(judged.bytes.data()), tables.trusted());
    return judged;
}

std::string FaultWorld::call(std::span<const uint8_t> bytes, Value first, Value second) {
    using Entry = uint64_t (*)(Thread*, uint64_t, uint64_t);
    const auto entry = reinterpret_cast<Entry>(const_cast<uint8_t*>(bytes.data()));
    const Ref result(Value{entry(&thread(), first.bits, second.bits)});
    if (!result) {
        clearPending(thread());
        return "exception";
    }
    const Ref text(reprOf(thread(), result.get()));
    return toUtf8(text.as<Str>());
}

std::string describe(const verify::Verdict& verdict) {
    std::string text;
    for (const verify::Violation& violation : verdict.violations) {
        text += fmt::format("{} at +{:#x} `{}`: {} [{}]\n", verify::ruleName(violation.rule),
                            violation.offset, violation.instruction, violation.message,
                            violation.state);
    }
    return text.empty() ? "accepted\n" : text;
}

}  // namespace tagproof::faults
