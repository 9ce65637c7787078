#include "base/source.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/nearby.h"
#include "base/platform.h"
#include "base/problem.h"
#include "base/roots.h"
#include "base/text.h"

#define MIB ((size_t)1 << 20)
#define LARGEST_MIB 256
#define LARGEST (LARGEST_MIB * MIB)

/* What reading a file came to. */
typedef enum reading {
    READ_DONE,
    READ_MISSING,
    READ_FOLDER,
    READ_NOT_REGULAR,
    READ_TOO_LARGE,
    READ_FAILED /* with errno */
} reading;

/* The content of one path; sources that name it differently share it. */
typedef struct content {
    const char *path;
    char *bytes;
    size_t size;
    uint64_t device, inode; /* which file it was when it was read; 0 of one that was put */
    bool put;
} content;

/* A source, with what a reader has made of it. */
typedef struct file {
    frem_source source; /* first, so that a source is its file */
    void *parsed;
    void (*forget)(void *parsed);
    const char *sheet; /* its name; NULL of a file */
} file;

struct frem_sources {
    frem_arena *arena;
    const char **data_dirs;
    size_t n_data_dirs;
    const char *program_dir;
    content **contents;
    size_t n_contents;
    size_t contents_capacity;
    file **files;
    size_t n_files;
    size_t files_capacity;
    file **sheets; /* taken out of workbooks; their bytes are owned */
    size_t n_sheets;
    size_t sheets_capacity;
};

void frem_sha256(const void *bytes, size_t n, char out[65]) {
    frem_hash context;
    frem_hash_begin(&context);
    frem_hash_add(&context, bytes, n);
    frem_hash_text(&context, out);
}

frem_status frem_sources_new(frem_sources **out, const char *const *data_dirs, size_t n_data_dirs,
                             const char *program_dir) {
    *out = NULL;
    frem_status status = FREM_NO_MEMORY;
    frem_sources *sources = calloc(1, sizeof *sources);
    if (sources == NULL || frem_arena_new(&sources->arena) != FREM_OK)
        goto done;
    sources->data_dirs = frem_arena_alloc(sources->arena, n_data_dirs, sizeof *sources->data_dirs);
    if (sources->data_dirs == NULL)
        goto done;
    for (; sources->n_data_dirs < n_data_dirs; sources->n_data_dirs++) {
        const char *dir = data_dirs[sources->n_data_dirs];
        const char *copy = frem_arena_text(sources->arena, dir, strlen(dir));
        if (copy == NULL)
            goto done;
        sources->data_dirs[sources->n_data_dirs] = copy;
    }
    if (program_dir != NULL) {
        sources->program_dir = frem_arena_text(sources->arena, program_dir, strlen(program_dir));
        if (sources->program_dir == NULL)
            goto done;
    }
    *out = sources;
    sources = NULL;
    status = FREM_OK;
done:
    frem_sources_free(sources);
    return status;
}

static void forget(file *of) {
    if (of->parsed != NULL)
        of->forget(of->parsed);
    of->parsed = NULL;
}

void frem_sources_free(frem_sources *sources) {
    if (sources == NULL)
        return;
    for (size_t i = 0; i < sources->n_files; i++)
        forget(sources->files[i]);
    for (size_t i = 0; i < sources->n_sheets; i++) {
        forget(sources->sheets[i]);
        free((char *)(uintptr_t)sources->sheets[i]->source.bytes);
    }
    for (size_t i = 0; i < sources->n_contents; i++)
        free(sources->contents[i]->bytes);
    free(sources->sheets);
    free(sources->contents);
    free(sources->files);
    frem_arena_free(sources->arena);
    free(sources);
}

/* Reads to the end; the file may be growing. */
static reading read_all(int fd, size_t expected, char **bytes, size_t *size) {
    size_t capacity = expected + 2, used = 0; /* one for the NUL, one to see the end without growing */
    char *buffer = malloc(capacity);
    while (buffer != NULL) {
        const ptrdiff_t got = frem_fd_read(fd, buffer + used, capacity - 1 - used);
        if (got < 0) {
            free(buffer);
            return READ_FAILED;
        }
        used += (size_t)got;
        if (used > LARGEST) {
            free(buffer);
            return READ_TOO_LARGE;
        }
        if (got == 0) {
            buffer[used] = '\0';
            *bytes = buffer;
            *size = used;
            return READ_DONE;
        }
        if (used == capacity - 1) {
            capacity *= 2;
            char *grown = realloc(buffer, capacity);
            if (grown == NULL)
                free(buffer);
            buffer = grown;
        }
    }
    errno = ENOMEM;
    return READ_FAILED;
}

