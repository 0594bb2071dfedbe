// The walk: which blocks, in which order, with which frame on entry.
//
//   forward join   all predecessors are built: equal words stay, others become phis
//   loop header    locals that the loop assigns become phis; their back-edge operands come later
//   handler        a join of landing pads: stack cut to the handler's depth, then the exception

#include "jit/hir/builder.h"

#include <algorithm>

#include "jit/hir/bytecode_builder.h"
#include "objmodel/singletons.h"
#include "objmodel/str.h"
#include "objmodel/thread.h"
#include "runtime/function.h"
#include "runtime/jit_hooks.h"

namespace tagproof::hir {

namespace {

// Arguments behind these are in the thread's argument area.
constexpr uint32_t kRegisterArguments = 5;

}  // namespace

Result<std::unique_ptr<Function>> buildFunction(Thread& thread, const BuildRequest& request) {
    auto function = std::make_unique<Function>(request.guest->code, request.entry);
    BytecodeBuilder builder(thread, request, *function);
    if (!builder.build()) return builder.error();
    return function;
}

HirType typeOfConstant(const Thread& thread, Value value) {
    if (value.isFixnum()) return types::kFixnum;
    if (value.isImmediateDouble()) return types::kDouble;
    if (value == thread.singletons->none) return types::kNone;
    if (value == thread.singletons->true_ || value == thread.singletons->false_)
        return types::kBool;
    return HirType(HirType::kHeapBit);
}

BytecodeBuilder::BytecodeBuilder(Thread& thread, const BuildRequest& request, Function& function)
    : thread_(thread),
      request_(request),
      function_(function),
      code_(request.guest->code),
      body_(*code_->body),
      cfg_(body_, firstInstruction(request)),
      plans_(body_.instructions.size()),
      stack_begin_(body_.local_names.size() + body_.cell_names.size()) {}

// Where the walk begins: an exception thrown in goes on in the handler.
uint32_t BytecodeBuilder::firstInstruction(const BuildRequest& request) {
    if (!entersFrame(request.entry)) return 0;
    if (request.entry != EntryKind::kThrow) return request.osr_target;
    const ExceptionRange* handler = findHandler(*request.guest->code->body, request.osr_target);
    TAGPROOF_CHECK(handler != nullptr, "thrown into where nothing handles it");
    return handler->target;
}

bool BytecodeBuilder::build() {
    if (!withinLimits()) return false;
    buildEntry();
    for (uint32_t index : cfg_.order()) {
        if (error_) return false;
        buildBlock(cfg_.block(index).begin);
    }
    if (error_) return false;
    finishBlocks();
    return true;
}

bool BytecodeBuilder::withinLimits() {
    const size_t words = stack_begin_ + body_.stack_size;
    if (words > layout::kThreadDeoptCount || words > layout::kThreadOsrCount) {
        refuse(CompileErrorKind::kLimit, "frame of " + std::to_string(words) + " words");
    } else if (body_.positional + body_.keyword_only + 2 > layout::kThreadArgCount) {
        refuse(CompileErrorKind::kLimit, "too many parameters");
    } else if ((body_.flags & kCodeIsClassBody) != 0) {
        refuse(CompileErrorKind::kUnsupported, "class body");
    } else if ((body_.flags & kCodeIsModule) != 0) {
        refuse(CompileErrorKind::kUnsupported, "module body");
    } else if (!cfg_.isReducible()) {
        refuse(CompileErrorKind::kUnsupported, "loop entered beside its header");
    } else if ((code_->jit_flags & kCodeHasManyGlobals) != 0) {
        refuse(CompileErrorKind::kUnsupported, "shared by functions of several namespaces");
    } else if (readsItsFrame()) {
        refuse(CompileErrorKind::kUnsupported,
               "looks at its own frame (locals, globals, eval, ...)");
    }
    return !error_;
}

// Whether it names a built-in that finds its caller's frame: compiled activations have none.
bool BytecodeBuilder::readsItsFrame() const {
    if ((body_.flags & kCodeReadsFrame) != 0) return true;
    static constexpr std::string_view kFrameReaders[] = {
        "locals",     "globals",       "vars",      "dir",
        "eval",       "exec",          "_getframe", "_getframemodulename",
        "namedtuple", "_caller_module"};
    return std::ranges::any_of(body_.names, [](const Str* name) {
        return std::ranges::find(kFrameReaders, toUtf8(name)) != std::end(kFrameReaders);
    });
}

bool BytecodeBuilder::speculates() const {
    const std::vector<uint32_t>* failed = request_.failed_sites;
    return failed == nullptr || std::ranges::find(*failed, pc_) == failed->end();
}

void BytecodeBuilder::refuse(CompileErrorKind kind, std::string message) {
    if (!error_) error_ = CompileError{kind, std::move(message)};
}

BlockPlan& BytecodeBuilder::planAt(uint32_t begin) {
    BlockPlan& plan = plans_[begin];
    if (plan.block == nullptr) {
        plan.block = function_.newBlock(begin);
        plan.block->is_loop_header = cfg_.blockAt(begin).is_loop_header;
        plan.block->is_cold = cfg_.blockAt(begin).is_handler;
    }
    return plan;
}

void BytecodeBuilder::buildEntry() {
    block_ = function_.newBlock(0);
    function_.entry = block_;
    local_owned_.assign(stack_begin_, true);
    local_deleted_.assign(stack_begin_, false);
    for (const Instruction& instruction : body_.instructions) {
        if (instruction.op() == Opcode::DELETE_FAST) local_deleted_[instruction.operand] = true;
    }
    if (entersFrame(request_.entry)) {
        buildFrameEntry();
    } else if ((body_.flags & kCodeIsGenerator) != 0) {
        buildGeneratorCreation();
    } else {
        buildArguments();
    }
}

size_t BytecodeBuilder::parameterWords() const {
    size_t parameters = body_.positional + body_.keyword_only;
    if ((body_.flags & kCodeHasVarArgs) != 0) ++parameters;
    if ((body_.flags & kCodeHasVarKeywords) != 0) ++parameters;
    return parameters;
}

Instr* BytecodeBuilder::loadArgument(uint32_t index) {
    Instr* argument = index < kRegisterArguments ? emit(Op::kLoadArg)
                                                 : emitTyped(Op::kLoadArg, types::kObjectOrNull);
    argument->immediates[0].bits = index;
    return argument;
}

void BytecodeBuilder::buildArguments() {
    const size_t parameters = parameterWords();
    function_.argument_count = static_cast<uint32_t>(parameters);
    Instr* empty = parameters < stack_begin_ ? emit(Op::kNull) : nullptr;
    for (uint32_t i = 0; i < stack_begin_; ++i) {
        if (i >= parameters) {
            frame_.push_back({empty, Own::kOwned});
            continue;
        }
        local_owned_[i] = cfg_.isAssigned(i);
        frame_.push_back({loadArgument(i), Own::kStable});
    }
    // Those in memory are never null either, which the machine code cannot show without a test.
    for (uint32_t i = kRegisterArguments; i < parameters; ++i) {
        Instr* argument = emit(Op::kUnwindIfNull, {frame_[i].value});
        argument->frame = frameBefore();
        frame_[i].value = argument;
    }
    for (uint32_t i = 0; i < parameters; ++i) {
        if (local_owned_[i]) makeOwned(frame_[i]);
    }
    buildFreeVariables();
    if (!error_) jumpTo(0);
}

// The cells of the closure: counted once by the activation.
void BytecodeBuilder::buildFreeVariables() {
    const size_t free_begin = body_.local_names.size() + body_.own_cells;
    if (free_begin == stack_begin_) return;
    Instr* callee = emit(Op::kLoadCallee);
    for (size_t i = free_begin; i < stack_begin_; ++i) {
        const auto index = static_cast<int64_t>(i - free_begin);
        // Never null; and what fails before the first instruction is not for a handler around it.
        Instr* cell = emitCall(Op::kCallHelper, types::kObjectOrNull, Helper::kLoadFreeCell,
                               {callee, immediate(index)});
        frame_[i] = {assertNotNull(cell), Own::kOwned};
    }
}

// A call of a generator function runs nothing of its body: it makes the generator, with the
// arguments in its frame.
void BytecodeBuilder::buildGeneratorCreation() {
    const size_t parameters = parameterWords();
    function_.argument_count = static_cast<uint32_t>(parameters);
    Instr* callee = emit(Op::kLoadCallee);
    std::vector<Instr*> arguments;
    for (uint32_t i = 0; i < parameters; ++i) arguments.push_back(loadArgument(i));
    frame_.assign(stack_begin_, {emit(Op::kNull), Own::kStable});
    Instr* count = immediate(static_cast<int64_t>(parameters));
    Instr* generator = callWithArgs(Helper::kNewGenerator, {callee, count}, arguments);
    emit(Op::kReturn, {generator});
    block_ = nullptr;
}

void BytecodeBuilder::buildFrameEntry() {
    function_.osr_target = request_.osr_target;
    function_.osr_words = static_cast<uint32_t>(stack_begin_ + request_.osr_depth);
    for (uint32_t i = 0; i < function_.osr_words; ++i) {
        Instr* word = emit(Op::kLoadOsrValue);
        word->immediates[0].bits = i;
        frame_.push_back({word, Own::kOwned});
    }
    if (request_.entry != EntryKind::kThrow) return jumpTo(request_.osr_target);
    pc_ = request_.osr_target;
    raise(true);
}

void BytecodeBuilder::buildBlock(uint32_t begin) {
    const BytecodeBlock& shape = cfg_.blockAt(begin);
    BlockPlan& plan = planAt(begin);
    if (plan.incoming.empty()) return;  // its predecessors always leave before reaching it
    plan.is_built = true;
    block_ = plan.block;
    pc_ = begin;
    enterJoin(plan);
    if (shape.is_loop_header) enterLoopHeader(plan, shape);
    after_pc_ = begin;
    if (shape.is_handler) guardValid();
    for (pc_ = shape.begin; pc_ < shape.end && block_ != nullptr && !error_; ++pc_) {
        buildInstruction(body_.instructions[pc_]);
    }
    if (block_ != nullptr && !error_) {
        pc_ = shape.end - 1;
        jumpTo(shape.end);
    }
}

// Merges the frames of the forward edges.
void BytecodeBuilder::enterJoin(BlockPlan& plan) {
    frame_ = plan.incoming.front().frame;
    for (size_t slot = 0; slot < frame_.size(); ++slot) {
        const bool same = std::ranges::all_of(plan.incoming, [&](const Incoming& edge) {
            return edge.frame[slot].value == frame_[slot].value;
        });
        const bool same_owner = std::ranges::all_of(plan.incoming, [&](const Incoming& edge) {
            return edge.frame[slot].own == frame_[slot].own;
        });
        TAGPROOF_CHECK(same_owner, "frame word owned on one path only");
        if (same) continue;
        Instr* phi = function_.newInstr(Op::kPhi, types::kNothing);
        for (const Incoming& edge : plan.incoming) {
            phi->operands.push_back(edge.frame[slot].value);
            phi->type = phi->type.unionWith(edge.frame[slot].value->type);
        }
        if (phi->type.exact() != nullptr) phi->type = HirType(phi->type.bits());
        append(phi);
        frame_[slot].value = phi;
    }
}

// Words that the loop may change become phis now, and what is a phi by the forward edges stays one;
// each back edge adds an operand. Where a loop was entered in its middle, by a frame, that goes for
// the operand stack too: an enclosing loop may come back with another iterator.
void BytecodeBuilder::enterLoopHeader(BlockPlan& plan, const BytecodeBlock& shape) {
    plan.header_phis.assign(frame_.size(), nullptr);
    const bool stack_changes = entersFrame(request_.entry);
    for (size_t slot = 0; slot < frame_.size(); ++slot) {
        const bool changes = slot < stack_begin_ ? shape.assigned_in_loop[slot] : stack_changes;
        Instr*& value = frame_[slot].value;
        const bool is_phi = value->op == Op::kPhi && value->block == block_;
        if (!changes && !is_phi) continue;
        if (!is_phi) {
            Instr* phi = function_.newInstr(Op::kPhi, types::kObjectOrNull);
            phi->operands.assign(plan.incoming.size(), value);
            append(phi);
            value = phi;
        }
        // What the back edges bring is not known yet; simplifyPhis narrows the type.
        if (changes || slot >= stack_begin_) value->type = types::kObjectOrNull;
        plan.header_phis[slot] = value;
    }
    plan.header_frame = frame_;
}

void BytecodeBuilder::buildInstruction(Instruction instruction) {
    using Build = void (BytecodeBuilder::*)(Instruction);
    static constexpr Build kBuild[] = {
#define BYTECODE(name, operand, pops, pushes, flags, text) &BytecodeBuilder::build##name,
#include "runtime/bytecode.def"
#undef BYTECODE
    };
    after_pc_ = pc_ + 1;
    (this->*kBuild[static_cast<size_t>(instruction.op())])(instruction);
}

// Lists the blocks that were built, in reverse postorder of the HIR graph.
void BytecodeBuilder::finishBlocks() { function_.orderBlocks(); }

}  // namespace tagproof::hir
