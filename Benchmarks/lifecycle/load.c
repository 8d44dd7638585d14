#define _GNU_SOURCE
#include "load.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "process.h"
#include "ring.h"

typedef struct Connection Connection;

// Runs one lifecycle at a time.
typedef struct {
    Connection *connection;
    Request request;
    uint64_t since;  // when its latency began
    bool onlyOpens;  // prefill: leaves the ticket where it is
} Slot;

struct Connection {
    int socket;
    bool hasOutput, waitsForRoom;
    Buffer in, out;
    Ring asked;  // slots in the order in which their requests were sent
};

// MARK: State

static const Settings *settings;
static Window window;
static Texts texts;
static int poller;
static Connection *connections, **withOutput;
static int withOutputCount;
static Ring idle;        // slots that run nothing
static Ring arrivals;    // scheduled times of lifecycles no slot was free for
static Ring inHand[10][3];  // (ticket, agent): assigned, not worked on yet
static uint64_t now, wallOffset, inFlight, started, opened, nextArrival;
static uint64_t prefillLeft, prefillNumber;
static enum { PREFILL, WARM_UP, MEASURE, END } phase;

static const uint64_t second = 1000000000;

static uint64_t nanoseconds(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return (uint64_t)time.tv_sec * second + (uint64_t)time.tv_nsec;
}

static void fail(const char *what) {
    perror(what);
    exit(1);
}

// MARK: Lifecycles

static void send_request(Slot *slot) {
    Connection *connection = slot->connection;
    buffer_reserve(&connection->out, 2048);
    slot->request.milliseconds = (now + wallOffset) / 1000000;
    settings->protocol->encode(&connection->out, &slot->request);
    ring_push(&connection->asked, (uint64_t)slot);
    if (!connection->hasOutput) withOutput[withOutputCount++] = connection;
    connection->hasOutput = true;
}

static const Text *any(const Text list[TEXTS]) { return &list[random_below(TEXTS)]; }

static void begin(Slot *slot, uint64_t since) {
    Request *request = &slot->request;
    slot->since = since;
    slot->onlyOpens = phase == PREFILL;
    started++;
    if (slot->onlyOpens) {
        // Every queue in turn, so that all fill alike; a channel with less capacity drops out earlier.
        static const int capacity[] = {500, 300, 100};
        uint64_t place;
        do { place = prefillNumber++; } while (place / 30 >= (uint64_t)(capacity[place % 3] + settings->waiting));
        request->channel = (int)(place % 3);
        request->department = (int)(place / 3 % 10) + 1;
        prefillLeft--;
    } else {
        uint64_t tenth = random_below(10);
        request->department = (int)random_below(10) + 1;
        request->channel = tenth < 7 ? 0 : tenth < 9 ? 1 : 2;
    }
    request->priority = (int)random_below(4) + 1;
    request->subject = any(texts.subjects);
    request->text = any(texts.bodies);
    request->step = OPEN;
    send_request(slot);
}

static bool may_begin(void) {
    switch (phase) {
    case PREFILL: return prefillLeft > 0;
    case WARM_UP:
    case MEASURE: return settings->rate == 0 && (!settings->lifecycles || started < settings->lifecycles);
    case END: return false;
    }
    return false;
}

static void end(Slot *slot) {
    if (may_begin()) return begin(slot, now);
    if (settings->rate > 0 && phase != END && !ring_is_empty(&arrivals)) return begin(slot, ring_pop(&arrivals));
    ring_push(&idle, (uint64_t)slot);
    inFlight--;
}

static void keep(const Request *request, uint64_t ticket, uint32_t agent) {
    Ring *ring = &inHand[request->department - 1][request->channel];
    ring_push(ring, ticket);
    ring_push(ring, agent);
}

// Sends the next request of the same lifecycle.
static void next_step(Slot *slot, Step step) {
    slot->request.step = step;
    slot->since = now;
    send_request(slot);
}

static void finish(Slot *slot) {
    window.lifecycles++;
    end(slot);
}

// A slot reserves only after a job of its own was put, so there is always one to get, though it may be another's.
static void go_on_with_job(Slot *slot, const Answer *answer) {
    if (answer->failed) return end(slot);
    switch (slot->request.step) {
    case OPEN: return next_step(slot, RESERVE);
    case RESERVE:
        slot->request.ticket = answer->ticket;
        return next_step(slot, DELETE);
    default: return finish(slot);
    }
}

