# The corpus: what the compiler emits, and the random programs of the verifier's own tests.
find_library(UNICORN_LIBRARY unicorn REQUIRED)
mark_as_advanced(UNICORN_LIBRARY)
target_sources(${campaign} PRIVATE
    "${PROJECT_SOURCE_DIR}/jit/verify/random_program_test_support.cc"
    "${PROJECT_SOURCE_DIR}/jit/verify/verify_test_support.cc")
target_link_libraries(${campaign} PRIVATE tagproof::jit asmjit::asmjit GTest::gtest
                                          "${UNICORN_LIBRARY}")
# The emulator translates code while it runs and jumps into it, around the sanitizers' bookkeeping.
if(TAGPROOF_SANITIZE)
    set(campaign_is_test OFF)
endif()
