#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/descriptor.h"
#include "base/platform.h"
#include "base/problem.h"
#include "base/text.h"
#include "publish/folder.h"
#include "publish/made.h"
#include "publish/stage_inside.h"

/* How often the folder may come or go under our hands before we give up. */
#define TRIES 4

/* What an attempt came to. */
typedef enum attempt {
    DONE,
    FAILED, /* with errno; what was moved is to be settled */
    AGAIN   /* another process changed the folder: look once more */
} attempt;

static frem_status stage_look(frem_stage *stage, frem_stage_place *place, frem_diags *diags);

static void stage_place_free(frem_stage_place *place);

static frem_status stage_tell(const frem_stage *stage, const frem_stage_place *place, frem_diags *diags);

static int stage_carry(const frem_stage *stage, const frem_stage_place *place);

static frem_settled stage_settle(int at, const char *own, const char *name, bool newer);

static int stage_dress(const frem_stage *stage, int folder);

/* A problem of the folder becomes the status that the program promises for outputs. */
frem_status frem_stage_unwritable(frem_status raised) {
    return raised == FREM_NO_MEMORY ? raised : FREM_UNWRITABLE;
}

/* The diagnostic for a file of the output folder. @return FREM_UNWRITABLE, or FREM_NO_MEMORY. */
static frem_status stage_report(const frem_stage *stage, frem_diags *diags, const char *name, int error) {
    if (error == ENOMEM)
        return FREM_NO_MEMORY;
    return frem_stage_unwritable(
        FREM_PROBLEM(diags, FREM_NOWHERE, OUTPUT_FILE_UNWRITABLE, name, stage->dir, frem_error_text(error)));
}

frem_status frem_stage_report_folder(const frem_stage *stage, frem_diags *diags, int error) {
    if (error == ENOMEM)
        return FREM_NO_MEMORY;
    return frem_stage_unwritable(
        FREM_PROBLEM(diags, FREM_NOWHERE, OUTPUT_FOLDER_UNWRITABLE, stage->dir, frem_error_text(error)));
}

frem_status frem_stage_lock(const frem_stage *stage, frem_target_lock *lock, frem_diags *diags) {
    if (frem_target_take(lock, stage->parent_fd, stage->name) == 0)
        return FREM_OK;
    if (errno == EWOULDBLOCK)
        return frem_stage_unwritable(FREM_PROBLEM(diags, FREM_NOWHERE, OUTPUT_BUSY, stage->dir));
    return frem_stage_report_folder(stage, diags, errno);
}

static int compare_staged(const void *a, const void *b) {
    return strcmp(((const frem_staged *)a)->name, ((const frem_staged *)b)->name);
}

const frem_staged *frem_stage_at(frem_stage *stage, size_t i) {
    if (!stage->sorted && stage->n_files > 1)
        qsort(stage->files, stage->n_files, sizeof *stage->files, compare_staged);
    stage->sorted = true;
    return i < stage->n_files ? &stage->files[i] : NULL;
}

void frem_stage_clear(frem_stage *stage) {
    if (stage->own != NULL && !stage->ready)
        (void)frem_folder_remove(stage->parent_fd, stage->own);
    for (size_t i = stage->n_made; i-- > 0;)
        (void)frem_folder_drop(FREM_HERE,
                               stage->made[i]); /* one in use by another process is not empty and is kept */
}

void frem_staged_free(frem_staged *files, size_t n) {
    for (size_t i = 0; i < n; i++) {
        free((char *)(uintptr_t)files[i].name);
        free(files[i].bytes);
    }
    free(files);
}

void frem_stage_free(frem_stage *stage) {
    for (size_t i = 0; i < stage->n_open; i++) {
        frem_status lost = frem_sink_close(stage->open[i].sink, NULL, NULL, NULL);
        (void)lost; /* the file goes with the stage */
        frem_fd_drop(stage->open[i].fd);
        if (stage->open[i].text != NULL)
            frem_text_free(stage->open[i].text);
        free(stage->open[i].text);
        free(stage->open[i].name);
    }
    free(stage->open);
    frem_staged_free(stage->files, stage->n_files);
    for (size_t i = 0; i < stage->n_made; i++)
        free(stage->made[i]);
    free(stage->made);
    frem_fd_drop(stage->fd);
    frem_fd_drop(stage->parent_fd);
    free(stage->dir);
    free(stage->parent);
    free(stage->name);
    free(stage->own);
    free(stage->path);
    free(stage->failed_name);
    free(stage);
}

