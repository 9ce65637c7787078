/* The process as a page or node has it for WebAssembly: one thread, nothing to load, no signals. Files and folders are those of
 * platform_posix.c, in memory. */
#include "base/platform.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- the process and its machine ---- */

const char *frem_error_text(int error) {
    const char *text = strerror(error);
    return text != NULL ? text : "unknown error";
}

unsigned frem_processors(void) {
    return 1;
}

bool frem_processor_has_avx2(void) {
    return false;
}

bool frem_processor_has_avx512(void) {
    return false;
}

unsigned long frem_process_number(void) {
    return 1;
}

/* There is one process: the function runs in it, and its answer waits in a file in memory. */
int frem_process_apart(void (*run)(void *context, int fd), void *context,
                       void (*take)(void *to, const void *bytes, size_t n), void *to) {
    static const char name[] = "/tmp/answer";
    char bytes[4096];
    ptrdiff_t got = 0;
    const int fd = frem_fd_open(FREM_HERE, name, FREM_OPEN_BOTH | FREM_OPEN_FRESH, 0600);
    if (fd < 0)
        return errno;
    run(context, fd);
    int error = lseek(fd, 0, SEEK_SET) == 0 ? 0 : errno;
    while (error == 0 && (got = frem_fd_read(fd, bytes, sizeof bytes)) > 0)
        take(to, bytes, (size_t)got);
    if (got < 0)
        error = errno;
    frem_fd_drop(fd);
    (void)frem_file_remove(FREM_HERE, name);
    return error;
}

void frem_wait_ms(unsigned ms) {
    (void)ms; /* no one else could go on meanwhile */
}

/* ---- threads ---- */

struct frem_mutex {
    char unused;
};
struct frem_condition {
    char unused;
};

frem_mutex *frem_mutex_new(void) {
    return calloc(1, sizeof(frem_mutex));
}

void frem_mutex_free(frem_mutex *mutex) {
    free(mutex);
}

void frem_mutex_lock(frem_mutex *mutex) {
    (void)mutex;
}

void frem_mutex_unlock(frem_mutex *mutex) {
    (void)mutex;
}

frem_condition *frem_condition_new(void) {
    return calloc(1, sizeof(frem_condition));
}

void frem_condition_free(frem_condition *condition) {
    free(condition);
}

void frem_condition_wait(frem_condition *condition, frem_mutex *mutex) {
    (void)condition;
    (void)mutex;
}

void frem_condition_wake_one(frem_condition *condition) {
    (void)condition;
}

void frem_condition_wake_all(frem_condition *condition) {
    (void)condition;
}

frem_thread *frem_thread_new(void (*run)(void *context), void *context) {
    (void)run;
    (void)context;
    return NULL;
}

void frem_thread_join(frem_thread *thread) {
    (void)thread;
}
