#include "desk-sample-names.h"
#include "desk-sample-parts.h"

typedef struct
{
  const char *icd10, *text;
} Diagnosis;

static const Diagnosis diagnoses[] = {
  { "C34.1", "Lung adenocarcinoma, upper lobe" }, { "C50.9", "Breast cancer" }, { "C22.0", "Hepatocellular carcinoma" },
  { "C18.7", "Sigmoid colon cancer" },            { "C20", "Rectal cancer" },   { "C25.0", "Pancreatic head cancer" },
  { "C16.9", "Gastric cancer" },                  { "C61", "Prostate cancer" }, { "C56", "Ovarian cancer" },
  { "C53.9", "Cervical cancer" },                 { "C64", "Renal cell carcinoma" }, { "C11.9", "Nasopharyngeal carcinoma" },
  { "C15.5", "Oesophageal cancer, lower third" }, { "C43.9", "Malignant melanoma" },  { "C71.9", "Glioblastoma" },
  { "C82.9", "Follicular lymphoma" },
};

static const char *const stages[] = { "I", "IIA", "IIB", "IIIA", "IIIB", "IIIC", "IV", "IVA" };
static const char *const agencies[]
    = { "", "", "", "Sakura Medical Travel", "華日醫療諮詢", "Hoa Anh Đào Medical", "Pacific Care Concierge", "Дальмедсервис" };
static const char *const referrers[] = { "", "", "General Hospital, Oncology", "City Cancer Centre", "University Hospital, Dept. of Surgery" };
static const char *const allergies[] = { "", "", "", "", "Penicillin", "Iodine contrast", "Latex; shellfish", "Albumin" };
static const char *const occupations[]
    = { "Company employee", "Retired", "Teacher", "Homemaker", "Shop owner", "Engineer", "Farmer", "Civil servant" };
static const char *const medication[] = { "", "", "Warfarin 2 mg", "Amlodipine 5 mg", "Metformin 500 mg; atorvastatin 10 mg", "Osimertinib 80 mg" };

static char *
pick (DeskRandom *random, const char *list)
{
  g_auto (GStrv) items = g_strsplit (list, ";", -1);

  return g_strdup (items[desk_random_below (random, g_strv_length (items))]);
}

/* One of a list of "LATIN/own script/kana". */
static void
pick_name (DeskRandom *random, const char *list, char **latin, char **native, char **kana)
{
  g_autofree char *item = pick (random, list);
  g_auto (GStrv) parts = g_strsplit (item, "/", -1);
  guint n = g_strv_length (parts);

  /* A slash may be part of the Latin name (A/L RAJU): the last two parts are fixed. */
  *kana = g_strdup (parts[n - 1]);
  *native = g_strdup (parts[n - 2]);
  g_clear_pointer (&parts[n - 2], g_free);
  *latin = g_strjoinv ("/", parts);
  g_free (parts[n - 1]);
  parts[n - 1] = NULL;
}

static const DeskSampleNation *
pick_nation (DeskSample *sample, guint index)
{
  guint n, total = 0;
  const DeskSampleNation *nations = desk_sample_nations (&n);

  /* One of each first, so that even a small sample shows every script. */
  if (index < n)
    return &nations[index];
  for (guint i = 0; i < n; i++)
    total += nations[i].weight;
  guint at = desk_random_below (&sample->random, total), i = 0;
  while (at >= (guint) nations[i].weight)
    at -= nations[i++].weight;
  return &nations[i];
}

/* "VAN DER BERG" as its owner writes it: "Van Der Berg". */
static char *
ordinary (const char *latin)
{
  char *text = g_ascii_strdown (latin, -1);

  for (char *p = text; *p; p++)
    if (p == text || p[-1] == ' ' || p[-1] == '-' || p[-1] == '\'')
      *p = g_ascii_toupper (*p);
  return text;
}

/* Where only one half of a name is written otherwise than in the passport, the other half stands beside it. */
static void
complete_native (DeskPatient *p)
{
  if (p->family_native[0] && !p->given_native[0] && p->given[0])
    {
      g_free (p->given_native);
      p->given_native = ordinary (p->given);
    }
  else if (p->given_native[0] && !p->family_native[0])
    {
      g_free (p->family_native);
      p->family_native = ordinary (p->family);
    }
}

