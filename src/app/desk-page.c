#include "desk-page.h"

#include "desk-book.h"
#include "desk-clinic-contents.h"
#include "desk-clinics.h"
#include "desk-words.h"

typedef struct
{
  DeskSession *session;
  gulong changed_handler;
  DeskClinic *clinic;
  GTimeZone *zone;
  GPtrArray *types; /* of DeskVisitType; NULL until somebody asks */
  guint32 news;     /* kinds that changed and were not told yet, a bit each */
  gint64 news_id;   /* what changed, while it is one thing; 0 for several */
  guint telling;    /* idle source */
} DeskPagePrivate;

G_STATIC_ASSERT (DESK_N_KINDS <= 32);

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (DeskPage, desk_page, ADW_TYPE_BIN)

/* The clock the clinic lives by; "Asia/Tokyo" while it has none, UTC where the machine does not know its zone. */
static void
read_zone (DeskPagePrivate *priv)
{
  const char *name = priv->clinic->zone && *priv->clinic->zone ? priv->clinic->zone : "Asia/Tokyo";
  GTimeZone *zone = g_time_zone_new_identifier (name);

  if (!zone)
    zone = g_time_zone_new_utc ();
  g_clear_pointer (&priv->zone, g_time_zone_unref);
  priv->zone = zone;
}

static void
reload_clinic (DeskPage *self)
{
  DeskPagePrivate *priv = desk_page_get_instance_private (self);
  g_autoptr (GError) error = NULL;
  DeskClinic *clinic = desk_clinic_load (desk_session_reader (priv->session), &error);

  if (!clinic)
    {
      g_info ("the clinic's record stays as it was read before: %s", error->message);
      return;
    }
  gboolean moved = g_strcmp0 (priv->clinic->zone, clinic->zone) != 0;
  desk_clinic_free (priv->clinic);
  priv->clinic = clinic;
  if (moved)
    read_zone (priv);
}

static gboolean
tell_changes (gpointer user_data)
{
  DeskPage *self = user_data;
  DeskPagePrivate *priv = desk_page_get_instance_private (self);
  guint32 news = priv->news;

  priv->telling = 0;
  priv->news = 0;
  if (news & (1u << DESK_KIND_CLINIC | 1u << DESK_KIND_ANY))
    {
      reload_clinic (self);
      g_clear_pointer (&priv->types, g_ptr_array_unref);
    }
  if (news & 1u << DESK_KIND_ANY)
    news = 1u << DESK_KIND_ANY; /* whoever looks at everything has seen the rest */
  for (guint kind = 0; kind < DESK_N_KINDS; kind++)
    if (news & 1u << kind && DESK_PAGE_GET_CLASS (self)->changed)
      DESK_PAGE_GET_CLASS (self)->changed (self, kind, priv->news_id);
  return G_SOURCE_REMOVE;
}

/* One transaction changes many things, a look-back hundreds: the page hears of each kind once. */
static void
on_changed (DeskSession *session, guint kind, gint64 id, gpointer user_data)
{
  DeskPage *self = user_data;
  DeskPagePrivate *priv = desk_page_get_instance_private (self);

  priv->news_id = priv->news == 0 ? id : priv->news == 1u << kind && priv->news_id == id ? id : 0;
  priv->news |= 1u << kind;
  if (!priv->telling)
    priv->telling = g_idle_add_full (G_PRIORITY_DEFAULT, tell_changes, self, NULL);
}

static void
desk_page_dispose (GObject *object)
{
  DeskPagePrivate *priv = desk_page_get_instance_private (DESK_PAGE (object));

  if (priv->session)
    g_clear_signal_handler (&priv->changed_handler, priv->session);
  g_clear_handle_id (&priv->telling, g_source_remove);
  g_clear_object (&priv->session);
  g_clear_pointer (&priv->clinic, desk_clinic_free);
  g_clear_pointer (&priv->zone, g_time_zone_unref);
  g_clear_pointer (&priv->types, g_ptr_array_unref);
  G_OBJECT_CLASS (desk_page_parent_class)->dispose (object);
}

static void
desk_page_class_init (DeskPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = desk_page_dispose;
}

static void
desk_page_init (DeskPage *self)
{
}

