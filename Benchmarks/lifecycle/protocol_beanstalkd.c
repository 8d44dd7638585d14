// beanstalkd as a bare queue: `put`, `reserve`, `delete`. No thread, no agent, no capacity.
#define _GNU_SOURCE
#include "protocol.h"

void encode_beanstalkd(Buffer *out, const Request *request) {
    switch (request->step) {
    case OPEN:
        // put <priority> <delay> <seconds to work on it> <bytes>; the job is the subject, a tab and the message.
        PUT(out, "put ");
        put_number(out, (uint64_t)request->priority);
        PUT(out, " 0 600 ");
        put_number(out, (uint64_t)(request->subject->count + 1 + request->text->count));
        PUT(out, "\r\n");
        put(out, request->subject->bytes, (size_t)request->subject->count);
        PUT(out, "\t");
        put(out, request->text->bytes, (size_t)request->text->count);
        break;
    case RESERVE:
        PUT(out, "reserve");
        break;
    default:
        PUT(out, "delete ");
        put_number(out, request->ticket);
    }
    PUT(out, "\r\n");
}

#define BEGINS(bytes, literal) (!memcmp(bytes, literal, sizeof(literal) - 1))

// `INSERTED <id>`, `RESERVED <id> <bytes>` and the job behind it, `DELETED`; whatever else is a failure.
long parse_beanstalkd(const char *bytes, size_t count, Step step, Answer *answer) {
    const char *end = memchr(bytes, '\n', count);
    if (!end) return 0;
    size_t length = (size_t)(end - bytes) + 1;
    if (step == OPEN && length > 9 && BEGINS(bytes, "INSERTED ")) {
        answer->ticket = strtoull(bytes + 9, NULL, 10);
    } else if (step == RESERVE && length > 9 && BEGINS(bytes, "RESERVED ")) {
        char *size;
        answer->ticket = strtoull(bytes + 9, &size, 10);
        length += strtoull(size, NULL, 10) + 2;
        if (length > count) return 0;
    } else {
        answer->failed = !(step == DELETE && length > 7 && BEGINS(bytes, "DELETED"));
    }
    return (long)length;
}
