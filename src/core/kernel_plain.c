/* The kernel for any machine. */
#define FREM_KERNEL_BYTES 16
#define FREM_KERNEL_NAME frem_kernel_plain
#include "core/kernel.inc"
