#include "desk-error.h"

G_DEFINE_QUARK (desk-error-quark, desk_error)
