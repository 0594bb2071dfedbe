# GMP::gmp, which Debian ships without a CMake package. Installed beside the project's own package
# config, since its users need the same target.
if(NOT TARGET GMP::gmp)
    find_path(GMP_INCLUDE_DIR gmp.h REQUIRED)
    find_library(GMP_LIBRARY gmp REQUIRED)
    mark_as_advanced(GMP_INCLUDE_DIR GMP_LIBRARY)
    add_library(GMP::gmp UNKNOWN IMPORTED)
    set_target_properties(GMP::gmp PROPERTIES IMPORTED_LOCATION "${GMP_LIBRARY}"
                          INTERFACE_INCLUDE_DIRECTORIES "${GMP_INCLUDE_DIR}")
endif()
