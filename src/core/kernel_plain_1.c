#define LANES 1
#define KERNEL_BYTES 16
#define KERNEL frem_kernel_plain_1
#include "core/kernel.inc"
