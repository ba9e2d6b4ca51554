# Everything that is not ours.  Debian package names stand in tools/packages.txt.
set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)
find_package(OpenSSL 3 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(PNG REQUIRED)
find_package(JPEG REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(BROTLI REQUIRED IMPORTED_TARGET libbrotlienc libbrotlidec)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(XXHASH REQUIRED IMPORTED_TARGET libxxhash)
pkg_check_modules(RE2 REQUIRED IMPORTED_TARGET re2)
pkg_check_modules(NGHTTP2 REQUIRED IMPORTED_TARGET libnghttp2>=1.52)
pkg_check_modules(ARCHIVE REQUIRED IMPORTED_TARGET libarchive)
pkg_check_modules(YAML REQUIRED IMPORTED_TARGET yaml-0.1)
find_package(CLI11 REQUIRED)
find_package(tomlplusplus REQUIRED)

# msgpack-c: header-only.  On Debian 12 its package wants Boost 1.74, which conflicts with 1.81, so
# tools/setup unpacks it into a prefix of its own; elsewhere the installed package is found.
find_path(CVR_MSGPACK_INCLUDE msgpack.hpp
  HINTS ${CMAKE_SOURCE_DIR}/build/prefix/usr/include $ENV{CVR_PREFIX}/usr/include REQUIRED)
add_library(cvr_msgpack INTERFACE)
target_include_directories(cvr_msgpack SYSTEM INTERFACE ${CVR_MSGPACK_INCLUDE})
target_compile_definitions(cvr_msgpack INTERFACE MSGPACK_NO_BOOST)
