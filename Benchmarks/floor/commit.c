// The floor of a durable request: answers each line once as many bytes as Switchboard's journal would take for it are on
// disk, and does nothing else. `commit PORT FILE [BYTES]`: BYTES for each request (see Benchmarks/README.md).
//
// Two threads. The loop reads, copies each line into the front buffer, and notes which answer waits for which record. The
// writer swaps the two buffers, writes and syncs all that came since the last time, says how far the disk is, and wakes the
// loop, which then answers. The file is full of zeros from the start and written round and round.
//
// OPEN gets a ticket with an id and agent 1, so that the lifecycle load goes on; the other answers are as long as
// Switchboard's.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

enum { FILE_BYTES = 256 << 20, HALF_BYTES = 32 << 20, MOST_WAITING = 1 << 16, MOST_REPLY = 256 };

typedef struct {
    int socket;
    char *in, *out;
    size_t inCount, inCapacity, outCount, outCapacity;
    // Bytes of all its answers so far, and of those that have left.
    uint64_t answered, sent;
} Client;

// Answers of `client` up to `answered` may leave when the disk has `record`.
typedef struct {
    Client *client;
    uint64_t answered, record;
} Waiting;

static int recordBytes = 175, journal, poller, wakeUp;
static uint64_t lastTicket;
static Waiting waiting[MOST_WAITING];
static uint64_t waitingFirst, waitingEnd;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t work = PTHREAD_COND_INITIALIZER;
static char *front, *back;
static size_t frontCount;
static uint64_t appended;
static bool writerSleeps;
static _Atomic uint64_t durable;

static void die(const char *what) {
    perror(what);
    exit(1);
}

static void *write_groups(void *unused) {
    (void)unused;
    size_t offset = 0;
    for (;;) {
        pthread_mutex_lock(&lock);
        while (frontCount == 0) {
            writerSleeps = true;
            pthread_cond_wait(&work, &lock);
        }
        writerSleeps = false;
        char *filled = front;
        front = back;
        back = filled;
        size_t count = frontCount;
        uint64_t record = appended;
        frontCount = 0;
        pthread_mutex_unlock(&lock);
        if (offset + count > FILE_BYTES) offset = 0;
        if (pwrite(journal, filled, count, (off_t)offset) != (ssize_t)count) die("pwrite");
        if (fdatasync(journal)) die("fdatasync");
        offset += count;
        atomic_store(&durable, record);
        eventfd_write(wakeUp, 1);
    }
    return NULL;
}

// MARK: The loop

static void reserve(char **bytes, size_t *capacity, size_t needed) {
    if (needed <= *capacity) return;
    *capacity = needed * 2;
    *bytes = realloc(*bytes, *capacity);
}

static void put_reply(Client *client, const char *line, size_t count) {
    reserve(&client->out, &client->outCapacity, client->outCount + MOST_REPLY);
    char *to = client->out + client->outCount;
    int length;
    if (count > 8 && !memcmp(line, "TICKET O", 8)) {
        length = snprintf(to, MOST_REPLY,
            "+{\"id\":%lu,\"version\":1,\"status\":\"new\",\"dept\":\"3\",\"agent\":\"1\"}\r\n", ++lastTicket);
    } else if (count > 10 && !memcmp(line, "TICKET RES", 10)) {
        static const char resolved[] = "+{\"id\":100000,\"version\":4,\"status\":\"resolved\",\"dept\":\"3\",\"agent\":\"274\",\"next\":null}\r\n";
        memcpy(to, resolved, length = (int)sizeof resolved - 1);
    } else {
        static const char changed[] = "+{\"id\":100000,\"version\":2,\"status\":\"answered\",\"dept\":\"3\",\"agent\":\"274\"}\r\n";
        memcpy(to, changed, length = (int)sizeof changed - 1);
    }
    client->outCount += (size_t)length;
    client->answered += (size_t)length;
}

// Its memory stays: somebody may wait for the disk in its name.
static void close_client(Client *client) {
    close(client->socket);
    client->socket = -1;
}

static void send_up_to(Client *client, uint64_t answered) {
    size_t done = 0, count = (size_t)(answered - client->sent);
    if (client->socket < 0) return;
    while (done < count) {
        // A blocking socket: one call takes it all.
        ssize_t length = send(client->socket, client->out + done, count - done, MSG_NOSIGNAL);
        if (length < 0 && errno == EINTR) continue;
        if (length < 0) return close_client(client);
        done += (size_t)length;
    }
    client->sent = answered;
    client->outCount -= done;
    memmove(client->out, client->out + done, client->outCount);
}

