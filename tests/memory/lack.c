/* A library to be loaded before a program (LD_PRELOAD), in which the memory that the program asks for can lack. FREM_LACK_AT: the number of
 * the request that fails, from 1; 0 or unset: none. FREM_LACK_ON: all from that one on fail, too. FREM_LACK_REPORT: a file that
 * gets, when the program ends by itself, "REQUESTS FAILED LIVE": how many requests there were, how many of them failed, and
 * how many blocks were not given back. Requests of processes that it forks count on from its own. */
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SEEN __attribute__((visibility("default")))

/* The GNU C library's own, under names that nothing replaces. */
extern void *__libc_malloc(size_t n);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *at, size_t n);
extern void *__libc_memalign(size_t alignment, size_t n);
extern void __libc_free(void *at);

SEEN void *malloc(size_t n);
SEEN void *calloc(size_t n, size_t size);
SEEN void *realloc(void *at, size_t n);
SEEN void *memalign(size_t alignment, size_t n);
SEEN void *aligned_alloc(size_t alignment, size_t n);
SEEN int posix_memalign(void **out, size_t alignment, size_t n);
SEEN void free(void *at);

static atomic_ullong requests, failed;
static atomic_llong live;
static unsigned long long lack_at;
static bool lack_on, trace;

/* Requests before this one, such as the loader's, are not the program's. */
static __attribute__((constructor)) void begin(void) {
    const char *at = getenv("FREM_LACK_AT");
    void *none[1];
    lack_on = getenv("FREM_LACK_ON") != NULL;
    trace = getenv("FREM_LACK_TRACE") != NULL && backtrace(none, 1) == 1; /* the first call loads a library */
    atomic_store(&live, 0);
    atomic_store(&requests, 0);
    lack_at = at != NULL ? strtoull(at, NULL, 10) : 0;
}

static __attribute__((destructor)) void end(void) {
    const char *path = getenv("FREM_LACK_REPORT");
    char line[96];
    const int n = snprintf(line, sizeof line, "%llu %llu %lld\n", atomic_load(&requests),
                           atomic_load(&failed), atomic_load(&live));
    const int fd = path != NULL ? open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600) : -1;
    if (fd >= 0 && write(fd, line, (size_t)n) == n)
        (void)close(fd);
}

static bool lacks(void) {
    const unsigned long long request = atomic_fetch_add(&requests, 1) + 1;
    if (lack_at == 0 || request < lack_at || (request > lack_at && !lack_on))
        return false;
    if (atomic_fetch_add(&failed, 1) == 0 && trace) {
        void *frames[40];
        backtrace_symbols_fd(frames, backtrace(frames, 40), STDERR_FILENO);
    }
    errno = ENOMEM;
    return true;
}

static void *given(void *at) {
    if (at != NULL)
        atomic_fetch_add(&live, 1);
    return at;
}

void *malloc(size_t n) {
    return lacks() ? NULL : given(__libc_malloc(n));
}

void *calloc(size_t n, size_t size) {
    return lacks() ? NULL : given(__libc_calloc(n, size));
}

void *realloc(void *at, size_t n) {
    if (lacks())
        return NULL;
    return at == NULL ? given(__libc_malloc(n)) : __libc_realloc(at, n);
}

void *memalign(size_t alignment, size_t n) {
    return lacks() ? NULL : given(__libc_memalign(alignment, n));
}

void *aligned_alloc(size_t alignment, size_t n) {
    return memalign(alignment, n);
}

int posix_memalign(void **out, size_t alignment, size_t n) {
    void *at = memalign(alignment, n);
    if (at == NULL)
        return ENOMEM;
    *out = at;
    return 0;
}

void free(void *at) {
    if (at != NULL)
        atomic_fetch_sub(&live, 1);
    __libc_free(at);
}
