#include "base/nearby.h"

#include <stdlib.h>
#include <string.h>

#include "base/platform.h"
#include "base/roots.h"
#include "base/text.h"

/* A folder with more files than this gives no hint. */
#define NAMES_MAX 1000
/* As many as a list names. */
#define LISTED 5

typedef struct names {
    const char **items;
    size_t n, capacity;
} names;

static int compare_names(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names in a folder, in order: that of a folder is chance. */
static names read_names(frem_arena *arena, const char *folder) {
    names found = {0};
    frem_entries *entries =
        frem_entries_of(frem_fd_open(FREM_HERE, folder[0] == '\0' ? "." : folder, FREM_OPEN_FOLDER, 0));
    for (const char *entry;
         entries != NULL && found.n < NAMES_MAX && frem_entries_next(entries, &entry) > 0;) {
        const char *copy = frem_arena_text(arena, entry, strlen(entry));
        void *items = found.items;
        bool good =
            copy != NULL && frem_grow(&items, &found.capacity, found.n, sizeof *found.items) == FREM_OK;
        found.items = items;
        if (!good)
            break;
        if (entry[0] != '.')
            found.items[found.n++] = copy;
    }
    frem_entries_close(entries);
    if (found.n > 0)
        qsort(found.items, found.n, sizeof *found.items, compare_names);
    return found;
}

const char *frem_nearby(frem_arena *arena, const char *path, const char *ending) {
    const char *folder = frem_folder_part(arena, path), *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    if (folder == NULL)
        return NULL;
    names found = read_names(arena, folder);
    const char *whole = ending != NULL ? frem_arena_print(arena, "%s%s", name, ending) : NULL;
    const char *nearest = whole != NULL ? frem_nearest(whole, found.items, found.n) : NULL;
    if (nearest == NULL)
        nearest = frem_nearest(name, found.items, found.n);
    if (nearest != NULL)
        nearest = frem_path_join(arena, folder, nearest);
    free(found.items);
    return nearest;
}

const char *frem_nearby_below(frem_arena *arena, const char *path, const char *ending) {
    const char *folder = frem_folder_part(arena, path), *slash = strrchr(path, '/'), *result = NULL;
    const char *name = slash == NULL ? path : slash + 1;
    names found = folder != NULL ? read_names(arena, folder) : (names){0};
    for (size_t i = 0; i < found.n && result == NULL; i++) {
        const char *below = frem_path_join(arena, folder, found.items[i]);
        if (below == NULL || !frem_is_folder(below))
            continue;
        for (size_t with = 0; with < 2 && result == NULL; with++) {
            frem_file_info info;
            const char *file = frem_arena_print(arena, "%s/%s%s", below, name, with ? ending : "");
            if (file != NULL && frem_file_reach(FREM_HERE, file, &info) == 0 &&
                info.kind == FREM_FILE_REGULAR)
                result = file;
        }
    }
    free(found.items);
    return result;
}

const char *frem_nearby_list(frem_arena *arena, const char *folder, const char *ending) {
    names found = read_names(arena, folder);
    frem_text list = {0};
    size_t listed = 0;
    for (size_t i = 0; i < found.n && listed < LISTED; i++) {
        size_t n = strlen(found.items[i]), m = ending != NULL ? strlen(ending) : 0;
        const char *path = frem_path_join(arena, folder, found.items[i]);
        bool fits = path != NULL && !frem_is_folder(path) &&
                    (ending == NULL || (n > m && strcmp(found.items[i] + n - m, ending) == 0));
        if (fits)
            frem_text_print(&list, "%s%s", listed++ > 0 ? ", " : "", path);
    }
    const char *copy =
        list.length > 0 && !list.failed ? frem_arena_text(arena, list.bytes, list.length) : NULL;
    frem_text_free(&list);
    free(found.items);
    return copy;
}

const char *frem_with_slashes(frem_arena *arena, const char *name) {
    static const char made[] = "\a\b\f\n\r\t\v\x1b", from[] = "abfnrtve";
    frem_text text = {0};
    bool changed = false;
    for (const char *at = name; *at != '\0'; at++) {
        const char *control = strchr(made, *at);
        changed = changed || control != NULL || *at == '\\';
        if (control != NULL)
            frem_text_print(&text, "/%c", from[control - made]);
        else
            frem_text_add_bytes(&text, *at == '\\' ? "/" : at, 1);
    }
    const char *copy = changed && !text.failed ? frem_arena_text(arena, text.bytes, text.length) : NULL;
    frem_text_free(&text);
    return copy;
}

bool frem_is_folder(const char *path) {
    frem_file_info info;
    return frem_file_reach(FREM_HERE, path[0] == '\0' ? "." : path, &info) == 0 &&
           info.kind == FREM_FILE_FOLDER;
}
