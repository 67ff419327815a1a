#include "desk-commands.h"

#include <glib/gi18n.h>

static const DeskCommand commands[] = {
  { N_("Today"), N_("start home day arrivals"), "win.place", "today", "<Alt>1", NULL },
  { N_("Book"), N_("calendar appointments day week"), "win.place", "book", "<Alt>2", NULL },
  { N_("Patients"), N_("people list charts"), "win.place", "patients", "<Alt>3", NULL },
  { N_("Cells"), N_("doses tank bank lots freezer"), "win.place", "cells", "<Alt>4", NULL },
  { N_("Papers"), N_("documents inbox letters reports"), "win.place", "papers", "<Alt>5", NULL },
  { N_("New Patient"), N_("register add person"), "patients.new", NULL, "<Control>n", "patients" },
  { N_("Edit Patient"), N_("change record"), "patients.edit", NULL, "<Control>e", "patients", TRUE },
  { N_("Save"), N_("keep store"), "patients.save", NULL, "<Control>s", "patients", TRUE },
  { N_("Book a Visit for This Patient"), N_("appointment new"), "patients.book", NULL, "<Control>b", "patients", TRUE },
  { N_("Letters for This Patient"), N_("consent visa certificate schedule print"), "patients.letters", NULL, "<Control>l", "patients", TRUE },
  { N_("Add Papers"), N_("scan file document attach"), "papers.add", NULL, "<Control>o", "papers" },
  { N_("Papers Received"), N_("inbox documents"), "papers.view", "received", "<Control><Shift>r", "papers" },
  { N_("Write a Letter"), N_("consent visa certificate schedule"), "papers.view", "letters", "<Control><Shift>l", "papers" },
  { N_("Save Paper"), N_("keep store"), "papers.save", NULL, "<Control>s", "papers", TRUE },
  { N_("Print Letter"), N_("printer paper"), "papers.print", NULL, "<Control>p", "papers", TRUE },
  { N_("Save Letter as PDF"), N_("file"), "papers.pdf", NULL, NULL, "papers" },
  { N_("New Visit"), N_("book appointment add"), "book.new", NULL, "<Alt>n", "book" },
  { N_("Lay Out a Course"), N_("treatment plan six infusions template"), "book.course", NULL, "<Alt>l", "book" },
  { N_("Go to Today"), N_("book now"), "book.today", NULL, "t", "book", .local = TRUE },
  { N_("Day View"), N_("book rooms chairs staff"), "book.mode", "day", "d", "book", .local = TRUE },
  { N_("Week View"), N_("book seven days"), "book.mode", "week", "w", "book", .local = TRUE },
  { N_("Earlier Day or Week"), N_("book previous before"), "book.earlier", NULL, "Page_Up", "book", .local = TRUE },
  { N_("Later Day or Week"), N_("book next after"), "book.later", NULL, "Page_Down", "book", .local = TRUE },
  { N_("Next Step of the Visit"), N_("arrived checked in room done status"), "book.next-step", NULL, "space", "book", .local = TRUE },
  { N_("Cancel Visit"), N_("no show delete"), "book.cancel", NULL, "Delete", "book", .local = TRUE },
  { N_("Cut Visit to Move It"), N_("book pick up"), "book.cut", NULL, "<Control>x", "book", .local = TRUE },
  { N_("Put the Cut Visit Here"), N_("book paste move"), "book.paste", NULL, "<Control>v", "book", .local = TRUE },
  { N_("Search Everything"), N_("find"), "win.search", NULL, "<Control>k", NULL },
  { N_("Export This Patient as XML"), N_("report file"), "patients.export", NULL, NULL, "patients" },
  { N_("Export the Inventory of Doses as XML"), N_("report file bank"), "win.export", "inventory", NULL, NULL },
  { N_("Export Today’s Day Sheet as XML"), N_("report file visits"), "win.export", "daysheet", NULL, NULL },
  { N_("Export the Whole Clinic as XML"), N_("report file everything"), "win.export", "clinic", NULL, NULL },
  { N_("Undo"), N_("take back"), "win.undo", NULL, "<Control>z", NULL },
  { N_("Keyboard Shortcuts"), N_("keys help"), "win.shortcuts", NULL, "<Control>question", NULL },
  { N_("English"), N_("language"), "win.language", "en", NULL, NULL },
  { N_("日本語"), N_("language Japanese"), "win.language", "ja", NULL, NULL },
  { N_("About Uketsuke"), N_("version licence"), "win.about", NULL, NULL, NULL },
  { N_("Close Window"), N_("quit end"), "window.close", NULL, "<Control>w", NULL },
};

/* Lends the table. */
const DeskCommand *
desk_commands (guint *n_commands)
{
  *n_commands = G_N_ELEMENTS (commands);
  return commands;
}
