/* The process and its threads as POSIX has them, with what Linux and the GNU C library know better where they are. */
#include "base/platform.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif
#if defined(__x86_64__) && defined(__has_include)
#if __has_include(<sys/platform/x86.h>)
#include <sys/platform/x86.h>
#endif
#endif

/* ---- the process and its machine ---- */

const char *frem_error_text(int error) {
#ifdef __GLIBC__
    const char *text = strerrordesc_np(error); /* in English whatever the locale, and from any thread */
#else
    const char *text = strerror(error);
#endif
    return text != NULL ? text : "unknown error";
}

unsigned frem_processors(void) {
    long n = 0;
#ifdef CPU_COUNT
    cpu_set_t allowed;
    if (sched_getaffinity(0, sizeof allowed, &allowed) == 0)
        n = CPU_COUNT(&allowed);
#endif
    if (n < 1) /* more processors than the set has room for */
        n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : (unsigned)n;
}

/* What the C library found out as it was loaded: asking the processor again is slow inside a virtual machine. */
bool frem_processor_has_avx2(void) {
#if defined(CPU_FEATURE_ACTIVE)
    return CPU_FEATURE_ACTIVE(AVX2);
#elif defined(__x86_64__)
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx2") != 0;
#else
    return false;
#endif
}

bool frem_processor_has_avx512(void) {
#if defined(CPU_FEATURE_ACTIVE)
    return CPU_FEATURE_ACTIVE(AVX512F);
#elif defined(__x86_64__)
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx512f") != 0;
#else
    return false;
#endif
}

unsigned long frem_process_number(void) {
    return (unsigned long)getpid();
}

/* What libraries print is no output of ours; and no process outlives the one that waits for it. */
static void live_apart(pid_t parent) {
    sigset_t all; /* libraries give up a write that a signal interrupts; the parent sees to signals */
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, NULL);
    const int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (nowhere < 0 || dup2(nowhere, STDOUT_FILENO) < 0 || dup2(nowhere, STDERR_FILENO) < 0)
        _exit(EXIT_FAILURE);
#ifdef __linux__
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    if (getppid() != parent)
        _exit(EXIT_FAILURE);
}

/* @return 0, or the errno. */
static int take_answer(int fd, void (*take)(void *to, const void *bytes, size_t n), void *to) {
    char bytes[16384];
    ptrdiff_t got;
    while ((got = frem_fd_read(fd, bytes, sizeof bytes)) > 0)
        take(to, bytes, (size_t)got);
    return got < 0 ? errno : 0;
}

int frem_process_apart(void (*run)(void *context, int fd), void *context,
                       void (*take)(void *to, const void *bytes, size_t n), void *to) {
    int ends[2], how = 0;
    const pid_t parent = getpid();
    if (pipe(ends) != 0)
        return errno;
    (void)fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    (void)fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    const pid_t child = fork();
    if (child == 0) {
        live_apart(parent);
        frem_fd_drop(ends[0]);
        run(context, ends[1]);
        _exit(EXIT_SUCCESS);
    }
    int error = child < 0 ? errno : 0;
    frem_fd_drop(ends[1]);
    if (child > 0)
        error = take_answer(ends[0], take, to);
    frem_fd_drop(ends[0]);
    if (child < 0)
        return error;
    pid_t ended;
    do
        ended = waitpid(child, &how, 0);
    while (ended < 0 && errno == EINTR);
    /* Where a host ignores the ends of its children, nothing is known of this one's but its answer. */
    if (error == 0 && ended == child && (!WIFEXITED(how) || WEXITSTATUS(how) != EXIT_SUCCESS))
        error = EPIPE;
    return error;
}

void frem_wait_ms(unsigned ms) {
    const struct timespec step = {ms / 1000, (long)(ms % 1000) * 1000000L};
    (void)nanosleep(&step, NULL);
}

/* ---- threads ---- */

struct frem_mutex {
    pthread_mutex_t mutex;
};
struct frem_condition {
    pthread_cond_t condition;
};
struct frem_thread {
    pthread_t thread;
    void (*run)(void *context);
    void *context;
};

frem_mutex *frem_mutex_new(void) {
    frem_mutex *mutex = malloc(sizeof *mutex);
    if (mutex != NULL && pthread_mutex_init(&mutex->mutex, NULL) != 0) {
        free(mutex);
        return NULL;
    }
    return mutex;
}

void frem_mutex_free(frem_mutex *mutex) {
    if (mutex != NULL)
        (void)pthread_mutex_destroy(&mutex->mutex);
    free(mutex);
}

void frem_mutex_lock(frem_mutex *mutex) {
    (void)pthread_mutex_lock(&mutex->mutex);
}

void frem_mutex_unlock(frem_mutex *mutex) {
    (void)pthread_mutex_unlock(&mutex->mutex);
}

frem_condition *frem_condition_new(void) {
    frem_condition *condition = malloc(sizeof *condition);
    if (condition != NULL && pthread_cond_init(&condition->condition, NULL) != 0) {
        free(condition);
        return NULL;
    }
    return condition;
}

void frem_condition_free(frem_condition *condition) {
    if (condition != NULL)
        (void)pthread_cond_destroy(&condition->condition);
    free(condition);
}

void frem_condition_wait(frem_condition *condition, frem_mutex *mutex) {
    (void)pthread_cond_wait(&condition->condition, &mutex->mutex);
}

void frem_condition_wake_one(frem_condition *condition) {
    (void)pthread_cond_signal(&condition->condition);
}

void frem_condition_wake_all(frem_condition *condition) {
    (void)pthread_cond_broadcast(&condition->condition);
}

static void *thread_main(void *argument) {
    frem_thread *self = argument;
    self->run(self->context);
    return NULL;
}

frem_thread *frem_thread_new(void (*run)(void *context), void *context) {
    sigset_t all, before;
    frem_thread *thread = malloc(sizeof *thread);
    if (thread == NULL)
        return NULL;
    *thread = (frem_thread){.run = run, .context = context};
    (void)sigfillset(&all);
    int failed = pthread_sigmask(SIG_SETMASK, &all, &before);
    if (failed == 0) {
        failed = pthread_create(&thread->thread, NULL, thread_main, thread);
        (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    }
    if (failed == 0)
        return thread;
    free(thread);
    return NULL;
}

void frem_thread_join(frem_thread *thread) {
    (void)pthread_join(thread->thread, NULL);
    free(thread);
}
