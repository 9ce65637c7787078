/** @file
 *  The seam to the operating system: the only header whose implementation includes the system's own (unistd, fcntl, sys/,
 *  pthread, dlfcn, ...). Two source files implement it for a kind of system: platform_posix.c files, folders, memory and loading;
 *  platform_threads.c the process and threads, or platform_wasm.c where there are none (cmake/Rooms.cmake).
 *
 *  Errors are those of errno, named as <errno.h> names them. Calls that a signal interrupts go on. A folder is an open
 *  descriptor, so that a name in it means the same file whatever the current folder is.
 */
#ifndef FREM_BASE_PLATFORM_H
#define FREM_BASE_PLATFORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- files ---- */

/** The current folder, where a call takes an open one. */
enum { FREM_HERE = -100 };

/** How a file is opened; 0: for reading. */
enum {
    FREM_OPEN_WRITE = 1 << 0,   /**< for writing alone */
    FREM_OPEN_BOTH = 1 << 1,    /**< for reading and writing */
    FREM_OPEN_MAKE = 1 << 2,    /**< made when it is missing */
    FREM_OPEN_FRESH = 1 << 3,   /**< made; EEXIST where it exists */
    FREM_OPEN_NO_LINK = 1 << 4, /**< ELOOP where the last part of the name is a link */
    FREM_OPEN_AT_ONCE = 1 << 5, /**< without waiting for the other end of a pipe or device */
    FREM_OPEN_FOLDER = 1 << 6,  /**< ENOTDIR where it is no folder */
    FREM_OPEN_PASS = 1 << 7     /**< a folder that names are looked up in; its entries may not be readable */
};

typedef enum frem_file_kind {
    FREM_FILE_REGULAR,
    FREM_FILE_FOLDER,
    FREM_FILE_LINK,
    FREM_FILE_OTHER
} frem_file_kind;

/** Properties of a file that the system reports. */
typedef struct frem_file_info {
    frem_file_kind kind;
    uint64_t size;          /**< bytes */
    uint64_t device, inode; /**< together: which file it is */
    unsigned permissions;   /**< the bits 0777 */
} frem_file_info;

/** Opens a file; child processes do not get it. @param ways of FREM_OPEN_... @param permissions of a file that is made,
 *  before the umask. @return a descriptor that the caller closes, or -1 with errno. */
int frem_fd_open(int at, const char *name, int ways, unsigned permissions);
/** @return bytes read, 0 at the end, or -1 with errno. */
ptrdiff_t frem_fd_read(int fd, void *bytes, size_t n);
/** Writes all of it. @return 0, or the errno. */
int frem_fd_write(int fd, const void *bytes, size_t n);
/** Waits until what was written is on the disk. @return 0, or -1 with errno. */
int frem_fd_sync(int fd);
/** Locks a file for one alone, without waiting; closing it unlocks. @return 0, or -1 with errno: EWOULDBLOCK where another
 *  holds it. */
int frem_fd_lock(int fd);
/** Sets a file's permissions. @return 0, or -1 with errno. */
int frem_fd_permit(int fd, unsigned permissions);
/** Gives a folder the owner, the group, the attributes and the permissions of another; attributes as far as this user may.
 *  @return 0, or -1 with errno: where the group can't be given. */
int frem_fd_dress(int fd, int like);
/** Closes a descriptor that was written. @return 0, or the errno: some file systems report a lost write only here. */
int frem_fd_close(int fd);
/** Closes and keeps errno; nothing for a negative descriptor. */
void frem_fd_drop(int fd);

/** Looks at an open file. @return 0, or -1 with errno. */
int frem_fd_look(int fd, frem_file_info *out);
/** Looks at a name; a link is looked at itself. @return 0, or -1 with errno. */
int frem_file_look(int at, const char *name, frem_file_info *out);
/** Looks at what a name leads to, through links. @return 0, or -1 with errno. */
int frem_file_reach(int at, const char *name, frem_file_info *out);
/** Whether both are the same file. */
bool frem_file_same(const frem_file_info *a, const frem_file_info *b);
/** Whether this user may change the entries of a folder. @param list whether it must be possible to list them too.
 *  @return 0, or -1 with errno. */
int frem_file_may_change(int at, const char *name, bool list);
/** Whether another file system begins at a name, as far as the system reports it. */
bool frem_file_is_mount(int at, const char *name);
/** Removes a file or a link. @return 0, or -1 with errno. */
int frem_file_remove(int at, const char *name);
/** Renames over what has the name. @return 0, or -1 with errno. */
int frem_file_rename(int at, const char *from, int to_at, const char *to);
/** Renames over nothing: EEXIST where something has the name. Where the system knows no such rename, something that comes
 *  in that very moment is replaced. @return 0, or -1 with errno. */
int frem_file_rename_fresh(int at, const char *from, int to_at, const char *to);
/** The same for plain files, without that gap: there a second name is made and the first removed.
 *  @return 0, or -1 with errno. */
