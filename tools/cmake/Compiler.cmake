# Language level, warnings, build types and sanitizers, for every target of the project.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")

if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "Debug (TAGPROOF_DCHECK on) or Release" FORCE)
endif()
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1")
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")

if(NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
    find_program(TAGPROOF_CCACHE ccache)
    mark_as_advanced(TAGPROOF_CCACHE)
    if(TAGPROOF_CCACHE)
        # Both are asked for by precompiled headers.
        set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env
            "CCACHE_SLOPPINESS=pch_defines,time_macros" "${TAGPROOF_CCACHE}")
    endif()
endif()

# Not in an INTERFACE target: warnings are ours alone and must not reach users of the package.
# clang counts sign conversions into -Wconversion, gcc does not; both follow gcc here.
set(TAGPROOF_WARNINGS -Wall -Wextra -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor
                      -Wold-style-cast -Wswitch -Werror)
# gcc 12 takes the enumerators of an enum class for names of the enclosing scope in -Wshadow.
list(APPEND TAGPROOF_WARNINGS $<IF:$<CXX_COMPILER_ID:GNU>,-Wshadow=local,-Wshadow>)

if(TAGPROOF_SANITIZE)
    add_compile_options(-fsanitize=${TAGPROOF_SANITIZE} -fno-sanitize-recover=all
                        -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${TAGPROOF_SANITIZE})
endif()

# libFuzzer finds its way by coverage of what it fuzzes; the rest would only get slower.
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND TAGPROOF_SANITIZE MATCHES "address")
    set(TAGPROOF_FUZZING ON)
    set(TAGPROOF_FUZZED "^(runtime/frontend|jit/verify|tests/fuzz)/")
endif()
