#pragma once
// Buffered output to a file descriptor: what sys.stdout and sys.stderr write through. Errors are
// never lost: a failed write keeps its errno until someone reports it.

#include <cstddef>
#include <string>
#include <string_view>

namespace tagproof {

enum class Buffering { kLine, kBlock };  // kLine: written out at every newline

class OutputStream {
  public:
    OutputStream(int descriptor, Buffering buffering);

    // 0, or the errno of a write that failed; the text that could not be written is dropped.
    [[nodiscard]] int write(std::string_view text);
    [[nodiscard]] int flush();
    [[nodiscard]] int descriptor() const { return descriptor_; }

  private:
    static constexpr size_t kBlockSize = 8192;

    int descriptor_;  // not owned
    Buffering buffering_;
    std::string buffer_;  // not written yet
};

// kLine for a terminal, else kBlock.
[[nodiscard]] Buffering defaultBuffering(int descriptor);

}  // namespace tagproof
