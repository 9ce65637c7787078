/* The gnuplot process. */
#include "output/gnuplot.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/problem.h"

/** Descriptors of ours that gnuplot inherits stand above those that they become there. */
#define FIRST_FREE 10
/** Of more words of gnuplot's than the one, only the last of the other number are kept. */
#define WORDS_MAX 65536
#define WORDS_KEPT 1024
/** Milliseconds without a word, or a taken byte, after which it is given up; a chart takes less than one second. */
#define PATIENCE 60000

struct frem_gnuplot {
    pid_t pid;  /**< 0 where none runs */
    int script; /**< our end of its standard input */
    int words;  /**< our end of its standard error */
    int file;   /**< memory that it draws into */
};

/** What a problem of gnuplot's means to the caller. */
static frem_status lacking(frem_status raised) {
    return raised == FREM_NO_MEMORY ? raised : FREM_MISSING_PART;
}

static frem_status report_failure(frem_diags *diags, const char *name, const char *words) {
    return lacking(FREM_PROBLEM(diags, FREM_NOWHERE, GNUPLOT_FAILED, name, words));
}

static void close_fd(int *fd) {
    if (*fd >= 0)
        (void)close(*fd);
    *fd = -1;
}

/** Moves a descriptor out of the way of those that the child gets. @return 0, or -1 with errno. */
static int move_up(int *fd) {
    const int moved = fcntl(*fd, F_DUPFD_CLOEXEC, FIRST_FREE);
    close_fd(fd);
    *fd = moved;
    return moved < 0 ? -1 : 0;
}

/** Ends of the child, which the caller closes. */
typedef struct child_ends {
    int script, words;
} child_ends;

static int open_channels(frem_gnuplot *g, child_ends *child) {
    int pair[2], ends[2];
    /* a socket, as writing to a pipe that nobody reads is a signal */
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return -1;
    g->script = pair[0];
    child->script = pair[1];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return -1;
    g->words = ends[0];
    child->words = ends[1];
    g->file = memfd_create("chart", MFD_CLOEXEC);
    if (g->file < 0 || move_up(&g->script) != 0 || move_up(&g->words) != 0 || move_up(&g->file) != 0 ||
        move_up(&child->script) != 0 || move_up(&child->words) != 0)
        return -1;
    if (fcntl(g->script, F_SETFL, O_NONBLOCK) != 0 || fcntl(g->words, F_SETFL, O_NONBLOCK) != 0)
        return -1;
    return 0;
}

