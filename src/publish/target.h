/** @file
 *  The place of an output, a folder or a file: one command at a time changes it, and what a command makes beside it has
 *  a name by which later commands know its owner.
 *
 *  Beside NAME there may be, for as long as a command works or after one was killed:
 *  - `.NAME.lock`: held with flock() by the command that looks at the place or changes it;
 *  - `.NAME.writing-XXXXXX`: a folder or file that is being written, held with flock() by the command that writes it;
 *  - `.NAME.ready-XXXXXX`: a folder on its way into its place, or the old one on its way out (see stage_inside.h);
 *  - `.NAME.old-XXXXXX`: the old folder, where the file system can't exchange two names.
 */
#ifndef FREM_PUBLISH_TARGET_H
#define FREM_PUBLISH_TARGET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/platform.h"

/** What a thing beside an output is. */
typedef enum frem_beside { FREM_BESIDE_WRITING, FREM_BESIDE_READY, FREM_BESIDE_OLD } frem_beside;

/** The lock on a place. */
typedef struct frem_target_lock {
    int at;     /**< the folder that holds the place */
    int fd;     /**< -1 where the file system knows no locks */
    char *name; /**< of the lock's file; NULL when nothing is held */
} frem_target_lock;

/** Takes the lock on a place, waiting some seconds for another command. A file system without locks has only one
 *  who writes, as far as can be known. @param at borrowed until the lock is given back.
 *  @return 0, or -1 with errno (EWOULDBLOCK where another command keeps the lock). */
int frem_target_take(frem_target_lock *lock, int at, const char *name);
/** Gives it back and removes its file. Nothing for one that is not held. */
void frem_target_give(frem_target_lock *lock);

/** A name beside an output. @param tail the six characters that make it unique.
 *  @return Owned by the caller (free()); NULL with errno. */
char *frem_target_name(const char *name, frem_beside kind, const char tail[7]);
/** The i-th tail for this process to try; two processes seldom have the same. */
void frem_target_tail(char tail[7], unsigned i);
/** Tries before a name beside is given up. */
enum { FREM_TARGET_TRIES = 100 };

/** Called with the name of each thing beside an output whose owner is gone, while no other command can take it.
 *  @return 0 to go on, or -1 with errno to end. */
typedef int (*frem_target_left)(void *context, const char *own, frem_beside kind, const frem_file_info *info);
/** Goes through what is beside an output and locked by no command, FREM_BESIDE_OLD first. The lock must be held; without
 *  locks nothing is known to be left. @return 0, or -1 with errno. */
int frem_target_each_left(const frem_target_lock *lock, const char *name, frem_target_left left,
                          void *context);

#endif
