# verify_mutants: the verifier's unit tests, linked to copies of its core in which every mutant is
# present and an environment variable chooses one. The library that everything else links is built
# from the sources alone.
set(mutated "${PROJECT_BINARY_DIR}/mutated")
set(mutate "${PROJECT_SOURCE_DIR}/tests/soundness/mutation/mutate.py")
file(GLOB mutation_scripts CONFIGURE_DEPENDS
     "${PROJECT_SOURCE_DIR}/tests/soundness/mutation/*.py")
execute_process(COMMAND "${TAGPROOF_PYTHON}" "${mutate}" --list
                WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}" OUTPUT_VARIABLE core
                COMMAND_ERROR_IS_FATAL ANY)

set(copies ${core})
list(FILTER copies EXCLUDE REGEX "\\.def$")
list(TRANSFORM copies PREPEND "${mutated}/")
list(TRANSFORM core PREPEND "${PROJECT_SOURCE_DIR}/" OUTPUT_VARIABLE core_paths)
add_custom_command(
    OUTPUT ${copies} "${mutated}/sites.json"
    COMMAND "${TAGPROOF_PYTHON}" "${mutate}" --out "${mutated}" --compiler "${CMAKE_CXX_COMPILER}"
    DEPENDS ${core_paths} ${mutation_scripts}
            "${PROJECT_SOURCE_DIR}/tests/soundness/mutation/equivalents.txt"
    WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}"
    COMMENT "Mutating the verifier's core")

tagproof_sources(verify_sources FOLDERS jit/verify)
list(REMOVE_ITEM verify_sources ${core})
tagproof_special_sources(verify_tests FOLDERS jit/verify SUFFIXES _test.cc _test_support.cc)
add_executable(verify_mutants EXCLUDE_FROM_ALL ${copies} ${verify_sources} ${verify_tests})
target_include_directories(verify_mutants BEFORE PRIVATE "${mutated}")
target_include_directories(verify_mutants PRIVATE "${PROJECT_SOURCE_DIR}")
# Mutants are what warnings are about.
target_compile_options(verify_mutants PRIVATE -w -Wno-narrowing -fno-exceptions -fno-rtti)
tagproof_precompile(verify_mutants ${TAGPROOF_TEST_HEADERS} <asmjit/x86.h>)
target_link_libraries(verify_mutants PRIVATE Zydis::Zydis asmjit::asmjit GTest::gmock
                                             GTest::gtest_main)

target_compile_definitions(${campaign} PRIVATE TAGPROOF_MUTATION_SITES="${mutated}/sites.json"
                                               TAGPROOF_MUTATION_TESTS="$<TARGET_FILE:verify_mutants>")
add_dependencies(${campaign} verify_mutants)
# One tree measures the tests; the others would measure the same tests.
set(campaign_arguments -j2)
if(NOT CMAKE_BUILD_TYPE STREQUAL "Release")
    set(campaign_is_test OFF)
endif()
