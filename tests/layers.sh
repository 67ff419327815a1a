#!/bin/sh
# What the compiler cannot hold: each library stays in its own layer.
cd "$1" || exit 2
status=0
forbid () { # WHERE-NOT (a path pattern), PATTERN, WORDS
  hits=$(grep -rnE "$2" src --include='*.c' --include='*.h' | grep -vE "^src/($1)" || true)
  [ -z "$hits" ] || { echo "$3:"; echo "$hits"; status=1; }
}
forbid 'store/sqlite/' '#include <sqlite3' 'sqlite3.h outside the engine'
forbid 'app/' '#include <(gtk|adwaita)|\b(gtk|adw)_[a-z_]+ \(' 'GTK outside the window'
forbid 'xml/' '#include <libxml' 'libxml2 outside the xml layer'
forbid 'vault/' '#include <sodium' 'libsodium outside the vault'
forbid 'store/' '"(SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH) ' 'SQL outside the store'
forbid 'intake/' '#include <poppler|#include <gdk-pixbuf' 'outside files parsed in the program'
forbid 'app/desk-toast' 'adw_toast_new' 'toast titles are markup: use desk_toast ()'
exit $status
