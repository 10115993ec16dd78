/* A disk that takes at least SYNC_MS to sync: every fsync and fdatasync of the process it is
 * preloaded into is done, and then lasts that long. For `tests.bench.load` only. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static void last(struct timespec *until) {
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, until, NULL) != 0)
        ;
}

static int slowly(const char *name, int fd) {
    const char *asked = getenv("SYNC_MS");
    long ns = asked ? (long)(atof(asked) * 1e6) : 0;
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    int result = real(fd);
    until.tv_nsec += ns;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    last(&until);
    return result;
}

int fsync(int fd) { return slowly("fsync", fd); }
int fdatasync(int fd) { return slowly("fdatasync", fd); }