static reading kind_of(const frem_file_info *info) {
    if (info->kind == FREM_FILE_FOLDER)
        return READ_FOLDER;
    if (info->kind != FREM_FILE_REGULAR)
        return READ_NOT_REGULAR;
    return info->size > LARGEST ? READ_TOO_LARGE : READ_DONE;
}

/* The file is looked at before it is opened, because opening a device can do something and opening a pipe waits;
 * and once more after, because it may have been changed for another in between. */
static reading read_path(const char *path, content *out) {
    frem_file_info info;
    if (frem_file_reach(FREM_HERE, path, &info) != 0)
        return errno == ENOENT || errno == ENOTDIR ? READ_MISSING : READ_FAILED;
    reading result = kind_of(&info);
    if (result != READ_DONE)
        return result;
    const int fd = frem_fd_open(FREM_HERE, path, FREM_OPEN_AT_ONCE, 0);
    if (fd < 0)
        return errno == ENOENT ? READ_MISSING : READ_FAILED;
    if (frem_fd_look(fd, &info) != 0)
        result = READ_FAILED;
    else
        result = kind_of(&info);
    if (result == READ_DONE)
        result = read_all(fd, (size_t)info.size, &out->bytes, &out->size);
    out->device = info.device;
    out->inode = info.inode;
    frem_fd_drop(fd);
    return result;
}

/* A file that was put is meant by every spelling of its path. */
static content *find_content(const frem_sources *sources, const char *path) {
    for (size_t i = 0; i < sources->n_contents; i++) {
        content *known = sources->contents[i];
        if (strcmp(known->path, path) == 0 || (known->put && frem_path_same(known->path, path)))
            return known;
    }
    return NULL;
}

/* The one that a file to put takes the place of. */
static content *find_replaced(const frem_sources *sources, const char *path) {
    for (size_t i = 0; i < sources->n_contents; i++)
        if (frem_path_same(sources->contents[i]->path, path))
            return sources->contents[i];
    return NULL;
}

/* Keeps a content; its bytes are consumed. */
static frem_status add_content(frem_sources *sources, const char *path, const content *read,
                               const content **out) {
    void *contents = sources->contents;
    frem_status status =
        frem_grow(&contents, &sources->contents_capacity, sources->n_contents, sizeof *sources->contents);
    sources->contents = contents;
    content *added = frem_arena_alloc(sources->arena, 1, sizeof *added);
    const char *copy = frem_arena_text(sources->arena, path, strlen(path));
    if (status != FREM_OK || added == NULL || copy == NULL) {
        free(read->bytes);
        return FREM_NO_MEMORY;
    }
    *added = *read;
    added->path = copy;
    sources->contents[sources->n_contents++] = added;
    *out = added;
    return FREM_OK;
}

/* The content of a path, read at most once. Nothing is kept of a path without a file: it may be asked for often. */
static frem_status content_of(frem_sources *sources, const char *path, reading *result, const content **out) {
    content read = {0};
    *result = READ_DONE;
    *out = find_content(sources, path);
    if (*out != NULL)
        return FREM_OK;
    *result = read_path(path, &read);
    if (*result != READ_DONE)
        return *result == READ_FAILED && errno == ENOMEM ? FREM_NO_MEMORY : FREM_OK;
    return add_content(sources, path, &read, out);
}

/* Forgets the sheets of a workbook. */
static void drop_sheets(frem_sources *sources, const char *path) {
    size_t kept = 0;
    for (size_t i = 0; i < sources->n_sheets; i++) {
        file *of = sources->sheets[i];
        if (of->source.book->path != path) {
            sources->sheets[kept++] = of;
            continue;
        }
        forget(of);
        free((char *)(uintptr_t)of->source.bytes);
    }
    sources->n_sheets = kept;
}

