#include "jit/native_stack.h"

#include <pthread.h>

#include <algorithm>

#include "objmodel/poison.h"

namespace tagproof {

namespace {

// Of memory that AddressSanitizer hides, between variables and of those that are gone: what is left
// there is no return address, and may be an old one.
bool isHidden([[maybe_unused]] const void* word) {
#if TAGPROOF_ADDRESS_SANITIZER
    return __asan_address_is_poisoned(word) != 0;
#else
    return false;
#endif
}

}  // namespace

NativeStack::NativeStack() {
    pthread_attr_t attributes;
    void* lowest = nullptr;
    size_t size = 0;
    if (pthread_getattr_np(pthread_self(), &attributes) != 0) return;
    pthread_attr_getstack(&attributes, &lowest, &size);
    pthread_attr_destroy(&attributes);
    const auto* begin = static_cast<const uint64_t*>(__builtin_frame_address(0));
    const auto* end = reinterpret_cast<const uint64_t*>(static_cast<char*>(lowest) + size);
    words_ = {begin, end};
}

// Reads other functions' frames on purpose.
__attribute__((no_sanitize("address"))) bool NativeStack::mentions(
    std::span<const uint8_t> code) const {
    const auto begin = reinterpret_cast<uint64_t>(code.data());
    for (const uint64_t& word : words_) {
        if (word >= begin && word <= begin + code.size() && !isHidden(&word)) return true;
    }
    return false;
}

}  // namespace tagproof
