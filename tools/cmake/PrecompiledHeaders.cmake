# Parsing the headers of the standard library, {fmt}, GoogleTest and asmjit is most of what a cold
# build does: targets of many files parse them once. The preset lint does without: there each
# file must stand on its own includes (tools/lint/tidy.py).
option(TAGPROOF_PCH "Parse common headers once for each target" ON)
mark_as_advanced(TAGPROOF_PCH)

set(TAGPROOF_COMMON_HEADERS
    <algorithm> <array> <bit> <charconv> <cmath> <cstddef> <cstdint> <cstdio> <cstdlib> <cstring>
    <functional> <initializer_list> <limits> <memory> <optional> <span> <string> <string_view>
    <tuple> <unordered_map> <unordered_set> <utility> <vector>)
set(TAGPROOF_TEST_HEADERS <gtest/gtest.h> <gmock/gmock.h>)

# tagproof_precompile(TARGET header...): the common headers and those named.
function(tagproof_precompile TARGET)
    if(NOT TAGPROOF_PCH)
        return()
    endif()
    target_precompile_headers(${TARGET} PRIVATE ${TAGPROOF_COMMON_HEADERS} ${ARGN})
    # Without these ccache would take each build for a new one.
    if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
        target_compile_options(${TARGET} PRIVATE "SHELL:-Xclang -fno-pch-timestamp")
    else()
        # gcc 12 takes `string(...) + "text"` for an access out of bounds (its bug 105651), and says
        # so once the header is precompiled: append() instead.
        target_compile_options(${TARGET} PRIVATE -fpch-preprocess)
    endif()
endfunction()
