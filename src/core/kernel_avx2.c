/* The kernel for AVX2. */
#ifndef __AVX2__
#error "this file is built with -mavx2, see cmake/Kernels.cmake"
#endif
#define FREM_KERNEL_BYTES 32
#define FREM_KERNEL_NAME frem_kernel_avx2
#include "core/kernel.inc"
