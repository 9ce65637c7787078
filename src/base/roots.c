#include "base/roots.h"

#include <stdlib.h>
#include <string.h>

#include "base/platform.h"

bool frem_name_climbs(const char *name) {
    for (const char *part = name;; part++) {
        size_t n = strcspn(part, "/");
        if (n == 2 && part[0] == '.' && part[1] == '.')
            return true;
        part += n;
        if (*part == '\0')
            return false;
    }
}

const char *frem_folder_part(frem_arena *arena, const char *path) {
    const char *slash = strrchr(path, '/');
    size_t n = slash == NULL ? 0 : (size_t)(slash - path);
    return frem_arena_text(arena, path, slash == path ? 1 : n);
}

const char *frem_path_join(frem_arena *arena, const char *folder, const char *name) {
    size_t n = strcmp(folder, ".") == 0 ? 0 : strlen(folder);
    return frem_arena_print(arena, "%.*s%s%s", (int)n, folder, n > 0 && folder[n - 1] != '/' ? "/" : "",
                            name);
}

bool frem_path_same(const char *a, const char *b) {
    for (bool start = true;;) {
        while (start && a[0] == '.' && a[1] == '/')
            a += 2;
        while (start && b[0] == '.' && b[1] == '/')
            b += 2;
        if (*a != *b || *a == '\0')
            return *a == *b;
        start = *a == '/';
        a++;
        b++;
        while (start && *a == '/')
            a++;
        while (start && *b == '/')
            b++;
    }
}

static char *real_path(const char *path) {
    return frem_real_path(path[0] != '\0' ? path : ".");
}

bool frem_roots_add(frem_roots *roots, frem_arena *arena, const char *folder, bool above) {
    char *real = real_path(folder);
    if (real == NULL)
        return true;
    roots->paths[roots->n] = frem_arena_text(arena, real, strlen(real));
    char *slash = strrchr(real, '/');
    bool good = roots->paths[roots->n] != NULL;
    roots->n += good;
    if (good && above && slash != real) {
        roots->paths[roots->n] = frem_arena_text(arena, real, (size_t)(slash - real));
        good = roots->paths[roots->n] != NULL;
        roots->n += good;
    }
    free(real);
    return good;
}

static bool is_inside(const frem_roots *roots, const char *real) {
    for (size_t i = 0; i < roots->n; i++) {
        size_t n = strlen(roots->paths[i]);
        bool whole = n > 0 && roots->paths[i][n - 1] == '/'; /* "/" alone ends so */
        if (strncmp(real, roots->paths[i], n) == 0 && (whole || real[n] == '/' || real[n] == '\0'))
            return true;
    }
    return false;
}

/* The path without ".", "//" and each "folder/..". It may lead elsewhere where a folder is a link. */
static char *collapse(frem_arena *arena, const char *path) {
    char *out = frem_arena_text(arena, path, strlen(path));
    size_t n = 0, floor = 0; /* what lies before `floor` is "/" or "../" and stays */
    if (out == NULL)
        return NULL;
    if (path[0] == '/')
        n = floor = 1;
    for (const char *part = path; *part != '\0';) {
        size_t length = strcspn(part, "/");
        bool up = length == 2 && part[0] == '.' && part[1] == '.', here = length == 1 && part[0] == '.';
        if (up && n > floor) {
            while (n > floor && out[n - 1] != '/')
                n--;
            n -= n > floor;
        } else if (length > 0 && !here && !(up && path[0] == '/')) {
            if (n > 0 && out[n - 1] != '/')
                out[n++] = '/';
            memmove(out + n, part, length);
            n += length;
            floor = up ? n : floor;
        }
        part += length + (part[length] == '/');
    }
    out[n] = '\0';
    return out;
}

/* The path as the kernel knows it; of a file that is not there, its folder. NULL where that is not there either. */
static char *real_or_folder(frem_arena *arena, const char *path) {
    char *real = real_path(path);
    if (real != NULL)
        return real;
    const char *folder = frem_folder_part(arena, path);
    return folder != NULL ? real_path(folder) : NULL;
}

bool frem_roots_reach(const frem_roots *roots, frem_arena *arena, const char *folder, const char *name,
                      const char **path) {
    *path = NULL;
    const char *whole = frem_path_join(arena, folder, name);
    const char *brief = whole != NULL ? collapse(arena, whole) : NULL;
    if (brief == NULL)
        return false;
    char *real = real_or_folder(arena, whole), *other = real_or_folder(arena, brief);
    /* Where a folder that ".." leaves again is not there, what is meant is clear. */
    bool same = real == NULL || (other != NULL && strcmp(real, other) == 0);
    const char *found = same ? other : real;
    if (found != NULL && is_inside(roots, found))
        *path = same ? brief : whole;
    free(real);
    free(other);
    return true;
}