frem_status frem_sources_put(frem_sources *sources, const char *path, const void *bytes, size_t n) {
    const content *added;
    content put = {.bytes = n <= LARGEST ? malloc(n + 1) : NULL, .size = n, .put = true};
    if (n > LARGEST)
        return FREM_INVALID;
    if (put.bytes == NULL)
        return FREM_NO_MEMORY;
    if (n > 0)
        memcpy(put.bytes, bytes, n);
    put.bytes[n] = '\0';
    content *known = find_replaced(sources, path);
    if (known == NULL)
        return add_content(sources, path, &put, &added);
    drop_sheets(sources, known->path);
    free(known->bytes);
    known->bytes = put.bytes;
    known->size = n;
    known->put = true;
    known->device = known->inode = 0;
    for (size_t i = 0; i < sources->n_files; i++) {
        file *of = sources->files[i];
        if (of->source.path != known->path)
            continue;
        forget(of);
        of->source.bytes = known->bytes;
        of->source.size = n;
    }
    return FREM_OK;
}

/* The source of a content under a name, made when it is not there yet. */
static frem_status source_of(frem_sources *sources, const content *read, const char *name, frem_root root,
                             const frem_source **out) {
    for (size_t i = 0; i < sources->n_files; i++) {
        const frem_source *known = &sources->files[i]->source;
        if (known->path == read->path && known->root == root && strcmp(known->name, name) == 0) {
            *out = known;
            return FREM_OK;
        }
    }
    void *files = sources->files;
    frem_status status =
        frem_grow(&files, &sources->files_capacity, sources->n_files, sizeof *sources->files);
    sources->files = files;
    file *added = frem_arena_alloc(sources->arena, 1, sizeof *added);
    const char *copy = frem_arena_text(sources->arena, name, strlen(name));
    if (status != FREM_OK || added == NULL || copy == NULL)
        return FREM_NO_MEMORY;
    *added = (file){
        .source = {.name = copy, .path = read->path, .bytes = read->bytes, .size = read->size, .root = root}};
    sources->files[sources->n_files++] = added;
    *out = &added->source;
    return FREM_OK;
}

/* The file that a source of these is. */
static file *file_of(frem_sources *sources, const frem_source *source) {
    for (size_t i = 0; i < sources->n_files; i++)
        if (&sources->files[i]->source == source)
            return sources->files[i];
    for (size_t i = 0; i < sources->n_sheets; i++)
        if (&sources->sheets[i]->source == source)
            return sources->sheets[i];
    return NULL;
}

const frem_source *frem_sources_sheet(const frem_sources *sources, const frem_source *book,
                                      const char *sheet) {
    for (size_t i = 0; i < sources->n_sheets; i++) {
        const file *of = sources->sheets[i];
        if (of->source.book == book && strcmp(of->sheet, sheet) == 0)
            return &of->source;
    }
    return NULL;
}

frem_status frem_sources_add_sheet(frem_sources *sources, const frem_source *book, const char *sheet,
                                   const char *range, frem_text *text, const frem_source **out) {
    void *sheets = sources->sheets;
    frem_text_add(text, ""); /* a sheet without cells has a text too */
    frem_status status =
        frem_grow(&sheets, &sources->sheets_capacity, sources->n_sheets, sizeof *sources->sheets);
    sources->sheets = sheets;
    file *added = frem_arena_alloc(sources->arena, 1, sizeof *added);
    const char *own = frem_arena_text(sources->arena, sheet, strlen(sheet));
    const char *path = frem_arena_print(sources->arena, "%s, %s", book->path, sheet);
    const char *cells = frem_arena_print(sources->arena, "%s, %s!", book->path, sheet);
    const char *name = frem_arena_print(sources->arena, "%s, %s!%s", book->name, sheet, range);
    if (status != FREM_OK || added == NULL || own == NULL || path == NULL || cells == NULL || name == NULL ||
        text->failed) {
        frem_text_free(text);
        return FREM_NO_MEMORY;
    }
    *added = (file){.source = {.name = name,
                               .path = path,
                               .bytes = text->bytes,
                               .size = text->length,
                               .root = book->root,
                               .book = book,
                               .cells = cells},
                    .sheet = own};
    *text = (frem_text){0};
    sources->sheets[sources->n_sheets++] = added;
    *out = &added->source;
    return FREM_OK;
}

