#include "texts.h"

#include <stdlib.h>
#include <string.h>

static const char *const words[] = {
    "hello", "thanks", "regarding", "ticket", "invoice", "amount", "charged", "twice", "bank", "card", "refund",
    "expected", "within", "five", "days", "no", "answer", "so", "far", "could", "somebody", "look", "into", "it",
    "printer", "on", "floor", "three", "jams", "again", "after", "every", "second", "page", "toner", "was", "replaced",
    "last", "week", "laptop", "does", "not", "start", "screen", "stays", "black", "tried", "another", "cable", "and",
    "charger", "same", "result", "mailbox", "is", "full", "cannot", "send", "or", "receive", "messages", "quota",
    "please", "raise", "the", "limit", "for", "our", "team", "vpn", "drops", "when", "working", "from", "home",
    "router", "restarted", "but", "problem", "remains", "we", "found", "a", "fault", "in", "your", "region",
    "technician", "will", "visit", "between", "nine", "noon", "confirm", "address", "door", "code", "order", "4812",
    "shipped", "wrong", "size", "colour", "return", "label", "missing", "parcel", "seems", "lost", "carrier", "says",
    "delivered", "neighbour", "has", "nothing", "account", "locked", "password", "expired", "reset", "mail", "never",
    "came", "checked", "spam", "folder", "too", "update", "2.4", "broke", "export", "button", "report", "empty",
    "closed", "request", "solved", "best", "wishes",
};

static uint64_t state = 1;

void random_seed(uint64_t seed) { state = seed; }

// splitmix64
static uint64_t random_bits(void) {
    uint64_t z = state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

uint64_t random_below(uint64_t bound) { return (uint64_t)((unsigned __int128)random_bits() * bound >> 64); }

double random_unit(void) { return (double)((random_bits() >> 11) + 1) / 9007199254740992.0; }

static void make(Text list[TEXTS], int shortest, int longest) {
    for (int i = 0; i < TEXTS; i++) {
        int count = shortest + (int)random_below((uint64_t)(longest - shortest + 1)), at = 0;
        char *bytes = malloc((size_t)longest + 32);
        while (at < count) {
            const char *word = words[random_below(sizeof words / sizeof *words)];
            if (at) bytes[at++] = ' ';
            at += (int)strlen(strcpy(bytes + at, word));
        }
        if (bytes[count - 1] == ' ') bytes[count - 1] = '.';
        list[i] = (Text){bytes, count};
    }
}

void texts_make(Texts *texts) {
    make(texts->subjects, 30, 50);
    make(texts->bodies, 150, 250);
    make(texts->answers, 150, 250);
    make(texts->messages, 75, 125);
}
