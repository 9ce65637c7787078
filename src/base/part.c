#include "base/part.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

#include "base/platform.h"
#include "base/problem.h"

frem_status frem_part_refuse(const frem_part *part, frem_diags *diags) {
    const frem_status raised =
        part->file == NULL
            ? FREM_PROBLEM(diags, FREM_NOWHERE, PART_NOT_BUILT, part->what, part->library, part->headers)
            : FREM_PROBLEM(diags, FREM_NOWHERE, PART_MISSING, part->what, part->library, part->package);
    return raised == FREM_NO_MEMORY ? raised : FREM_MISSING_PART;
}

#ifdef FREM_PARTS_STATIC

/* What the program is linked with has no handle of its own. */
static void *open_part(const frem_part *part) {
    static const char linked;
    return part->file == NULL ? NULL : (void *)(uintptr_t)&linked;
}

static frem_part_function find(void *handle, const frem_part_call *call) {
    (void)handle;
    return call->linked;
}

void frem_part_close(void *handle) {
    (void)handle;
}

#else

static void *open_part(const frem_part *part) {
    return part->file == NULL ? NULL : frem_shared_open(part->file, part->stays);
}

static frem_part_function find(void *handle, const frem_part_call *call) {
    void *const found = frem_shared_find(handle, call->name);
    frem_part_function function = NULL;
    /* POSIX gives functions as void *, which C does not let one convert. */
    memcpy(&function, &found, sizeof function);
    return function;
}

void frem_part_close(void *handle) {
    if (handle != NULL)
        frem_shared_close(handle);
}

#endif

frem_status frem_part_open(const frem_part *part, const frem_part_call *names, size_t n, void *calls,
                           void **handle, frem_diags *diags) {
    errno = 0;
    *handle = open_part(part);
    if (*handle == NULL)
        return errno == ENOMEM ? FREM_NO_MEMORY : frem_part_refuse(part, diags);
    for (size_t i = 0; i < n; i++) {
        const frem_part_function function = find(*handle, &names[i]);
        if (function == NULL) {
            frem_part_close(*handle);
            *handle = NULL;
            return frem_part_refuse(part, diags);
        }
        memcpy((char *)calls + i * sizeof function, &function, sizeof function);
    }
    return FREM_OK;
}
