# Targets that the presets name: format rewrites sources, bench runs the micro-benchmarks.
add_custom_target(format COMMAND "${TAGPROOF_PYTHON}" tools/lint/format.py
                  WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}" VERBATIM)
if(TARGET tagproof_bench)
    add_custom_target(bench COMMAND tagproof_bench
                      WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}" USES_TERMINAL VERBATIM)
endif()