void *frem_sources_parsed(frem_sources *sources, const frem_source *source) {
    const file *of = file_of(sources, source);
    return of != NULL ? of->parsed : NULL;
}

bool frem_sources_keep(frem_sources *sources, const frem_source *source, void *parsed,
                       void (*forget_parsed)(void *parsed)) {
    file *of = file_of(sources, source);
    if (of == NULL || of->parsed != NULL)
        return false;
    of->parsed = parsed;
    of->forget = forget_parsed;
    return true;
}

/* Where a scenario file is not there: a name without its ending, or one of the program's own scenarios. */
static frem_status report_no_scenario(const frem_sources *sources, frem_arena *arena, frem_diags *diags,
                                      const char *path) {
    frem_place place = {path, 0, 0};
    const char *near = frem_nearby(arena, path, ".yaml"), *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    const char *own =
        sources->program_dir != NULL ? frem_path_join(arena, sources->program_dir, "scenarios") : NULL;
    const char *wanted = own != NULL ? frem_path_join(arena, own, name) : NULL;
    if (near == NULL)
        near = frem_nearby_below(arena, path, ".yaml");
    if (near == NULL && wanted != NULL)
        near = frem_nearby(arena, wanted, ".yaml");
    if (near != NULL)
        return FREM_PROBLEM(diags, place, FILE_MISSING, near);
    const char *folder = frem_folder_part(arena, path);
    const char *list = folder != NULL ? frem_nearby_list(arena, folder, ".yaml") : NULL;
    if (list == NULL && own != NULL)
        list = frem_nearby_list(arena, own, ".yaml");
    const char *stem = frem_arena_text(arena, name, strcspn(name, "."));
    return FREM_PROBLEM(diags, place, SCENARIO_MISSING, list, stem);
}

static frem_status report_missing(const frem_sources *sources, frem_diags *diags, const char *path,
                                  bool scenario) {
    frem_arena *arena = NULL;
    frem_place place = {path, 0, 0};
    frem_file_info info;
    if (frem_arena_new(&arena) != FREM_OK)
        return FREM_NO_MEMORY;
    const char *slashes = frem_with_slashes(arena, path), *folder = frem_folder_part(arena, path);
    frem_status status;
    if (slashes != NULL)
        status = FREM_PROBLEM(diags, place, NAME_BACKSLASH, path, slashes);
    else if (folder != NULL && folder[0] != '\0' && frem_file_reach(FREM_HERE, folder, &info) != 0)
        status = FREM_PROBLEM(diags, place, FOLDER_MISSING, folder, frem_nearby(arena, folder, NULL));
    else if (scenario)
        status = report_no_scenario(sources, arena, diags, path);
    else
        status = FREM_PROBLEM(diags, place, FILE_MISSING, frem_nearby(arena, path, NULL));
    frem_arena_free(arena);
    return status;
}

static frem_status report_folder(frem_diags *diags, const char *path, bool scenario) {
    frem_arena *arena = NULL;
    if (frem_arena_new(&arena) != FREM_OK)
        return FREM_NO_MEMORY;
    frem_status status = FREM_PROBLEM(diags, ((frem_place){path, 0, 0}), FILE_IS_FOLDER,
                                      frem_nearby_list(arena, path, scenario ? ".yaml" : NULL));
    frem_arena_free(arena);
    return status;
}

static frem_status report_unreadable(const frem_sources *sources, frem_diags *diags, const char *path,
                                     bool scenario, reading result, int error) {
    frem_place place = {path, 0, 0};
    switch (result) {
    case READ_MISSING:
        return report_missing(sources, diags, path, scenario);
    case READ_FOLDER:
        return report_folder(diags, path, scenario);
    case READ_NOT_REGULAR:
        return FREM_PROBLEM(diags, place, FILE_NOT_REGULAR, "");
    case READ_TOO_LARGE:
        return FREM_PROBLEM(diags, place, FILE_TOO_LARGE, "256");
    case READ_DONE:
    case READ_FAILED:
        break;
    }
    if (error == EACCES || error == EPERM)
        return FREM_PROBLEM(diags, place, FILE_DENIED, "");
    return FREM_PROBLEM(diags, place, FILE_UNREADABLE, frem_error_text(error));
}