static void serve(Client *client) {
    reserve(&client->in, &client->inCapacity, client->inCount + 65536);
    ssize_t length = recv(client->socket, client->in + client->inCount, client->inCapacity - client->inCount, MSG_DONTWAIT);
    if (length < 0 && errno == EAGAIN) return;
    if (length <= 0) return close_client(client);
    client->inCount += (size_t)length;
    const char *at = client->in, *end = client->in + client->inCount, *found;
    pthread_mutex_lock(&lock);
    while ((found = memchr(at, '\n', (size_t)(end - at)))) {
        size_t line = (size_t)(found - at), kept = line < (size_t)recordBytes ? line : (size_t)recordBytes;
        if (frontCount + (size_t)recordBytes > HALF_BYTES) die("the disk does not keep up");
        // The record begins with what came, so that the bytes are touched as a journal would.
        memcpy(front + frontCount, at, kept);
        frontCount += (size_t)recordBytes;
        appended++;
        put_reply(client, at, line);
        at = found + 1;
    }
    uint64_t record = appended;
    pthread_mutex_unlock(&lock);
    if (at > client->in) {
        if (waitingEnd - waitingFirst == MOST_WAITING) die("too many wait");
        waiting[waitingEnd++ % MOST_WAITING] = (Waiting){client, client->answered, record};
    }
    client->inCount = (size_t)(end - at);
    memmove(client->in, at, client->inCount);
}

// Once a turn, not once a request.
static void wake_writer(void) {
    pthread_mutex_lock(&lock);
    bool wake = writerSleeps && frontCount > 0;
    if (wake) writerSleeps = false;
    pthread_mutex_unlock(&lock);
    if (wake) pthread_cond_signal(&work);
}

static void answer_durable(void) {
    uint64_t reached = atomic_load(&durable);
    while (waitingFirst < waitingEnd && waiting[waitingFirst % MOST_WAITING].record <= reached) {
        Waiting *next = &waiting[waitingFirst++ % MOST_WAITING];
        send_up_to(next->client, next->answered);
    }
}

static void watch(int descriptor, void *pointer) {
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = pointer};
    if (epoll_ctl(poller, EPOLL_CTL_ADD, descriptor, &event)) die("epoll_ctl");
}

static void accept_client(int listener) {
    int on = 1, descriptor = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    if (descriptor < 0) return;
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    Client *client = calloc(1, sizeof *client);
    client->socket = descriptor;
    watch(descriptor, client);
}

static int listen_on(int port) {
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 1024)) die("listen");
    return listener;
}

static void open_journal(const char *path) {
    journal = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (journal < 0) die(path);
    front = calloc(1, HALF_BYTES);
    back = calloc(1, HALF_BYTES);
    for (off_t at = 0; at < FILE_BYTES; at += HALF_BYTES) {
        if (pwrite(journal, front, HALF_BYTES, at) != HALF_BYTES) die("pwrite");
    }
    if (fsync(journal)) die("fsync");
    memset(front, 'x', HALF_BYTES);
    memset(back, 'x', HALF_BYTES);
}

int main(int count, char **arguments) {
    if (count < 3) {
        fprintf(stderr, "usage: commit PORT FILE [BYTES]\n");
        return 2;
    }
    if (count > 3) recordBytes = atoi(arguments[3]);
    open_journal(arguments[2]);
    int listener = listen_on(atoi(arguments[1]));
    poller = epoll_create1(EPOLL_CLOEXEC);
    wakeUp = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    static char listenerToken, wakeToken;
    watch(listener, &listenerToken);
    watch(wakeUp, &wakeToken);
    pthread_t writer;
    if (pthread_create(&writer, NULL, write_groups, NULL)) die("pthread_create");
    for (;;) {
        struct epoll_event events[256];
        int ready = epoll_wait(poller, events, 256, -1);
        for (int i = 0; i < ready; i++) {
            void *target = events[i].data.ptr;
            if (target == &listenerToken) {
                accept_client(listener);
            } else if (target == &wakeToken) {
                eventfd_t ignored;
                eventfd_read(wakeUp, &ignored);
            } else if (((Client *)target)->socket >= 0) {
                serve(target);
            }
        }
        wake_writer();
        answer_durable();
    }
}
