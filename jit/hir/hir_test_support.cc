#include "jit/hir/hir_test_support.h"

#include "jit/hir/printer.h"
#include "objmodel/core_types.h"
#include "objmodel/dict.h"
#include "objmodel/list.h"
#include "objmodel/singletons.h"
#include "objmodel/str.h"
#include "objmodel/type.h"
#include "runtime/function.h"
#include "runtime/module.h"
#include "runtime/vm.h"

namespace tagproof::hir {

namespace {

constexpr std::string_view kProgram = R"(
class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

class Slotted:
    __slots__ = ('a', 'b')

def f(a, b): return a
def g(a): return a
def h(): return 1
Point(1, 2)
)";

}  // namespace

HirTest::HirTest() : vm_(Vm::create({})), thread_(&vm_->thread()) {
    EXPECT_TRUE(vm_->execute(kProgram, "hir_test"));
    Str* name = internStr(*thread_, "__main__");
    globals_ = moduleDict(dictGetStr(vm_->modules(), name));
}

HirTest::~HirTest() = default;

std::unique_ptr<Function> HirTest::parsed(std::string_view text) {
    ParseResult result = parse(text, *this);
    if (auto* function = std::get_if<0>(&result)) return std::move(*function);
    ADD_FAILURE() << std::get<1>(result).toString() << " in\n" << text;
    return nullptr;
}

std::string HirTest::errorOf(std::string_view text) {
    const ParseResult result = parse(text, *this);
    const auto* error = std::get_if<1>(&result);
    return error == nullptr ? "no error" : error->toString();
}

std::string HirTest::after(void (*pass)(Function&), std::string_view input) {
    const std::unique_ptr<Function> function = parsed(input);
    if (function == nullptr) return "";
    pass(*function);
    return print(*function, {.with_exits = true, .with_lines = false});
}

Value HirTest::global(std::string_view name) {
    return dictGetStr(globals_, internStr(*thread_, name));
}

Value HirTest::value(std::string_view text) {
    const Singletons& singletons = *thread_->singletons;
    if (text == "None") return singletons.none;
    if (text == "True") return singletons.true_;
    if (text == "False") return singletons.false_;
    if (text.starts_with("function ")) return global(text.substr(9));
    if (text == "a list") return made_.emplace_back(Value::of(makeList(*thread_))).get();
    return Value::of(type(text));
}

const Type* HirTest::type(std::string_view name) {
    const CoreTypes& types = *thread_->types;
#define CORE_TYPE(field, text, base) \
    if (name == text) return types.field;
#include "objmodel/core_types.def"
#undef CORE_TYPE
    const Value found = global(name);
    return objectHasFlag(found, kTypeIsType) ? found.as<Type>() : nullptr;
}

Str* HirTest::string(std::string_view text) { return internStr(*thread_, text); }

tagproof::Cell* HirTest::cell(std::string_view name) {
    if (!name.starts_with("cell")) return nullptr;
    return dictEnsureCell(*thread_, globals_, internStr(*thread_, name));
}

tagproof::Function* HirTest::function(std::string_view name) {
    const Value found = global(name);
    return isFunction(*thread_, found) ? found.as<tagproof::Function>() : nullptr;
}

Code* HirTest::code(std::string_view name) {
    const tagproof::Function* found = function(name);
    return found == nullptr ? nullptr : found->code;
}

// Beyond 32 bits, so that they print as addresses.
uint64_t HirTest::address(std::string_view name) {
    constexpr uint64_t kNowhere = 0x7000'0000'0000;
    if (!name.starts_with("address") || name.size() != 8) return 0;
    return kNowhere + 8 * static_cast<uint64_t>(name.back() - '0');
}

std::string withArguments(std::string_view body) {
    std::string text =
        "fun f (2 arguments)\n"
        "  bb0:\n"
        "    v0:Object = LoadArg<0>\n"
        "    v1:Object = LoadArg<1>\n";
    return text += body;
}

}  // namespace tagproof::hir
