# tagproof_embed_modules(TARGET FOLDER) puts each *.py below FOLDER into TARGET, as the table that
# runtime/embedded_modules.h declares: a.py is the module a, p/__init__.py the package p, p/b.py p.b.
# As a script (cmake -P) this file writes that table:
#   cmake -DOUTPUT=file.cc -DFOLDER=folder "-DMODULES=a.py;b.py" -P EmbedModules.cmake
if(CMAKE_SCRIPT_MODE_FILE)
    set(rows "")
    foreach(file IN LISTS MODULES)
        file(RELATIVE_PATH name "${FOLDER}" "${file}")
        string(REGEX REPLACE "\\.py$" "" name "${name}")
        string(REPLACE "/" "." name "${name}")
        set(package false)
        if(name MATCHES "\\.__init__$")
            set(package true)
            string(REGEX REPLACE "\\.__init__$" "" name "${name}")
        endif()
        file(READ "${file}" text)
        string(APPEND rows "    {\"${name}\", ${package}, R\"embedded(${text})embedded\"},\n")
    endforeach()
    file(WRITE "${OUTPUT}" "// Written by EmbedModules.cmake.\n\n"
         "#include \"runtime/embedded_modules.h\"\n\nnamespace tagproof {\nnamespace {\n\n"
         "constexpr EmbeddedModule kModules[] = {\n" "${rows}" "};\n\n}  // namespace\n\n"
         "std::span<const EmbeddedModule> embeddedModules() { return kModules; }\n\n"
         "}  // namespace tagproof\n")
    return()
endif()

function(tagproof_embed_modules TARGET FOLDER)
    file(GLOB_RECURSE modules CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/${FOLDER}/*.py")
    set(output "${PROJECT_BINARY_DIR}/${TARGET}_modules.cc")
    set(script "${PROJECT_SOURCE_DIR}/tools/cmake/EmbedModules.cmake")
    add_custom_command(OUTPUT "${output}" DEPENDS ${modules} "${script}" VERBATIM
                       COMMAND "${CMAKE_COMMAND}" "-DOUTPUT=${output}"
                               "-DFOLDER=${PROJECT_SOURCE_DIR}/${FOLDER}" "-DMODULES=${modules}"
                               -P "${script}")
    target_sources(${TARGET} PRIVATE "${output}")
endfunction()
