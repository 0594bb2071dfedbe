# Registers the tests: unit tests per library, cross-folder tests, fuzzers, script-driven suites.
# TAGPROOF_TESTS narrows the set (parallel: the tests that TSan runs; lint: the house checks only).
include(GoogleTest)
find_package(GTest REQUIRED)

# tagproof_gtest(TARGET LABEL name SOURCES file... LINK target... [PRECOMPILE header...] [STRICT])
# STRICT: compile as the libraries are, without exceptions and RTTI.
function(tagproof_gtest TARGET)
    cmake_parse_arguments(ARG "STRICT" "LABEL" "SOURCES;LINK;PRECOMPILE" ${ARGN})
    add_executable(${TARGET} ${ARG_SOURCES})
    tagproof_common(${TARGET})
    list(LENGTH ARG_SOURCES count)
    if(count GREATER 3)
        tagproof_precompile(${TARGET} ${TAGPROOF_TEST_HEADERS} ${ARG_PRECOMPILE})
    endif()
    if(ARG_STRICT)
        target_compile_options(${TARGET} PRIVATE -fno-exceptions -fno-rtti)
    endif()
    target_link_libraries(${TARGET} PRIVATE ${ARG_LINK} GTest::gmock GTest::gtest_main)
    set_property(GLOBAL APPEND PROPERTY TAGPROOF_SELECTED ${TARGET})
    gtest_discover_tests(${TARGET} DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 120
                         TEST_PREFIX "${TAGPROOF_TEST_PREFIX}${ARG_LABEL}/"
                         WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}"
                         PROPERTIES LABELS "${TAGPROOF_TEST_PREFIX}${ARG_LABEL}" TIMEOUT 600)
endfunction()

# tagproof_unit_tests(NAME SOURCES folder... [EXCLUDE folder...] LINK target...
#                     [PRECOMPILE header...]): NAME_test
function(tagproof_unit_tests NAME)
    cmake_parse_arguments(ARG "" "" "SOURCES;EXCLUDE;LINK;PRECOMPILE" ${ARGN})
    tagproof_special_sources(sources FOLDERS ${ARG_SOURCES} EXCLUDE ${ARG_EXCLUDE}
                             SUFFIXES _test.cc _test_support.cc)
    if(sources)
        tagproof_gtest(${NAME}_test STRICT LABEL ${NAME} SOURCES ${sources} LINK ${ARG_LINK}
                       PRECOMPILE ${ARG_PRECOMPILE})
    endif()
endfunction()

# tagproof_script_test(NAME LABEL label COMMAND word...)
function(tagproof_script_test NAME)
    cmake_parse_arguments(ARG "" "LABEL" "COMMAND" ${ARGN})
    add_test(NAME "${TAGPROOF_TEST_PREFIX}${NAME}" COMMAND ${ARG_COMMAND}
             WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}")
    set_tests_properties("${TAGPROOF_TEST_PREFIX}${NAME}" PROPERTIES
                         LABELS "${TAGPROOF_TEST_PREFIX}${ARG_LABEL}"
                         TIMEOUT 1500)
endfunction()

# Cross-folder tests: each tests/**/foo_test.cc is a binary foo_test; tests/**/foo_main.cc a program.
tagproof_sources(support FOLDERS tests EXCLUDE tests/package tests/soundness)
tagproof_special_sources(support_named FOLDERS tests SUFFIXES _test_support.cc)
set(tests_link tagproof::jit fmt::fmt nlohmann_json::nlohmann_json)
if(support OR support_named)
    add_library(tagproof_tests_support STATIC ${support} ${support_named})
    tagproof_common(tagproof_tests_support)
    target_link_libraries(tagproof_tests_support PUBLIC ${tests_link} GTest::gmock)
    list(PREPEND tests_link tagproof_tests_support)
endif()

tagproof_special_sources(cross_tests FOLDERS tests SUFFIXES _test.cc)
foreach(source IN LISTS cross_tests)
    cmake_path(GET source STEM name)
    string(REGEX REPLACE "_test$" "" label "${name}")
    if(TAGPROOF_TESTS STREQUAL "all" OR
       (TAGPROOF_TESTS STREQUAL "parallel" AND label MATCHES "parallel"))
        tagproof_gtest(${name} LABEL ${label} SOURCES ${source} LINK ${tests_link})
    endif()
endforeach()

if(TAGPROOF_TESTS STREQUAL "all")
    include(AllTests)
    include(Soundness)
endif()
if(NOT TAGPROOF_TESTS STREQUAL "parallel")
    include(LintTests)
endif()

# What a tree must build for its tests to run; less than everything where TAGPROOF_TESTS narrows.
get_property(selected GLOBAL PROPERTY TAGPROOF_SELECTED)
add_custom_target(tests_selected DEPENDS ${selected})
