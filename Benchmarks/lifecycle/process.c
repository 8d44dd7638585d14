#include "process.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

// Of one process and of its children that ended.
static double one_cpu(int pid) {
    char path[64], line[1024];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *file = fopen(path, "r");
    if (!file) return 0;
    size_t count = fread(line, 1, sizeof line - 1, file);
    fclose(file);
    line[count] = 0;
    // The name in parentheses may hold anything: fields are counted from its end.
    const char *rest = strrchr(line, ')');
    unsigned long user, system, endedUser, endedSystem;
    if (!rest || sscanf(rest + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu %lu %lu", &user, &system,
                     &endedUser, &endedSystem) != 4) return 0;
    return (double)(user + system + endedUser + endedSystem) / (double)sysconf(_SC_CLK_TCK);
}

double process_cpu(int pid) {
    // A server that forks a process for each connection does it from its first thread.
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", pid, pid);
    double seconds = one_cpu(pid);
    FILE *file = fopen(path, "r");
    if (!file) return seconds;
    int child;
    while (fscanf(file, "%d", &child) == 1) seconds += one_cpu(child);
    fclose(file);
    return seconds;
}

double own_cpu(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
        (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

long process_resident_kilobytes(int pid) {
    char path[64], line[256];
    snprintf(path, sizeof path, "/proc/%d/status", pid);
    FILE *file = fopen(path, "r");
    if (!file) return 0;
    long kilobytes = 0;
    while (fgets(line, sizeof line, file)) {
        if (sscanf(line, "VmRSS: %ld", &kilobytes) == 1) break;
    }
    fclose(file);
    return kilobytes;
}
