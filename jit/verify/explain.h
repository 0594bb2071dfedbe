#pragma once
// Explanations for people and tools, of accepted and rejected code alike: each instruction with
// what is known before it, each memory write with what makes it harmless, and for each violation a
// path that leads there. Nothing here is trusted: the verdict is the checker's, which is only
// watched.

#include <optional>

#include "jit/verify/verify.h"

namespace tagproof::verify {

// What is known at one place before an instruction.
struct Known {
    std::string where;      // "rsi", "[rsp+8]"
    std::string what;       // "OBJ:Point+0#1"; README.md says what the words mean
    bool is_saved = false;  // a stack word that holds a register of the caller
};

// Why a memory write is harmless: the region and the bytes of it that it was proven to stay in, and
// the row that allows writing them.
struct WriteProof {
    WriteClass write = {};
    std::string base;    // "rsi is OBJ:Point+0#1"
    std::string region;  // "object of type Point"
    int64_t begin = 0;   // bytes [begin, end) of the region: from its base, or absolute
    int64_t end = 0;
    std::string row;   // "field at +0x20: value-or-null, writable"
    std::string word;  // "rdx is VALUE#2": what is written
};

struct ExplainedLine {
    uint32_t offset = 0;
    bool is_label = false;     // a branch goes here
    bool is_reached = false;   // the checker came here
    std::string bytes;         // "48 8b 07"
    std::string instruction;   // Intel syntax, branch targets as offsets
    std::string name;          // "opLoadAttr", "type Point": what an address in it is, or empty
    std::vector<Known> state;  // before it; of very large code not every line's
    std::optional<WriteProof> write;  // accepted memory writes
};

// A branch on the way to an instruction.
struct PathStep {
    uint32_t offset = 0;
    std::string instruction;
    bool is_taken = false;  // false: control goes on behind it
    uint32_t target = 0;    // offset, if taken
};
using Path = std::vector<PathStep>;

struct Explanation {
    std::vector<ExplainedLine> lines;  // by offset: all, or those that write memory
    std::vector<Path> paths;           // Verdict::violations[k] can be reached by paths[k]
    std::vector<bool> reached;      // by violation; false: nothing comes there, so there is no path
    std::vector<uint64_t> helpers;  // addresses of those that are called, sorted
};

enum class Detail : uint8_t {
    kWrites,  // lines of the instructions that write memory
    kStates,  // all lines, with states
};

// As verify() with its result in `verdict`. Violations in code that is never reached have no state.
[[nodiscard]] Explanation explain(std::span<const uint8_t> code,
                                  uint64_t address,
                                  const Trusted& trusted,
                                  const Hints& hints,
                                  Detail detail,
                                  Verdict& verdict);
// As inferAndVerify() of infer/infer.h.
[[nodiscard]] Explanation inferAndExplain(std::span<const uint8_t> code,
                                          uint64_t address,
                                          const Trusted& trusted,
                                          Detail detail,
                                          Verdict& verdict);

// A line of text above the code at `offset`: source line, intermediate code.
struct Annotation {
    uint32_t offset = 0;
    std::string text;
};

// The disassembly with the state beside each line, then the violations. Annotations sorted by
// offset.
[[nodiscard]] std::string listingOf(const Explanation& explanation,
                                    const Verdict& verdict,
                                    std::span<const Annotation> annotations);
// "rax=INT[0,7] rsi=VALUE#1". Without `with_saved` the words of the caller are left out.
[[nodiscard]] std::string toString(std::span<const Known> state, bool with_saved);
// "entry; +0x4 jnz goes on; +0x17 jnz goes to +0x2f"
[[nodiscard]] std::string toString(const Path& path);
// That of one violation, or that there is none.
[[nodiscard]] std::string pathText(const Explanation& explanation, size_t violation);
// "own frame [-72, -64)"
[[nodiscard]] std::string placeOf(const WriteProof& proof);
// "stack: own frame [-72, -64); the frame is ...; rsp is STK-72; rdx is VALUE#2"
[[nodiscard]] std::string toString(const WriteProof& proof);
// Offset, rule, message, bytes and state, if it has one, on several lines.
[[nodiscard]] std::string toString(const Violation& violation);

}  // namespace tagproof::verify
