/* A disc as XML: data/schema/intake.xsd. */
#include <string.h>

#include "desk-disc.h"
#include "desk-xml-writer.h"

#define NAMESPACE "https://uketsuke.org/ns/intake/1"

static void
put_attribute (DeskXmlWriter *writer, const char *name, const char *text)
{
  if (text && *text)
    desk_xml_writer_attribute (writer, name, text);
}

static void
put_number (DeskXmlWriter *writer, const char *name, guint number)
{
  char text[16];

  g_snprintf (text, sizeof text, "%u", number);
  desk_xml_writer_attribute (writer, name, text);
}

static void
put_element (DeskXmlWriter *writer, const char *name, const char *text)
{
  if (text && *text)
    desk_xml_writer_element (writer, name, text);
}

/* One name in its groups, each in its parts. */
static void
put_name (DeskXmlWriter *writer, const char *element, const char *name)
{
  static const char *const groups[] = { "alphabetic", "ideographic", "phonetic" };
  static const char *const parts[] = { "family", "given", "middle", "prefix", "suffix" };
  g_auto (GStrv) texts = g_strsplit (name, "=", G_N_ELEMENTS (groups));

  if (!*name)
    return;
  desk_xml_writer_start (writer, element);
  for (guint i = 0; texts[i]; i++)
    {
      g_auto (GStrv) words = g_strsplit (texts[i], "^", G_N_ELEMENTS (parts));

      if (!*texts[i])
        continue;
      desk_xml_writer_start (writer, groups[i]);
      for (guint j = 0; words[j]; j++)
        put_element (writer, parts[j], words[j]);
      desk_xml_writer_end (writer);
    }
  desk_xml_writer_end (writer);
}

static void
put_series (DeskXmlWriter *writer, const DeskDiscSeries *series)
{
  desk_xml_writer_start (writer, "series");
  put_attribute (writer, "uid", series->uid);
  put_attribute (writer, "modality", series->modality);
  put_attribute (writer, "number", series->number);
  put_number (writer, "images", series->images);
  put_number (writer, "files", series->files->len);
  put_attribute (writer, "transfer-syntax", series->syntax);
  put_element (writer, "body-part", series->body_part);
  put_element (writer, "description", series->description);
  put_element (writer, "hospital", series->hospital);
  desk_xml_writer_end (writer);
}

static void
put_study (DeskXmlWriter *writer, const DeskDiscStudy *study)
{
  desk_xml_writer_start (writer, "study");
  put_attribute (writer, "uid", study->uid);
  put_attribute (writer, "date", study->date);
  put_attribute (writer, "time", study->time);
  put_number (writer, "images", study->images);
  put_number (writer, "missing", study->missing);
  put_element (writer, "accession", study->accession);
  put_element (writer, "study-id", study->id);
  put_element (writer, "description", study->description);
  put_element (writer, "hospital", study->hospital);
  put_name (writer, "referring-physician", study->referrer);
  for (guint i = 0; i < study->modalities->len; i++)
    put_element (writer, "modality", g_ptr_array_index (study->modalities, i));
  for (guint i = 0; i < study->series->len; i++)
    put_series (writer, g_ptr_array_index (study->series, i));
  desk_xml_writer_end (writer);
}

static void
put_patient (DeskXmlWriter *writer, const DeskDiscPatient *patient)
{
  g_auto (GStrv) others = g_strsplit (patient->other_names, "\\", -1);

  desk_xml_writer_start (writer, "patient");
  put_attribute (writer, "birth", patient->birth);
  put_attribute (writer, "sex", patient->sex);
  put_element (writer, "id", patient->id);
  put_element (writer, "issuer", patient->issuer);
  put_name (writer, "name", patient->name);
  for (guint i = 0; others[i]; i++)
    put_name (writer, "other-name", others[i]);
  for (guint i = 0; i < patient->studies->len; i++)
    put_study (writer, g_ptr_array_index (patient->studies, i));
  desk_xml_writer_end (writer);
}

/* Writes the disc as XML to fd, which stays the caller's. */
gboolean
desk_disc_write (const DeskDisc *disc, int fd, GError **error)
{
  g_autoptr (DeskXmlWriter) writer = desk_xml_writer_new (fd);

  desk_xml_writer_start (writer, "intake");
  desk_xml_writer_attribute (writer, "xmlns", NAMESPACE);
  put_number (writer, "files", disc->files);
  desk_xml_writer_attribute (writer, "dicomdir", disc->directory ? "true" : "false");
  for (guint i = 0; i < disc->patients->len; i++)
    put_patient (writer, g_ptr_array_index (disc->patients, i));
  for (guint i = 0; i < disc->problems->len; i++)
    {
      const DeskDiscProblem *problem = g_ptr_array_index (disc->problems, i);

      desk_xml_writer_start (writer, "problem");
      put_attribute (writer, "code", problem->code);
      desk_xml_writer_text (writer, problem->name);
      desk_xml_writer_end (writer);
    }
  desk_xml_writer_end (writer);
  return desk_xml_writer_finish (writer, error);
}
