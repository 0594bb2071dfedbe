#pragma once
// jit-<pid>.dump: code, names and source lines of everything compiled, for `perf inject --jit`,
// which makes symbols and line tables of it. The format is that of the Linux kernel,
// tools/perf/Documentation/jitdump-specification.txt; version 1, in the machine's byte order:
//
//   header    magic version size machine pad pid time flags
//   records   kind size time, then
//     lines     address count (address line discriminator name\0)...    in front of its code
//     code      pid tid address address size index name\0 bytes
//     close     nothing
//
// perf finds the file because it is mapped executable once. Times are those of `perf record -k
// mono`.

#include <cstdint>
#include <memory>
#include <string>

namespace tagproof {

struct CompiledUnit;

class JitDump {
  public:
    // Makes the file in `directory`. Null, with a message on standard error, when that fails.
    [[nodiscard]] static std::unique_ptr<JitDump> create(const std::string& directory);
    ~JitDump();
    JitDump(const JitDump&) = delete;
    JitDump& operator=(const JitDump&) = delete;

    // Writes the unit's bytes and lines. Failures to write end the dump with one message.
    void add(const CompiledUnit& unit);

  private:
    explicit JitDump(int file, std::string path) : file_(file), path_(std::move(path)) {}
    [[nodiscard]] bool begin();
    void write(const std::string& record);

    int file_;                 // owned; -1 once writing has failed
    std::string path_;         // for messages
    void* marker_ = nullptr;   // the mapping by which perf finds the file
    uint64_t next_index_ = 0;  // of the next code record
};

}  // namespace tagproof
