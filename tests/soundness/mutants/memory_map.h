#pragma once
// The emulated address space. Everything that a function may name by its address is moved into
// `kTables` and `kHelpers` (relocate.h), so that all functions run in the same few pages.

#include <cstddef>
#include <cstdint>

namespace tagproof::soundness {

struct Area {
    uint64_t base;
    size_t size;

    [[nodiscard]] constexpr bool contains(uint64_t address) const { return address - base < size; }
    [[nodiscard]] constexpr uint64_t end() const { return base + size; }
};

inline constexpr Area kTables{0x1'0000'0000, 0x40000};      // types, constants, cells
inline constexpr Area kHelpers{0x2'0000'0000, 0x10000};     // one `ret` a helper
inline constexpr Area kOpaque{0x3'0000'0000, 0x1000'0000};  // not mapped: passed on, never accessed
inline constexpr Area kHeap{0x5500'0000'0000, 0x10000};     // objects, values blocks, items
inline constexpr Area kThread{0x7C00'0000'0000, 0x4000};
inline constexpr Area kStack{0x7D00'0000'0000, 0x4000};
inline constexpr Area kCode{0x7E00'0000'0000, 0x100000};  // readable and executable

inline constexpr uint64_t kBridges = kHelpers.base + 0xF000;  // what entry cells hold
inline constexpr uint64_t kBridgeStride = 16;
inline constexpr uint64_t kEntryRsp = kStack.base + 0x3008;  // holds the return address
inline constexpr uint64_t kFrameBytes = 4096;
inline constexpr uint64_t kReturn = 0x6'0000'0000;  // the return address; not mapped

}  // namespace tagproof::soundness
