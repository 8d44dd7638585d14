#define _GNU_SOURCE
#include "protocol.h"

static const struct { const char *name; int count; } channels[] = {{"ticket", 6}, {"chat", 4}, {"call", 4}};

// MARK: Switchboard, inline

static void put_quoted(Buffer *out, const Text *text) {
    PUT(out, "\"");
    put(out, text->bytes, (size_t)text->count);
    PUT(out, "\"");
}

static void encode_inline(Buffer *out, const Request *request) {
    switch (request->step) {
    case OPEN:
        PUT(out, "TICKET OPEN channel=");
        put(out, channels[request->channel].name, (size_t)channels[request->channel].count);
        PUT(out, " dept=");
        put_number(out, (uint64_t)request->department);
        PUT(out, " priority=");
        put_number(out, (uint64_t)request->priority);
        PUT(out, " subject=");
        put_quoted(out, request->subject);
        PUT(out, " body=");
        put_quoted(out, request->text);
        break;
    case AGENT_REPLY:
        PUT(out, "TICKET REPLY ");
        put_number(out, request->ticket);
        PUT(out, " by=");
        put_number(out, request->agent);
        PUT(out, " body=");
        put_quoted(out, request->text);
        break;
    case CUSTOMER_REPLY:
        PUT(out, "TICKET MESSAGE ");
        put_number(out, request->ticket);
        PUT(out, " body=");
        put_quoted(out, request->text);
        break;
    default:
        PUT(out, "TICKET RESOLVE ");
        put_number(out, request->ticket);
    }
    PUT(out, "\r\n");
}

// MARK: RESP

static void put_bulk(Buffer *out, const char *bytes, size_t count) {
    PUT(out, "$");
    put_number(out, count);
    PUT(out, "\r\n");
    put(out, bytes, count);
    PUT(out, "\r\n");
}

#define BULK(out, literal) put_bulk(out, literal, sizeof(literal) - 1)

static void put_bulk_number(Buffer *out, uint64_t value) {
    char digits[20];
    put_bulk(out, digits, decimal(value, digits));
}

static void put_bulk_text(Buffer *out, const Text *text) { put_bulk(out, text->bytes, (size_t)text->count); }

// One word `key=value`.
static void put_option(Buffer *out, const char *key, const char *bytes, size_t count) {
    size_t length = strlen(key);
    PUT(out, "$");
    put_number(out, length + 1 + count);
    PUT(out, "\r\n");
    put(out, key, length);
    PUT(out, "=");
    put(out, bytes, count);
    PUT(out, "\r\n");
}

static void put_option_number(Buffer *out, const char *key, uint64_t value) {
    char digits[20];
    put_option(out, key, digits, decimal(value, digits));
}

static void encode_resp(Buffer *out, const Request *request) {
    const Text *text = request->text;
    switch (request->step) {
    case OPEN:
        PUT(out, "*7\r\n$6\r\nTICKET\r\n$4\r\nOPEN\r\n");
        put_option(out, "channel", channels[request->channel].name, (size_t)channels[request->channel].count);
        put_option_number(out, "dept", (uint64_t)request->department);
        put_option_number(out, "priority", (uint64_t)request->priority);
        put_option(out, "subject", request->subject->bytes, (size_t)request->subject->count);
        put_option(out, "body", text->bytes, (size_t)text->count);
        break;
    case AGENT_REPLY:
        PUT(out, "*5\r\n$6\r\nTICKET\r\n$5\r\nREPLY\r\n");
        put_bulk_number(out, request->ticket);
        put_option_number(out, "by", request->agent);
        put_option(out, "body", text->bytes, (size_t)text->count);
        break;
    case CUSTOMER_REPLY:
        PUT(out, "*4\r\n$6\r\nTICKET\r\n$7\r\nMESSAGE\r\n");
        put_bulk_number(out, request->ticket);
        put_option(out, "body", text->bytes, (size_t)text->count);
        break;
    default:
        PUT(out, "*3\r\n$6\r\nTICKET\r\n$7\r\nRESOLVE\r\n");
        put_bulk_number(out, request->ticket);
    }
}

// The number after `key` in a line of JSON, with or without quotes; 0 for null or when it is not there.
static uint64_t member(const char *line, size_t count, const char *key, size_t length) {
    const char *found = memmem(line, count, key, length);
    if (!found) return 0;
    found += length;
    if (*found == '"') found++;
    uint64_t value = 0;
    while (*found >= '0' && *found <= '9') value = value * 10 + (uint64_t)(*found++ - '0');
    return value;
}

