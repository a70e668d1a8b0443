#!/bin/sh
# Puts linepaint into the menus of your desktop, for you alone; with --remove, takes it out again. Move the folder, and
# run it once more.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
data=${XDG_DATA_HOME:-$HOME/.local/share}

case ${1-} in
'' | --remove) ;;
*)
	echo "usage: $0 [--remove]" >&2
	exit 2
	;;
esac
case $here in
*[\"\`\$\\%]*)
	echo "$0: the folder's name has a letter in it that menus cannot take, one of \" \` \$ \\ %; rename the folder." >&2
	exit 2
	;;
esac

(cd "$here/share" && find . -type f) | while IFS= read -r file; do
	if [ "${1-}" = --remove ]; then
		rm -f -- "$data/$file"
	else
		mkdir -p -- "$(dirname -- "$data/$file")"
		case $file in
		*.desktop) awk -v command="\"$here/linepaint\"" \
			'/^Exec=/ { print "Exec=" command " %F"; next } { print }' "$here/share/$file" >"$data/$file" ;;
		*) cp -- "$here/share/$file" "$data/$file" ;;
		esac
	fi
done

# Desktops that have these programs read what they write; the others look for themselves.
if command -v update-mime-database >/dev/null && [ -d "$data/mime/packages" ]; then
	update-mime-database "$data/mime" || true
fi
if command -v update-desktop-database >/dev/null && [ -d "$data/applications" ]; then
	update-desktop-database -q "$data/applications" || true
fi
