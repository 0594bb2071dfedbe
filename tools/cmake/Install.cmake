# `cmake --install`: the programs, the four libraries, their headers and find_package(tagproof).
# tagproof-lab can publish code that was rejected, so it is never installed.
#
# The verifier is a component of its own, for other JITs: `cmake --install TREE --component verify`
# installs its library and its six headers, and find_package(tagproof COMPONENTS verify) needs no
# other library than Zydis.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/tagproof")
install(TARGETS tagproof_verify EXPORT tagproof-verify
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT verify)
install(EXPORT tagproof-verify NAMESPACE tagproof:: FILE tagproof-verify-targets.cmake
        DESTINATION ${package_dir} COMPONENT verify)
foreach(header IN ITEMS objmodel/layout.h jit/verify/verify.h jit/verify/rule_ids.def
                        jit/verify/check_tables.h
                        jit/verify/explain.h jit/verify/infer/infer.h)
    get_filename_component(folder "${header}" DIRECTORY)
    install(FILES "${PROJECT_SOURCE_DIR}/${header}" DESTINATION include/tagproof/${folder}
            COMPONENT verify)
endforeach()

install(TARGETS tagproof_objmodel tagproof_runtime tagproof_jit EXPORT tagproof
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT tagproof NAMESPACE tagproof:: FILE tagproof-targets.cmake DESTINATION ${package_dir})
foreach(folder IN ITEMS objmodel runtime jit)
    if(EXISTS "${PROJECT_SOURCE_DIR}/${folder}")
        install(DIRECTORY "${PROJECT_SOURCE_DIR}/${folder}" DESTINATION include/tagproof
                FILES_MATCHING PATTERN "*.h" PATTERN "*.def" PATTERN verify EXCLUDE)
    endif()
endforeach()
if(TARGET tagproof)
    install(TARGETS tagproof RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
    install(DIRECTORY "${PROJECT_SOURCE_DIR}/bench/programs" DESTINATION share/tagproof
            FILES_MATCHING PATTERN "*.py")
endif()

configure_package_config_file("${CMAKE_CURRENT_LIST_DIR}/tagproof-config.cmake.in"
                              "${PROJECT_BINARY_DIR}/tagproof-config.cmake"
                              INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file("${PROJECT_BINARY_DIR}/tagproof-config-version.cmake"
                                 COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/tagproof-config.cmake"
              "${PROJECT_BINARY_DIR}/tagproof-config-version.cmake"
              "${CMAKE_CURRENT_LIST_DIR}/FindGMP.cmake"
        DESTINATION ${package_dir} COMPONENT verify)