int frem_file_place_fresh(int at, const char *from, const char *to);
/** Exchanges two names of a folder in one step. @return 0, or -1 with errno: ENOSYS where the system can't. */
int frem_file_exchange(int at, const char *a, const char *b);
/** Gives a file a second name. @return 0, or -1 with errno. */
int frem_file_link(int at, const char *name, int to_at, const char *to);

/** A file's bytes without reading them. @param[out] size bytes. @return frem_file_unmap() gives them back; NULL with errno,
 *  also for an empty file. */
const void *frem_file_map(const char *path, size_t *size);
void frem_file_unmap(const void *bytes, size_t size);

/* ---- memory ---- */

/** Says that memory will be used as a whole, often: large pages are taken for it where the system has such. Changes nothing
 *  else. @param bytes of it, from malloc(). */
void frem_memory_large(void *at, size_t bytes);

/* ---- folders ---- */

/** Makes a folder. @return 0, or -1 with errno. */
int frem_folder_make(int at, const char *name);
/** Removes an empty folder. @return 0, or -1 with errno. */
int frem_folder_drop(int at, const char *name);
/** Bytes that a file system has room for. @return UINT64_MAX where that is not known. */
uint64_t frem_folder_room(const char *path);
/** The absolute path of a name, without links. @return Owned by the caller (free()); NULL with errno. */
char *frem_real_path(const char *path);
/** The current folder, absolute. @return Owned by the caller (free()); NULL with errno. */
char *frem_current_folder(void);

/** The entries of an open folder. */
typedef struct frem_entries frem_entries;

/** @param fd the folder, opened for reading; consumed, also after a failure; a negative one is such. @return Owned by the
 *  caller: frem_entries_close(); NULL with errno. */
frem_entries *frem_entries_of(int fd);
/** @param[out] name the next, never "." or ".."; borrowed until the next call. @return 1, 0 at the end, or -1 with errno. */
int frem_entries_next(frem_entries *entries, const char **name);
/** Begins again. */
void frem_entries_rewind(frem_entries *entries);
/** The folder's descriptor. @return Borrowed. */
int frem_entries_folder(const frem_entries *entries);
/** Keeps errno. NULL is fine. */
void frem_entries_close(frem_entries *entries);

/* ---- the process and its machine ---- */

/** An errno in English words. @return Borrowed; never NULL. */
const char *frem_error_text(int error);
/** Processors that this process may use; at least 1. */
unsigned frem_processors(void);
/** Sets of instructions that the processor has and the system saves. */
bool frem_processor_has_avx2(void);
bool frem_processor_has_avx512(void);
/** The number of this process. */
unsigned long frem_process_number(void);
/** Runs a function in a process of its own, which has a copy of this one's memory: what the function does to memory, and its
 *  death, stay there, and what it prints goes nowhere. Waits for its end.
 *  @param run gets a descriptor; what it writes to it (frem_fd_write()) is what it answers.
 *  @param take gets the answer, in pieces. @return 0 where the process came to its end, whatever it answered; EPIPE where it
 *  died; else the errno with which none could be made. */
int frem_process_apart(void (*run)(void *context, int fd), void *context,
                       void (*take)(void *to, const void *bytes, size_t n), void *to);
/** Waits. */
void frem_wait_ms(unsigned ms);
/* ---- threads ---- */

typedef struct frem_mutex frem_mutex;
typedef struct frem_condition frem_condition;
typedef struct frem_thread frem_thread;

/** @return Owned by the caller; NULL when out of memory, or where the system has none. All frees take NULL. */
frem_mutex *frem_mutex_new(void);
void frem_mutex_free(frem_mutex *mutex);
void frem_mutex_lock(frem_mutex *mutex);
void frem_mutex_unlock(frem_mutex *mutex);
frem_condition *frem_condition_new(void);
void frem_condition_free(frem_condition *condition);
/** Waits, the mutex unlocked meanwhile; may return without cause. */
void frem_condition_wait(frem_condition *condition, frem_mutex *mutex);
void frem_condition_wake_one(frem_condition *condition);
void frem_condition_wake_all(frem_condition *condition);
/** Starts a thread that takes no signals: those belong to the program's own threads. @return Owned by the caller; NULL
 *  where the system gives no more. */
frem_thread *frem_thread_new(void (*run)(void *context), void *context);
/** Waits for its end, and frees it. */
void frem_thread_join(frem_thread *thread);

/* ---- parts of the program that are opened on demand ---- */

/** Opens a shared library. @param stays whether it can't be unloaded. @return frem_shared_close(); NULL where it is not
 *  there, or the program is built without loading. */
void *frem_shared_open(const char *file, bool stays);
/** A function of it. @return NULL where there is none of the name. */
void *frem_shared_find(void *shared, const char *name);
void frem_shared_close(void *shared);

#endif
