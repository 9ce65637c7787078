# What makes a mistake in our code end as a stop in place of a way in; added to frem_options, so that every object of ours and
# everything linked of them has it. tests/house/hardening.py reads the built program and library. gcc and clang on Debian make
# position-independent programs by themselves; elsewhere CMake asks for them (CMAKE_POSITION_INDEPENDENT_CODE for the library).
include(CheckPIESupported)
check_pie_supported(LANGUAGES C)

target_compile_options(frem_options INTERFACE -fstack-protector-strong)
include(CheckCCompilerFlag)
check_c_compiler_flag(-fstack-clash-protection FREM_HAS_STACK_CLASH_PROTECTION)
if(FREM_HAS_STACK_CLASH_PROTECTION)
  target_compile_options(frem_options INTERFACE -fstack-clash-protection)
endif()
# It works in optimised code only, and hides from the sanitizers what they look for.
if(CMAKE_BUILD_TYPE STREQUAL Release AND NOT FREM_SANITIZE)
  target_compile_options(frem_options INTERFACE -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
endif()
if(UNIX AND NOT APPLE)
  target_link_options(frem_options INTERFACE -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack)
endif()
