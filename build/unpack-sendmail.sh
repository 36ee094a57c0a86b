#!/usr/bin/env bash
# Unpacks Debian's Sendmail into a directory for the tests that ask it, without installing it, which would replace
# the machine's mail system. The shared libraries that it needs are unpacked with it.
# usage: build/unpack-sendmail.sh [DIRECTORY]   (default: target/sendmail)
set -euo pipefail
cd "$(dirname "$0")/.."
home=${1:-target/sendmail}
if [ -x "$home/usr/libexec/sendmail/sendmail" ]; then
  exit 0
fi
download=$(mktemp -d)
trap 'rm -rf "$download"' EXIT
chmod 755 "$download"
libraries=$(apt-cache depends sendmail-bin | sed -n 's/^ *Depends: \(lib[^ ]*\)$/\1/p' | grep -v '^libc6$')
(cd "$download" && apt-get download -qq sendmail-bin $libraries)
rm -rf "$home"
mkdir -p "$home"
for package in "$download"/*.deb; do
  dpkg -x "$package" "$home"
done
# The loader ignores LD_LIBRARY_PATH for a program that changes its group, and so would not find those libraries.
find "$home" -type f -perm /6000 -exec chmod ug-s {} +