static void go_on_with_ticket(Slot *slot, const Answer *answer) {
    Request *request = &slot->request;
    switch (request->step) {
    case OPEN: {
        Ring *ring = &inHand[request->department - 1][request->channel];
        if (answer->agent) keep(request, answer->ticket, answer->agent); else window.queued++;
        // Nothing of this queue is in hand, or the answer was an error: the lifecycle ends here.
        if (slot->onlyOpens || ring_is_empty(ring)) return end(slot);
        request->ticket = ring_pop(ring);
        request->agent = (uint32_t)ring_pop(ring);
        request->text = any(texts.answers);
        return next_step(slot, AGENT_REPLY);
    }
    case AGENT_REPLY:
        request->text = any(texts.messages);
        return next_step(slot, CUSTOMER_REPLY);
    case CUSTOMER_REPLY: return next_step(slot, RESOLVE);
    default:
        if (answer->ticket && answer->agent) {
            keep(request, answer->ticket, answer->agent);
            window.pulled++;
        }
        return finish(slot);
    }
}

static void go_on(Slot *slot, const Answer *answer) {
    switch (settings->protocol->life) {
    case TICKET_LIFE: return go_on_with_ticket(slot, answer);
    case JOB_LIFE: return go_on_with_job(slot, answer);
    case PING_LIFE: return finish(slot);
    }
}

// After regime "full": resolves what is in hand, and what that pulls, so that the next run finds empty queues.
static bool resolve_leftover(Slot *slot) {
    for (int place = 0; place < 30; place++) {
        Ring *ring = &inHand[place / 3][place % 3];
        if (ring_is_empty(ring)) continue;
        slot->request.department = place / 3 + 1;
        slot->request.channel = place % 3;
        slot->request.ticket = ring_pop(ring);
        slot->request.agent = (uint32_t)ring_pop(ring);
        slot->request.step = RESOLVE;
        slot->since = now;
        inFlight++;
        send_request(slot);
        return true;
    }
    return false;
}

// MARK: Sockets

static void watch(Connection *connection, int operation, bool forRoom) {
    struct epoll_event event = {.events = EPOLLIN | (forRoom ? EPOLLOUT : 0), .data.ptr = connection};
    if (epoll_ctl(poller, operation, connection->socket, &event)) fail("epoll_ctl");
    connection->waitsForRoom = forRoom;
}

static void flush_output(Connection *connection) {
    Buffer *out = &connection->out;
    while (out->start < out->end) {
        ssize_t count = write(connection->socket, out->bytes + out->start, out->end - out->start);
        if (count < 0 && errno == EAGAIN) break;
        if (count < 0) fail("write");
        out->start += (size_t)count;
    }
    bool isLeft = out->start < out->end;
    if (!isLeft) out->start = out->end = 0;
    if (isLeft != connection->waitsForRoom) watch(connection, EPOLL_CTL_MOD, isLeft);
}

static void take_reply(Connection *connection, const Answer *answer) {
    Slot *slot = (Slot *)ring_pop(&connection->asked);
    uint64_t latency = now - slot->since;
    histogram_add(&window.latency, latency);
    if (slot->request.step == OPEN) {
        histogram_add(&window.openLatency, latency);
        opened += !answer->failed;
    }
    window.requests++;
    window.errors += answer->failed;
    go_on(slot, answer);
}

static void read_replies(Connection *connection) {
    Buffer *in = &connection->in;
    buffer_reserve(in, 65536);
    ssize_t count = read(connection->socket, in->bytes + in->end, in->capacity - in->end);
    if (count < 0 && errno == EAGAIN) return;
    if (count <= 0) fail("the server closed a connection");
    in->end += (size_t)count;
    now = nanoseconds(CLOCK_MONOTONIC);
    while (in->start < in->end) {
        Answer answer = {0};
        const char *bytes = in->bytes + in->start;
        Step step = ((Slot *)ring_first(&connection->asked))->request.step;
        long taken = settings->protocol->parse(bytes, in->end - in->start, step, &answer);
        if (taken == 0) break;
        if (answer.failed && window.errors < 5) {
            if (answer.reason) fprintf(stderr, "error: %s\n", answer.reason);
            else fprintf(stderr, "error: %.*s", (int)(taken > 0 ? taken : 80), bytes);
        }
        if (taken < 0) fail("not a reply");
        in->start += (size_t)taken;
        take_reply(connection, &answer);
    }
    memmove(in->bytes, in->bytes + in->start, in->end - in->start);
    in->end -= in->start;
    in->start = 0;
}

