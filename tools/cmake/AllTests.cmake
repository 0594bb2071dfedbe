# Everything but lint and the parallel tests; included by Tests.cmake.
tagproof_unit_tests(objmodel SOURCES objmodel LINK tagproof::objmodel)
tagproof_unit_tests(runtime SOURCES runtime LINK tagproof::runtime)
tagproof_unit_tests(verify SOURCES jit/verify LINK tagproof::verify asmjit::asmjit
                    PRECOMPILE <asmjit/x86.h>)
tagproof_unit_tests(jit SOURCES jit EXCLUDE jit/verify LINK tagproof::jit)

if(TARGET tagproof_cli)
    tagproof_special_sources(cli_tests FOLDERS tools/tagproof SUFFIXES _test.cc)
    if(cli_tests)
        tagproof_gtest(tools_test LABEL tools SOURCES ${cli_tests} LINK tagproof_cli)
    endif()
endif()
if(TARGET tagproof-lab_cli)
    tagproof_special_sources(lab_tests FOLDERS tools/tagproof-lab tools/hunt tools/minimize
                             SUFFIXES _test.cc)
    if(lab_tests)
        tagproof_gtest(lab_test LABEL lab SOURCES ${lab_tests} LINK tagproof-lab_cli)
    endif()
endif()

tagproof_special_sources(mains FOLDERS tests SUFFIXES _main.cc)
foreach(source IN LISTS mains)
    cmake_path(GET source STEM name)
    add_executable(${name} ${source})
    tagproof_common(${name})
    target_link_libraries(${name} PRIVATE ${tests_link})
endforeach()

# Fuzzers need clang's libFuzzer; elsewhere they are not built. A corpus stands beside the source.
tagproof_special_sources(fuzzers FOLDERS tests/fuzz SUFFIXES _fuzz.cc)
if(TAGPROOF_FUZZING)
    foreach(source IN LISTS fuzzers)
        cmake_path(GET source STEM name)
        add_executable(${name} ${source})
        tagproof_common(${name})
        target_link_libraries(${name} PRIVATE ${tests_link})
        target_link_options(${name} PRIVATE -fsanitize=fuzzer)
        file(MAKE_DIRECTORY "${PROJECT_BINARY_DIR}/corpus/${name}")
        tagproof_script_test(fuzz/${name} LABEL fuzz
            COMMAND ${name} -seed=1 -runs=20000 -max_len=512 -timeout=20 -rss_limit_mb=1500
                    -verbosity=0
                    "-artifact_prefix=${PROJECT_BINARY_DIR}/corpus/"
                    "${PROJECT_BINARY_DIR}/corpus/${name}"
                    "${PROJECT_SOURCE_DIR}/tests/fuzz/corpus/${name}")
    endforeach()
endif()

if(TARGET tagproof)
    tagproof_script_test(golden LABEL golden COMMAND "${TAGPROOF_PYTHON}" tools/golden.py
                         --tagproof $<TARGET_FILE:tagproof>)
    # Each tests/NAME/run.py is a suite of its own; conformance has one test a mode.
    file(GLOB suites CONFIGURE_DEPENDS RELATIVE "${PROJECT_SOURCE_DIR}"
         "${PROJECT_SOURCE_DIR}/tests/*/run.py")
    list(REMOVE_ITEM suites tests/conformance/run.py)
    # Sanitized processes take several times as long: fewer random sequences and programs; all four
    # modes of a conformance script in plain builds only, here it is compiled by `always` and runs in
    # one of the others, in turns.
    if(TAGPROOF_SANITIZE)
        set(model_arguments --count 600)
        set(fuzz_arguments --count 100)
        set(bad_input_arguments --timeout 60)
        set(helpers_part --part 1/3)
        set(off_part --part 1/3)
        set(auto_part --part 2/3)
        set(deopt-stress_part --part 3/3)
    endif()
    tagproof_script_test(fuzz/programs LABEL fuzz COMMAND "${TAGPROOF_PYTHON}" tools/fuzz/run.py
                         --tagproof $<TARGET_FILE:tagproof> ${fuzz_arguments})
    foreach(suite IN LISTS suites)
        cmake_path(GET suite PARENT_PATH folder)
        cmake_path(GET folder FILENAME name)
        tagproof_script_test(${name} LABEL ${name} COMMAND "${TAGPROOF_PYTHON}" ${suite}
                             --tagproof $<TARGET_FILE:tagproof> ${${name}_arguments})
    endforeach()
    tagproof_script_test(conformance/helpers LABEL conformance
        COMMAND "${TAGPROOF_PYTHON}" tests/conformance/run.py --mode helpers-always
                --mode helpers-auto -j 1 ${helpers_part} --tagproof $<TARGET_FILE:tagproof>)
    foreach(mode IN ITEMS off always auto deopt-stress)
        tagproof_script_test(conformance/${mode} LABEL conformance
            COMMAND "${TAGPROOF_PYTHON}" tests/conformance/run.py --mode ${mode} -j 1 ${${mode}_part}
                    --tagproof $<TARGET_FILE:tagproof>)
    endforeach()
endif()

# Does every row run, and compute the same everywhere? Its figures mean nothing here.
if(TARGET tagproof_bench)
    tagproof_script_test(grid LABEL grid COMMAND "${TAGPROOF_PYTHON}" bench/grid.py
                         --bench $<TARGET_FILE:tagproof_bench> --repetitions 1)
endif()

# Sanitized libraries would force their runtime on the consumer, so only plain builds are installed.
if(NOT TAGPROOF_SANITIZE)
    tagproof_script_test(package LABEL package COMMAND tests/package/check
                         "${PROJECT_BINARY_DIR}" "${CMAKE_CXX_COMPILER}")
endif()
