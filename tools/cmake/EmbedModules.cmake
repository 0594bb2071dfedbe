# tagproof_embed_modules(TARGET FOLDER) puts each FOLDER/*.py into TARGET, as the table that
# runtime/embedded_modules.h declares. As a script (cmake -P) this file writes that table:
#   cmake -DOUTPUT=file.cc "-DMODULES=a.py;b.py" -P EmbedModules.cmake
if(CMAKE_SCRIPT_MODE_FILE)
    set(rows "")
    foreach(file IN LISTS MODULES)
        get_filename_component(name "${file}" NAME_WE)
        file(READ "${file}" text)
        string(APPEND rows "    {\"${name}\", R\"embedded(${text})embedded\"},\n")
    endforeach()
    file(WRITE "${OUTPUT}" "// Written by EmbedModules.cmake.\n\n"
         "#include \"runtime/embedded_modules.h\"\n\nnamespace tagproof {\nnamespace {\n\n"
         "constexpr EmbeddedModule kModules[] = {\n" "${rows}" "};\n\n}  // namespace\n\n"
         "std::span<const EmbeddedModule> embeddedModules() { return kModules; }\n\n"
         "}  // namespace tagproof\n")
    return()
endif()

function(tagproof_embed_modules TARGET FOLDER)
    file(GLOB modules CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/${FOLDER}/*.py")
    set(output "${PROJECT_BINARY_DIR}/${TARGET}_modules.cc")
    set(script "${PROJECT_SOURCE_DIR}/tools/cmake/EmbedModules.cmake")
    add_custom_command(OUTPUT "${output}" DEPENDS ${modules} "${script}" VERBATIM
                       COMMAND "${CMAKE_COMMAND}" "-DOUTPUT=${output}" "-DMODULES=${modules}"
                               -P "${script}")
    target_sources(${TARGET} PRIVATE "${output}")
endfunction()
