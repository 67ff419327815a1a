#include "plan-program.h"
gboolean
desk_bench_programs (int n, int seconds)
{
  return TRUE;
}
