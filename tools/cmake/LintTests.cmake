# The house checks as tests. Layers, paths and sizes take a second and run in every tree; formatting
# and clang-tidy only in the lint tree.
foreach(check IN ITEMS layers docs files)
    tagproof_script_test(lint/${check} LABEL lint
                         COMMAND "${TAGPROOF_PYTHON}" tools/lint/${check}.py)
endforeach()
# What they test is not built: sanitizers see nothing of it.
if(NOT TAGPROOF_SANITIZE)
    foreach(script IN ITEMS tools/lint/lint_test.py tools/golden_test.py
            tools/unicode/generate_test.py tests/conformance/run_test.py
            tests/slices/slicer_test.py bench/grid_test.py bench/programs_test.py)
        tagproof_script_test(scripts/${script} LABEL scripts COMMAND "${TAGPROOF_PYTHON}" ${script})
    endforeach()
endif()

if(TAGPROOF_TESTS STREQUAL "lint")
    tagproof_script_test(lint/shell LABEL lint
                         COMMAND shellcheck .ci/run tools/install_packages tools/quickstart
                                 tools/test tests/package/check)
    tagproof_script_test(lint/format LABEL lint
                         COMMAND "${TAGPROOF_PYTHON}" tools/lint/format.py --check)
    foreach(folder IN ITEMS objmodel runtime jit tools bench)
        tagproof_script_test(lint/tidy-${folder} LABEL lint
                             COMMAND "${TAGPROOF_PYTHON}" tools/lint/tidy.py
                                     --build "${PROJECT_BINARY_DIR}" ${folder})
        # Minutes: first, not last and alone.
        set_tests_properties("${TAGPROOF_TEST_PREFIX}lint/tidy-${folder}" PROPERTIES COST 1000)
    endforeach()
endif()
