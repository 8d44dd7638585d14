// The requests of a lifecycle in the language of each server. A further peer is one more row of `protocols`; a language
// that needs more than a few lines has a file of its own.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buffer.h"
#include "texts.h"

typedef enum { OPEN, AGENT_REPLY, CUSTOMER_REPLY, RESOLVE, RESERVE, DELETE } Step;

// The requests of one lifecycle, in order.
typedef enum {
    TICKET_LIFE,  // OPEN, AGENT_REPLY, CUSTOMER_REPLY, RESOLVE
    JOB_LIFE,     // OPEN, RESERVE, DELETE: a bare queue that knows no thread, no agent and no capacity
    PING_LIFE,    // one request over and over
} Life;

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
    uint64_t ticket;  // of OPEN: the new one; of RESOLVE: the one its agent was given, 0 = none; of RESERVE: the job
    uint32_t agent;   // 0 = it waits
    // Of a failure: what to show, ending with a zero. NULL: the reply is text and shows itself.
    const char *reason;
} Answer;

typedef struct {
    const char *name;
    Life life;
    // Appends a request; 2,048 bytes are reserved.
    void (*encode)(Buffer *, const Request *);
    // Reads one reply: the bytes it took, 0 when it is not complete, -1 when it is no reply.
    long (*parse)(const char *bytes, size_t count, Step, Answer *);
    // What a new connection says first, waiting for the answers. NULL = nothing. Exits when it is refused.
    void (*greet)(int socket);
} Protocol;

// Ends with a row without a name.
extern const Protocol protocols[];

// Rows whose code is in files of their own.
void encode_postgres(Buffer *, const Request *);
long parse_postgres(const char *bytes, size_t count, Step, Answer *);
void greet_postgres(int socket);
void encode_beanstalkd(Buffer *, const Request *);
long parse_beanstalkd(const char *bytes, size_t count, Step, Answer *);
