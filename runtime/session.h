#pragma once
// An interactive session: statements are read line by line, run in __main__ and their values shown,
// as CPython does at a terminal. Vm::runSession() is the loop; who edits the lines is outside.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tagproof {

struct Thread;

// Where a session gets its lines from.
class LineReader {
  public:
    enum class Result : uint8_t { kLine, kEnd, kInterrupted };

    LineReader() = default;
    LineReader(const LineReader&) = delete;
    LineReader& operator=(const LineReader&) = delete;
    virtual ~LineReader() = default;

    // Shows the prompt and reads one line, without its line end. kEnd: there are no more for now
    // (Ctrl-D). kInterrupted: Ctrl-C, which the reader has taken.
    [[nodiscard]] virtual Result read(std::string_view prompt, std::string* line) = 0;
};

// What may follow a text that ends with `word`, a name or `name.name.na`: whole words, sorted.
// Looks at __main__, builtins and keywords, or at the attributes of an object. Never leaves an
// exception.
[[nodiscard]] std::vector<std::string> completions(Thread& thread, std::string_view word);

}  // namespace tagproof