static frem_status open_named(frem_sources *sources, const char *path, bool scenario, frem_diags *diags,
                              const frem_source **out) {
    *out = NULL;
    if (path[0] == '\0')
        return FREM_PROBLEM(diags, FREM_NOWHERE, NAME_EMPTY, "");
    reading result;
    const content *read = NULL;
    frem_status status = content_of(sources, path, &result, &read);
    if (status != FREM_OK)
        return status;
    if (result != READ_DONE)
        return report_unreadable(sources, diags, path, scenario, result, errno);
    return source_of(sources, read, path, FREM_ROOT_COMMAND, out);
}

frem_status frem_sources_open(frem_sources *sources, const char *path, frem_diags *diags,
                              const frem_source **out) {
    return open_named(sources, path, false, diags, out);
}

frem_status frem_sources_open_scenario(frem_sources *sources, const char *path, frem_diags *diags,
                                       const frem_source **out) {
    return open_named(sources, path, true, diags, out);
}

/* A folder to look in; "" is the current one. */
typedef struct place_to_look {
    frem_root root;
    const char *folder;
} place_to_look;

/* The folders that a name in `from` may mean, in order. @return their number, 0 when out of memory. */
static size_t list_places(const frem_sources *sources, frem_arena *arena, const frem_source *from,
                          place_to_look **out) {
    size_t n = 0;
    place_to_look *places = frem_arena_alloc(arena, sources->n_data_dirs + 3, sizeof *places);
    if (places == NULL)
        return 0;
    if (from != NULL)
        places[n++] = (place_to_look){FREM_ROOT_BESIDE, frem_folder_part(arena, from->path)};
    for (size_t i = 0; i < sources->n_data_dirs; i++)
        places[n++] = (place_to_look){FREM_ROOT_DATA, sources->data_dirs[i]};
    if (sources->program_dir != NULL) {
        places[n++] = (place_to_look){FREM_ROOT_PROGRAM, frem_path_join(arena, sources->program_dir, "data")};
        places[n++] =
            (place_to_look){FREM_ROOT_PROGRAM, frem_path_join(arena, sources->program_dir, "scenarios")};
    }
    for (size_t i = 0; i < n; i++)
        if (places[i].folder == NULL)
            return 0;
    *out = places;
    return n;
}

/* The name that was probably meant, as it would be written: in each folder the nearest file, also without the folders
 * that the name has. A name with ".." is looked for in the folder that it leads to alone. NULL where none is near. */
static const char *meant_name(frem_arena *arena, const char *name, const place_to_look *places, size_t n) {
    const char *slash = strrchr(name, '/');
    bool climbs = frem_name_climbs(name);
    for (size_t bare = climbs ? 1 : 0; bare < (slash != NULL ? 2u : 1u); bare++) {
        const char *tried = bare ? slash + 1 : name;
        const char *before = climbs ? frem_arena_text(arena, name, (size_t)(tried - name)) : "";
        for (size_t i = 0; i < n && before != NULL; i++) {
            const char *path = frem_path_join(arena, places[i].folder, tried);
            const char *near =
                path != NULL ? frem_nearby(arena, path, strchr(tried, '.') == NULL ? ".yaml" : NULL) : NULL;
            size_t skip = path != NULL ? strlen(path) - strlen(tried) : 0;
            if (near != NULL && strlen(near) > skip && !frem_is_folder(near))
                return frem_arena_print(arena, "%s%s", before, near + skip);
        }
    }
    return NULL;
}

static frem_status report_not_found(frem_arena *arena, frem_diags *diags, frem_place asked_at,
                                    const char *name, const place_to_look *places, size_t n) {
    const char *better = frem_with_slashes(arena, name);
    if (better != NULL)
        return FREM_PROBLEM(diags, asked_at, NAME_BACKSLASH, name, better);
    frem_text folders = {0};
    for (size_t i = 0; i < n; i++)
        frem_text_print(&folders, "%s%s", i > 0 ? ", " : "",
                        places[i].folder[0] == '\0' ? "." : places[i].folder);
    frem_status status = FREM_NO_MEMORY;
    const char *near = meant_name(arena, name, places, n);
    if (!folders.failed && near != NULL)
        status = FREM_PROBLEM(diags, asked_at, FILE_NOT_FOUND_NEAR, name, near, folders.bytes);
    else if (!folders.failed)
        status = FREM_PROBLEM(diags, asked_at, FILE_NOT_FOUND, name, folders.bytes);
    frem_text_free(&folders);
    return status;
}

