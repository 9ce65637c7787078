/** @file
 *  What the files of the stage share. For src/base/stage*.c only.
 */
#ifndef FREM_BASE_STAGE_INSIDE_H
#define FREM_BASE_STAGE_INSIDE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/index.h"
#include "base/sink.h"
#include "base/stage.h"
#include "fremskriv/diag.h"

/** A file that is being written. */
typedef struct frem_stage_open_file {
    frem_sink *sink;
    int fd;
    char *name;
} frem_stage_open_file;

struct frem_stage {
    char *dir;    /* the output folder as the user names it */
    char *parent; /* the folder that holds it */
    char *name;   /* its name there */
    char *own;    /* the stage's name, .NAME.XXXXXX */
    char *path;   /* of the stage */
    int parent_fd;
    int base_fd; /* the folder that the stage stands in: the parent, or the output folder itself */
    int fd;      /* the stage */
    bool inside; /* the stage stands in the output folder, because nothing can be made or renamed beside it */
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

/** What stands where the output folder goes. */
typedef enum frem_stage_state {
    FREM_STAGE_ABSENT, /**< nothing */
    FREM_STAGE_OURS,   /**< a folder that is empty or holds only what its own manifest lists */
    FREM_STAGE_MIXED   /**< a folder with other files too */
} frem_stage_state;

/** What the manifest of an output folder lists, of it what is fit to be trusted. */
typedef struct frem_stage_old {
    frem_index *names;   /**< files, the manifest among them */
    frem_index *folders; /**< the folders that these names go through, outer ones first */
} frem_stage_old;

/** @return 0, or -1 with errno. */
int frem_stage_old_new(frem_stage_old *old);
/** Members may be NULL. */
void frem_stage_old_free(frem_stage_old *old);
/** Looks at a folder and reads its manifest. @return 0, or -1 with errno (ENOTDIR or ELOOP when it is none). */
int frem_stage_look(int at, const char *name, frem_stage_old *old, frem_stage_state *state);

/** Puts the files one by one over those of the output folder, and takes away those that only the old manifest
 *  lists. On failure everything is put back.
 *  @param[out] keep set when something could not be put back and the stage must stay, because it holds it. */
frem_status frem_stage_put_files(frem_stage *stage, const frem_stage_old *old, frem_diags *diags, bool *keep);

/** The diagnostic for a file of the output folder. @return FREM_UNWRITABLE, or FREM_NO_MEMORY. */
frem_status frem_stage_report(const frem_stage *stage, frem_diags *diags, const char *name, int error);
/** The same for the folder itself. */
frem_status frem_stage_report_folder(const frem_stage *stage, frem_diags *diags, int error);
/** Removes what the stage has made on disk. */
void frem_stage_clear(frem_stage *stage);
/** Frees the memory and closes what is open; the disk stays as it is. */
void frem_stage_free(frem_stage *stage);

#endif
