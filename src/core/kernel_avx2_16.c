#define LANES 16
#define KERNEL_BYTES 32
#define KERNEL frem_kernel_avx2_16
#include "core/kernel.inc"
