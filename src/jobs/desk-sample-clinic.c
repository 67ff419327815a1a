#include "desk-holiday.h"
#include "desk-sample-parts.h"

typedef struct
{
  const char *name, *name_ja;
  const char *what; /* role or kind */
} Named;

static const Named people[DESK_SAMPLE_N_STAFF] = {
  { "ABE Mayumi", "阿部 真由美", "reception" },
  { "LIN Shu-yi", "林 淑儀", "reception" },
  { "MORI Ayaka", "森 彩香", "nurse" },
  { "FUJITA Kumiko", "藤田 久美子", "nurse" },
  { "OGAWA Daisuke", "小川 大輔", "nurse" },
  { "KUROSAWA Makoto", "黒澤 誠", "physician" },
  { "NISHIMURA Eri", "西村 絵里", "physician" },
  { "HIRANO Takumi", "平野 匠", "culture" },
  { "UENO Nanami", "上野 七海", "culture" },
  { "SAKAMOTO Ryo", "坂本 涼", "quality" },
  { "INOUE Satoshi", "井上 聡", "manager" },
};

static char *
make_uuid (DeskRandom *random)
{
  guint64 a = desk_random_next (random), b = desk_random_next (random);

  return g_strdup_printf ("%08x-%04x-4%03x-a%03x-%04x%08x", (guint) (a >> 32), (guint) (a >> 16 & 0xffff), (guint) (a & 0xfff),
                          (guint) (b >> 52), (guint) (b >> 32 & 0xffff), (guint) b);
}

static void
make_clinic (DeskSample *sample)
{
  g_autofree char *uuid = make_uuid (&sample->random);

  sample->clinic = (DeskClinic) {
    .name = DESK_LEND ("Sample Clinic Hibiya (not a real clinic)"), .name_ja = DESK_LEND ("日比谷見本クリニック（架空）"),
    .address = DESK_LEND ("1-0-0 Uchisaiwaicho, Chiyoda-ku, Tokyo 100-0000, Japan"), .address_ja = DESK_LEND ("〒100-0000 東京都千代田区内幸町1-0-0"),
    .phone = DESK_LEND ("+81 3 0000 0000"), .fax = DESK_LEND ("+81 3 0000 0001"), .email = DESK_LEND ("desk@example.com"),
    .director = DESK_LEND ("KUROSAWA Makoto, M.D."), .director_ja = DESK_LEND ("黒澤 誠"), .approval = DESK_LEND ("00-0000"),
    .contact = DESK_LEND ("AOKI Yuki"), .contact_ja = DESK_LEND ("青木 由紀"), .department = DESK_LEND ("International Patient Desk"),
    .department_ja = DESK_LEND ("国際患者受付"), .bank = DESK_LEND ("Sample Bank, Hibiya Branch 001, ordinary account 0000000, SWIFT XXXXJPJT, Sample Clinic Hibiya"),
    .bank_ja = DESK_LEND ("見本銀行 日比谷支店(001) 普通 0000000 ミホンクリニック"),
    .plan_number = DESK_LEND ("PC0000000"), .facility = DESK_LEND ("FC0000000"), .zone = DESK_LEND ("Asia/Tokyo"), .opens = 9 * 60, .closes = 18 * 60,
    /* Today is to be a working day whatever it is. */
    .closed_weekdays = DESK_LEND (desk_day_weekday (sample->today) == 7 ? "3" : "7"), .is_sample = TRUE,
  };
  sample->clinic.uuid = uuid;
  desk_bulk_clinic (sample->bulk, &sample->clinic);
  sample->clinic.uuid = NULL;
}

static void
make_people (DeskSample *sample)
{
  for (guint i = 0; i < DESK_SAMPLE_N_STAFF; i++)
    {
      DeskStaff staff = { .name = DESK_LEND (people[i].name), .name_ja = DESK_LEND (people[i].name_ja),
                          .role = DESK_LEND (people[i].what), .active = TRUE };

      sample->staff[i] = desk_bulk_staff (sample->bulk, &staff);
    }
}

static gint64
add_resource (DeskSample *sample, const char *kind, const Named *named, gint64 staff_id)
{
  DeskResource resource = { .kind = DESK_LEND (kind), .name = DESK_LEND (named->name),
                            .name_ja = DESK_LEND (named->name_ja), .staff_id = staff_id };

  return desk_bulk_resource (sample->bulk, &resource);
}

