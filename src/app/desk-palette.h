/* Ctrl+K: one box that finds patients, doses and everything the program can do, from anywhere. */
#pragma once

#include "desk-window.h"

G_BEGIN_DECLS

#define DESK_TYPE_PALETTE (desk_palette_get_type ())
G_DECLARE_FINAL_TYPE (DeskPalette, desk_palette, DESK, PALETTE, AdwWindow)

DeskPalette *desk_palette_show (DeskWindow *window);

G_END_DECLS
