// PostgreSQL with the functions of postgres.sql: the extended protocol of version 3, statements prepared once for each
// connection, binary arguments and results, a Sync behind each request, so that each is a transaction.
#define _GNU_SOURCE
#include <endian.h>
#include <unistd.h>

#include "protocol.h"

// MARK: Messages

static void put_16(Buffer *out, int value) {
    uint16_t bytes = htobe16((uint16_t)value);
    put(out, &bytes, sizeof bytes);
}

static void put_32(Buffer *out, uint32_t value) {
    uint32_t bytes = htobe32(value);
    put(out, &bytes, sizeof bytes);
}

// Begins a message, whose length is filled in at its end. Answers where the length stands. The first message of a
// connection has no kind.
static size_t begin_message(Buffer *out, char kind) {
    if (kind) put(out, &kind, 1);
    size_t place = out->end;
    put_32(out, 0);
    return place;
}

static void end_message(Buffer *out, size_t place) {
    uint32_t length = htobe32((uint32_t)(out->end - place));
    memcpy(out->bytes + place, &length, sizeof length);
}

static uint64_t big_endian(const char *bytes, size_t count) {
    uint64_t value = 0;
    for (size_t i = 0; i < count; i++) value = value << 8 | (uint8_t)bytes[i];
    return value;
}

// MARK: Requests

static void put_int16(Buffer *out, int value) {
    put_32(out, 2);
    put_16(out, value);
}

static void put_int32(Buffer *out, uint32_t value) {
    put_32(out, 4);
    put_32(out, value);
}

static void put_int64(Buffer *out, uint64_t value) {
    uint64_t bytes = htobe64(value);
    put_32(out, 8);
    put(out, &bytes, sizeof bytes);
}

static void put_text(Buffer *out, const Text *text) {
    put_32(out, (uint32_t)text->count);
    put(out, text->bytes, (size_t)text->count);
}

// Portal and statement, "all arguments are binary", and how many there are.
static void put_bind(Buffer *out, const char *statement, int arguments) {
    PUT(out, "\0");
    put(out, statement, strlen(statement) + 1);
    put_16(out, 1);
    put_16(out, 1);
    put_16(out, arguments);
}

void encode_postgres(Buffer *out, const Request *request) {
    size_t message = begin_message(out, 'B');
    switch (request->step) {
    case OPEN:
        put_bind(out, "open", 5);
        put_int16(out, request->department);
        put_int16(out, request->channel + 1);
        put_int16(out, request->priority);
        put_text(out, request->subject);
        put_text(out, request->text);
        break;
    case AGENT_REPLY:
    case CUSTOMER_REPLY:
        put_bind(out, "reply", 3);
        put_int64(out, request->ticket);
        put_int32(out, request->step == AGENT_REPLY ? request->agent : 0);
        put_text(out, request->text);
        break;
    default:
        put_bind(out, "resolve", 1);
        put_int64(out, request->ticket);
    }
    // All results are binary.
    put_16(out, 1);
    put_16(out, 1);
    end_message(out, message);
    message = begin_message(out, 'E');
    PUT(out, "\0");
    put_32(out, 0);
    end_message(out, message);
    end_message(out, begin_message(out, 'S'));
}

// MARK: Replies

// The text of an error: the field `M`, among fields that each end with a zero.
static const char *error_text(const char *fields) {
    while (*fields && *fields != 'M') fields += strlen(fields) + 1;
    return *fields ? fields + 1 : "an error without a text";
}

// A row of the ticket (of RESOLVE the next one) and the agent; of a reply, one column that says nothing.
static void read_row(const char *row, Answer *answer) {
    size_t columns = big_endian(row, 2);
    uint64_t values[2] = {0, 0};
    row += 2;
    for (size_t i = 0; i < columns; i++) {
        int32_t length = (int32_t)big_endian(row, 4);
        row += 4;
        if (length < 0) continue;
        if (i < 2) values[i] = big_endian(row, (size_t)length);
        row += length;
    }
    answer->ticket = values[0];
    answer->agent = (uint32_t)values[1];
}

long parse_postgres(const char *bytes, size_t count, Step step, Answer *answer) {
    size_t at = 0;
    bool hasRow = false;
    (void)step;
    for (;;) {
        if (count - at < 5) return 0;
        size_t length = big_endian(bytes + at + 1, 4) + 1;
        if (length < 5) return -1;
        if (count - at < length) return 0;
        const char *message = bytes + at + 5;
        switch (bytes[at]) {
        case 'D':
            hasRow = true;
            read_row(message, answer);
            break;
        case 'E':
            answer->failed = true;
            answer->reason = error_text(message);
            break;
        case 'Z':
            if (!hasRow && !answer->failed) {
                answer->failed = true;
                answer->reason = "no row came";
            }
            return (long)(at + length);
        }
        at += length;
    }
}

// MARK: Greeting

static void read_all(int socket, char *bytes, size_t count) {
    while (count > 0) {
        ssize_t taken = read(socket, bytes, count);
        if (taken <= 0) {
            fprintf(stderr, "postgres closed a connection that was being set up\n");
            exit(1);
        }
        bytes += taken;
        count -= (size_t)taken;
    }
}

// Sends what is in the buffer and reads up to "ready for a request".
static void ask(int socket, Buffer *out) {
    static char message[65536];
    if (write(socket, out->bytes, out->end) != (ssize_t)out->end) {
        perror("write");
        exit(1);
    }
    out->end = 0;
    for (char kind = 0; kind != 'Z';) {
        char head[5];
        read_all(socket, head, sizeof head);
        kind = head[0];
        size_t length = big_endian(head + 1, 4) - 4;
        if (length >= sizeof message) {
            fprintf(stderr, "postgres sent a message of %zu bytes to a greeting\n", length);
            exit(1);
        }
        read_all(socket, message, length);
        message[length] = 0;
        if (kind == 'E') {
            fprintf(stderr, "postgres: %s\n", error_text(message));
            exit(1);
        }
    }
}

enum { INT8 = 20, INT2 = 21, INT4 = 23, TEXT = 25 };

static void put_parse(Buffer *out, const char *statement, const char *query, int count, const uint32_t *types) {
    size_t message = begin_message(out, 'P');
    put(out, statement, strlen(statement) + 1);
    put(out, query, strlen(query) + 1);
    put_16(out, count);
    for (int i = 0; i < count; i++) put_32(out, types[i]);
    end_message(out, message);
}

void greet_postgres(int socket) {
    Buffer out = {0};
    buffer_reserve(&out, 2048);
    size_t message = begin_message(&out, 0);
    put_32(&out, 3 << 16);
    PUT(&out, "user\0postgres\0database\0postgres\0\0");
    end_message(&out, message);
    ask(socket, &out);
    put_parse(&out, "open", "SELECT id, agent FROM ticket_open($1, $2, $3, $4, $5)", 5,
        (const uint32_t[]){INT2, INT2, INT2, TEXT, TEXT});
    put_parse(&out, "reply", "SELECT ticket_reply($1, $2, $3)", 3, (const uint32_t[]){INT8, INT4, TEXT});
    put_parse(&out, "resolve", "SELECT next, agent FROM ticket_resolve($1)", 1, (const uint32_t[]){INT8});
    end_message(&out, begin_message(&out, 'S'));
    ask(socket, &out);
    free(out.bytes);
}
