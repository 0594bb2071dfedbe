# The children load every register, rsp included, with words of their own and map code and memory at
# fixed low addresses: that is no place for a sanitizer's runtime and shadow memory.
if(TAGPROOF_SANITIZE)
    set(campaign_is_test OFF)
endif()
