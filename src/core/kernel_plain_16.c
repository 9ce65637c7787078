#define LANES 16
#define KERNEL_BYTES 16
#define KERNEL frem_kernel_plain_16
#include "core/kernel.inc"
