#!/bin/sh
# Japanese is complete: every file with words is listed, every word is in ja.po, none is fuzzy or empty.
cd "$1" || exit 2
status=0
marked=$(grep -rlE '(\b_|\bN_|\bC_|ngettext) ?\(|translatable="yes"' src/app src/cli ui --include='*.c' --include='*.ui' | LC_ALL=C sort)
listed=$(grep -v '^#' po/POTFILES | LC_ALL=C sort)
[ "$marked" = "$listed" ] || { echo "po/POTFILES differs from the files that have words:"; printf '%s\n' "$marked" > "$2/marked"; printf '%s\n' "$listed" | diff - "$2/marked"; status=1; }

xgettext --from-code=UTF-8 --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=g_dngettext:2,3 -f po/POTFILES -o "$2/uketsuke.pot" 2>"$2/xgettext.log" || { cat "$2/xgettext.log"; status=1; }
msgcmp po/ja.po "$2/uketsuke.pot" || status=1
msgfmt --check --statistics -o /dev/null po/ja.po || status=1
exit $status