static void
make_resources (DeskSample *sample)
{
  static const Named rooms[] = { { "Room 1", "診察室1", "room" }, { "Room 2", "診察室2", "room" } };
  static const Named chairs[] = { { "Chair 1", "点滴チェア1", "chair" }, { "Chair 2", "点滴チェア2", "chair" },
                                  { "Chair 3", "点滴チェア3", "chair" } };

  for (guint i = 0; i < G_N_ELEMENTS (rooms); i++)
    sample->rooms[i] = add_resource (sample, "room", &rooms[i], 0);
  for (guint i = 0; i < G_N_ELEMENTS (chairs); i++)
    sample->chairs[i] = add_resource (sample, "chair", &chairs[i], 0);
  for (guint i = DESK_SAMPLE_NURSE; i <= DESK_SAMPLE_PHYSICIAN_2; i++)
    {
      gint64 id = add_resource (sample, "staff", &people[i], sample->staff[i]);

      if (i >= DESK_SAMPLE_PHYSICIAN)
        sample->physicians[i - DESK_SAMPLE_PHYSICIAN] = id;
    }
}

static gint64
add_container (DeskSample *sample, gint64 parent, const char *kind, const char *name, int row, int grid)
{
  DeskContainer container = { .parent_id = parent, .kind = DESK_LEND (kind), .name = DESK_LEND (name), .rows = grid,
                              .cols = grid, .row = row, .col = 1 };

  return desk_bulk_container (sample->bulk, &container);
}

static void
fill_tank (DeskSample *sample, GArray *boxes, gint64 tank, const char *letter, int racks)
{
  for (int rack = 1; rack <= racks; rack++)
    {
      g_autofree char *name = g_strdup_printf ("Rack %s%d", letter, rack);
      gint64 rack_id = add_container (sample, tank, "rack", name, rack, 0);

      for (int box = 1; box <= 5; box++)
        {
          g_autofree char *box_name = g_strdup_printf ("Box %s%d-%d", letter, rack, box);
          gint64 id = add_container (sample, rack_id, "box", box_name, box, 9);

          g_array_append_val (boxes, id);
        }
    }
}

static void
make_places (DeskSample *sample)
{
  gint64 site = add_container (sample, 0, "site", "Hibiya", 1, 0);
  gint64 room = add_container (sample, site, "room", "Cell storage room", 1, 0);
  /* Of the first patients one in three has some five doses, of those beyond one in two hundred has two. */
  int racks = 4 + (int) (MIN (sample->patients, DESK_SAMPLE_WHOLE) / 500 + sample->patients / 20000);

  sample->tanks[0] = add_container (sample, room, "tank", "Tank A (LN2)", 1, 0);
  fill_tank (sample, sample->boxes[0], sample->tanks[0], "A", racks);
  sample->counted = sample->tanks[0] + 1; /* its first rack */
  sample->tanks[1] = add_container (sample, room, "tank", "Tank B (LN2)", 2, 0);
  fill_tank (sample, sample->boxes[1], sample->tanks[1], "B", racks);
  sample->tanks[2] = add_container (sample, room, "freezer", "Freezer −80", 3, 0);
  gint64 rack = add_container (sample, sample->tanks[2], "rack", "Rack F1", 1, 0);
  add_container (sample, rack, "box", "Box F1-1", 1, 9);
}

/* The clinic with its people, rooms, chairs, tanks and closed days. */
void
desk_sample_clinic (DeskSample *sample)
{
  int year, month, day;

  make_clinic (sample);
  make_people (sample);
  desk_sample_baths (sample);
  desk_sample_devices (sample);
  make_resources (sample);
  make_places (sample);
  desk_day_to_ymd (sample->today, &year, &month, &day);
  for (DeskDay d = desk_day_from_ymd (year, 12, 30); d <= desk_day_from_ymd (year + 1, 1, 3); d++)
    if (ABS (d - sample->today) > 7)
      desk_bulk_closed_day (sample->bulk, d, "年末年始休診 New Year");
  if (desk_holiday_name (sample->today, FALSE)) /* the day one looks at is a day of work */
    desk_bulk_open_day (sample->bulk, sample->today, "祝日診療 open on the holiday");
}
