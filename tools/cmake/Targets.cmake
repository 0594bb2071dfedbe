# tagproof_library, tagproof_tool, tagproof_benchmarks: one call a target, sources by folder.
#
# What a file is follows from its name:
#   foo.cc               part of the folder's library or program
#   foo_test.cc          GoogleTest, goes to the folder's test binary (see Tests.cmake)
#   foo_test_support.cc  shared by tests
#   foo_bench.cc         Google Benchmark
#   foo_fuzz.cc          libFuzzer entry point
#   foo_main.cc          a developer's program of its own
set(TAGPROOF_SPECIAL_FILE "_(test|test_support|bench|fuzz|main)\\.cc$")

# Sets OUT to the sources below FOLDERS whose path, relative to the root, matches neither
# EXCLUDE folder nor a special name.
function(tagproof_sources OUT)
    cmake_parse_arguments(ARG "" "" "FOLDERS;EXCLUDE" ${ARGN})
    set(found "")
    foreach(folder IN LISTS ARG_FOLDERS)
        file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE "${PROJECT_SOURCE_DIR}"
             "${PROJECT_SOURCE_DIR}/${folder}/*.cc")
        list(APPEND found ${files})
    endforeach()
    list(FILTER found EXCLUDE REGEX "${TAGPROOF_SPECIAL_FILE}")
    foreach(folder IN LISTS ARG_EXCLUDE)
        list(FILTER found EXCLUDE REGEX "^${folder}/")
    endforeach()
    set(${OUT} "${found}" PARENT_SCOPE)
endfunction()

# Sets OUT to the files below FOLDERS that end in one of SUFFIXES (for example _test.cc).
function(tagproof_special_sources OUT)
    cmake_parse_arguments(ARG "" "" "FOLDERS;EXCLUDE;SUFFIXES" ${ARGN})
    set(found "")
    foreach(folder IN LISTS ARG_FOLDERS)
        foreach(suffix IN LISTS ARG_SUFFIXES)
            file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE "${PROJECT_SOURCE_DIR}"
                 "${PROJECT_SOURCE_DIR}/${folder}/*${suffix}")
            list(APPEND found ${files})
        endforeach()
    endforeach()
    foreach(folder IN LISTS ARG_EXCLUDE)
        list(FILTER found EXCLUDE REGEX "^${folder}/")
    endforeach()
    set(${OUT} "${found}" PARENT_SCOPE)
endfunction()

# Coverage for libFuzzer, in the files of TARGET that are fuzzed.
function(tagproof_count_coverage TARGET)
    get_target_property(sources ${TARGET} SOURCES)
    set(fuzzed ${sources})
    list(FILTER fuzzed INCLUDE REGEX "${TAGPROOF_FUZZED}")
    if(fuzzed STREQUAL sources)
        target_compile_options(${TARGET} PRIVATE -fsanitize=fuzzer-no-link)
    else()
        # Compiled otherwise than the precompiled headers of the rest.
        set_property(SOURCE ${fuzzed} APPEND PROPERTY COMPILE_OPTIONS -fsanitize=fuzzer-no-link)
        set_property(SOURCE ${fuzzed} PROPERTY SKIP_PRECOMPILE_HEADERS ON)
    endif()
endfunction()

# What all of our own targets share.
function(tagproof_common TARGET)
    if(TAGPROOF_FUZZING)
        tagproof_count_coverage(${TARGET})
    endif()
    target_compile_options(${TARGET} PRIVATE ${TAGPROOF_WARNINGS})
    target_include_directories(${TARGET} PRIVATE "${PROJECT_SOURCE_DIR}")
endfunction()

# tagproof_library(NAME SOURCES folder... [EXCLUDE folder...] LINK target... [PRECOMPILE header...])
# makes tagproof_NAME, tagproof::NAME and libtagproof-NAME.a, without exceptions and RTTI.
function(tagproof_library NAME)
    cmake_parse_arguments(ARG "" "" "SOURCES;EXCLUDE;LINK;PRECOMPILE" ${ARGN})
    tagproof_sources(sources FOLDERS ${ARG_SOURCES} EXCLUDE ${ARG_EXCLUDE})
    set(target tagproof_${NAME})
    if(sources)
        add_library(${target} STATIC ${sources})
        target_compile_options(${target} PRIVATE -fno-exceptions -fno-rtti)
        tagproof_common(${target})
        tagproof_precompile(${target} ${ARG_PRECOMPILE})
        set(scope PUBLIC)
    else()
        add_library(${target} INTERFACE)
        set(scope INTERFACE)
    endif()
    target_include_directories(${target} ${scope} "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>"
                               "$<INSTALL_INTERFACE:include/tagproof>")
    target_compile_features(${target} ${scope} cxx_std_20)
    target_link_libraries(${target} ${scope} ${ARG_LINK})
    set_target_properties(${target} PROPERTIES EXPORT_NAME ${NAME} OUTPUT_NAME tagproof-${NAME})
    add_library(tagproof::${NAME} ALIAS ${target})
endfunction()

# tagproof_tool(NAME SOURCES folder...) makes the program NAME from the folders' sources. All but
# main.cc go to the library NAME_cli, so that tests can link them.
function(tagproof_tool NAME)
    cmake_parse_arguments(ARG "" "" "SOURCES" ${ARGN})
    tagproof_sources(sources FOLDERS ${ARG_SOURCES})
    list(FILTER sources EXCLUDE REGEX "/main\\.cc$")
    list(GET ARG_SOURCES 0 folder)
    if(NOT sources)
        return()
    endif()
    add_library(${NAME}_cli STATIC ${sources})
    tagproof_common(${NAME}_cli)
    tagproof_precompile(${NAME}_cli <fmt/format.h> <nlohmann/json.hpp>)
    target_compile_definitions(${NAME}_cli PRIVATE TAGPROOF_VERSION="${PROJECT_VERSION}")
    target_link_libraries(${NAME}_cli PUBLIC tagproof::jit fmt::fmt nlohmann_json::nlohmann_json
                                             CLI11::CLI11 LibEdit::libedit)
    if(NOT EXISTS "${PROJECT_SOURCE_DIR}/${folder}/main.cc")
        return()
    endif()
    add_executable(${NAME} "${folder}/main.cc")
    tagproof_common(${NAME})
    target_link_libraries(${NAME} PRIVATE ${NAME}_cli)
endfunction()

# tagproof_benchmarks(NAME SOURCES folder...) makes one Google Benchmark program of all sources.
function(tagproof_benchmarks NAME)
    cmake_parse_arguments(ARG "" "" "SOURCES" ${ARGN})
    tagproof_special_sources(sources FOLDERS ${ARG_SOURCES} SUFFIXES _bench.cc)
    tagproof_sources(support FOLDERS ${ARG_SOURCES})
    if(NOT sources)
        return()
    endif()
    find_package(benchmark REQUIRED)
    add_executable(${NAME} ${sources} ${support})
    tagproof_common(${NAME})
    target_link_libraries(${NAME} PRIVATE tagproof::jit benchmark::benchmark_main)
endfunction()
