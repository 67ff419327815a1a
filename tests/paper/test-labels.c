/* Labels as they come out of the printer: rendered by poppler, the codes read back with other people's readers. */
#include "desk-code.h"
#include "desk-error.h"
#include "desk-labels.h"
#include "desk-pack.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static char *folder;

static void
set (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

static DeskLabelData *
sample (DeskLabelKind kind, const char *code)
{
  DeskLabelData *data = desk_label_data_new (kind);

  set (&data->code, code);
  set (&data->number, *code == '=' ? "A9999 26 000123 A" : code);
  set (&data->patient, "PHUWANATTHANAKUN, Siriratanaporn");
  set (&data->patient_native, "ศิริรัตนาภรณ์ ภูวนาถธนกุล");
  set (&data->birth, "1960-02-29");
  set (&data->chart, "P-000123-X");
  set (&data->coi, "H26-0042-7");
  set (&data->expiry, "2031-03-15");
  set (&data->made_on, "2026-11-22");
  set (&data->content, "Frozen dose 凍結投与用  20 mL  1.0 × 10⁹");
  set (&data->quality, "released");
  set (&data->clinic, "Ginza Kaiin Clinic  銀座回因クリニック");
  set (&data->title, "Tank 1");
  set (&data->where, "Room 2 › Tank 1");
  set (&data->phone, "+81 3-5555-0100");
  set (&data->visits, "2026-11-30 Mon 月  10:00  Blood draw 採血\n2026-12-14 Mon 月  09:30  Infusion 点滴\n"
                      "2026-12-28 Mon 月  09:30  Infusion 点滴\n2027-01-18 Mon 月  15:00  Follow-up 再診");
  set (&data->address, "〒102-0093\n東京都千代田区平河町２丁目１番２号　サンプルハイツ１２０３号室\n国際 花子 様");
  if (kind == DESK_LABEL_ADDRESS)
    set (&data->title, "国際 花子 様");
  return data;
}

static char *
write_pdf (DeskLabelData *data, const DeskLabelStock *stock, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  char *path = g_strdup_printf ("%s/%s.pdf", folder, name);
  int fd = open (path, O_CREAT | O_TRUNC | O_WRONLY, 0600);

  g_ptr_array_add (labels, data);
  g_assert_true (desk_labels_write_pdf (labels, stock, fd, &error));
  g_assert_no_error (error);
  close (fd);
  return path;
}

/* At the 300 dots to the inch of a label printer. */
static char *
render (const char *pdf, int dots)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *resolution = g_strdup_printf ("%d", dots);
  g_autofree char *base = g_strndup (pdf, strlen (pdf) - 4);
  const char *args[] = { "pdftoppm", "-png", "-singlefile", "-r", resolution, pdf, base, NULL };

  g_assert_true (g_spawn_sync (NULL, (char **) args, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  return g_strconcat (base, ".png", NULL);
}

static char *
run (const char *const *args)
{
  g_autoptr (GError) error = NULL;
  char *out = NULL;

  g_assert_true (g_spawn_sync (NULL, (char **) args, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &out, NULL,
                               NULL, &error));
  g_assert_no_error (error);
  return out;
}

static void
assert_matrix (DeskLabelData *data, const DeskLabelStock *stock)
{
  g_autofree char *name = g_strdup_printf ("%s-%s-%u", desk_label_kind_name (data->kind), stock->name, (guint) strlen (data->code));
  g_autofree char *pdf = write_pdf (data, stock, name);
  g_autofree char *png = render (pdf, 300);
  const char *args[] = { "dmtxread", "-N1", "-m4000", png, NULL };
  g_autofree char *read = run (args);

  if (g_strcmp0 (read, data->code) != 0)
    g_test_fail_printf ("%s: «%s» instead of «%s»", name, read, data->code);
}

static void
assert_zbar (DeskLabelData *data, const DeskLabelStock *stock, const char *only)
{
  g_autofree char *name = g_strdup_printf ("%s-%s", only, desk_label_kind_name (data->kind));
  g_autofree char *on = g_strdup_printf ("-S%s.enable=1", only);
  g_autofree char *pdf = write_pdf (data, stock, name);
  g_autofree char *png = render (pdf, 300);
  const char *args[] = { "zbarimg", "-q", "--raw", "-Sdisable", on, png, NULL };
  g_autofree char *read = run (args);

  g_strchomp (read);
  if (g_strcmp0 (read, data->code) != 0)
    g_test_fail_printf ("%s: «%s» instead of «%s»", name, read, data->code);
}

static void
test_read_back (void)
{
  g_autofree char *unit = desk_code_local_unit ("L26-0042", 1);
  static const DeskLabelKind cells[] = { DESK_LABEL_UNIT, DESK_LABEL_TUBE, DESK_LABEL_RELEASE };
  const char *codes[] = { unit, "=+02000=A99992600012300=<S12951Aa", "=+03000=A99992600012300=<S12951B0&>0310742359",
                          "=+04000=A99992600012300=<S1295199=,270000&>0310742359", "L26-0042-01" };
  guint n;
  const DeskLabelStock *stocks = desk_label_stocks (&n);

  for (guint s = 0; s < n; s++)
    for (guint k = 0; k < G_N_ELEMENTS (cells); k++)
      for (guint i = 0; desk_label_stock_takes (&stocks[s], cells[k]) && i < G_N_ELEMENTS (codes); i++)
        {
          g_autoptr (DeskLabelData) data = sample (cells[k], codes[i]);

          if (i == 1)
            set (&data->biohazard, "HBV, HCV");
          assert_matrix (data, &stocks[s]);
        }
}

static void
test_others (void)
{
  static const struct
  {
    DeskLabelKind kind;
    const char *code;
    gboolean matrix, linear, qr;
  } rows[] = { { DESK_LABEL_WRISTBAND, "P-000123-X", TRUE, TRUE, FALSE },   { DESK_LABEL_CARD, "P-000123-X", TRUE, TRUE, TRUE },
               { DESK_LABEL_CONTAINER, "B-000042-G", TRUE, FALSE, FALSE },  { DESK_LABEL_DEVICE, "D-000007-A", FALSE, TRUE, FALSE },
               { DESK_LABEL_APPOINTMENT, "P-000123-X", FALSE, FALSE, TRUE }, { DESK_LABEL_ADDRESS, "P-000123-X", FALSE, FALSE, TRUE } };
  gboolean seen[DESK_N_LABELS] = { [DESK_LABEL_UNIT] = TRUE, [DESK_LABEL_RELEASE] = TRUE, [DESK_LABEL_TUBE] = TRUE };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (DeskLabelData) data = sample (rows[i].kind, rows[i].code);

      if (rows[i].matrix)
        assert_matrix (data, desk_label_stock_for (rows[i].kind));
      if (rows[i].linear)
        assert_zbar (data, desk_label_stock_for (rows[i].kind), "code128");
      if (rows[i].qr)
        assert_zbar (data, desk_label_stock_for (rows[i].kind), "qrcode");
      seen[rows[i].kind] = TRUE;
    }
  for (guint i = 0; i < DESK_N_LABELS; i++)
    if (!seen[i])
      g_test_fail_printf ("%s: nobody reads its code back", desk_label_kind_name (i));
}

/* Without spaces, which pdftotext only guesses in text this small. */
static char *
close_up (const char *text)
{
  GString *out = g_string_new (NULL);

  for (; *text; text++)
    if (!g_ascii_isspace (*text))
      g_string_append_c (out, *text);
  return g_string_free (out, FALSE);
}

/* What stands on an identity label and on a tag, by the text in the PDF. */
static void
test_words (void)
{
  static const struct
  {
    DeskLabelKind kind;
    const char *quality, *biohazard;
    gboolean tested;
    const char *there, *not_there;
  } rows[] = {
    { DESK_LABEL_UNIT, "quarantine", "", TRUE, "QUARANTINE", "NOT EVALUATED" },
    { DESK_LABEL_UNIT, "quarantine", "", FALSE, "NOT EVALUATED FOR INFECTIOUS SUBSTANCES", "RELEASED" },
    { DESK_LABEL_UNIT, "quarantine", "HBV", TRUE, "Reactive test results for HBV", "NOT EVALUATED" },
    { DESK_LABEL_UNIT, "released", "", TRUE, "自己細胞専用", "RELEASED" },
    { DESK_LABEL_RELEASE, "released", "", TRUE, "RELEASED", "QUARANTINE" },
    { DESK_LABEL_RELEASE, "conditional", "", TRUE, "CONDITIONALLY RELEASED", "QUARANTINE" },
    { DESK_LABEL_TUBE, "", "", TRUE, "FOR AUTOLOGOUS USE ONLY", "QUARANTINE" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (DeskLabelData) data = sample (rows[i].kind, "L26-0042-01-A");
      set (&data->quality, rows[i].quality);
      set (&data->biohazard, rows[i].biohazard);
      data->tested = rows[i].tested;
      g_autofree char *pdf = write_pdf (data, desk_label_stock ("50x25"), "words");
      const char *args[] = { "pdftotext", "-raw", pdf, "-", NULL };
      g_autofree char *text = run (args);
      g_autofree char *one = close_up (text), *there = close_up (rows[i].there), *not_there = close_up (rows[i].not_there);

      if (!strstr (one, there) || strstr (one, not_there) || !strstr (one, "1960-02-29"))
        g_test_fail_printf ("%u: %s", i, text);
    }
}

/* Long names are wrapped, and a code too long for its paper is refused rather than printed too fine. */
static void
test_limits (void)
{
  g_autofree char *endless = g_strnfill (400, 'A');
  g_autoptr (DeskLabelData) data = sample (DESK_LABEL_UNIT, endless);
  g_autoptr (GError) error = NULL;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 8, 8);
  cairo_t *cr = cairo_create (surface);

  g_assert_false (desk_labels_draw (data, desk_label_stock ("25x13"), cr, &error));
  g_assert_cmpstr (error->message, ==, "label-too-small");
  g_clear_error (&error);
  set (&data->code, "");
  g_assert_false (desk_labels_draw (data, desk_label_stock ("25x13"), cr, &error));
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
test_check (void)
{
  static const struct
  {
    DeskLabelKind kind;
    const char *field;
    gsize offset;
    gboolean blocks;
  } rows[] = {
    { DESK_LABEL_UNIT, "label-patient", G_STRUCT_OFFSET (DeskLabelData, patient), TRUE },
    { DESK_LABEL_UNIT, "label-birth", G_STRUCT_OFFSET (DeskLabelData, birth), TRUE },
    { DESK_LABEL_UNIT, "label-number", G_STRUCT_OFFSET (DeskLabelData, number), TRUE },
    { DESK_LABEL_UNIT, "label-expiry", G_STRUCT_OFFSET (DeskLabelData, expiry), TRUE },
    { DESK_LABEL_UNIT, "label-coi", G_STRUCT_OFFSET (DeskLabelData, coi), FALSE },
    { DESK_LABEL_RELEASE, "label-expiry", G_STRUCT_OFFSET (DeskLabelData, expiry), TRUE },
    { DESK_LABEL_WRISTBAND, "label-birth", G_STRUCT_OFFSET (DeskLabelData, birth), TRUE },
    { DESK_LABEL_APPOINTMENT, "label-visits", G_STRUCT_OFFSET (DeskLabelData, visits), TRUE },
    { DESK_LABEL_ADDRESS, "label-address", G_STRUCT_OFFSET (DeskLabelData, address), TRUE },
    { DESK_LABEL_ADDRESS, "label-patient", G_STRUCT_OFFSET (DeskLabelData, patient), TRUE },
    { DESK_LABEL_CONTAINER, "label-code", G_STRUCT_OFFSET (DeskLabelData, code), TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (DeskLabelData) data = sample (rows[i].kind, "L26-0042-01-A");
      g_autoptr (DeskProblems) problems = desk_problems_new ();

      desk_label_data_check (data, problems);
      g_assert_cmpuint (problems->len, ==, 0);
      set (G_STRUCT_MEMBER_P (data, rows[i].offset), "");
      desk_label_data_check (data, problems);
      g_assert_nonnull (desk_problems_find (problems, rows[i].field));
      g_assert_cmpint (desk_problems_block (problems), ==, rows[i].blocks);
    }

  static const char *const qualities[] = { "quarantine", "rejected", "recalled", "", "new" };
  for (guint i = 0; i < G_N_ELEMENTS (qualities); i++)
    {
      g_autoptr (DeskLabelData) data = sample (DESK_LABEL_RELEASE, "L26-0042-01-A");
      g_autoptr (DeskProblems) problems = desk_problems_new ();

      set (&data->quality, qualities[i]);
      desk_label_data_check (data, problems);
      g_assert_true (desk_problems_block (problems));
    }
}

static void
test_sheet (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, "sheet.pdf", NULL);
  DeskLabelCommand commands[DESK_N_COMMANDS];
  guint n = 0;
  int fd = open (path, O_CREAT | O_TRUNC | O_WRONLY, 0600);

  for (int i = DESK_COMMAND_NONE + 1; i < DESK_N_COMMANDS; i++)
    commands[n++] = (DeskLabelCommand){ "words", desk_code_command_code ((DeskCodeCommand) i) };
  g_assert_true (desk_labels_write_sheet ("Commands", commands, n, fd, &error));
  close (fd);
  g_autofree char *png = render (path, 150);
  const char *args[] = { "dmtxread", "-n", "-m20000", png, NULL };
  g_autofree char *read = run (args);
  for (guint i = 0; i < n; i++)
    {
      if (!strstr (read, commands[i].code))
        g_test_fail_printf ("%s cannot be read", commands[i].code);
      g_free ((char *) commands[i].code);
    }
}

#define NO_GLYPH "CHEN \xf3\xb1\x88\xb4" /* U+F1234: nobody's sign, in no font */

static gboolean
put_no_glyph (DeskPack *pack, gpointer data, GError **error)
{
  desk_pack_line (pack, NO_GLYPH, FALSE);
  return TRUE;
}

/* A name that would print as a box is not printed at all. */
static void
test_no_font (void)
{
  g_autoptr (DeskLabelData) data = sample (DESK_LABEL_UNIT, "=A999926000123A");
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, "no-font.pdf", NULL);
  int fd = open (path, O_CREAT | O_TRUNC | O_WRONLY, 0600);

  g_ptr_array_add (labels, data);
  g_assert_true (desk_labels_write_pdf (labels, desk_label_stock ("50x25"), fd, &error));
  set (&data->patient, NO_GLYPH);
  g_assert_false (desk_labels_write_pdf (labels, desk_label_stock ("50x25"), fd, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, "font-missing-Zzzz");
  g_clear_error (&error);

  DeskLabelCommand command = { NO_GLYPH, "UK-1" };
  g_assert_false (desk_labels_write_sheet ("Commands", &command, 1, fd, &error));
  g_assert_cmpstr (error->message, ==, "font-missing-Zzzz");
  g_clear_error (&error);

  g_assert_false (desk_pack_write (fd, "Pack", "foot", put_no_glyph, NULL, &error));
  g_assert_cmpstr (error->message, ==, "font-missing-Zzzz");
  close (fd);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("labels-XXXXXX", NULL);
  g_test_add_func ("/labels/check", test_check);
  g_test_add_func ("/labels/limits", test_limits);
  g_test_add_func ("/labels/words", test_words);
  g_test_add_func ("/labels/read-back", test_read_back);
  g_test_add_func ("/labels/others", test_others);
  g_test_add_func ("/labels/sheet", test_sheet);
  g_test_add_func ("/labels/no-font", test_no_font);
  int result = g_test_run ();
  if (!g_getenv ("DESK_KEEP_LABELS"))
    {
      g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
      const char *name;

      while ((name = g_dir_read_name (dir)))
        {
          g_autofree char *path = g_build_filename (folder, name, NULL);
          g_unlink (path);
        }
      g_rmdir (folder);
    }
  else
    g_print ("# labels in %s\n", folder);
  return result;
}
