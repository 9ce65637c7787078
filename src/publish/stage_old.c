#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/arena.h"
#include "base/descriptor.h"
#include "base/platform.h"
#include "publish/folder.h"
#include "publish/stage_inside.h"

/* A manifest of ours is some kilobytes. */
#define MANIFEST_MAX ((size_t)16 << 20)

void frem_stage_old_free(frem_stage_old *old) {
    frem_index_free(old->names);
    frem_index_free(old->folders);
    free(old->list);
    *old = (frem_stage_old){0};
}

/* Keeps a name, and the folders it goes through. A name that leads elsewhere is passed over: nobody who writes
 * into a manifest shall choose what is removed outside its folder. */
static frem_status keep_name(frem_stage_old *old, const char *name, const char *sha256) {
    size_t at = 0;
    if (!frem_name_inside(name))
        return FREM_OK;
    frem_status status = frem_index_add(old->names, name, strlen(name), &at);
    void *list = old->list;
    if (status == FREM_OK && at == old->n_list)
        status = frem_grow(&list, &old->list_capacity, old->n_list, sizeof *old->list);
    old->list = list;
    if (status == FREM_OK && at == old->n_list) {
        frem_stage_listed *added = &old->list[old->n_list++];
        added->sha256[0] = '\0';
        if (sha256 != NULL && strlen(sha256) < sizeof added->sha256)
            memcpy(added->sha256, sha256, strlen(sha256) + 1);
    }
    for (const char *slash = strchr(name, '/'); slash != NULL && status == FREM_OK;
         slash = strchr(slash + 1, '/'))
        status = frem_index_add(old->folders, name, (size_t)(slash - name), NULL);
    return status;
}

/* Reads `"program": "fremskriv"` and `"outputs": [{"path": NAME, "sha256": HASH}, ...]`. Anything else lists nothing, and is
 * then foreign itself. */
static frem_status keep_listed(frem_stage_old *old, const char *bytes, size_t n) {
    frem_status status = FREM_OK;
    json_t *manifest = json_loadb(bytes, n, JSON_REJECT_DUPLICATES, NULL);
    const char *program = json_string_value(json_object_get(manifest, "program"));
    const json_t *outputs = json_object_get(manifest, "outputs");
    const bool ours = program != NULL && strcmp(program, "fremskriv") == 0 && json_is_array(outputs);
    if (ours)
        status = keep_name(old, FREM_MANIFEST, NULL);
    for (size_t i = 0; ours && i < json_array_size(outputs) && status == FREM_OK; i++) {
        const json_t *output = json_array_get(outputs, i);
        const char *name = json_string_value(json_object_get(output, "path"));
        if (name != NULL)
            status = keep_name(old, name, json_string_value(json_object_get(output, "sha256")));
    }
    json_decref(manifest);
    return status;
}

/* The content of the manifest. @return 0 with *bytes NULL when there is none that could be ours, -1 with errno. */
static int read_manifest(int folder, char **bytes, size_t *n) {
    frem_file_info info;
    *bytes = NULL;
    *n = 0;
    const int fd = frem_fd_open(folder, FREM_MANIFEST, FREM_OPEN_NO_LINK | FREM_OPEN_AT_ONCE, 0);
    if (fd < 0)
        return errno == ENOENT || errno == ELOOP ? 0 : -1;
    int result = 0;
    if (frem_fd_look(fd, &info) == 0 && info.kind == FREM_FILE_REGULAR && info.size <= MANIFEST_MAX) {
        const size_t size = (size_t)info.size;
        ptrdiff_t got = 1;
        *bytes = malloc(size + 1);
        while (*bytes != NULL && *n < size && (got = frem_fd_read(fd, *bytes + *n, size - *n)) > 0)
            *n += (size_t)got;
        if (*bytes == NULL)
            errno = ENOMEM;
        result = *bytes == NULL || got < 0 ? -1 : 0;
    }
    frem_fd_drop(fd);
    return result;
}

int frem_stage_old_read(frem_stage_old *old, int folder) {
    char *bytes = NULL;
    size_t n = 0;
    *old = (frem_stage_old){0};
    int result = 0;
    if (frem_index_new(&old->names) != FREM_OK || frem_index_new(&old->folders) != FREM_OK) {
        errno = ENOMEM;
        result = -1;
    }
    if (result == 0)
        result = read_manifest(folder, &bytes, &n);
    if (result == 0 && bytes != NULL && keep_listed(old, bytes, n) != FREM_OK) {
        errno = ENOMEM;
        result = -1;
    }
    const int error = errno;
    free(bytes);
    if (result != 0)
        frem_stage_old_free(old);
    errno = error;
    return result;
}

bool frem_stage_lists(const frem_stage_old *old, const char *name) {
    return old->names != NULL && frem_index_find(old->names, name, strlen(name)) >= 0;
}

int frem_stage_changed(const frem_stage_old *old, const char *name, int at, const char *last) {
    const ptrdiff_t place = frem_index_find(old->names, name, strlen(name));
    char sha256[65];
    uint64_t size;
    if (place < 0 || old->list[place].sha256[0] == '\0')
        return 0;
    const int fd = frem_fd_open(at, last, FREM_OPEN_NO_LINK | FREM_OPEN_AT_ONCE, 0);
    if (fd < 0)
        return -1;
    const int error = frem_fd_hash(fd, sha256, &size);
    frem_fd_drop(fd);
    errno = error;
    return error != 0 ? -1 : strcmp(sha256, old->list[place].sha256) != 0;
}
