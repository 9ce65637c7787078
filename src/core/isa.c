#include "base/platform.h"
#include "core/kernel.h"

bool frem_isa_here(frem_isa isa) {
    switch (isa) {
    case FREM_ISA_BEST:
    case FREM_ISA_PLAIN:
        return true;
    case FREM_ISA_AVX2:
        return frem_processor_has_avx2();
    case FREM_ISA_AVX512:
        return frem_processor_has_avx512();
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
