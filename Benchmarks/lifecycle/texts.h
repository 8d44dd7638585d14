// Texts of support words, made once, and the random numbers of a run.
#pragma once
#include <stdint.h>

typedef struct {
    char *bytes;
    int count;
} Text;

enum { TEXTS = 4096 };

typedef struct {
    Text subjects[TEXTS], bodies[TEXTS], answers[TEXTS], messages[TEXTS];
} Texts;

void texts_make(Texts *texts);

void random_seed(uint64_t seed);
uint64_t random_below(uint64_t bound);
// Uniform in (0, 1].
double random_unit(void);
