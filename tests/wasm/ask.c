/* Makes calls of the studio as the page does, natively: each line of standard input is CALL REQUEST, the answer a line of
 * standard output, then one of the SHA-256 of each buffer. tests/wasm/same.js compares both with the engine for WebAssembly.
 *   ask PROGRAM_DIR SCRATCH */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/source.h"
#include "studio/studio.h"

static void answer(const frem_studio *studio) {
    (void)puts(frem_studio_answer(studio));
    for (size_t i = 0; i < frem_studio_buffers(studio); i++) {
        char hash[65];
        frem_sha256(frem_studio_buffer(studio, i), frem_studio_buffer_size(studio, i), hash);
        (void)printf("%s ", hash);
    }
    (void)puts("");
}

int main(int argc, char **argv) {
    char *line = NULL;
    size_t capacity = 0;
    ssize_t n;
    frem_studio *studio = argc == 3 ? frem_studio_new(argv[1], argv[2]) : NULL;
    if (studio == NULL)
        return EXIT_FAILURE;
    while ((n = getline(&line, &capacity, stdin)) > 0) {
        line[strcspn(line, "\n")] = '\0';
        const size_t name = strcspn(line, " ");
        const char *request = line[name] == ' ' ? line + name + 1 : "";
        line[name] = '\0';
        (void)frem_studio_ask(studio, line, request, strlen(request));
        answer(studio);
    }
    free(line);
    frem_studio_free(studio);
    return EXIT_SUCCESS;
}
