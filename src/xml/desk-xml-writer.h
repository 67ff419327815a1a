/* Writes an XML document, element by element, to a file descriptor in constant memory.
 *
 * Whatever stands in a text, the document can be read again: characters that XML cannot hold (most control
 * characters, surrogates, U+FFFE, U+FFFF, bytes that are no UTF-8) become U+FFFD. An error sticks: the calls
 * after it do nothing, and desk_xml_writer_finish () reports it. */
#pragma once

#include "desk-error.h"

G_BEGIN_DECLS

typedef struct _DeskXmlWriter DeskXmlWriter;

DeskXmlWriter *desk_xml_writer_new (int fd);
void desk_xml_writer_free (DeskXmlWriter *self);

/* Names are the program's own and constant: they are neither copied nor checked. The layout is that of
 * xmlTextWriter with indentation: an element holds elements or a text, not both. */
void desk_xml_writer_start (DeskXmlWriter *self, const char *name);
void desk_xml_writer_attribute (DeskXmlWriter *self, const char *name, const char *value);
void desk_xml_writer_text (DeskXmlWriter *self, const char *text);
void desk_xml_writer_element (DeskXmlWriter *self, const char *name, const char *text);
void desk_xml_writer_end (DeskXmlWriter *self);

gboolean desk_xml_writer_failed (const DeskXmlWriter *self);
gboolean desk_xml_writer_finish (DeskXmlWriter *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskXmlWriter, desk_xml_writer_free)

G_END_DECLS
