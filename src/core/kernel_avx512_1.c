#define LANES 1
#define KERNEL_BYTES 64
#define KERNEL frem_kernel_avx512_1
#include "core/kernel.inc"