/* The folders that a name with ".." may lead into. @return FREM_NO_MEMORY. */
static frem_status list_roots(const frem_sources *sources, frem_arena *arena, const frem_source *named,
                              frem_roots *roots) {
    roots->paths = frem_arena_alloc(arena, sources->n_data_dirs + 4, sizeof *roots->paths);
    const char *folder = frem_folder_part(arena, named->path);
    bool good = roots->paths != NULL && folder != NULL && frem_roots_add(roots, arena, folder, true);
    for (size_t i = 0; i < sources->n_data_dirs && good; i++)
        good = frem_roots_add(roots, arena, sources->data_dirs[i], false);
    static const char *const own[] = {"data", "scenarios"};
    for (size_t i = 0; i < 2 && good && sources->program_dir != NULL; i++) {
        folder = frem_path_join(arena, sources->program_dir, own[i]);
        good = folder != NULL && frem_roots_add(roots, arena, folder, false);
    }
    return good ? FREM_OK : FREM_NO_MEMORY;
}

/* Looks in one folder. *out stays NULL when the name is not there. */
static frem_status look_in(frem_sources *sources, const place_to_look *where, const char *path,
                           const char *name, frem_place asked_at, frem_diags *diags,
                           const frem_source **out) {
    reading result;
    const content *read = NULL;
    frem_status status = content_of(sources, path, &result, &read);
    if (status != FREM_OK || result == READ_MISSING)
        return status;
    if (result == READ_FOLDER || result == READ_NOT_REGULAR)
        return FREM_PROBLEM(diags, asked_at, FILE_FOUND_UNUSABLE, name, path);
    if (result != READ_DONE)
        return report_unreadable(sources, diags, path, false, result, errno);
    return source_of(sources, read, name, where->root, out);
}

/* A name with "..": only as seen from the file that names it. What it means would else depend on which folders there are
 * above the others. */
static frem_status find_above(frem_sources *sources, frem_arena *arena, const frem_source *named,
                              const frem_source *from, const char *name, frem_place asked_at,
                              frem_diags *diags, const frem_source **out) {
    frem_roots roots = {0};
    const char *path = NULL, *folder = frem_folder_part(arena, from->path);
    frem_status status = folder != NULL ? list_roots(sources, arena, named, &roots) : FREM_NO_MEMORY;
    if (status == FREM_OK && !frem_roots_reach(&roots, arena, folder, name, &path))
        status = FREM_NO_MEMORY;
    if (status != FREM_OK)
        return status;
    if (path == NULL)
        return FREM_PROBLEM(diags, asked_at, NAME_UPWARDS, name);
    place_to_look place = {FREM_ROOT_BESIDE, frem_folder_part(arena, path)};
    if (place.folder == NULL)
        return FREM_NO_MEMORY;
    status = look_in(sources, &place, path, name, asked_at, diags, out);
    return status == FREM_OK && *out == NULL ? report_not_found(arena, diags, asked_at, name, &place, 1)
                                             : status;
}

static frem_status find_in_places(frem_sources *sources, frem_arena *arena, const frem_source *from,
                                  const char *name, frem_place asked_at, frem_diags *diags,
                                  const frem_source **out) {
    place_to_look *places = NULL;
    frem_status status = FREM_OK;
    size_t n = list_places(sources, arena, from, &places);
    if (n == 0 && (from != NULL || sources->n_data_dirs > 0 || sources->program_dir != NULL))
        status = FREM_NO_MEMORY;
    for (size_t i = 0; i < n && status == FREM_OK && *out == NULL; i++) {
        const char *path = frem_path_join(arena, places[i].folder, name);
        if (path == NULL)
            status = FREM_NO_MEMORY;
        else
            status = look_in(sources, &places[i], path, name, asked_at, diags, out);
    }
    return status == FREM_OK && *out == NULL ? report_not_found(arena, diags, asked_at, name, places, n)
                                             : status;
}

/* "/data/t.csv", "C:\\data\\t.csv". */
static bool is_absolute(const char *name) {
    bool letter = (name[0] >= 'a' && name[0] <= 'z') || (name[0] >= 'A' && name[0] <= 'Z');
    return name[0] == '/' || (letter && name[1] == ':' && (name[2] == '/' || name[2] == '\\'));
}

