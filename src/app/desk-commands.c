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
  { N_("Bank"), N_("cells tank rack box map doses"), "cells.way", "bank", NULL, "cells" },
  { N_("Lots"), N_("cells culture harvest results"), "cells.way", "lots", NULL, "cells" },
  { N_("New Lot"), N_("cells collection blood draw apheresis culture"), "cells.new-lot", NULL, NULL, "cells" },
  { N_("New Tank"), N_("cells rack box add container"), "cells.new-tank", NULL, NULL, "cells" },
  { N_("Find Cells"), N_("dose number patient chart light"), "cells.search", NULL, "<Control>f", "cells", .local = TRUE },
  { N_("Take Dose in Hand to Move It"), N_("cells cut"), "cells.cut", NULL, "<Control>x", "cells", .local = TRUE },
  { N_("Put the Dose in Hand Here"), N_("cells paste move place"), "cells.paste", NULL, "<Control>v", "cells", .local = TRUE },
  { N_("Pick Dose"), N_("cells tank take out"), "cells.step", "pick", NULL, "cells" },
  { N_("Start Thawing Dose"), N_("cells bath warm"), "cells.step", "thaw", NULL, "cells" },
  { N_("Dose Thawed"), N_("cells bath end"), "cells.step", "thawed", NULL, "cells" },
  { N_("Bring Dose to Bedside"), N_("cells chair nurse"), "cells.step", "to-bedside", NULL, "cells" },
  { N_("Start Infusion"), N_("cells give drip"), "cells.step", "infuse", NULL, "cells" },
  { N_("Infusion Complete"), N_("cells given done"), "cells.step", "infused", NULL, "cells" },
  { N_("Reserve Dose"), N_("cells visit promise"), "cells.step", "reserve", NULL, "cells" },
  { N_("Check Dose Label"), N_("cells scan barcode verify"), "cells.step", "verify-label", NULL, "cells" },
  { N_("Print Dose Label"), N_("cells barcode sticker"), "cells.step", "print-label", NULL, "cells" },
  { N_("Release Dose"), N_("cells quality results"), "cells.step", "release", NULL, "cells" },
  { N_("Discard Dose"), N_("cells throw away waste"), "cells.step", "discard", NULL, "cells" },
  { N_("Search Everything"), N_("find"), "win.search", NULL, "<Control>k", NULL },
  { N_("Export This Patient as XML"), N_("report file"), "patients.export", NULL, NULL, "patients" },
  { N_("Export the Inventory of Doses as XML"), N_("report file bank"), "win.export", "inventory", NULL, NULL },
  { N_("Export Today’s Day Sheet as XML"), N_("report file visits"), "win.export", "daysheet", NULL, NULL },
  { N_("Export the Whole Clinic as XML"), N_("report file everything"), "win.export", "clinic", NULL, NULL },
  { N_("Undo"), N_("take back"), "win.undo", NULL, "<Control>z", NULL },
  { N_("Clinic Settings"), N_("people staff rooms chairs closed days tanks address set up"), "win.settings", NULL, "<Control>comma", NULL },
  { N_("Open Another Clinic File"), N_("file window new"), "win.open", NULL, "<Control><Shift>o", NULL },
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
