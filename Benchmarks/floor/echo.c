// The floor: answers each line with +PONG, on one thread, and does nothing else. `echo PORT`.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

static char in[65536], out[7 * sizeof in];

static void serve(int client) {
    ssize_t count = read(client, in, sizeof in);
    if (count <= 0) {
        close(client);
        return;
    }
    size_t length = 0;
    const char *end = in + count;
    for (const char *at = in; (at = memchr(at, '\n', (size_t)(end - at))); at++) {
        memcpy(out + length, "+PONG\r\n", 7);
        length += 7;
    }
    // A blocking socket: one write takes it all.
    if (length && write(client, out, length) < 0) close(client);
}

int main(int count, char **arguments) {
    int listener = socket(AF_INET, SOCK_STREAM, 0), poller = epoll_create1(0), on = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)(count > 1 ? atoi(arguments[1]) : 0))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 1024)) {
        perror("echo");
        return 1;
    }
    struct epoll_event events[256], event = {.events = EPOLLIN, .data.fd = listener};
    epoll_ctl(poller, EPOLL_CTL_ADD, listener, &event);
    for (;;) {
        int ready = epoll_wait(poller, events, 256, -1);
        for (int i = 0; i < ready; i++) {
            if (events[i].data.fd != listener) {
                serve(events[i].data.fd);
                continue;
            }
            int client = accept(listener, NULL, NULL);
            setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            struct epoll_event added = {.events = EPOLLIN, .data.fd = client};
            epoll_ctl(poller, EPOLL_CTL_ADD, client, &added);
        }
    }
}
