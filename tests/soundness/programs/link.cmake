target_link_libraries(${campaign} PRIVATE tagproof::jit)
# A sanitized process takes several times as long.
if(TAGPROOF_SANITIZE)
    set(campaign_arguments --count 600)
endif()