static attempt failed(int error) {
    errno = error;
    return FAILED;
}

static attempt place_whole(const frem_stage *stage) {
    const int at = stage->parent_fd;
    if (frem_file_rename_fresh(at, stage->own, at, stage->name) != 0)
        return errno == EEXIST ? AGAIN : FAILED;
    if (frem_folder_sync(at) == 0)
        return DONE;
    const int error = errno;
    (void)frem_file_rename(at, stage->name, at, stage->own);
    return failed(error);
}

/* Renames the stage to its .ready- name, which marks that it may hold files of others. */
static int make_ready(frem_stage *stage) {
    if (stage->ready)
        return 0;
    char *name = frem_target_name(stage->name, FREM_BESIDE_READY, stage->tail);
    if (name == NULL)
        return -1;
    if (frem_file_rename_fresh(stage->parent_fd, stage->own, stage->parent_fd, name) != 0) {
        const int error = errno;
        free(name);
        errno = error;
        return -1;
    }
    free(stage->own);
    stage->own = name;
    stage->ready = true;
    return 0;
}

/* Where two names can't be exchanged: the old folder out, the new one in. A command that is killed in between leaves
 * no folder of the name, and the next one puts the old one back. */
static attempt replace_in_two(frem_stage *stage) {
    const int at = stage->parent_fd;
    char *old = frem_target_name(stage->name, FREM_BESIDE_OLD, stage->tail);
    if (old == NULL)
        return FAILED;
    int result = frem_file_rename_fresh(at, stage->name, at, old);
    if (result == 0) {
        result = frem_file_rename(at, stage->own, at, stage->name);
        int error = errno;
        if (result == 0 && frem_folder_sync(at) != 0) {
            error = errno;
            result = frem_file_rename(at, stage->name, at, stage->own) == 0 ? -1 : 0;
        }
        if (result != 0)
            (void)frem_file_rename(at, old, at, stage->name);
        errno = error;
    }
    if (result != 0) {
        const int error = errno;
        free(old);
        return failed(error);
    }
    free(stage->own);
    stage->own = old;
    return DONE;
}

static int exchange(const frem_stage *stage) {
    return frem_file_exchange(stage->parent_fd, stage->own, stage->name);
}

static attempt replace_whole(frem_stage *stage, const frem_stage_place *place) {
    if (make_ready(stage) != 0 || stage_dress(stage, place->fd) != 0 || stage_carry(stage, place) != 0 ||
        frem_folder_sync(stage->fd) != 0 || frem_folder_sync(place->fd) != 0)
        return FAILED;
    if (exchange(stage) != 0) {
        if (errno == ENOENT)
            return AGAIN;
        return errno == ENOSYS ? replace_in_two(stage) : FAILED;
    }
    if (frem_folder_sync(stage->parent_fd) == 0)
        return DONE;
    const int error = errno;
    /* Where the exchange can't be undone the new folder is in place, complete. */
    return exchange(stage) == 0 ? failed(error) : DONE;
}

static frem_status put_in_place(frem_stage *stage, frem_stage_place *place, frem_diags *diags) {
    frem_status status = FREM_OK;
    attempt result = AGAIN;
    for (int i = 0; i < TRIES && result == AGAIN && status == FREM_OK; i++) {
        stage_place_free(place);
        status = stage_look(stage, place, diags);
        if (status == FREM_OK)
            result = place->fd < 0 ? place_whole(stage) : replace_whole(stage, place);
    }
    if (status == FREM_OK && result != DONE)
        status = frem_stage_report_folder(stage, diags, result == AGAIN ? EBUSY : errno);
    return status;
}

/* A warning that something hidden is left. */
static frem_status tell_left(const frem_stage *stage, frem_settled settled, frem_diags *diags) {
    frem_text path = {0};
    frem_status status = FREM_OK;
    frem_text_print(&path, "%s/%s", stage->parent, stage->own);
    if (path.failed)
        status = FREM_NO_MEMORY;
    else if (settled == FREM_SETTLE_KEEPS)
        status = FREM_PROBLEM(diags, FREM_NOWHERE, OUTPUT_KEPT, path.bytes, stage->dir);
    else if (settled == FREM_SETTLE_FAILED)
        status =
            FREM_PROBLEM(diags, FREM_NOWHERE, OUTPUT_LEFT, path.bytes, stage->dir, frem_error_text(errno));
    frem_text_free(&path);
    return status;
}

