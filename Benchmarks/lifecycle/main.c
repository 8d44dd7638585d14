// Load for the lifecycle workload: tickets are opened, answered, answered again and resolved, over many connections.
//
// Closed loop: every slot (connections x depth) runs one lifecycle after the other. Open loop (--rate): lifecycles
// arrive at random with that many a second, and an OPEN counts from its scheduled arrival, so that a slow server
// cannot slow the clock that judges it. Prints one line of JSON for the window.
#define _GNU_SOURCE
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "load.h"
#include "process.h"

static const struct option options[] = {
    {"protocol", required_argument, NULL, 'P'}, {"port", required_argument, NULL, 'p'},
    {"connections", required_argument, NULL, 'c'}, {"depth", required_argument, NULL, 'd'},
    {"seconds", required_argument, NULL, 't'}, {"warm-up", required_argument, NULL, 'w'},
    {"rate", required_argument, NULL, 'r'}, {"lifecycles", required_argument, NULL, 'n'},
    {"waiting", required_argument, NULL, 'f'}, {"pid", required_argument, NULL, 'x'},
    {"seed", required_argument, NULL, 's'}, {NULL, 0, NULL, 0},
};

static int usage(void) {
    fprintf(stderr,
        "usage: lifecycle --protocol inline|resp|redis|postgres|beanstalkd|ping --port N\n"
        "    --connections N   sockets (1)                     --depth N       slots on each (1)\n"
        "    --seconds S     length of the window (5)          --warm-up S     before it (0.5)\n"
        "    --rate R        open loop, lifecycles a second    --lifecycles N  so many instead of a time\n"
        "    --waiting N     first take every slot of every agent and leave N tickets in each queue\n"
        "    --pid PID       the server, for its CPU and memory   --seed N\n");
    return 2;
}

static void report(const Settings *settings, const Window *window) {
    const Histogram *all = &window->latency;
    double seconds = window->seconds;
    printf("{\"protocol\":\"%s\",\"connections\":%d,\"depth\":%d,\"rate\":%.0f,\"waiting\":%d,\"seconds\":%.3f,",
        settings->protocol->name, settings->connections, settings->depth, settings->rate, settings->waiting, seconds);
    printf("\"requests\":%lu,\"lifecycles\":%lu,\"errors\":%lu,\"queued\":%lu,\"pulled\":%lu,", window->requests,
        window->lifecycles, window->errors, window->queued, window->pulled);
    printf("\"opened\":%lu,\"lifecycles_per_s\":%.1f,", window->opened, (double)window->lifecycles / seconds);
    printf("\"requests_per_s\":%.1f,\"p50_us\":%.1f,\"p99_us\":%.1f,\"p999_us\":%.1f,\"open_p99_us\":%.1f,",
        (double)window->requests / seconds, (double)histogram_quantile(all, 0.5) / 1e3,
        (double)histogram_quantile(all, 0.99) / 1e3, (double)histogram_quantile(all, 0.999) / 1e3,
        (double)histogram_quantile(&window->openLatency, 0.99) / 1e3);
    printf("\"server_cpu\":%.4f,\"client_cpu\":%.4f,\"server_rss_kb\":%ld}\n", window->serverCPU / seconds,
        window->clientCPU / seconds, settings->pid ? process_resident_kilobytes(settings->pid) : 0);
}

int main(int count, char **arguments) {
    Settings settings = {.protocol = protocols, .connections = 1, .depth = 1, .seconds = 5, .warmUp = 0.5, .seed = 1};
    int option;
    while ((option = getopt_long(count, arguments, "", options, NULL)) != -1) {
        switch (option) {
        case 'P':
            for (settings.protocol = protocols; settings.protocol->name; settings.protocol++) {
                if (!strcmp(settings.protocol->name, optarg)) break;
            }
            if (!settings.protocol->name) return usage();
            break;
        case 'p': settings.port = atoi(optarg); break;
        case 'c': settings.connections = atoi(optarg); break;
        case 'd': settings.depth = atoi(optarg); break;
        case 't': settings.seconds = atof(optarg); break;
        case 'w': settings.warmUp = atof(optarg); break;
        case 'r': settings.rate = atof(optarg); break;
        case 'n': settings.lifecycles = strtoull(optarg, NULL, 10); break;
        case 'f': settings.waiting = atoi(optarg); break;
        case 'x': settings.pid = atoi(optarg); break;
        case 's': settings.seed = strtoull(optarg, NULL, 10); break;
        default: return usage();
        }
    }
    // Agents that are full are for servers that know agents.
    if (settings.waiting && settings.protocol->life != TICKET_LIFE) return usage();
    if (optind < count || settings.port <= 0 || settings.connections <= 0 || settings.depth <= 0) return usage();
    Window *window = load_run(&settings);
    report(&settings, window);
    return window->errors ? 3 : 0;
}
