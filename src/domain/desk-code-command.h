/* Codes that tell the program what to do, for hands in gloves: printed on the command sheet. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  DESK_COMMAND_NONE,
  DESK_COMMAND_CONFIRM,
  DESK_COMMAND_NEXT,
  DESK_COMMAND_BACK,
  DESK_COMMAND_UNDO,
  DESK_COMMAND_CANCEL,
  DESK_COMMAND_FINISH,
  DESK_COMMAND_COUNT, /* start counting */
  DESK_COMMAND_PLACE, /* place units by scanning */
  DESK_COMMAND_LABEL, /* print the labels of what is shown */
  DESK_COMMAND_FIND,
  DESK_COMMAND_HELP,
  DESK_N_COMMANDS
} DeskCodeCommand;

char *desk_code_command_code (DeskCodeCommand command);
DeskCodeCommand desk_code_command_read (const char *name);

G_END_DECLS
