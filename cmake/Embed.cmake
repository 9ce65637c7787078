# cmake -D OUT=FILE.c -D NAME=frem_x -D "FILES=a;b" -P Embed.cmake: the files, one after another, as the array frem_x
# and its length frem_x_size.
set(bytes "")
foreach(file IN LISTS FILES)
  file(READ ${file} hexadecimal HEX)
  string(APPEND bytes "${hexadecimal}")
endforeach()
string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
file(WRITE ${OUT} "#include \"output/report/report.h\"\n\nconst unsigned char ${NAME}[] = {${bytes}};\n"
     "const size_t ${NAME}_size = sizeof ${NAME};\n")
