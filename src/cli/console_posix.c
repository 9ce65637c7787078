/* The program's surroundings as POSIX has them, with what Linux and the GNU C library know better where they are. */
#include "cli/console.h"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

void frem_hold_standard_files(void) {
    int fd;
    do {
        fd = open("/dev/null", O_RDONLY); /* for reading only, so that writing still fails */
    } while (fd >= STDIN_FILENO && fd <= STDERR_FILENO);
    if (fd >= 0)
        (void)close(fd);
}

void frem_keep_memory(void) {
#ifdef M_TRIM_THRESHOLD
    (void)mallopt(M_TRIM_THRESHOLD, 1 << 28);
    (void)mallopt(M_TOP_PAD, 1 << 20);
    (void)mallopt(M_MMAP_THRESHOLD, 1 << 20);
#endif
}

void frem_signals_no_pipe(void) {
    (void)signal(SIGPIPE, SIG_IGN);
}

void frem_signals_end(void (*on_end)(int signal_number)) {
    /* Libraries that write files themselves know nothing of interrupted calls. */
    struct sigaction action = {.sa_handler = on_end, .sa_flags = SA_RESTART};
    (void)sigaction(SIGINT, &action, NULL);
    (void)sigaction(SIGTERM, &action, NULL);
}

bool frem_is_terminal(int fd) {
    return isatty(fd) != 0;
}

size_t frem_terminal_columns(int fd) {
    struct winsize size;
    return isatty(fd) && ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

bool frem_reader_left(int fd) {
    struct pollfd out = {.fd = fd, .events = POLLOUT};
    return poll(&out, 1, 0) > 0 && (out.revents & POLLERR) != 0;
}

double frem_seconds(void) {
    struct timespec now;
    return clock_gettime(CLOCK_MONOTONIC, &now) == 0 ? (double)now.tv_sec + 1e-9 * (double)now.tv_nsec : 0;
}

char *frem_program_file(void) {
    char path[PATH_MAX];
    const ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
    return n > 0 ? strndup(path, (size_t)n) : NULL;
}