static void
make_name (DeskSample *sample, DeskPatient *p, const DeskSampleNation *nation)
{
  DeskRandom *random = &sample->random;
  g_autofree char *kana = NULL, *given_kana = NULL;
  gboolean woman = desk_random_one_in (random, 2);

  p->sex = g_strdup (woman ? "F" : "M");
  pick_name (random, nation->families, &p->family, &p->family_native, &kana);
  if (!nation->women)
    {
      p->kana = g_steal_pointer (&kana);
      p->given = g_strdup ("");
      p->given_native = g_strdup ("");
      return;
    }
  pick_name (random, woman ? nation->women : nation->men, &p->given, &p->given_native, &given_kana);
  p->kana = g_strdup_printf ("%s %s", kana, given_kana);
  complete_native (p);
}

static char *
make_birth (DeskSample *sample)
{
  DeskDay day = sample->today - desk_random_between (&sample->random, 24 * 365, 88 * 365);
  char *iso = desk_day_format (day);

  /* Some passports know only the year, or year and month. */
  if (desk_random_one_in (&sample->random, 60))
    iso[desk_random_one_in (&sample->random, 2) ? 4 : 7] = '\0';
  return iso;
}

static void
make_illness (DeskSample *sample, DeskPatient *p)
{
  DeskRandom *random = &sample->random;

  if (desk_random_one_in (random, 5))
    {
      p->purpose = g_strdup ("prevention");
      p->icd10 = g_strdup ("Z29.8");
      p->diagnosis = g_strdup ("Health maintenance");
      p->stage = g_strdup ("");
      p->diagnosed_on = g_strdup ("");
      return;
    }
  const Diagnosis *d = &diagnoses[desk_random_below (random, G_N_ELEMENTS (diagnoses))];
  p->purpose = g_strdup ("treatment");
  p->icd10 = g_strdup (d->icd10);
  p->diagnosis = g_strdup (d->text);
  p->stage = g_strdup (stages[desk_random_below (random, G_N_ELEMENTS (stages))]);
  p->diagnosed_on = desk_day_format (sample->today - desk_random_between (random, 30, 1500));
}

static char *
make_email (const DeskPatient *p, guint index)
{
  g_autofree char *latin = g_ascii_strdown (p->family, -1);

  for (char *c = latin; *c; c++)
    if (!g_ascii_isalpha (*c))
      *c = '.';
  return g_strdup_printf ("%s.%u@example.com", latin, index + 1);
}

/* An invented patient, the index-th of the sample; the caller frees it. */
DeskPatient *
desk_sample_patient (DeskSample *sample, guint index)
{
  DeskRandom *random = &sample->random;
  const DeskSampleNation *nation = pick_nation (sample, index);
  DeskPatient *p = g_new0 (DeskPatient, 1);

  p->chart = g_strdup_printf ("P-%06u", index + 1);
  make_name (sample, p, nation);
  p->preferred = g_strdup ("");
  p->birth = make_birth (sample);
  p->nationality = g_strdup (nation->alpha3);
  p->passport = desk_random_pattern (random, nation->passport);
  p->passport_until = desk_day_format (sample->today + desk_random_between (random, 60, 3200));
  p->languages = g_strdup (nation->languages);
  p->interpreter = g_strrstr (nation->languages, "en") == NULL && g_strrstr (nation->languages, "ja") == NULL;
  p->phone = desk_random_pattern (random, nation->phone);
  p->email = make_email (p, index);
  p->address = pick (random, nation->cities);
  p->zone = g_strdup (nation->zone);
  g_autofree char *relative = desk_random_pattern (random, nation->phone);
  p->emergency = g_strdup_printf ("%s (%s) %s", p->family, desk_random_one_in (random, 2) ? "spouse" : "child", relative);
  p->referrer = g_strdup (referrers[desk_random_below (random, G_N_ELEMENTS (referrers))]);
  p->agency = g_strdup (agencies[desk_random_below (random, G_N_ELEMENTS (agencies))]);
  p->allergies = g_strdup (allergies[desk_random_below (random, G_N_ELEMENTS (allergies))]);
  p->medication = g_strdup (medication[desk_random_below (random, G_N_ELEMENTS (medication))]);
  make_illness (sample, p);
  p->occupation = g_strdup (occupations[index % G_N_ELEMENTS (occupations)]);
  p->note = g_strdup ("");
  return p;
}