/* Removes what has the stage's name now: the old folder, or the stage where it could not be put in place. */
static frem_status clear_up(frem_stage *stage, frem_status status, frem_diags *diags) {
    frem_settled settled = FREM_SETTLED;
    if (stage->ready)
        settled = stage_settle(stage->parent_fd, stage->own, stage->name, status == FREM_OK);
    if (settled != FREM_SETTLED && tell_left(stage, settled, diags) != FREM_OK && status == FREM_OK)
        status = FREM_NO_MEMORY;
    if (status != FREM_OK)
        frem_stage_clear(stage);
    return status;
}

bool frem_stage_has(const frem_stage *stage, const char *name) {
    for (size_t i = 0; i < stage->n_files; i++)
        if (strcmp(stage->files[i].name, name) == 0)
            return true;
    return false;
}

frem_status frem_stage_whole(frem_stage *stage, frem_diags *diags) {
    if (stage->failed_error != 0)
        return stage_report(stage, diags, stage->failed_name != NULL ? stage->failed_name : "",
                            stage->failed_error);
    return stage->n_open > 0 || !frem_stage_has(stage, FREM_MANIFEST) ? FREM_DEFECT : FREM_OK;
}

frem_status frem_stage_check(frem_stage *stage, frem_diags *diags) {
    frem_stage_place place = {.fd = -1};
    frem_status status = frem_stage_whole(stage, diags);
    if (status == FREM_OK)
        status = stage_look(stage, &place, diags);
    stage_place_free(&place);
    return status;
}

frem_status frem_stage_commit(frem_stage *stage, frem_diags *diags) {
    frem_stage_place place = {.fd = -1};
    frem_target_lock lock = {.fd = -1};
    frem_status status = frem_stage_whole(stage, diags);
    if (status == FREM_OK && frem_folder_sync_all(stage->parent_fd, stage->own) != 0)
        status = frem_stage_report_folder(stage, diags, errno);
    if (status == FREM_OK)
        status = frem_stage_lock(stage, &lock, diags);
    if (status == FREM_OK)
        status = put_in_place(stage, &place, diags);
    if (status == FREM_OK && stage_tell(stage, &place, diags) != FREM_OK)
        status = FREM_OK; /* the results are in their place: a warning less */
    status = clear_up(stage, status, diags);
    frem_target_give(&lock);
    stage_place_free(&place);
    frem_stage_free(stage);
    return status;
}

/* A manifest of ours is some kilobytes. */
#define MANIFEST_MAX ((size_t)16 << 20)

/* Members may be NULL. */
static void stage_old_free(frem_stage_old *old) {
    frem_index_free(old->names);
    frem_index_free(old->folders);
    free(old->list);
    *old = (frem_stage_old){0};
}

