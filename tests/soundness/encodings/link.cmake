# LLVM's MC layer is the second decoder. Its headers are found by path: the package's own CMake files
# ask for development packages that are not needed.
find_path(TAGPROOF_LLVM_INCLUDE llvm/MC/MCDisassembler/MCDisassembler.h
          PATHS /usr/lib/llvm-14/include NO_DEFAULT_PATH REQUIRED)
find_library(TAGPROOF_LLVM_LIBRARY LLVM-14 PATHS /usr/lib/llvm-14/lib NO_DEFAULT_PATH REQUIRED)
mark_as_advanced(TAGPROOF_LLVM_INCLUDE TAGPROOF_LLVM_LIBRARY)
target_include_directories(${campaign} SYSTEM PRIVATE "${TAGPROOF_LLVM_INCLUDE}")
target_link_libraries(${campaign} PRIVATE "${TAGPROOF_LLVM_LIBRARY}" Threads::Threads)
# The whole enumeration takes a minute without a sanitizer; with one, a sample.
if(TAGPROOF_SANITIZE OR CMAKE_BUILD_TYPE STREQUAL "Debug")
    target_compile_definitions(${campaign} PRIVATE TAGPROOF_ENCODINGS_SAMPLE=10000000)
endif()
