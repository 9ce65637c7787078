/** @file
 *  What the files of the stage share. For src/publish/stage*.c only.
 *
 *  A stage is `.NAME.writing-XXXXXX` while only our own files are in it, and may be removed as it is then. Before files of
 *  others come into it, it becomes `.NAME.ready-XXXXXX`, and the exchange gives that name to the old folder. A folder of that
 *  name is only ever settled: see frem_stage_settle(), which is the way back too.
 */
#ifndef FREM_PUBLISH_STAGE_INSIDE_H
#define FREM_PUBLISH_STAGE_INSIDE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/index.h"
#include "base/source.h"
#include "base/text.h"
#include "fremskriv/diag.h"
#include "publish/sink.h"
#include "publish/stage.h"
#include "publish/target.h"

/** A file that is being written. */
typedef struct frem_stage_open_file {
    frem_sink *sink;
    int fd; /**< -1 of one in memory */
    char *name;
    frem_text *text; /**< owned; NULL of one on disk */
} frem_stage_open_file;

struct frem_stage {
    char *dir;    /* the output folder as the user names it */
    char *parent; /* the folder that holds it and the stage */
    char *name;   /* its name there */
    char *own;    /* the stage's name, see publish/target.h; after the exchange it is the old folder's */
    char *path;   /* of the stage */
    char tail[7]; /* of the stage's name */
    int parent_fd;
    int fd;     /* the stage, held with flock() */
    bool ready; /* files of others may be in it */
    bool
        in_memory; /* its files are; then fd and parent_fd are a scratch folder and the one that holds it, or -1 */
    const frem_sources *read;
    bool force;
    char **made; /* parents that were missing, outermost first */
    size_t n_made;
    size_t made_capacity;
    frem_staged *files;
    size_t n_files;
    size_t files_capacity;
    bool sorted;
    frem_stage_open_file *open;
    size_t n_open;
    size_t open_capacity;
    char *failed_name; /* the first file that failed, when failed_error is not 0 */
    int failed_error;
};

/** A file that the manifest of an output folder lists. */
typedef struct frem_stage_listed {
    char sha256[65];
} frem_stage_listed;

/** What the manifest of an output folder lists, of it what is fit to be trusted. */
typedef struct frem_stage_old {
    frem_index *names;       /**< files, the manifest among them */
    frem_stage_listed *list; /**< by name */
    size_t n_list, list_capacity;
    frem_index *folders; /**< the folders that these names go through, outer ones first */
} frem_stage_old;

/** The output folder's path as it is now. */
typedef struct frem_stage_place {
    int fd; /**< the output folder; -1 where there is none */
    frem_stage_old old;
    frem_index *carried; /**< files of earlier runs that were edited since: kept, as those of others are */
    frem_index *removed; /**< files of earlier runs that the stage does not have */
} frem_stage_place;

/** Whether the stage has a file of that name. */
bool frem_stage_has(const frem_stage *stage, const char *name);

/** How settling a folder ended. */
typedef enum frem_settled {
    FREM_SETTLED,      /**< the folder is gone */
    FREM_SETTLE_KEEPS, /**< it holds what can't go anywhere else: another file has the name */
    FREM_SETTLE_FAILED /**< with errno; the next command tries again */
} frem_settled;
/** Clears what killed commands have left beside an output; the place's lock must be held.
 *  @return FREM_UNWRITABLE, or a warning for what can't be cleared without loss. */
FREM_MUST_CHECK frem_status frem_stage_recover(const frem_stage *stage, const frem_target_lock *lock,
                                               frem_diags *diags);

/** Makes the stage's folder, .NAME.writing-XXXXXX, and opens it. @return 0, or -1 with errno. */
int frem_stage_make(frem_stage *stage);
/** Opens the folder that an output or a stage is made in. @return a descriptor, or -1 with errno. */
int frem_stage_parent(const char *path);
/** Whether all that belongs to the stage is in it: no file failed or is still open, the manifest is there. */
FREM_MUST_CHECK frem_status frem_stage_whole(frem_stage *stage, frem_diags *diags);

/** Takes the lock on the output folder. @return FREM_UNWRITABLE after a problem. */
FREM_MUST_CHECK frem_status frem_stage_lock(const frem_stage *stage, frem_target_lock *lock,
                                            frem_diags *diags);
/** Passes on a problem's status as the one that the program promises for outputs. */
frem_status frem_stage_unwritable(frem_status raised);
/** The same for the folder itself. */
frem_status frem_stage_report_folder(const frem_stage *stage, frem_diags *diags, int error);
/** Removes what the stage has made on disk. */
void frem_stage_clear(frem_stage *stage);
/** Frees the memory and closes what is open; the disk stays as it is. */
void frem_stage_free(frem_stage *stage);

#endif
