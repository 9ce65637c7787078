/* What is looked at before the stage takes the output folder's place. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/platform.h"
#include "base/problem.h"
#include "base/text.h"
#include "publish/folder.h"
#include "publish/stage_inside.h"

/* Names that are told in one problem. */
#define NAMES_MAX 5

typedef struct looking {
    frem_stage *stage;
    frem_stage_place *place;
    frem_diags *diags;
    frem_index *foreign; /* names that the stage would take from files of others */
    frem_index *taken;   /* names where a folder stands, or in folders that are none */
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
            worse(l, frem_stage_report(l->stage, l->diags, name, errno));
        return;
    }
    check_input(l, folder, last, name);
    if (frem_file_look(folder, last, &info) != 0) {
        if (errno != ENOENT)
            worse(l, frem_stage_report(l->stage, l->diags, name, errno));
    } else if (info.kind == FREM_FILE_FOLDER) {
        keep(l, l->taken, name);
    } else if (info.kind != FREM_FILE_REGULAR || !frem_stage_lists(&l->place->old, name)) {
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
        const int changed = frem_stage_changed(&l->place->old, name, folder, last);
        if (changed < 0)
            worse(l, frem_stage_report(l->stage, l->diags, name, errno));
        if (changed == 0)
            check_input(l, folder, last, name);
        keep(l, changed != 0 ? l->place->carried : l->place->removed, name);
    }
    frem_fd_drop(folder);
}

/* Whether the program stands in the folder or below. Whoever started it there would be left in a removed folder. */
static bool stands_in(int folder) {
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
    if (l->status == FREM_OK && stands_in(l->place->fd))
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

frem_status frem_stage_look(frem_stage *stage, frem_stage_place *place, frem_diags *diags) {
    *place = (frem_stage_place){.fd = frem_folder_open(stage->parent_fd, stage->name)};
    if (place->fd < 0)
        return errno == ENOENT ? FREM_OK : frem_stage_report_folder(stage, diags, errno);
    looking l = {.stage = stage, .place = place, .diags = diags};
    if (frem_index_new(&place->carried) != FREM_OK || frem_index_new(&place->removed) != FREM_OK ||
        frem_index_new(&l.foreign) != FREM_OK || frem_index_new(&l.taken) != FREM_OK)
        l.status = FREM_NO_MEMORY;
    else if (frem_stage_old_read(&place->old, place->fd) != 0)
        l.status = frem_stage_report(stage, diags, FREM_MANIFEST, errno);
    else
        check_names(&l);
    frem_index_free(l.foreign);
    frem_index_free(l.taken);
    if (l.status != FREM_OK)
        frem_stage_place_free(place);
    return l.status;
}

void frem_stage_place_free(frem_stage_place *place) {
    frem_fd_drop(place->fd);
    frem_stage_old_free(&place->old);
    frem_index_free(place->carried);
    frem_index_free(place->removed);
    *place = (frem_stage_place){.fd = -1};
}

frem_status frem_stage_tell(const frem_stage *stage, const frem_stage_place *place, frem_diags *diags) {
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