static void connect_all(void) {
    connections = calloc((size_t)settings->connections, sizeof *connections);
    withOutput = calloc((size_t)settings->connections, sizeof *withOutput);
    Slot *slots = calloc((size_t)settings->connections * (size_t)settings->depth, sizeof *slots);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)settings->port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    for (int i = 0; i < settings->connections; i++) {
        int on = 1, fd = socket(AF_INET, SOCK_STREAM, 0);
        if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address)) fail("connect");
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (settings->protocol->greet) settings->protocol->greet(fd);
        fcntl(fd, F_SETFL, O_NONBLOCK);
        connections[i].socket = fd;
        watch(&connections[i], EPOLL_CTL_ADD, false);
    }
    // Neighbouring slots belong to different connections, so that few lifecycles spread over many connections.
    for (int i = 0; i < settings->connections * settings->depth; i++) {
        slots[i].connection = &connections[i % settings->connections];
        ring_push(&idle, (uint64_t)&slots[i]);
    }
}

// MARK: Phases

static uint64_t deadline(double seconds) { return now + (uint64_t)(seconds * 1e9); }

static void begin_window(void) {
    memset(&window, 0, sizeof window);
    window.serverCPU = -process_cpu(settings->pid);
    window.clientCPU = -own_cpu();
}

static void end_window(Window *result, uint64_t since) {
    window.seconds = (double)(nanoseconds(CLOCK_MONOTONIC) - since) / 1e9;
    window.serverCPU += process_cpu(settings->pid);
    window.clientCPU += own_cpu();
    *result = window;
}

static void begin_lifecycles(void) {
    if (settings->rate > 0 && (phase == WARM_UP || phase == MEASURE)) {
        while (nextArrival <= now) {
            ring_push(&arrivals, nextArrival);
            nextArrival += (uint64_t)(-log(random_unit()) / settings->rate * 1e9) + 1;
        }
        while (!ring_is_empty(&arrivals) && !ring_is_empty(&idle)) {
            inFlight++;
            begin((Slot *)ring_pop(&idle), ring_pop(&arrivals));
        }
    }
    while (!ring_is_empty(&idle) && may_begin()) {
        inFlight++;
        begin((Slot *)ring_pop(&idle), now);
    }
    while (phase == END && settings->waiting && !ring_is_empty(&idle)) {
        if (!resolve_leftover((Slot *)ring_first(&idle))) break;
        ring_pop(&idle);
    }
}

static void turn(uint64_t until) {
    struct epoll_event events[256];
    begin_lifecycles();
    for (int i = 0; i < withOutputCount; i++) {
        withOutput[i]->hasOutput = false;
        flush_output(withOutput[i]);
    }
    withOutputCount = 0;
    if (settings->rate > 0 && phase != END && nextArrival < until) until = nextArrival;
    now = nanoseconds(CLOCK_MONOTONIC);
    uint64_t wait = until <= now ? 0 : until - now < second / 20 ? until - now : second / 20;
    struct timespec timeout = {0, (long)wait};
    int count = epoll_pwait2(poller, events, 256, &timeout, NULL);
    for (int i = 0; i < count; i++) {
        Connection *connection = events[i].data.ptr;
        if (events[i].events & EPOLLOUT) flush_output(connection);
        if (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) read_replies(connection);
    }
    now = nanoseconds(CLOCK_MONOTONIC);
}

Window *load_run(const Settings *given) {
    static Window result;
    settings = given;
    random_seed(4711);
    texts_make(&texts);
    random_seed(settings->seed);
    poller = epoll_create1(0);
    connect_all();
    now = nanoseconds(CLOCK_MONOTONIC);
    wallOffset = nanoseconds(CLOCK_REALTIME) - now;
    prefillLeft = settings->waiting ? 9000 + 30 * (uint64_t)settings->waiting : 0;
    while (prefillLeft > 0 || inFlight > 0) turn(now + second);
    phase = WARM_UP;
    started = 0;
    nextArrival = now;
    uint64_t until = settings->lifecycles ? now : deadline(settings->warmUp);
    while (now < until) turn(until);
    phase = MEASURE;
    begin_window();
    uint64_t since = now;
    if (settings->lifecycles) {
        do { turn(now + second); } while (inFlight > 0);
    } else {
        for (until = deadline(settings->seconds); now < until;) turn(until);
    }
    end_window(&result, since);
    phase = END;
    // Arrivals that no slot took are dropped here, after the window was closed.
    until = deadline(30);
    do {
        turn(until);
        begin_lifecycles();
    } while (inFlight > 0 && now < until);
    result.opened = opened;
    return &result;
}