/** @return 0 or the errno. */
static int spawn(frem_gnuplot *g, const child_ends *child) {
    static const char *const argv[] = {"gnuplot", "-d", NULL};
    /* no HOME: nobody's fonts and settings; the C locale: decimal points */
    static const char *const environment[] = {"LC_ALL=C.UTF-8", "TZ=UTC", "PATH=/usr/bin:/bin", NULL};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t all, none;
    (void)sigfillset(&all);
    (void)sigemptyset(&none);
    int error = posix_spawn_file_actions_init(&actions);
    if (error != 0)
        return error;
    error = posix_spawnattr_init(&attributes);
    if (error != 0) {
        (void)posix_spawn_file_actions_destroy(&actions);
        return error;
    }
    /* a group of its own: Ctrl-C is ours to act on */
    error = posix_spawnattr_setflags(&attributes,
                                     POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    error = error != 0 ? error : posix_spawnattr_setsigdefault(&attributes, &all);
    error = error != 0 ? error : posix_spawnattr_setsigmask(&attributes, &none);
    error = error != 0 ? error : posix_spawn_file_actions_adddup2(&actions, child->script, 0);
    error = error != 0 ? error : posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    error = error != 0 ? error : posix_spawn_file_actions_adddup2(&actions, child->words, 2);
    error = error != 0 ? error : posix_spawn_file_actions_adddup2(&actions, g->file, FREM_GNUPLOT_FILE);
    if (error == 0)
        error = posix_spawnp(&g->pid, argv[0], &actions, &attributes, (char *const *)(uintptr_t)argv,
                             (char *const *)(uintptr_t)environment);
    (void)posix_spawnattr_destroy(&attributes);
    (void)posix_spawn_file_actions_destroy(&actions);
    return error;
}

frem_status frem_gnuplot_open(frem_gnuplot **out, frem_diags *diags) {
    *out = NULL;
    frem_gnuplot *g = malloc(sizeof *g);
    if (g == NULL)
        return FREM_NO_MEMORY;
    *g = (frem_gnuplot){.script = -1, .words = -1, .file = -1};
    child_ends child = {-1, -1};
    frem_status status = FREM_OK;
    int error = open_channels(g, &child) == 0 ? 0 : errno;
    if (error == 0)
        error = spawn(g, &child);
    close_fd(&child.script);
    close_fd(&child.words);
    if (error == ENOENT)
        status = lacking(FREM_PROBLEM(diags, FREM_NOWHERE, GNUPLOT_MISSING, "gnuplot-nox"));
    else if (error == ENOMEM)
        status = FREM_NO_MEMORY;
    else if (error != 0)
        status = lacking(FREM_PROBLEM(diags, FREM_NOWHERE, GNUPLOT_NO_START, frem_error_text(error)));
    if (status != FREM_OK) {
        g->pid = 0;
        frem_gnuplot_close(g);
        return status;
    }
    *out = g;
    return FREM_OK;
}

void frem_gnuplot_close(frem_gnuplot *gnuplot) {
    if (gnuplot == NULL)
        return;
    close_fd(&gnuplot->script);
    close_fd(&gnuplot->words);
    close_fd(&gnuplot->file);
    if (gnuplot->pid > 0) {
        /* it has nothing to lose: what it drew was read */
        (void)kill(gnuplot->pid, SIGKILL);
        while (waitpid(gnuplot->pid, NULL, 0) < 0 && errno == EINTR)
            continue;
    }
    free(gnuplot);
}

/** Reads what gnuplot says by now. @return false when it says no more. */
static bool listen_to(frem_gnuplot *g, frem_text *words) {
    char buffer[4096];
    for (;;) {
        const ssize_t got = read(g->words, buffer, sizeof buffer);
        if (words->length > WORDS_MAX) {
            memmove(words->bytes, words->bytes + words->length - WORDS_KEPT, WORDS_KEPT);
            words->length = WORDS_KEPT;
        }
        if (got > 0)
            frem_text_add_bytes(words, buffer, (size_t)got);
        if (got == 0)
            return false;
        if (got < 0 && errno != EINTR)
            return errno == EAGAIN || errno == EWOULDBLOCK;
    }
}

/** Sends the script and waits until gnuplot has drawn it or is gone. @return whether it has drawn. */
static bool converse(frem_gnuplot *g, const frem_text *script, frem_text *words) {
    size_t sent = 0;
    for (;;) {
        struct pollfd ready[2] = {{.fd = g->words, .events = POLLIN},
                                  {.fd = sent < script->length ? g->script : -1, .events = POLLOUT}};
        const int n_ready = poll(ready, 2, PATIENCE);
        if (n_ready < 0 && errno == EINTR)
            continue;
        if (n_ready <= 0)
            return false;
        if (ready[1].revents != 0) {
            const ssize_t n =
                send(g->script, script->bytes + sent, script->length - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
            /* one that has gone says why on the other channel */
            sent = n > 0 ? sent + (size_t)n : n < 0 && errno == EPIPE ? script->length : sent;
        }
        if (ready[0].revents != 0 && !listen_to(g, words))
            return false;
        if (words->failed)
            return false;
        if (words->length > 0 && strstr(words->bytes, FREM_GNUPLOT_MARK) != NULL)
            return true;
    }
}

/** Of what gnuplot says, the line that tells what is wrong: the one that names a line of the script, else the last. */
static const char *complaint_in(char *words) {
    const char *last = "no whole file";
    char *rest = NULL;
    for (char *line = strtok_r(words, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest)) {
        line += strspn(line, " \t");
        const char *number = strstr(line, "line ");
        if (number != NULL && number[5] >= '0' && number[5] <= '9')
            return line;
        if (*line != '\0' && *line != '^' && strcmp(line, FREM_GNUPLOT_MARK) != 0)
            last = line;
    }
    return last;
}

static bool ends_well(frem_chart_format format, const char *bytes, size_t n) {
    static const struct {
        const char *tail;
        size_t n, reach; /**< which stands in the last `reach` bytes */
    } tails[FREM_CHART_FORMATS] = {[FREM_CHART_SVG] = {"</svg>", 6, 16},
                                   [FREM_CHART_PDF] = {"%%EOF", 5, 16},
                                   [FREM_CHART_PNG] = {"IEND", 4, 8}};
    const size_t reach = n < tails[format].reach ? n : tails[format].reach;
    return memmem(bytes + n - reach, reach, tails[format].tail, tails[format].n) != NULL;
}

/** Takes what was drawn out of the memory file. @return 0 or the errno. */
static int take_file(frem_gnuplot *g, frem_text *out) {
    char buffer[16384];
    off_t at = 0;
    ssize_t got;
    while ((got = pread(g->file, buffer, sizeof buffer, at)) != 0) {
        if (got < 0 && errno != EINTR)
            return errno;
        if (got > 0) {
            frem_text_add_bytes(out, buffer, (size_t)got);
            at += got;
        }
    }
    return ftruncate(g->file, 0) == 0 ? 0 : errno;
}

static void finish(frem_text *drawn, frem_chart_format format, const frem_scene *scene, frem_text *out) {
    if (format == FREM_CHART_SVG) {
        frem_svg_tidy(out, drawn->bytes, drawn->length, scene);
        return;
    }
    if (format == FREM_CHART_PDF)
        frem_pdf_undate(drawn->bytes, drawn->length);
    frem_text_add_bytes(out, drawn->bytes, drawn->length);
}

frem_status frem_gnuplot_render(frem_gnuplot *gnuplot, const frem_scene *scene, frem_chart_format format,
                                const char *name, frem_text *out, frem_diags *diags) {
    frem_text script = {0}, words = {0}, drawn = {0};
    frem_status status = FREM_NO_MEMORY;
    frem_gnuplot_script(&script, scene, format);
    if (script.failed)
        goto done;
    if (!converse(gnuplot, &script, &words)) {
        frem_text_add(&words, "\n");
        status = words.failed ? FREM_NO_MEMORY : report_failure(diags, name, complaint_in(words.bytes));
        goto done;
    }
    const int error = take_file(gnuplot, &drawn);
    if (error != 0 || drawn.failed) {
        status = drawn.failed ? FREM_NO_MEMORY : report_failure(diags, name, frem_error_text(error));
        goto done;
    }
    if (!ends_well(format, drawn.length > 0 ? drawn.bytes : "", drawn.length)) {
        status = report_failure(diags, name, complaint_in(words.bytes));
        goto done;
    }
    finish(&drawn, format, scene, out);
    status = out->failed ? FREM_NO_MEMORY : FREM_OK;
done:
    frem_text_free(&script);
    frem_text_free(&words);
    frem_text_free(&drawn);
    return status;
}
