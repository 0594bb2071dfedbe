#include "jit/verify/verify.h"

#include "jit/verify/check.h"

namespace tagproof::verify {

Workspace::Workspace()
    : program_(std::make_unique<Program>()), memory_(std::make_unique<MachineMemory>()) {}
Workspace::~Workspace() = default;

Verdict verify(std::span<const uint8_t> code,
               uint64_t address,
               const Trusted& trusted,
               const Hints& hints,
               Workspace& workspace) {
    Verdict verdict;
    Program& program = workspace.program();
    decode(code, address, program);
    check(program, workspace.memory(), trusted, hints, verdict);
    return verdict;
}

Verdict verify(std::span<const uint8_t> code,
               uint64_t address,
               const Trusted& trusted,
               const Hints& hints) {
    Workspace workspace;
    return verify(code, address, trusted, hints, workspace);
}

std::string_view ruleName(RuleId rule) {
    switch (rule) {
#define TAGPROOF_RULE_ID(id, name, text) \
    case RuleId::k##id:                  \
        return name;
#include "jit/verify/rule_ids.def"
#undef TAGPROOF_RULE_ID
    }
    return "?";
}

std::string_view ruleText(RuleId rule) {
    switch (rule) {
#define TAGPROOF_RULE_ID(id, name, text) \
    case RuleId::k##id:                  \
        return text;
#include "jit/verify/rule_ids.def"
#undef TAGPROOF_RULE_ID
    }
    return "?";
}

std::string_view writeClassName(WriteClass write) {
    switch (write) {
        case WriteClass::kStack:
            return "stack";
        case WriteClass::kRefcount:
            return "refcount";
        case WriteClass::kObjectField:
            return "object field";
        case WriteClass::kValues:
            return "values block";
        case WriteClass::kValueCell:
            return "value cell";
        case WriteClass::kRawCell:
            return "raw cell";
        case WriteClass::kThreadValue:
            return "thread value";
        case WriteClass::kThreadRaw:
            return "thread counter";
        case WriteClass::kExitWord:
            return "exit buffer";
    }
    return "?";
}

}  // namespace tagproof::verify
