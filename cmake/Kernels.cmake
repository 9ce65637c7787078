# The core's kernel is one source, src/core/kernel.inc, built once per instruction set and width of block; core/isa.c
# chooses one when it runs. Without -O3 the loops over lanes are three times slower. Included where the room's target is
# made: source properties belong to a folder.
foreach(width 1 16)
  set(kernel ${PROJECT_SOURCE_DIR}/src/core/kernel)
  set_source_files_properties(${kernel}_plain_${width}.c PROPERTIES COMPILE_OPTIONS "-O3")
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64)$")
    set_source_files_properties(${kernel}_avx2_${width}.c PROPERTIES COMPILE_OPTIONS "-O3;-mavx2")
    set_source_files_properties(${kernel}_avx512_${width}.c PROPERTIES COMPILE_OPTIONS "-O3;-mavx512f")
  else()
    set_source_files_properties(${kernel}_avx2_${width}.c ${kernel}_avx512_${width}.c PROPERTIES HEADER_FILE_ONLY ON)
  endif()
endforeach()
