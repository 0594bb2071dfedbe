# The campaigns against the verifier: each folder of tests/soundness is a program soundness-NAME,
# whose --short form is a test. A folder's link.cmake may add libraries and arguments: it sees the
# target's name in `campaign` and may set `campaign_arguments` (appended to the test's command) or
# `campaign_is_test` to OFF (a tree in which the campaign cannot run).
file(GLOB soundness_support CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/tests/soundness/*.cc")
add_library(tagproof_soundness STATIC ${soundness_support})
tagproof_common(tagproof_soundness)
tagproof_precompile(tagproof_soundness <fmt/format.h> <nlohmann/json.hpp>)
target_link_libraries(tagproof_soundness PUBLIC tagproof::verify fmt::fmt
                                                nlohmann_json::nlohmann_json CLI11::CLI11)

file(GLOB campaign_mains CONFIGURE_DEPENDS RELATIVE "${PROJECT_SOURCE_DIR}"
     "${PROJECT_SOURCE_DIR}/tests/soundness/*/main.cc")
foreach(main IN LISTS campaign_mains)
    cmake_path(GET main PARENT_PATH folder)
    cmake_path(GET folder FILENAME name)
    set(campaign soundness-${name})
    tagproof_sources(sources FOLDERS ${folder})
    add_executable(${campaign} ${sources})
    tagproof_common(${campaign})
    target_link_libraries(${campaign} PRIVATE tagproof_soundness)
    set(campaign_arguments "")
    set(campaign_is_test ON)
    include("${PROJECT_SOURCE_DIR}/${folder}/link.cmake" OPTIONAL)
    if(campaign_is_test)
        tagproof_script_test(soundness/${name} LABEL soundness
                             COMMAND ${campaign} --short ${campaign_arguments})
    else()
        set_target_properties(${campaign} PROPERTIES EXCLUDE_FROM_ALL ON)
    endif()
endforeach()
