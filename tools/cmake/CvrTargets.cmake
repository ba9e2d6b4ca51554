# cvr_module(NAME SOURCES ... DEPENDS ... PRIVATE_DEPENDS ...): the static library cvr_NAME of one
# folder of proxy/.  Other modules include its headers as "NAME/file.h", public ones as "cvr/file.h".
function(cvr_module name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;PRIVATE_DEPENDS" ${ARGN})
  if(NOT ARG_SOURCES)
    add_library(cvr_${name} INTERFACE)
    target_include_directories(cvr_${name} INTERFACE ${CMAKE_SOURCE_DIR}/include ${CMAKE_SOURCE_DIR}/proxy)
    target_link_libraries(cvr_${name} INTERFACE ${ARG_DEPENDS} ${ARG_PRIVATE_DEPENDS})
    return()
  endif()
  add_library(cvr_${name} STATIC ${ARG_SOURCES})
  target_include_directories(cvr_${name} PUBLIC ${CMAKE_SOURCE_DIR}/include ${CMAKE_SOURCE_DIR}/proxy)
  target_link_libraries(cvr_${name} PUBLIC ${ARG_DEPENDS} PRIVATE ${ARG_PRIVATE_DEPENDS})
endfunction()

# cvr_unit(NAME SOURCES ... DEPENDS ...): the test program unit_NAME, one a module.
function(cvr_unit name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS" ${ARGN})
  add_executable(unit_${name} ${ARG_SOURCES})
  target_include_directories(unit_${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
  target_compile_definitions(unit_${name} PRIVATE CVR_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  target_link_libraries(unit_${name} PRIVATE ${ARG_DEPENDS} cvr_test_support GTest::gtest_main)
  target_precompile_headers(unit_${name} PRIVATE <gtest/gtest.h> <string> <vector> <optional>)
  # Two thirds of the time that a test takes to compile went to optimizing it.  What it tests is optimized.
  target_compile_options(unit_${name} PRIVATE -O0)
  gtest_discover_tests(unit_${name} TEST_PREFIX "${name}/" DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 60 LABELS unit)
endfunction()

# cvr_fuzz(NAME SOURCES file.cpp DEPENDS ...): one libFuzzer target; without CVR_FUZZ the same file
# is linked with tests/fuzz/run_corpus.cpp and its corpus runs as an ordinary test.
function(cvr_fuzz name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS" ${ARGN})
  if(CVR_FUZZ)
    add_executable(fuzz_${name} ${ARG_SOURCES})
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  else()
    add_executable(fuzz_${name} ${ARG_SOURCES} ${CMAKE_SOURCE_DIR}/tests/fuzz/run_corpus.cpp)
    add_test(NAME fuzz/${name} COMMAND fuzz_${name} ${CMAKE_SOURCE_DIR}/tests/fuzz/corpus/${name})
    set_tests_properties(fuzz/${name} PROPERTIES TIMEOUT 120 LABELS fuzz)
  endif()
  target_include_directories(fuzz_${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
  target_link_libraries(fuzz_${name} PRIVATE ${ARG_DEPENDS})
endfunction()
