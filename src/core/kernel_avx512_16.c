#define LANES 16
#define KERNEL_BYTES 64
#define KERNEL frem_kernel_avx512_16
#include "core/kernel.inc"
