# The verifier's text with symbolic numbers, compiled beside the proofs (symbolic_text.py).
find_path(TAGPROOF_Z3_INCLUDE z3++.h REQUIRED)
find_library(TAGPROOF_Z3_LIBRARY z3 REQUIRED)
mark_as_advanced(TAGPROOF_Z3_INCLUDE TAGPROOF_Z3_LIBRARY)
set(symbolic_root "${CMAKE_CURRENT_BINARY_DIR}/${campaign}.text")
set(symbolic_sources domain state machine transfer_alu transfer_vector conditions memory calls join)
list(TRANSFORM symbolic_sources REPLACE "(.+)" "${symbolic_root}/symbolic/\\1.cc")
file(GLOB symbolic_inputs CONFIGURE_DEPENDS
     "${PROJECT_SOURCE_DIR}/jit/verify/*.h" "${PROJECT_SOURCE_DIR}/jit/verify/*.cc"
     "${PROJECT_SOURCE_DIR}/${folder}/*")
set(symbolic_command "${TAGPROOF_PYTHON}" "${PROJECT_SOURCE_DIR}/${folder}/symbolic_text.py"
                     "${PROJECT_SOURCE_DIR}" "${symbolic_root}")
# Now too, for what reads the sources without building: clang-tidy.
execute_process(COMMAND ${symbolic_command} COMMAND_ERROR_IS_FATAL ANY)
add_custom_command(OUTPUT ${symbolic_sources} "${symbolic_root}/symbolic/digest.h"
                   COMMAND ${symbolic_command}
                   DEPENDS ${symbolic_inputs}
                   COMMENT "Symbolic text of jit/verify" VERBATIM)
add_library(${campaign}-text OBJECT EXCLUDE_FROM_ALL ${symbolic_sources})
# The warnings are for the text as it is written.
target_include_directories(${campaign}-text PRIVATE "${PROJECT_SOURCE_DIR}" "${symbolic_root}")
target_include_directories(${campaign}-text SYSTEM PRIVATE "${TAGPROOF_Z3_INCLUDE}")
target_compile_options(${campaign}-text PRIVATE -w)
add_dependencies(${campaign} ${campaign}-text)
target_include_directories(${campaign} SYSTEM PRIVATE "${symbolic_root}" "${TAGPROOF_Z3_INCLUDE}")
target_compile_definitions(${campaign} PRIVATE
                           TAGPROOF_PROOF_CACHE="${CMAKE_CURRENT_BINARY_DIR}/${campaign}.json")
target_sources(${campaign} PRIVATE
               "${PROJECT_SOURCE_DIR}/tests/soundness/write_set/native.cc")
target_link_libraries(${campaign} PRIVATE ${campaign}-text "${TAGPROOF_Z3_LIBRARY}")
# Instructions run natively, at fixed low addresses; the proofs say the same in every tree.
if(TAGPROOF_SANITIZE)
    set(campaign_is_test OFF)
endif()
