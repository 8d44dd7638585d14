// The requests of a lifecycle in the language of each server. A further peer is one more row of `protocols`.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buffer.h"
#include "texts.h"

typedef enum { OPEN, AGENT_REPLY, CUSTOMER_REPLY, RESOLVE, STEPS } Step;

typedef struct {
    Step step;
    int department;  // 1...10
    int channel;     // 0 ticket, 1 chat, 2 call
    int priority;    // 1...4
    uint64_t ticket;
    uint32_t agent;
    const Text *subject, *text;
    uint64_t milliseconds;  // wall clock, for a server that has none
} Request;

typedef struct {
    bool failed;
    uint64_t ticket;  // of OPEN: the new one; of RESOLVE: the one its agent was given, 0 = none
    uint32_t agent;   // 0 = it waits
} Answer;

typedef struct {
    const char *name;
    // A ping has no life: one request over and over.
    bool isPing;
    // Appends a request; 2,048 bytes are reserved.
    void (*encode)(Buffer *, const Request *);
    // Reads one reply: the bytes it took, 0 when it is not complete, -1 when it is no reply.
    long (*parse)(const char *bytes, size_t count, Step, Answer *);
} Protocol;

// Ends with a row without a name.
extern const Protocol protocols[];
