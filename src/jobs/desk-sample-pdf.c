#include "desk-sample-pdf.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "desk-pdf-fonts.h"
#include "desk-pdf-text.h"

#define A4_WIDTH 595.276
#define A4_HEIGHT 841.89
#define MARGIN 56.0

/* A line of a paper: what, then either a value between low and high with its unit, or a text. */
typedef struct
{
  const char *label;
  int low, high;
  const char *unit;
} Line;

typedef struct
{
  const char *kind, *title, *title_ja, *sender;
  const Line *lines;
  guint n_lines;
  const char *words; /* the finding in words */
} Template;

static const Line blood_lines[] = {
  { "WBC 白血球数", 32, 98, "×10²/µL" },  { "Hb ヘモグロビン", 10, 16, "g/dL" }, { "PLT 血小板数", 14, 34, "×10⁴/µL" },
  { "AST (GOT)", 14, 58, "U/L" },          { "ALT (GPT)", 9, 66, "U/L" },          { "Creatinine クレアチニン", 50, 110, "µmol/L" },
  { "CRP", 0, 12, "mg/L" },                { "CEA", 1, 40, "ng/mL" },              { "CA19-9", 4, 180, "U/mL" },
};
static const Line viral_lines[] = {
  { "HIV-1/2 Ag/Ab", 0, 0, "negative 陰性" }, { "HBsAg", 0, 0, "negative 陰性" },  { "anti-HBc", 0, 0, "negative 陰性" },
  { "HCV Ab", 0, 0, "negative 陰性" },        { "HTLV-1 Ab", 0, 0, "negative 陰性" }, { "Syphilis TP / RPR 梅毒", 0, 0, "negative 陰性" },
};
static const Line pathology_lines[] = {
  { "Specimen 検体", 0, 0, "Core needle biopsy 針生検" }, { "Tumour cells 腫瘍細胞率", 20, 80, "%" },
  { "Ki-67", 5, 70, "%" },                                { "PD-L1 TPS", 0, 90, "%" },
};
static const Line ct_lines[] = {
  { "Modality 検査", 0, 0, "CT chest–abdomen–pelvis, contrast 造影" }, { "Target lesion 標的病変", 8, 46, "mm" },
  { "Lymph node リンパ節", 4, 18, "mm" },                              { "Slice スライス厚", 1, 5, "mm" },
};
static const Line report_lines[] = {
  { "Performance status ECOG", 0, 2, "" }, { "Height 身長", 148, 186, "cm" }, { "Weight 体重", 44, 92, "kg" },
  { "Cycles given 化学療法", 0, 8, "" },
};
static const Line passport_lines[] = {
  { "Type 型", 0, 0, "P" },
};

#define LINES(table) table, G_N_ELEMENTS (table)

static const Template templates[] = {
  { "medical_report", "Medical report", "診療情報提供書", "Department of Oncology, Invented General Hospital", LINES (report_lines),
    "The patient has been informed of the diagnosis and wishes further immune therapy. General condition is good. 全身状態は良好。" },
  { "pathology", "Pathology report", "病理診断報告書", "Institute of Pathology, Invented University", LINES (pathology_lines),
    "Malignant cells are seen, consistent with the clinical diagnosis. 臨床診断に矛盾しない悪性細胞を認める。" },
  { "imaging", "CT report", "CT検査報告書", "Department of Radiology, Invented General Hospital", LINES (ct_lines),
    "No new lesion. No pleural effusion, no ascites. 新病変なし。胸水・腹水なし。" },
  { "bloodwork", "Blood test", "血液検査報告書", "Central Laboratory, Invented General Hospital", LINES (blood_lines),
    "Values outside the laboratory's range are to be judged by the physician. 基準値外は主治医が判断する。" },
  { "viral", "Infectious disease screening", "感染症検査報告書", "Central Laboratory, Invented General Hospital", LINES (viral_lines),
    "All tests non-reactive. すべて陰性。" },
  { "passport", "Passport, page of personal data", "旅券（身分事項）", "Copy made by the patient", LINES (passport_lines),
    "Not a travel document. 渡航書類ではありません。" },
};

static const Template *
find_template (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (templates); i++)
    if (g_str_equal (templates[i].kind, kind))
      return &templates[i];
  g_return_val_if_reached (&templates[0]);
}

