target_link_libraries(${campaign} PRIVATE tagproof::jit)
