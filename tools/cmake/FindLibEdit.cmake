# LibEdit::libedit, which Debian ships without a CMake package. Linked statically: three more shared
# libraries would cost every start of the program a tenth of its time, for sessions that are rare.
if(NOT TARGET LibEdit::libedit)
    find_path(LIBEDIT_INCLUDE_DIR histedit.h REQUIRED)
    mark_as_advanced(LIBEDIT_INCLUDE_DIR)
    add_library(LibEdit::libedit INTERFACE IMPORTED)
    set_target_properties(LibEdit::libedit PROPERTIES
                          INTERFACE_INCLUDE_DIRECTORIES "${LIBEDIT_INCLUDE_DIR}")
    foreach(part edit tinfo bsd md)
        find_library(LIBEDIT_${part}_LIBRARY lib${part}.a REQUIRED)
        mark_as_advanced(LIBEDIT_${part}_LIBRARY)
        target_link_libraries(LibEdit::libedit INTERFACE "${LIBEDIT_${part}_LIBRARY}")
    endforeach()
endif()