/* Keeps a name, and the folders it goes through. A name that leads out of the folder is skipped: an edited
 * manifest must not decide what is removed elsewhere. */
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
    json_t *manifest = NULL;
    frem_status status = frem_manifest_parse(&manifest, bytes, n);
    if (status == FREM_NO_MEMORY)
        return status;
    status = FREM_OK;
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
    /* One that can't be looked at is not none: what it lists would be taken for files of others. */
    int result = frem_fd_look(fd, &info);
    if (result == 0 && info.kind == FREM_FILE_REGULAR && info.size <= MANIFEST_MAX) {
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

/* Reads the manifest of an open folder; without one of ours it lists nothing. @return 0, or -1 with errno. */
static int stage_old_read(frem_stage_old *old, int folder) {
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
        stage_old_free(old);
    errno = error;
    return result;
}

/* Whether a manifest lists a name; a file of that name is ours where it is a plain one. */
static bool stage_lists(const frem_stage_old *old, const char *name) {
    return old->names != NULL && frem_index_find(old->names, name, strlen(name)) >= 0;
}

/* Whether a listed file differs from its hash in the manifest: it was edited since.
 *  @param at its folder. @param last its name there. @return 1, 0, or -1 with errno. */
static int stage_changed(const frem_stage_old *old, const char *name, int at, const char *last) {
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

/* Names that one problem lists at most. */
#define NAMES_MAX 5

typedef struct looking {
    frem_stage *stage;
    frem_stage_place *place;
    frem_diags *diags;
    frem_index *foreign; /* names that the stage would take from files of others */
    frem_index *taken;   /* names that are folders, or whose own folder is no folder */
    frem_status status;  /* the first that is not FREM_OK */
} looking;

static void worse(looking *l, frem_status status) {
    if (l->status == FREM_OK || status == FREM_NO_MEMORY)
        l->status = status;
}

static void keep(looking *l, frem_index *index, const char *name) {
    const frem_status status = frem_index_add(index, name, strlen(name), NULL);
    if (status != FREM_OK)
        worse(l, status);
}

/* The first names of a list, as one text. */
static void add_names(frem_text *text, const frem_index *names) {
    for (size_t i = 0; i < frem_index_count(names) && i < NAMES_MAX; i++)
        frem_text_print(text, "%s%s", i > 0 ? ", " : "", frem_index_name(names, i));
    if (frem_index_count(names) > NAMES_MAX)
        frem_text_print(text, " … (%zu)", frem_index_count(names));
}

/* A file of the output folder that the command has read. */
static void check_input(looking *l, int folder, const char *last, const char *name) {
    const frem_source *input = NULL;
    const frem_status status = frem_sources_same(l->stage->read, folder, last, &input);
    if (status != FREM_OK)
        worse(l, status);
    else if (input != NULL)
        worse(l, frem_stage_unwritable(FREM_PROBLEM(l->diags, FREM_NOWHERE, OUTPUT_IS_INPUT, name,
                                                    l->stage->dir, input->path)));
}

/* A file that the stage would write. */
static void check_staged(looking *l, const char *name) {
    const char *last;
    frem_file_info info;
    const int folder = frem_folder_of(l->place->fd, name, false, &last);
    if (folder < 0) {
        if (errno == ENOTDIR || errno == ELOOP)
            keep(l, l->taken, name);
        else if (errno != ENOENT)
            worse(l, stage_report(l->stage, l->diags, name, errno));
        return;
    }
    check_input(l, folder, last, name);
    if (frem_file_look(folder, last, &info) != 0) {
        if (errno != ENOENT)
            worse(l, stage_report(l->stage, l->diags, name, errno));
    } else if (info.kind == FREM_FILE_FOLDER) {
        keep(l, l->taken, name);
    } else if (info.kind != FREM_FILE_REGULAR || !stage_lists(&l->place->old, name)) {
        keep(l, l->foreign, name);
    }
    frem_fd_drop(folder);
}

/* A file of an earlier run that the stage does not have. */
static void check_listed(looking *l, const char *name) {
    const char *last;
    frem_file_info info;
    const int folder = frem_folder_of(l->place->fd, name, false, &last);
    if (folder < 0)
        return; /* it is gone, or in a folder of others */
    if (frem_file_look(folder, last, &info) == 0 && info.kind == FREM_FILE_REGULAR) {
        const int changed = stage_changed(&l->place->old, name, folder, last);
        if (changed < 0)
            worse(l, stage_report(l->stage, l->diags, name, errno));
        if (changed == 0)
            check_input(l, folder, last, name);
        keep(l, changed != 0 ? l->place->carried : l->place->removed, name);
    }
    frem_fd_drop(folder);
}

/* Whether the working directory is the folder or below it: the shell that started the program there would be left in a
 * removed folder. */
static bool is_working_folder(int folder) {
    frem_file_info wanted, here, above;
    int at = frem_fd_open(FREM_HERE, ".", FREM_OPEN_PASS, 0);
    bool found = false, top = at < 0 || frem_fd_look(folder, &wanted) != 0 || frem_fd_look(at, &here) != 0;
    while (!top && !found) {
        found = frem_file_same(&here, &wanted);
        const int next = frem_fd_open(at, "..", FREM_OPEN_PASS, 0);
        frem_fd_drop(at);
        at = next;
        top = at < 0 || frem_fd_look(at, &above) != 0 || (frem_file_same(&above, &here));
        here = top ? here : above;
    }
    frem_fd_drop(at);
    return found;
}

static void report(looking *l) {
    frem_text names = {0};
    const char *dir = l->stage->dir;
    if (l->status == FREM_OK && frem_index_count(l->taken) > 0)
        worse(l, frem_stage_unwritable(FREM_PROBLEM(l->diags, FREM_NOWHERE, OUTPUT_NAME_TAKEN,
                                                    frem_index_name(l->taken, 0), dir)));
    if (l->status == FREM_OK && frem_index_count(l->foreign) > 0 && !l->stage->force) {
        add_names(&names, l->foreign);
        worse(l, names.failed ? FREM_NO_MEMORY
                              : frem_stage_unwritable(
                                    FREM_PROBLEM(l->diags, FREM_NOWHERE, OUTPUT_FOREIGN, names.bytes, dir)));
    }
    if (l->status == FREM_OK && is_working_folder(l->place->fd))
        worse(l, frem_stage_unwritable(FREM_PROBLEM(l->diags, FREM_NOWHERE, OUTPUT_IS_HERE, dir)));
    frem_text_free(&names);
}

static void check_names(looking *l) {
    const frem_staged *file;
    for (size_t i = 0; (file = frem_stage_at(l->stage, i)) != NULL; i++)
        check_staged(l, file->name);
    for (size_t i = 0; i < frem_index_count(l->place->old.names); i++) {
        const char *name = frem_index_name(l->place->old.names, i);
        if (!frem_stage_has(l->stage, name))
            check_listed(l, name);
    }
    report(l);
}

/* Looks at the output folder and checks, before anything is changed, that the stage may take its place: nothing that was
 *  read is replaced or removed, no file of others is replaced without force, nothing is in the way. */
static frem_status stage_look(frem_stage *stage, frem_stage_place *place, frem_diags *diags) {
    *place = (frem_stage_place){.fd = frem_folder_open(stage->parent_fd, stage->name)};
    if (place->fd < 0)
        return errno == ENOENT ? FREM_OK : frem_stage_report_folder(stage, diags, errno);
    looking l = {.stage = stage, .place = place, .diags = diags};
    if (frem_index_new(&place->carried) != FREM_OK || frem_index_new(&place->removed) != FREM_OK ||
        frem_index_new(&l.foreign) != FREM_OK || frem_index_new(&l.taken) != FREM_OK)
        l.status = FREM_NO_MEMORY;
    else if (stage_old_read(&place->old, place->fd) != 0)
        l.status = stage_report(stage, diags, FREM_MANIFEST, errno);
    else
        check_names(&l);
    frem_index_free(l.foreign);
    frem_index_free(l.taken);
    if (l.status != FREM_OK)
        stage_place_free(place);
    return l.status;
}

static void stage_place_free(frem_stage_place *place) {
    frem_fd_drop(place->fd);
    stage_old_free(&place->old);
    frem_index_free(place->carried);
    frem_index_free(place->removed);
    *place = (frem_stage_place){.fd = -1};
}

/* Warns of what became of files of earlier runs. */
static frem_status stage_tell(const frem_stage *stage, const frem_stage_place *place, frem_diags *diags) {
    const frem_index *const lists[] = {place->removed, place->carried};
    frem_status status = FREM_OK;
    for (size_t i = 0; i < 2 && place->fd >= 0 && status == FREM_OK; i++) {
        frem_text names = {0};
        add_names(&names, lists[i]);
        if (names.failed)
            status = FREM_NO_MEMORY;
        else if (names.length > 0)
            status = i == 0 ? FREM_PROBLEM(diags, FREM_NOWHERE, OUTPUT_REMOVED, names.bytes, stage->dir)
                            : FREM_PROBLEM(diags, FREM_NOWHERE, OUTPUT_CHANGED, names.bytes, stage->dir);
        frem_text_free(&names);
    }
    return status;
}

typedef struct carrying {
    const frem_stage *stage;
    const frem_stage_place *place;
    frem_index *moves; /* what can't have a second name */
    const char *prefix;
} carrying;

static int keep_for_later(carrying *c, const char *path) {
    if (frem_index_add(c->moves, path, strlen(path), NULL) == FREM_OK)
        return 0;
    errno = ENOMEM;
    return -1;
}

/* Whether a link was refused for what it would be a link to, or where: by a file system without them, by the rule that
 * protects files of other users, or for a file with too many names. */
static bool no_links(int error) {
    return error == EPERM || error == EACCES || error == EMLINK || error == ENOTSUP || error == ENOSYS ||
           error == EXDEV || error == EINVAL;
}

static int carry_file(carrying *c, int at, const char *entry, const char *path) {
    const char *last;
    const int folder = frem_folder_of(c->stage->fd, path, true, &last);
    if (folder < 0)
        return -1;
    const int result = frem_file_link(at, entry, folder, last);
    frem_fd_drop(folder);
    return result != 0 && no_links(errno) ? keep_for_later(c, path) : result;
}

/* Whether the stage has a folder of that name. */
static bool has_folder(const frem_stage *stage, const char *path) {
    frem_file_info info;
    const char *last;
    const int folder = frem_folder_of(stage->fd, path, false, &last);
    const bool there =
        folder >= 0 && frem_file_look(folder, last, &info) == 0 && info.kind == FREM_FILE_FOLDER;
    frem_fd_drop(folder);
    return there;
}

/* Whether a file goes with the old folder: one of an earlier run, or one that the stage replaces. */
static bool stays_behind(const carrying *c, const char *path, const frem_file_info *info) {
    const frem_stage_place *place = c->place;
    if (frem_stage_has(c->stage, path))
        return true;
    return info->kind == FREM_FILE_REGULAR && stage_lists(&place->old, path) &&
           frem_index_find(place->carried, path, strlen(path)) < 0;
}

static int visit(void *context, int at, const char *entry, const frem_file_info *info) {
    carrying *c = context;
    const char *prefix = c->prefix;
    frem_text path = {0};
    int result = 0;
    frem_text_print(&path, "%s%s%s", prefix, prefix[0] != '\0' ? "/" : "", entry);
    if (path.failed) {
        errno = ENOMEM;
        result = -1;
    } else if (info->kind != FREM_FILE_FOLDER) {
        if (!stays_behind(c, path.bytes, info))
            result = carry_file(c, at, entry, path.bytes);
    } else if (frem_index_find(c->place->old.folders, path.bytes, path.length) >= 0 ||
               has_folder(c->stage, path.bytes)) {
        c->prefix = path.bytes;
        result = frem_folder_each(at, entry, visit, c);
        c->prefix = prefix;
    } else {
        result = keep_for_later(c, path.bytes);
    }
    const int error = errno;
    frem_text_free(&path);
    errno = error;
    return result;
}

static int move(const carrying *c, const char *path) {
    const char *last;
    const int from = frem_folder_of(c->place->fd, path, false, &last);
    const int to = from < 0 ? -1 : frem_folder_of(c->stage->fd, path, true, &last);
    /* Nothing in the stage has the name: the visitor has looked. */
    const int result = to < 0 ? -1 : frem_file_rename(from, last, to, last);
    frem_fd_drop(from);
    frem_fd_drop(to);
    return result;
}

/* Brings what is not ours from the output folder into the stage: files get a second name there; what can't have one
 *  (folders, files where there are no links) is moved, last of all. stage_settle() undoes it.
 *  @return 0, or -1 with errno. */
static int stage_carry(const frem_stage *stage, const frem_stage_place *place) {
    carrying c = {stage, place, NULL, ""};
    if (frem_index_new(&c.moves) != FREM_OK) {
        errno = ENOMEM;
        return -1;
    }
    int result = frem_folder_each(place->fd, ".", visit, &c);
    if (result == 0)
        result = frem_folder_sync_all(stage->parent_fd, stage->own);
    for (size_t i = 0; i < frem_index_count(c.moves) && result == 0; i++)
        result = move(&c, frem_index_name(c.moves, i));
    const int error = errno;
    frem_index_free(c.moves);
    errno = error;
    return result;
}

/* ---- what the folder looks like ---- */

static int stage_dress(const frem_stage *stage, int folder) {
    return frem_fd_dress(stage->fd, folder);
}

/* Deeper trees are not ours. */
#define DEPTH_MAX 64

typedef struct settling {
    int at; /* the folder that holds both */
    const char *name;
    int target; /* the output; -1 while there is none */
    frem_stage_old mine, theirs;
    bool newer;
    bool keeps;
    int error; /* the first */
    const char *prefix;
    int depth;
} settling;

static void note(settling *s, int error) {
    if (s->error == 0)
        s->error = error != 0 ? error : EIO;
}

static void drop(settling *s, int at, const char *entry) {
    if (frem_file_remove(at, entry) != 0 && errno != ENOENT)
        note(s, errno);
}

/* The output where there is none by now: what is not ours must go somewhere. */
static int open_target(settling *s) {
    if (s->target < 0 && (frem_folder_make(s->at, s->name) == 0 || errno == EEXIST))
        s->target = frem_folder_open(s->at, s->name);
    return s->target;
}

/* Moves an entry to where it belongs in the output, over nothing. */
static void settle_move(settling *s, int at, const char *entry, const char *path) {
    const char *last;
    const int folder = open_target(s) < 0 ? -1 : frem_folder_of(s->target, path, true, &last);
    if (folder < 0) {
        s->keeps = s->keeps || errno == ENOTDIR || errno == ELOOP;
        if (errno != ENOTDIR && errno != ELOOP)
            note(s, errno);
        return;
    }
    const int result = frem_file_rename_fresh(at, entry, folder, last);
    if (result != 0 && errno == EEXIST)
        s->keeps = true;
    else if (result != 0 || frem_folder_sync(folder) != 0)
        note(s, errno);
    frem_fd_drop(folder);
}

/* What the output has under a path. @return its folder, which the caller closes, or -1; *there only with a folder. */
static int look_there(const settling *s, const char *path, const char **last, frem_file_info *info,
                      bool *there) {
    const int folder = s->target < 0 ? -1 : frem_folder_of(s->target, path, false, last);
    if (s->target < 0)
        errno = ENOENT;
    *there = folder >= 0 && frem_file_look(folder, *last, info) == 0;
    return folder;
}

/* A file that is not ours. */
static void settle_file(settling *s, int at, const char *entry, const char *path,
                        const frem_file_info *info) {
    const char *last;
    frem_file_info other;
    bool there;
    const int folder = look_there(s, path, &last, &other, &there);
    if (folder < 0 && (errno == ENOTDIR || errno == ELOOP))
        s->keeps = true;
    else if (!there)
        settle_move(s, at, entry, path);
    else if (frem_file_same(&other, info))
        drop(s, at, entry); /* it has its name there */
    else if (other.kind == FREM_FILE_REGULAR && stage_lists(&s->theirs, path))
        drop(s, at, entry); /* replaced by one of ours, which was allowed */
    else if (!s->newer || other.kind == FREM_FILE_FOLDER)
        s->keeps = true;
    else if (frem_file_rename(at, entry, folder, last) != 0) /* saved anew while we exchanged the folders */
        note(s, errno);
    frem_fd_drop(folder);
}

static int settle_visit(void *context, int at, const char *entry, const frem_file_info *info);

static void go_down(settling *s, int at, const char *entry, const char *path) {
    const char *prefix = s->prefix;
    if (s->depth == DEPTH_MAX) {
        note(s, ELOOP);
        return;
    }
    s->prefix = path;
    s->depth++;
    if (frem_folder_each(at, entry, settle_visit, s) != 0)
        note(s, errno);
    s->depth--;
    s->prefix = prefix;
    if (frem_folder_drop(at, entry) != 0 && errno != ENOTEMPTY && errno != EEXIST)
        note(s, errno);
}

static void settle_folder(settling *s, int at, const char *entry, const char *path) {
    const char *last;
    frem_file_info other;
    bool there;
    const int folder = look_there(s, path, &last, &other, &there);
    const bool ours = s->mine.folders != NULL && frem_index_find(s->mine.folders, path, strlen(path)) >= 0;
    if (there ? other.kind == FREM_FILE_FOLDER : ours)
        go_down(s, at, entry, path);
    else if (there)
        s->keeps = true;
    else
        settle_move(s, at, entry, path);
    frem_fd_drop(folder);
}

static int settle_visit(void *context, int at, const char *entry, const frem_file_info *info) {
    settling *s = context;
    frem_text path = {0};
    frem_text_print(&path, "%s%s%s", s->prefix, s->prefix[0] != '\0' ? "/" : "", entry);
    if (path.failed)
        note(s, ENOMEM);
    else if (info->kind == FREM_FILE_FOLDER)
        settle_folder(s, at, entry, path.bytes);
    else if (info->kind != FREM_FILE_REGULAR || !stage_lists(&s->mine, path.bytes))
        settle_file(s, at, entry, path.bytes, info);
    else if (strcmp(path.bytes, FREM_MANIFEST) != 0)
        drop(s, at, entry);
    frem_text_free(&path);
    return 0;
}

/* The manifest goes last: what it lists is ours as long as it is there. */
static void finish(settling *s, int own_fd, const char *own) {
    if (s->error != 0 || s->keeps)
        return;
    if (stage_lists(&s->mine, FREM_MANIFEST))
        drop(s, own_fd, FREM_MANIFEST);
    if (s->error == 0 && frem_folder_drop(s->at, own) != 0)
        note(s, errno);
}

/* Removes a folder beside an output without losing what is not ours: what the folder's own manifest lists is removed, and
 *  what the output has as well; all else goes to where it belongs in the output. Can be interrupted at any moment and
 *  called again.
 *  @param at the folder that holds both. @param own the folder to remove. @param name the output.
 *  @param newer own is what was the output until just now: where both have a file of others, its is the newer one. */
static frem_settled stage_settle(int at, const char *own, const char *name, bool newer) {
    settling s = {.at = at, .name = name, .target = -1, .newer = newer, .prefix = ""};
    const int fd = frem_folder_open(at, own);
    if (fd < 0)
        return errno == ENOENT ? FREM_SETTLED : FREM_SETTLE_FAILED;
    s.target = frem_folder_open(at, name);
    if (s.target < 0 && errno != ENOENT)
        note(&s, errno);
    if (s.error == 0 &&
        (stage_old_read(&s.mine, fd) != 0 || (s.target >= 0 && stage_old_read(&s.theirs, s.target) != 0)))
        note(&s, errno);
    if (s.error == 0 && frem_folder_each(fd, ".", settle_visit, &s) != 0)
        note(&s, errno);
    finish(&s, fd, own);
    stage_old_free(&s.mine);
    stage_old_free(&s.theirs);
    frem_fd_drop(s.target);
    frem_fd_drop(fd);
    errno = s.error;
    return s.error != 0 ? FREM_SETTLE_FAILED : s.keeps ? FREM_SETTLE_KEEPS : FREM_SETTLED;
}

/* ---- what others have left ---- */

typedef struct recovery {
    const frem_stage *stage;
    frem_diags *diags;
    frem_status status;
} recovery;

static void tell_kept(recovery *r, const char *own) {
    frem_text path = {0};
    frem_text_print(&path, "%s/%s", r->stage->parent, own);
    if (path.failed ||
        FREM_PROBLEM(r->diags, FREM_NOWHERE, OUTPUT_KEPT, path.bytes, r->stage->dir) != FREM_OK)
        r->status = FREM_NO_MEMORY;
    frem_text_free(&path);
}

/* What can't be removed is left for the next command: it does not prevent writing. */
static int recover_one(void *context, const char *own, frem_beside kind, const frem_file_info *info) {
    recovery *r = context;
    const int at = r->stage->parent_fd;
    frem_file_info there;
    if (info->kind != FREM_FILE_FOLDER) {
        (void)frem_file_remove(at, own);
    } else if (kind == FREM_BESIDE_WRITING) {
        (void)frem_folder_remove(at, own);
    } else if (kind == FREM_BESIDE_OLD && frem_file_look(at, r->stage->name, &there) != 0) {
        if (frem_file_rename(at, own, at, r->stage->name) != 0)
            return -1;
        (void)frem_folder_sync(at);
    } else if (stage_settle(at, own, r->stage->name, false) == FREM_SETTLE_KEEPS) {
        tell_kept(r, own);
    }
    return 0;
}

frem_status frem_stage_recover(const frem_stage *stage, const frem_target_lock *lock, frem_diags *diags) {
    recovery r = {stage, diags, FREM_OK};
    if (frem_target_each_left(lock, stage->name, recover_one, &r) != 0)
        return frem_stage_report_folder(stage, diags, errno);
    return r.status;
}