#define MEMBER(line, count, key) member(line, count, key, sizeof(key) - 1)

static long parse_switchboard(const char *bytes, size_t count, Step step, Answer *answer) {
    const char *end = memchr(bytes, '\n', count);
    if (!end) return 0;
    size_t length = (size_t)(end - bytes);
    if (*bytes == '+') {
        if (step == OPEN) answer->ticket = MEMBER(bytes, length, "\"id\":");
        if (step == RESOLVE) answer->ticket = MEMBER(bytes, length, "\"next\":");
        if (step == OPEN || step == RESOLVE) answer->agent = (uint32_t)MEMBER(bytes, length, "\"agent\":");
    } else if (*bytes == '-') {
        answer->failed = true;
    } else {
        return -1;
    }
    return (long)length + 1;
}

// MARK: Redis with the functions of redis.lua

static void put_bulk_key(Buffer *out, const char *prefix, const Request *request) {
    char key[32];
    int count = snprintf(key, sizeof key, "%s%d:%d", prefix, request->department, request->channel + 1);
    put_bulk(out, key, (size_t)count);
}

static void put_bulk_ticket(Buffer *out, uint64_t ticket) {
    char key[24] = "t:";
    put_bulk(out, key, 2 + decimal(ticket, key + 2));
}

static void encode_redis(Buffer *out, const Request *request) {
    switch (request->step) {
    case OPEN:
        PUT(out, "*11\r\n$5\r\nFCALL\r\n$4\r\nopen\r\n$1\r\n2\r\n");
        put_bulk_key(out, "a:", request);
        put_bulk_key(out, "q:", request);
        put_bulk_number(out, (uint64_t)request->department);
        put_bulk_number(out, (uint64_t)request->channel + 1);
        put_bulk_number(out, (uint64_t)request->priority);
        put_bulk_number(out, request->milliseconds);
        put_bulk_text(out, request->subject);
        put_bulk_text(out, request->text);
        break;
    case AGENT_REPLY:
    case CUSTOMER_REPLY:
        PUT(out, "*7\r\n$5\r\nFCALL\r\n$5\r\nreply\r\n$1\r\n1\r\n");
        put_bulk_ticket(out, request->ticket);
        put_bulk_number(out, request->step == AGENT_REPLY ? request->agent : 0);
        put_bulk_number(out, request->milliseconds);
        put_bulk_text(out, request->text);
        break;
    default:
        PUT(out, "*5\r\n$5\r\nFCALL\r\n$7\r\nresolve\r\n$1\r\n1\r\n");
        put_bulk_ticket(out, request->ticket);
        put_bulk_number(out, request->milliseconds);
    }
}

// `:1`, or `*2` of the ticket (of RESOLVE the next one) and the agent.
static long parse_redis(const char *bytes, size_t count, Step step, Answer *answer) {
    const char *end = memchr(bytes, '\n', count);
    (void)step;
    if (!end) return 0;
    switch (*bytes) {
    case ':': break;
    case '-': answer->failed = true; break;
    case '*': {
        const char *first = end + 1;
        const char *second = memchr(first, '\n', count - (size_t)(first - bytes));
        if (!second) return 0;
        end = memchr(second + 1, '\n', count - (size_t)(second + 1 - bytes));
        if (!end) return 0;
        answer->ticket = strtoull(first + 1, NULL, 10);
        answer->agent = (uint32_t)strtoul(second + 2, NULL, 10);
        break;
    }
    default: return -1;
    }
    return end - bytes + 1;
}

// MARK: PING

static void encode_ping(Buffer *out, const Request *request) {
    (void)request;
    PUT(out, "PING\r\n");
}

static long parse_ping(const char *bytes, size_t count, Step step, Answer *answer) {
    const char *end = memchr(bytes, '\n', count);
    (void)step;
    answer->failed = *bytes != '+';
    return end ? end - bytes + 1 : 0;
}

const Protocol protocols[] = {
    {"inline", TICKET_LIFE, encode_inline, parse_switchboard, NULL},
    {"resp", TICKET_LIFE, encode_resp, parse_switchboard, NULL},
    {"redis", TICKET_LIFE, encode_redis, parse_redis, NULL},
    {"postgres", TICKET_LIFE, encode_postgres, parse_postgres, greet_postgres},
    {"beanstalkd", JOB_LIFE, encode_beanstalkd, parse_beanstalkd, NULL},
    {"ping", PING_LIFE, encode_ping, parse_ping, NULL},
    {NULL, PING_LIFE, NULL, NULL, NULL},
};
