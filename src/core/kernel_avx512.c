/* The kernel for AVX-512. */
#ifndef __AVX512F__
#error "this file is built with -mavx512f, see cmake/Kernels.cmake"
#endif
#define FREM_KERNEL_BYTES 64
#define FREM_KERNEL_NAME frem_kernel_avx512
#include "core/kernel.inc"
