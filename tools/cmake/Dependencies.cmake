# Third-party libraries, all from Debian (tools/packages.txt says what each is for).
find_package(Threads REQUIRED)
find_package(asmjit REQUIRED)
find_package(zydis REQUIRED)
find_package(fmt REQUIRED)
find_package(CLI11 REQUIRED)
find_package(nlohmann_json REQUIRED)
include(${CMAKE_CURRENT_LIST_DIR}/FindGMP.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/FindLibEdit.cmake)

# The oracle of every comparison is Debian's interpreter, not the first python3 of the path.
find_program(TAGPROOF_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH REQUIRED)
mark_as_advanced(TAGPROOF_PYTHON)
