#include "output/part.h"

#include <dlfcn.h>
#include <string.h>

#include "base/problem.h"

frem_status frem_part_refuse(const frem_part *part, frem_diags *diags) {
    const frem_status raised =
        part->file == NULL
            ? FREM_PROBLEM(diags, FREM_NOWHERE, PART_NOT_BUILT, part->format, part->library, part->headers)
            : FREM_PROBLEM(diags, FREM_NOWHERE, PART_MISSING, part->format, part->library, part->package);
    return raised == FREM_NO_MEMORY ? raised : FREM_MISSING_PART;
}

frem_status frem_part_open(const frem_part *part, const char *const *names, size_t n, void *calls,
                           void **handle, frem_diags *diags) {
    const int flags = RTLD_NOW | RTLD_LOCAL | (part->stays ? RTLD_NODELETE : 0);
    *handle = part->file == NULL ? NULL : dlopen(part->file, flags);
    if (*handle == NULL)
        return frem_part_refuse(part, diags);
    for (size_t i = 0; i < n; i++) {
        void *found = dlsym(*handle, names[i]);
        if (found == NULL) {
            frem_part_close(*handle);
            *handle = NULL;
            return frem_part_refuse(part, diags);
        }
        /* POSIX gives functions as void *, which C does not let one convert. */
        memcpy((char *)calls + i * sizeof found, &found, sizeof found);
    }
    return FREM_OK;
}

void frem_part_close(void *handle) {
    if (handle != NULL)
        (void)dlclose(handle);
}
