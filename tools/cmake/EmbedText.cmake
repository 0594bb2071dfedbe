# tagproof_embed_text(TARGET HEADER NAMESPACE FILE...) puts text files into TARGET: HEADER declares,
# for each FILE page.css, `extern const std::string_view kPageCss;` in NAMESPACE. As a script
# (cmake -P) this file writes the definitions:
#   cmake -DOUTPUT=file.cc -DHEADER=a/b.h -DNAMESPACE=n "-DFILES=a.css;b.js" -P EmbedText.cmake
if(CMAKE_SCRIPT_MODE_FILE)
    set(rows "")
    foreach(file IN LISTS FILES)
        get_filename_component(name "${file}" NAME)
        string(REPLACE "." "_" words "${name}")
        string(REPLACE "_" ";" words "${words}")
        set(constant "k")
        foreach(word IN LISTS words)
            string(SUBSTRING "${word}" 0 1 first)
            string(SUBSTRING "${word}" 1 -1 rest)
            string(TOUPPER "${first}" first)
            string(APPEND constant "${first}${rest}")
        endforeach()
        file(READ "${file}" text)
        string(APPEND rows "const std::string_view ${constant} = R\"embedded(${text})embedded\";\n")
    endforeach()
    file(WRITE "${OUTPUT}" "// Written by EmbedText.cmake.\n\n#include \"${HEADER}\"\n\n"
         "namespace ${NAMESPACE} {\n\n" "${rows}" "\n}  // namespace ${NAMESPACE}\n")
    return()
endif()

function(tagproof_embed_text TARGET HEADER NAMESPACE)
    list(TRANSFORM ARGN PREPEND "${PROJECT_SOURCE_DIR}/" OUTPUT_VARIABLE files)
    set(output "${PROJECT_BINARY_DIR}/${TARGET}_text.cc")
    set(script "${PROJECT_SOURCE_DIR}/tools/cmake/EmbedText.cmake")
    add_custom_command(OUTPUT "${output}" DEPENDS ${files} "${script}" VERBATIM
                       COMMAND "${CMAKE_COMMAND}" "-DOUTPUT=${output}" "-DHEADER=${HEADER}"
                               "-DNAMESPACE=${NAMESPACE}" "-DFILES=${files}" -P "${script}")
    target_sources(${TARGET} PRIVATE "${output}")
endfunction()
