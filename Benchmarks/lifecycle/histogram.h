// Counts of durations in nanoseconds, in buckets at most 1/64 of their value wide.
#pragma once
#include <stdint.h>

enum { HALF = 64, BUCKETS = 40 * HALF };

typedef struct {
    uint64_t buckets[BUCKETS];
    uint64_t count;
} Histogram;

static inline void histogram_add(Histogram *histogram, uint64_t value) {
    // Values below 128 have a bucket each; above, the seven leading bits choose the bucket.
    int shift = value < 2 * HALF ? 0 : 57 - __builtin_clzll(value);
    uint64_t bucket = (uint64_t)shift * HALF + (value >> shift);
    histogram->buckets[bucket < BUCKETS ? bucket : BUCKETS - 1]++;
    histogram->count++;
}

// The upper end of the bucket in which the given share of all values is reached.
static inline uint64_t histogram_quantile(const Histogram *histogram, double share) {
    double wanted = (double)histogram->count * share;
    uint64_t seen = 0;
    for (uint64_t bucket = 0; bucket < BUCKETS; bucket++) {
        seen += histogram->buckets[bucket];
        if (seen == 0 || (double)seen < wanted) continue;
        if (bucket < 2 * HALF) return bucket;
        uint64_t shift = bucket / HALF - 1;
        return ((bucket - shift * HALF + 1) << shift) - 1;
    }
    return 0;
}
