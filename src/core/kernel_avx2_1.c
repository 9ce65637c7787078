#define LANES 1
#define KERNEL_BYTES 32
#define KERNEL frem_kernel_avx2_1
#include "core/kernel.inc"
