#pragma once
#include "histogram.h"
#include "protocol.h"

typedef struct {
    const Protocol *protocol;
    int port, connections, depth, pid;
    double seconds, warmUp;
    double rate;          // lifecycles a second; 0 = closed loop
    uint64_t lifecycles;  // 0 = as many as the time allows
    int waiting;          // 0 = regime "slack"; else "full" with so many waiting in each queue
    uint64_t seed;
} Settings;

typedef struct {
    double seconds, serverCPU, clientCPU;
    uint64_t requests, lifecycles, errors, queued, pulled;
    uint64_t opened;  // from the first request to the last, outside the window too
    Histogram latency, openLatency;
} Window;

// Runs the load: prefill, warm-up, the window, and to the end of what was begun. Exits when the server goes away.
Window *load_run(const Settings *settings);
