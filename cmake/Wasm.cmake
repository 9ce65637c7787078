# The engine for WebAssembly: build-wasm/fremskriv.wasm with its glue fremskriv.js, a function Fremskriv() that gives the
# calls of src/studio/studio.h (docs/studio-api.md). tools/studio configures this tree.
file(STRINGS src/studio/studio.h exported REGEX "^FREM_STUDIO_CALL ")
list(TRANSFORM exported REPLACE ".*[ *](frem_studio_[a-z_]+)\\(.*" "_\\1")
list(JOIN exported "," exported)

add_executable(frem_wasm $<TARGET_OBJECTS:frem_studio>)
set_target_properties(frem_wasm PROPERTIES LINKER_LANGUAGE C)
target_link_libraries(frem_wasm PRIVATE frem_inside frem_options)
set_target_properties(frem_wasm PROPERTIES OUTPUT_NAME fremskriv RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})
target_link_options(frem_wasm PRIVATE --no-entry -sMODULARIZE=1 -sEXPORT_NAME=Fremskriv -sENVIRONMENT=worker,node
  -sALLOW_MEMORY_GROWTH=1 -sINITIAL_MEMORY=33554432 -sTOTAL_STACK=1048576 -sFORCE_FILESYSTEM=1 -sWASM_BIGINT=1
  -sEXPORTED_FUNCTIONS=_malloc,_free,${exported} -sEXPORTED_RUNTIME_METHODS=FS,UTF8ToString,HEAPU8)
