#pragma once
// Code: a compiled function body, class body or module, immutable but for its caches, feedback and
// compiled entry. Made by runtime/frontend/compile; owned by counted references (functions,
// constants of the enclosing code, activations).

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "objmodel/object.h"
#include "runtime/bytecode.h"

namespace tagproof {

struct AttrCache;
struct Dict;
struct Feedback;
struct Str;
struct Thread;

enum CodeFlag : uint32_t {
    kCodeHasVarArgs = 1,      // *args: the local after the named parameters
    kCodeHasVarKeywords = 2,  // **kwargs: the local after that
    kCodeIsGenerator = 4,
    kCodeIsModule = 8,  // names are the module's: LOAD_NAME/STORE_NAME or globals
    kCodeIsClassBody = 16,
    kCodeUsesFreeVariables = 32,
    kCodeIsComprehension = 64,
    kCodeReadsFrame = 128,  // super() that has to look at the frame: stays interpreted
};

// Instructions [begin, end) are protected by the handler at `target`, entered with `depth` values
// kept on the stack and the exception pushed on top of them. Innermost first where ranges overlap.
struct ExceptionRange {
    uint32_t begin;
    uint32_t end;
    uint32_t target;
    uint32_t depth;
};

// Source of one instruction, for tracebacks and carets.
struct SourceRange {
    uint32_t line = 0;
    uint32_t end_line = 0;
    int32_t column = -1;
    int32_t end_column = -1;
};

// Everything the bytecode compiler produces.
struct CodeBody {
    std::vector<Instruction> instructions;
    std::vector<SourceRange> positions;  // one per instruction
    std::vector<ExceptionRange> exceptions;
    std::vector<Value> constants;   // owned
    std::vector<Str*> names;        // interned, owned
    std::vector<Str*> local_names;  // parameters first: positional, keyword-only, *args, **kwargs
    std::vector<Str*> cell_names;   // own cells, then free variables
    std::vector<int32_t> cell_parameters;  // per own cell: the local that is its parameter, or -1
    Str* name = nullptr;                   // owned
    Str* qualified_name = nullptr;         // owned
    Str* filename = nullptr;               // owned
    Value docstring;                       // owned str, or null
    uint32_t first_line = 1;
    uint32_t flags = 0;            // CodeFlag bits
    uint32_t positional_only = 0;  // of `positional`
    uint32_t positional = 0;       // positional parameters
    uint32_t keyword_only = 0;
    uint32_t stack_size = 0;  // deepest operand stack
    uint32_t own_cells = 0;   // of cell_names, the first so many are own
    uint32_t cache_count = 0;
    uint32_t feedback_count = 0;
};

// What the JIT keeps for a code object; null until first touched (jit/).
struct CompiledState;

struct Code {
    Object head;
    void* entry = nullptr;  // +0x20: compiled entry, or the bridge into the interpreter; set only
                            // through setEntry
    uint32_t calls = 0;     // entries since creation; compared with the threshold
    uint32_t back_edges = 0;
    uint32_t jit_flags = 0;             // CodeJitFlag bits (runtime/jit_hooks.h)
    uint32_t exact_count = 0;           // positional arguments of a call that needs no binding, or
                                        // kNeedsBinding
    CodeBody* body = nullptr;           // owned
    AttrCache* caches = nullptr;        // body->cache_count entries, owned
    Feedback* feedback = nullptr;       // body->feedback_count entries, owned
    CompiledState* compiled = nullptr;  // owned by the jit through its hooks
    const Dict* globals = nullptr;  // of the first function made of it; only compared, not owned
    uint32_t slot_count = 0;        // locals + cells of a frame
    uint32_t frame_words = 0;       // size of a frame, header and operand stack included
};
inline constexpr uint32_t kNeedsBinding = 0xffffffff;

// Makes a Code object that takes over `body`. New reference, or null + MemoryError.
[[nodiscard]] Value newCode(Thread& thread, std::unique_ptr<CodeBody> body);

[[nodiscard]] bool isCode(const Thread& thread, Value value);

// Fills the slots and attributes of the code type.
[[nodiscard]] bool initCodeType(Thread& thread);

// Line of an instruction.
[[nodiscard]] inline uint32_t lineOf(const Code* code, size_t instruction) {
    return code->body->positions[instruction].line;
}

}  // namespace tagproof
