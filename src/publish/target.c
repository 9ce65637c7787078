#include "publish/target.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/platform.h"
#include "base/source.h"

/* With the longest ending behind it this stays below the 255 bytes that file systems take. */
#define NAME_PART_MAX 200
/* How long another command is waited for. It holds the lock while it exchanges folders, not while it computes. */
#define WAIT_MS 10000u
#define STEP_MS 5u
#define TAIL 6

static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
static const char *const kinds[] = {
    [FREM_BESIDE_WRITING] = "writing-", [FREM_BESIDE_READY] = "ready-", [FREM_BESIDE_OLD] = "old-"};

/* ".NAME." and an ending. A name that would become too long is cut, and its hash keeps it apart from others. */
static char *beside(const char *name, const char *kind, const char *tail) {
    char *text = NULL, sha256[65];
    size_t n = strlen(name);
    int printed;
    if (n <= NAME_PART_MAX) {
        printed = asprintf(&text, ".%s.%s%s", name, kind, tail);
    } else {
        frem_sha256(name, n, sha256);
        for (n = NAME_PART_MAX - 17; n > 0 && ((unsigned char)name[n] & 0xC0) == 0x80; n--)
            ;
        printed = asprintf(&text, ".%.*s~%.16s.%s%s", (int)n, name, sha256, kind, tail);
    }
    if (printed >= 0)
        return text;
    errno = ENOMEM;
    return NULL;
}

char *frem_target_name(const char *name, frem_beside kind, const char tail[7]) {
    return beside(name, kinds[kind], tail);
}

void frem_target_tail(char tail[7], unsigned i) {
    uint64_t number = (uint64_t)frem_process_number() * FREM_TARGET_TRIES + i;
    for (size_t k = TAIL; k-- > 0; number /= sizeof letters - 1)
        tail[k] = letters[number % (sizeof letters - 1)];
    tail[TAIL] = '\0';
}

/* Opens the lock's file, made when it is not there; another user's may only be read, which is enough to lock it. */
static int open_lock(int at, const char *name) {
    int fd =
        frem_fd_open(at, name, FREM_OPEN_BOTH | FREM_OPEN_MAKE | FREM_OPEN_NO_LINK | FREM_OPEN_AT_ONCE, 0666);
    if (fd < 0 && errno == EACCES)
        fd = frem_fd_open(at, name, FREM_OPEN_NO_LINK | FREM_OPEN_AT_ONCE, 0);
    return fd;
}

/* Whether a file still has its name: who held the lock before has removed it. */
static bool has_name(int fd, int at, const char *name) {
    frem_file_info held, named;
    return frem_fd_look(fd, &held) == 0 && frem_file_look(at, name, &named) == 0 &&
           frem_file_same(&held, &named);
}

int frem_target_take(frem_target_lock *lock, int at, const char *name) {
    *lock = (frem_target_lock){at, -1, beside(name, "lock", "")};
    for (unsigned waited = 0; lock->name != NULL;) {
        lock->fd = open_lock(at, lock->name);
        if (lock->fd < 0)
            break;
        const int error = frem_fd_lock(lock->fd) == 0 ? 0 : errno;
        if (error == 0 && has_name(lock->fd, at, lock->name))
            return 0;
        frem_fd_drop(lock->fd);
        lock->fd = -1;
        if (error == 0)
            continue;
        errno = error;
        if (error != EWOULDBLOCK) { /* no locks here */
            (void)frem_file_remove(at, lock->name);
            return 0;
        }
        if (waited >= WAIT_MS)
            break;
        frem_wait_ms(STEP_MS);
        waited += STEP_MS;
        errno = EWOULDBLOCK;
    }
    const int error = errno;
    free(lock->name);
    lock->name = NULL;
    errno = error;
    return -1;
}

void frem_target_give(frem_target_lock *lock) {
    const int error = errno;
    if (lock->name != NULL && lock->fd >= 0)
        (void)frem_file_remove(lock->at,
                               lock->name); /* before it is given back: afterwards it may be another's */
    frem_fd_drop(lock->fd);
    free(lock->name);
    *lock = (frem_target_lock){-1, -1, NULL};
    errno = error;
}

/* Whether an entry of the folder is one that was made beside NAME. */
static bool is_beside(const char *entry, const char *start, frem_beside *kind) {
    const size_t n = strlen(start);
    if (strncmp(entry, start, n) != 0)
        return false;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        const size_t m = strlen(kinds[k]);
        const char *tail = entry + n + m;
        if (strncmp(entry + n, kinds[k], m) == 0 && strlen(tail) == TAIL && strspn(tail, letters) == TAIL) {
            *kind = (frem_beside)k;
            return true;
        }
    }
    return false;
}

/* Hands over one entry, unless its owner still holds it. */
static int visit(const frem_target_lock *lock, const char *entry, frem_beside kind, frem_target_left left,
                 void *context) {
    frem_file_info info;
    const int fd = frem_fd_open(lock->at, entry, FREM_OPEN_NO_LINK | FREM_OPEN_AT_ONCE, 0);
    int result = 0;
    if (fd >= 0 && frem_fd_lock(fd) == 0 && frem_fd_look(fd, &info) == 0 &&
        (info.kind == FREM_FILE_FOLDER || info.kind == FREM_FILE_REGULAR))
        result = left(context, entry, kind, &info);
    frem_fd_drop(fd);
    return result;
}

int frem_target_each_left(const frem_target_lock *lock, const char *name, frem_target_left left,
                          void *context) {
    if (lock->fd < 0)
        return 0;
    const int fd = frem_fd_open(lock->at, ".", FREM_OPEN_FOLDER, 0);
    if (fd < 0)
        return errno == EACCES ? 0 : -1; /* a folder that may be passed through but not listed */
    frem_entries *entries = frem_entries_of(fd);
    char *start = beside(name, "", "");
    int result = entries != NULL && start != NULL ? 0 : -1;
    for (int pass = 0; pass < 2 && result == 0; pass++) {
        const char *entry;
        frem_beside kind;
        frem_entries_rewind(entries);
        while (result == 0 && frem_entries_next(entries, &entry) > 0) {
            if (is_beside(entry, start, &kind) && (kind == FREM_BESIDE_OLD) == (pass == 0))
                result = visit(lock, entry, kind, left, context);
        }
    }
    const int error = errno;
    free(start);
    frem_entries_close(entries);
    errno = error;
    return result;
}
