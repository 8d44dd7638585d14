// A queue of numbers that grows.
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

typedef struct {
    uint64_t *values;
    uint64_t first, next, capacity;  // positions only rise; the capacity is a power of two
} Ring;

static inline bool ring_is_empty(const Ring *ring) { return ring->first == ring->next; }
static inline uint64_t ring_first(const Ring *ring) { return ring->values[ring->first & (ring->capacity - 1)]; }

static inline uint64_t ring_pop(Ring *ring) { return ring->values[ring->first++ & (ring->capacity - 1)]; }

static inline void ring_push(Ring *ring, uint64_t value) {
    if (ring->next - ring->first == ring->capacity) {
        uint64_t capacity = ring->capacity ? 2 * ring->capacity : 64, *values = malloc(capacity * sizeof *values);
        if (!values) abort();
        for (uint64_t at = ring->first; at < ring->next; at++) {
            values[at & (capacity - 1)] = ring->values[at & (ring->capacity - 1)];
        }
        free(ring->values);
        ring->values = values;
        ring->capacity = capacity;
    }
    ring->values[ring->next++ & (ring->capacity - 1)] = value;
}
