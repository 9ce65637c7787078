#include "core/kernel.h"

bool frem_isa_here(frem_isa isa) {
    switch (isa) {
    case FREM_ISA_BEST:
    case FREM_ISA_PLAIN:
        return true;
    case FREM_ISA_AVX2:
#if defined(__x86_64__)
        __builtin_cpu_init();
        return __builtin_cpu_supports("avx2") != 0;
#else
        return false;
#endif
    case FREM_ISA_AVX512:
#if defined(__x86_64__)
        __builtin_cpu_init();
        return __builtin_cpu_supports("avx512f") != 0;
#else
        return false;
#endif
    case FREM_ISA_COUNT:
        break;
    }
    return false;
}

frem_kernel frem_kernel_for(frem_isa isa, bool wide) {
#if defined(__x86_64__)
    bool best = isa == FREM_ISA_BEST;
    if (isa == FREM_ISA_AVX512 || (best && frem_isa_here(FREM_ISA_AVX512)))
        return frem_kernel_avx512(wide);
    if (isa == FREM_ISA_AVX2 || (best && frem_isa_here(FREM_ISA_AVX2)))
        return frem_kernel_avx2(wide);
#else
    (void)isa;
#endif
    return frem_kernel_plain(wide);
}
