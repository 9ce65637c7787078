#include "core/kernel.h"

/* What the C library found out as it was loaded: asking the processor again is slow inside a virtual machine. */
#if defined(__x86_64__) && defined(__has_include)
#if __has_include(<sys/platform/x86.h>)
#include <sys/platform/x86.h>
#endif
#endif
#if defined(CPU_FEATURE_ACTIVE)
#define HAS_AVX2 CPU_FEATURE_ACTIVE(AVX2)
#define HAS_AVX512 CPU_FEATURE_ACTIVE(AVX512F)
#elif defined(__x86_64__)
#define HAS_AVX2 (__builtin_cpu_init(), __builtin_cpu_supports("avx2") != 0)
#define HAS_AVX512 (__builtin_cpu_init(), __builtin_cpu_supports("avx512f") != 0)
#else
#define HAS_AVX2 false
#define HAS_AVX512 false
#endif

bool frem_isa_here(frem_isa isa) {
    switch (isa) {
    case FREM_ISA_BEST:
    case FREM_ISA_PLAIN:
        return true;
    case FREM_ISA_AVX2:
        return HAS_AVX2;
    case FREM_ISA_AVX512:
        return HAS_AVX512;
    case FREM_ISA_COUNT:
        break;
    }
    return false;
}

frem_kernel frem_kernel_for(frem_isa isa, bool wide) {
#if defined(__x86_64__)
    bool best = isa == FREM_ISA_BEST;
    if (isa == FREM_ISA_AVX512 || (best && frem_isa_here(FREM_ISA_AVX512)))
        return wide ? frem_kernel_avx512_16 : frem_kernel_avx512_1;
    if (isa == FREM_ISA_AVX2 || (best && frem_isa_here(FREM_ISA_AVX2)))
        return wide ? frem_kernel_avx2_16 : frem_kernel_avx2_1;
#else
    (void)isa;
#endif
    return wide ? frem_kernel_plain_16 : frem_kernel_plain_1;
}
