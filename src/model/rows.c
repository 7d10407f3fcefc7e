/* Rows of floats, the reference build, and which build runs where: see rows.h.
 *
 * The reference has the instructions that every x86-64 has (or, elsewhere, the compiler's default).
 */
#include "model/rows.h"

#define TABLE hs_rows_reference
#define TARGET
#define WIDTH 4
#define EACH_COLUMN(X, r) X(r, 0) X(r, 1) X(r, 2) X(r, 3)
#define LARGER(a, b) choose((a) > (b), a, b)
#define SMALLER(a, b) choose((a) < (b), a, b)
#include "model/rows.inc"

const hs_rows *hs_rows_for(hs_cpu cpu) {
#if defined(__x86_64__)
    if (cpu == HS_CPU_VNNI) return &hs_rows_avx512;
    if (cpu == HS_CPU_AVX2) return &hs_rows_avx2;
#endif
    (void)cpu;
    return &hs_rows_reference;
}
