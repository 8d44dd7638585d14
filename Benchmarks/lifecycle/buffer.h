// A growing run of bytes: written at the end, read from `start`.
#pragma once
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    char *bytes;
    size_t start, end, capacity;
} Buffer;

static inline void buffer_reserve(Buffer *buffer, size_t more) {
    if (buffer->end + more <= buffer->capacity) return;
    size_t capacity = buffer->capacity ? buffer->capacity : 16384;
    while (capacity < buffer->end + more) capacity *= 2;
    buffer->bytes = realloc(buffer->bytes, capacity);
    if (!buffer->bytes) { perror("out of memory"); exit(1); }
    buffer->capacity = capacity;
}

// The room must have been reserved.
static inline void put(Buffer *buffer, const void *bytes, size_t count) {
    memcpy(buffer->bytes + buffer->end, bytes, count);
    buffer->end += count;
}

#define PUT(buffer, literal) put(buffer, literal, sizeof(literal) - 1)

static inline size_t decimal(uint64_t value, char digits[20]) {
    char reversed[20];
    size_t count = 0;
    do { reversed[count++] = (char)('0' + value % 10); } while (value /= 10);
    for (size_t i = 0; i < count; i++) digits[i] = reversed[count - 1 - i];
    return count;
}

static inline void put_number(Buffer *buffer, uint64_t value) {
    char digits[20];
    put(buffer, digits, decimal(value, digits));
}
