/* The planner's ONE_DRAW as a whole-number program by days, for CBC and GLPK. */
#pragma once

#include <glib.h>

/* Solves n problems with each program that is installed, for so many seconds each, and prints what it took; FALSE when
 * a proven optimum is another than the planner's. */
gboolean desk_bench_programs (int n, int seconds);
