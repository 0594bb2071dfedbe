#pragma once
// What free memory looks like in builds that look for its use: a word that is no value, and bytes
// that AddressSanitizer refuses to touch. Emitted code is not seen by the sanitizer, but leaves
// its trace in the pattern. On in debug builds, so in the presets dev, clang and asan;
// -DTAGPROOF_POISON=1 in CMAKE_CXX_FLAGS turns it on elsewhere.

#include <cstddef>
#include <cstdint>

#if defined(__SANITIZE_ADDRESS__)
#define TAGPROOF_ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define TAGPROOF_ADDRESS_SANITIZER 1
#endif
#endif
#ifndef TAGPROOF_ADDRESS_SANITIZER
#define TAGPROOF_ADDRESS_SANITIZER 0
#endif

#if TAGPROOF_ADDRESS_SANITIZER
#include <sanitizer/asan_interface.h>
#endif

#ifndef TAGPROOF_POISON
#ifdef NDEBUG
#define TAGPROOF_POISON 0
#else
#define TAGPROOF_POISON 1
#endif
#endif

namespace tagproof {

inline constexpr bool kPoisonFreeCells = TAGPROOF_POISON != 0;
inline constexpr uint64_t kPoison = 0x6767676767676767;  // low bits 111: never a value word

// From now on AddressSanitizer reports each access to these bytes; and no longer.
inline void hideBytes([[maybe_unused]] const void* begin, [[maybe_unused]] size_t bytes) {
#if TAGPROOF_ADDRESS_SANITIZER
    __asan_poison_memory_region(begin, bytes);
#endif
}
inline void showBytes([[maybe_unused]] const void* begin, [[maybe_unused]] size_t bytes) {
#if TAGPROOF_ADDRESS_SANITIZER
    __asan_unpoison_memory_region(begin, bytes);
#endif
}

}  // namespace tagproof