/* The English title of such a paper; static. */
const char *
desk_sample_pdf_title (const char *kind)
{
  return find_template (kind)->title;
}

/* Draws text at that place, no wider than width, and returns where the next line may begin. */
static double
draw_text (cairo_t *cr, double x, double y, double width, int size, gboolean bold, const char *text)
{
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cr);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans");
  int height;

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_auto_dir (layout, FALSE);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_text (layout, text, -1);
  cairo_move_to (cr, x, y);
  desk_text_show_layout (cr, layout);
  pango_layout_get_pixel_size (layout, NULL, &height);
  return y + height + 4;
}

static double
draw_pair (cairo_t *cr, double y, const char *label, const char *value)
{
  double bottom = draw_text (cr, MARGIN, y, 190, 11, FALSE, label);

  return MAX (bottom, draw_text (cr, MARGIN + 200, y, A4_WIDTH - 2 * MARGIN - 200, 11, FALSE, value));
}

static double
draw_patient (cairo_t *cr, double y, const DeskPatient *patient, const char *examined_on)
{
  g_autofree char *name = g_strdup_printf ("%s %s", patient->family, patient->given);
  g_autofree char *native = g_strdup_printf ("%s %s", patient->family_native, patient->given_native);
  g_autofree char *passport = g_strdup_printf ("%s  %s", patient->nationality, patient->passport);

  y = draw_pair (cr, y, "Name 氏名", name);
  if (native[1])
    y = draw_pair (cr, y, "", native);
  y = draw_pair (cr, y, "Date of birth 生年月日", patient->birth);
  y = draw_pair (cr, y, "Passport 旅券", passport);
  y = draw_pair (cr, y, "Diagnosis 診断", patient->diagnosis);
  if (*examined_on)
    y = draw_pair (cr, y, "Date of examination 検査日", examined_on);
  return y + 14;
}

static double
draw_line (cairo_t *cr, DeskRandom *random, double y, const Line *line)
{
  g_autofree char *value = line->high
                               ? g_strdup_printf ("%d %s", desk_random_between (random, line->low, line->high), line->unit)
                               : g_strdup (line->unit);

  y = draw_pair (cr, y, line->label, value);
  cairo_set_line_width (cr, 0.3);
  cairo_move_to (cr, MARGIN, y - 2);
  cairo_line_to (cr, A4_WIDTH - MARGIN, y - 2);
  cairo_stroke (cr);
  return y + 2;
}

static void
draw_page (cairo_t *cr, DeskRandom *random, const Template *template, const DeskPatient *patient, const char *examined_on)
{
  double width = A4_WIDTH - 2 * MARGIN;
  double y = draw_text (cr, MARGIN, 50, width, 10, FALSE, template->sender);

  y = draw_text (cr, MARGIN, y + 10, width, 20, TRUE, template->title);
  y = draw_text (cr, MARGIN, y, width, 14, FALSE, template->title_ja) + 12;
  y = draw_patient (cr, y, patient, examined_on);
  for (guint i = 0; i < template->n_lines; i++)
    y = draw_line (cr, random, y, &template->lines[i]);
  draw_text (cr, MARGIN, y + 16, width, 11, FALSE, template->words);
  draw_text (cr, MARGIN, A4_HEIGHT - 60, width, 9, FALSE, "Sample document of an invented person. 架空の人物の見本書類です。");
}

static cairo_status_t
append (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* One page of that kind about the patient; the caller unrefs it. */
GBytes *
desk_sample_pdf (DeskRandom *random, const DeskPatient *patient, const char *kind, const char *examined_on)
{
  const Template *template = find_template (kind);
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append, bytes, A4_WIDTH, A4_HEIGHT);
  g_autoptr (DeskPdfFonts) fonts = desk_pdf_fonts_new ();
  cairo_t *listening = desk_pdf_fonts_listen (fonts);
  DeskRandom same = *random;

  draw_page (listening, &same, template, patient, examined_on);
  cairo_destroy (listening);
  desk_pdf_fonts_cut (fonts, surface);
  cairo_t *cr = cairo_create (surface);
  /* The same sample has the same bytes: no time of making. */
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, *examined_on ? examined_on : "2026-01-01");
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, template->title);
  draw_page (cr, random, template, patient, examined_on);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}