frem_status frem_sources_find(frem_sources *sources, const frem_source *named, const frem_source *from,
                              const char *name, frem_place asked_at, frem_diags *diags,
                              const frem_source **out) {
    *out = NULL;
    if (name[0] == '\0')
        return FREM_PROBLEM(diags, asked_at, NAME_EMPTY, "");
    if (is_absolute(name))
        return FREM_PROBLEM(diags, asked_at, NAME_ABSOLUTE, name);
    bool climbs = frem_name_climbs(name);
    if (climbs && (named == NULL || from == NULL))
        return FREM_PROBLEM(diags, asked_at, NAME_UPWARDS, name);

    frem_arena *arena = NULL;
    frem_status status = frem_arena_new(&arena);
    if (status != FREM_OK)
        return status;
    status = climbs ? find_above(sources, arena, named, from, name, asked_at, diags, out)
                    : find_in_places(sources, arena, from, name, asked_at, diags, out);
    frem_arena_free(arena);
    return status;
}

const frem_source *frem_sources_at(const frem_sources *sources, size_t i) {
    return i < sources->n_files ? &sources->files[i]->source : NULL;
}

/* Looks up the folder of an input. @return whether it exists. */
static bool stat_above(const content *input, frem_file_info *info) {
    const char *slash = strrchr(input->path, '/');
    if (slash == NULL)
        return frem_file_reach(FREM_HERE, ".", info) == 0;
    char *above = strndup(input->path, slash == input->path ? 1 : (size_t)(slash - input->path));
    const bool there = above != NULL && frem_file_reach(FREM_HERE, above, info) == 0;
    free(above);
    return there;
}

/* The last part of a path. */
static const char *last_of(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

/* The first source with a content. */
static const frem_source *source_with(const frem_sources *sources, const content *input) {
    for (size_t i = 0; i < sources->n_files; i++) {
        if (sources->files[i]->source.path == input->path)
            return &sources->files[i]->source;
    }
    return NULL;
}

frem_status frem_sources_same(const frem_sources *sources, int at, const char *name,
                              const frem_source **out) {
    frem_file_info there, above, folder;
    frem_arena *arena = NULL;
    frem_status status = FREM_OK;
    *out = NULL;
    if (sources == NULL)
        return status;
    const bool exists = frem_file_reach(at, name, &there) == 0;
    /* The path is the folder and one name in it; FREM_HERE may come with more. */
    const char *last = last_of(name);
    const int fd = last == name ? frem_fd_open(at, ".", FREM_OPEN_PASS, 0) : -1;
    char *beginning = last == name ? NULL : strndup(name, (size_t)(last - name));
    const bool looked = last == name ? fd >= 0 && frem_fd_look(fd, &folder) == 0
                                     : beginning != NULL && frem_file_reach(at, beginning, &folder) == 0;
    free(beginning);
    frem_fd_drop(fd);
    if (frem_arena_new(&arena) != FREM_OK)
        return FREM_NO_MEMORY;
    const char *folded = frem_folded(arena, last, strlen(last));
    for (size_t i = 0; i < sources->n_contents && *out == NULL && status == FREM_OK; i++) {
        const content *input = sources->contents[i];
        const char *own = frem_folded(arena, last_of(input->path), strlen(last_of(input->path)));
        if (folded == NULL || own == NULL)
            status = FREM_NO_MEMORY;
        else if ((exists && there.device == input->device && there.inode == input->inode) ||
                 (looked && strcmp(own, folded) == 0 && stat_above(input, &above) &&
                  frem_file_same(&above, &folder)))
            *out = source_with(sources, input);
    }
    frem_arena_free(arena);
    return status;
}

void frem_sources_within(const frem_sources *sources, int folder, const frem_source **out) {
    frem_file_info wanted, above;
    *out = NULL;
    if (sources == NULL || frem_fd_look(folder, &wanted) != 0)
        return;
    for (size_t i = 0; i < sources->n_contents && *out == NULL; i++) {
        if (stat_above(sources->contents[i], &above) && frem_file_same(&above, &wanted))
            *out = source_with(sources, sources->contents[i]);
    }
}
