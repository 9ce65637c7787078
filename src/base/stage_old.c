#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jansson.h>

#include "base/folder.h"
#include "base/stage_inside.h"

/* A manifest of ours is some kilobytes. */
#define MANIFEST_MAX ((size_t)16 << 20)

int frem_stage_old_new(frem_stage_old *old) {
    *old = (frem_stage_old){NULL, NULL};
    if (frem_index_new(&old->names) == FREM_OK && frem_index_new(&old->folders) == FREM_OK)
        return 0;
    frem_stage_old_free(old);
    errno = ENOMEM;
    return -1;
}

void frem_stage_old_free(frem_stage_old *old) {
    frem_index_free(old->names);
    frem_index_free(old->folders);
    *old = (frem_stage_old){NULL, NULL};
}

/* Keeps a name, and the folders it goes through. A name that leads elsewhere is passed over: nobody who writes
 * into a manifest shall choose what is removed outside its folder. */
static frem_status keep_name(frem_stage_old *old, const char *name) {
    if (!frem_name_inside(name))
        return FREM_OK;
    frem_status status = frem_index_add(old->names, name, strlen(name), NULL);
    for (const char *slash = strchr(name, '/'); slash != NULL && status == FREM_OK;
         slash = strchr(slash + 1, '/'))
        status = frem_index_add(old->folders, name, (size_t)(slash - name), NULL);
    return status;
}

/* Reads `"outputs": [{"path": NAME, ...}, ...]`. Anything else lists nothing, and is then foreign itself. */
static frem_status keep_listed(frem_stage_old *old, const char *bytes, size_t n) {
    frem_status status = FREM_OK;
    json_t *manifest = json_loadb(bytes, n, JSON_REJECT_DUPLICATES, NULL);
    const json_t *outputs = json_object_get(manifest, "outputs");
    if (json_is_array(outputs))
        status = keep_name(old, FREM_MANIFEST);
    for (size_t i = 0; i < json_array_size(outputs) && status == FREM_OK; i++) {
        const char *name = json_string_value(json_object_get(json_array_get(outputs, i), "path"));
        if (name != NULL)
            status = keep_name(old, name);
    }
    json_decref(manifest);
    return status;
}

/* The content of the manifest. @return 0 with *bytes NULL when there is none that could be ours, -1 with errno. */
static int read_manifest(int folder, char **bytes, size_t *n) {
    struct stat info;
    *bytes = NULL;
    *n = 0;
    int fd = openat(folder, FREM_MANIFEST, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return 0;
    char *buffer = NULL;
    if (fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_size <= (off_t)MANIFEST_MAX) {
        size_t size = (size_t)info.st_size, used = 0;
        ssize_t got = 1;
        buffer = malloc(size + 1);
        while (buffer != NULL && used < size && got != 0) {
            got = read(fd, buffer + used, size - used);
            if (got < 0 && errno != EINTR)
                break;
            used += got > 0 ? (size_t)got : 0;
        }
        *n = used;
        if (buffer == NULL) {
            (void)close(fd);
            errno = ENOMEM;
            return -1;
        }
    }
    (void)close(fd);
    *bytes = buffer;
    return 0;
}

typedef struct search {
    const frem_stage_old *old;
    bool foreign;
} search;

static bool see_entry(void *context, const char *name, bool is_folder, bool is_regular) {
    search *s = context;
    const frem_index *index = is_folder ? s->old->folders : s->old->names;
    s->foreign = (!is_folder && !is_regular) || frem_index_find(index, name, strlen(name)) < 0;
    return !s->foreign;
}

int frem_stage_look(int at, const char *name, frem_stage_old *old, frem_stage_state *state) {
    char *bytes = NULL;
    size_t n = 0;
    frem_stage_old_free(old);
    if (frem_stage_old_new(old) != 0)
        return -1;
    int folder = frem_folder_open(at, name);
    if (folder < 0) {
        *state = FREM_STAGE_ABSENT;
        return errno == ENOENT ? 0 : -1;
    }
    int result = read_manifest(folder, &bytes, &n);
    if (result == 0 && bytes != NULL && keep_listed(old, bytes, n) != FREM_OK) {
        errno = ENOMEM;
        result = -1;
    }
    search s = {old, false};
    if (result == 0)
        result = frem_folder_walk(at, name, see_entry, &s);
    *state = s.foreign ? FREM_STAGE_MIXED : FREM_STAGE_OURS;
    int error = errno;
    free(bytes);
    (void)close(folder);
    errno = error;
    return result;
}
