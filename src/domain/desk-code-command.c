#include "desk-code-command.h"

#include "desk-code-check.h"

static const char *const names[DESK_N_COMMANDS] = {
  [DESK_COMMAND_NONE] = NULL,       [DESK_COMMAND_CONFIRM] = "YES",   [DESK_COMMAND_NEXT] = "NEXT",
  [DESK_COMMAND_BACK] = "BACK",     [DESK_COMMAND_UNDO] = "UNDO",     [DESK_COMMAND_CANCEL] = "CANCEL",
  [DESK_COMMAND_FINISH] = "FINISH", [DESK_COMMAND_COUNT] = "COUNT",   [DESK_COMMAND_PLACE] = "PLACE",
  [DESK_COMMAND_LABEL] = "LABEL",   [DESK_COMMAND_FIND] = "FIND",     [DESK_COMMAND_HELP] = "HELP",
};

/* "DO-NEXT-…": letters, digits and the hyphen stand alike on every keyboard, so that no layout mangles a command. */
char *
desk_code_command_code (DeskCodeCommand command)
{
  g_return_val_if_fail (command > DESK_COMMAND_NONE && command < DESK_N_COMMANDS, NULL);
  g_autofree char *bare = g_strconcat ("DO-", names[command], NULL);

  return desk_code_with_check (bare);
}

/* The command of that name. */
DeskCodeCommand
desk_code_command_read (const char *name)
{
  for (int i = DESK_COMMAND_NONE + 1; i < DESK_N_COMMANDS; i++)
    if (g_str_equal (names[i], name))
      return (DeskCodeCommand) i;
  return DESK_COMMAND_NONE;
}