/* Gives the page its clinic, once. */
void
desk_page_set_session (DeskPage *self, DeskSession *session)
{
  DeskPagePrivate *priv = desk_page_get_instance_private (self);
  g_autoptr (GError) error = NULL;

  priv->session = g_object_ref (session);
  priv->changed_handler = g_signal_connect (session, "changed", G_CALLBACK (on_changed), self);
  priv->clinic = desk_clinic_load (desk_session_reader (session), &error);
  if (!priv->clinic)
    {
      /* A file without the record yet: the settings make it. */
      if (!g_error_matches (error, DESK_ERROR, DESK_ERROR_NOT_FOUND))
        g_warning ("cannot read the clinic: %s", error->message);
      priv->clinic = g_new0 (DeskClinic, 1);
      desk_clinic_tidy (priv->clinic);
      priv->clinic->closed_weekdays = g_strdup ("7");
      priv->clinic->opens = 9 * 60;
      priv->clinic->closes = 18 * 60;
    }
  read_zone (priv);
  if (DESK_PAGE_GET_CLASS (self)->load)
    DESK_PAGE_GET_CLASS (self)->load (self);
}

/* The place was chosen: puts the focus where work begins. */
void
desk_page_enter (DeskPage *self)
{
  if (DESK_PAGE_GET_CLASS (self)->enter)
    DESK_PAGE_GET_CLASS (self)->enter (self);
  else
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

/* Whether something typed on the page would be lost. */
gboolean
desk_page_unsaved (DeskPage *self)
{
  return DESK_PAGE_GET_CLASS (self)->unsaved && DESK_PAGE_GET_CLASS (self)->unsaved (self);
}

/* The widget that has the action, brought into view: the page or a part of it. Lent. */
GtkWidget *
desk_page_part (DeskPage *self, const char *action)
{
  GtkWidget *part = DESK_PAGE_GET_CLASS (self)->part ? DESK_PAGE_GET_CLASS (self)->part (self, action) : NULL;

  return part ? part : GTK_WIDGET (self);
}

/* Shows one thing of a kind the page knows. */
void
desk_page_show (DeskPage *self, DeskKind kind, gint64 id)
{
  if (DESK_PAGE_GET_CLASS (self)->show)
    DESK_PAGE_GET_CLASS (self)->show (self, kind, id);
}

/* Lent; NULL before the session is set. */
DeskSession *
desk_page_get_session (DeskPage *self)
{
  return ((DeskPagePrivate *) desk_page_get_instance_private (self))->session;
}

/* The read-only connection of the main thread, for what must be there in this frame. */
DeskDb *
desk_page_get_reader (DeskPage *self)
{
  return desk_session_reader (desk_page_get_session (self));
}

/* What papers contain; closed as long as the clinic's passphrase was not given ("unlocked" says when it was). Lent. */
DeskContents *
desk_page_get_contents (DeskPage *self)
{
  return desk_clinic_contents (desk_page_get_session (self));
}

/* The clinic's record, lent until the next change; never NULL. */
const DeskClinic *
desk_page_get_clinic (DeskPage *self)
{
  return ((DeskPagePrivate *) desk_page_get_instance_private (self))->clinic;
}

/* The clinic's time zone, whatever the computer's is. */
GTimeZone *
desk_page_get_zone (DeskPage *self)
{
  return ((DeskPagePrivate *) desk_page_get_instance_private (self))->zone;
}

/* What the clinic calls a type of visit, lent until the next change; the code itself when it cannot be read. */
const char *
desk_page_visit_type (DeskPage *self, const char *code)
{
  DeskPagePrivate *priv = desk_page_get_instance_private (self);
  g_autoptr (GError) error = NULL;

  if (!priv->types)
    priv->types = desk_visit_type_list (desk_page_get_reader (self), &error);
  if (!priv->types)
    {
      g_warning ("cannot read the types of visits: %s", error->message);
      return code;
    }
  for (guint i = 0; i < priv->types->len; i++)
    {
      const DeskVisitType *type = g_ptr_array_index (priv->types, i);

      if (g_str_equal (type->code, code))
        return desk_words_pick (type->name, type->name_ja);
    }
  return code;
}

/* Today in the clinic. */
DeskDay
desk_page_get_today (DeskPage *self)
{
  return desk_instant_day (g_get_real_time () / G_USEC_PER_SEC, desk_page_get_zone (self));
}

/* Whether an instant is on a day still to come, by the clinic's clock. */
gboolean
desk_page_is_coming (DeskPage *self, gint64 at)
{
  return desk_instant_day (at, desk_page_get_zone (self)) > desk_page_get_today (self);
}

/* Whether the file can only be looked at. */
gboolean
desk_page_get_read_only (DeskPage *self)
{
  return desk_session_get_read_only (desk_page_get_session (self));
}
