// CRC-32 by carry-less multiplication, for processors that have it: an instruction that Swift has no name for. zlib goes through tables.
//
// The method and what its constants are (powers of x modulo the polynomial, bit-reflected): V. Gopal, E. Ozturk et al., "Fast CRC
// Computation for Generic Polynomials Using PCLMULQDQ Instruction", Intel, 2009; the polynomial is zlib's, 0xEDB88320 reflected.
#include <stddef.h>
#include <stdint.h>

#if defined(__x86_64__)
#include <cpuid.h>

// Two halves of 64 bits.
typedef uint64_t crc32_block __attribute__((__vector_size__(16)));

static inline int crc32_can_fold(void) {
    unsigned int a, b, c, d;
    return __get_cpuid(1, &a, &b, &c, &d) && (c & bit_PCLMUL) != 0;
}

#define CRC32_MULTIPLY(x, y, halves) ((crc32_block)__builtin_ia32_pclmulqdq128((crc32_signed)(x), (crc32_signed)(y), halves))
typedef long long crc32_signed __attribute__((__vector_size__(16)));

static inline crc32_block crc32_load(const unsigned char *bytes) {
    crc32_block block;
    __builtin_memcpy(&block, bytes, sizeof block);
    return block;
}

// What `count` bytes, at least 64 and a multiple of 16, make of `crc`. Only where `crc32_can_fold`.
__attribute__((__target__("pclmul"))) static inline uint32_t crc32_fold(
    uint32_t crc, const unsigned char *bytes, size_t count) {
    // x^(512+64), x^512; x^(128+64), x^128; x^64; the polynomial and the inverse for Barrett's reduction.
    const crc32_block by_four = {0x154442bd4, 0x1c6e41596}, by_one = {0x1751997d0, 0x0ccaa009e}, by_half = {0x163cd6124, 0};
    const crc32_block reduction = {0x1db710641, 0x1f7011641};
    const uint64_t low = 0xFFFFFFFF;
    crc32_block sums[4];
    for (int i = 0; i < 4; i++) sums[i] = crc32_load(bytes + 16 * i);
    sums[0] ^= (crc32_block){(uint32_t)~crc, 0};
    for (bytes += 64, count -= 64; count >= 64; bytes += 64, count -= 64)
        for (int i = 0; i < 4; i++)
            sums[i] = CRC32_MULTIPLY(sums[i], by_four, 0x00) ^ CRC32_MULTIPLY(sums[i], by_four, 0x11)
                ^ crc32_load(bytes + 16 * i);
    crc32_block sum = sums[0];
    for (int i = 1; i < 4; i++) sum = CRC32_MULTIPLY(sum, by_one, 0x00) ^ CRC32_MULTIPLY(sum, by_one, 0x11) ^ sums[i];
    for (; count >= 16; bytes += 16, count -= 16)
        sum = CRC32_MULTIPLY(sum, by_one, 0x00) ^ CRC32_MULTIPLY(sum, by_one, 0x11) ^ crc32_load(bytes);
    // 128 bits to 96, to 64, to 32.
    sum = (crc32_block){sum[1], 0} ^ CRC32_MULTIPLY(sum, by_one, 0x10);
    crc32_block rest = {sum[0] >> 32 | sum[1] << 32, sum[1] >> 32};
    sum = CRC32_MULTIPLY(((crc32_block){sum[0] & low, 0}), by_half, 0x00) ^ rest;
    crc32_block quotient = CRC32_MULTIPLY(((crc32_block){sum[0] & low, 0}), reduction, 0x10);
    sum ^= CRC32_MULTIPLY(((crc32_block){quotient[0] & low, 0}), reduction, 0x00);
    return ~(uint32_t)(sum[0] >> 32);
}
#else
static inline int crc32_can_fold(void) { return 0; }
static inline uint32_t crc32_fold(uint32_t crc, const unsigned char *bytes, size_t count) {
    (void)bytes;
    (void)count;
    return crc;
}
#endif
