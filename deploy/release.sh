#!/usr/bin/env bash
# Makes the release: deploy/release.sh DIR [GOOS/GOARCH…]
#
# DIR gets crawler_VERSION_GOOS_GOARCH.tar.gz for each platform (linux/amd64, linux/arm64
# and darwin/arm64 unless named), with the program, its manual, completions for shells and
# deploy/, and SHA256SUMS over them. The same commit and Go make the same bytes. It wants
# GNU tar and gzip.
set -euo pipefail
dir=$(mkdir -p "${1:?name the folder to make}" && cd "$1" && pwd)
shift
[ $# -gt 0 ] || set -- linux/amd64 linux/arm64 darwin/arm64
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
deploy/build.sh "$work/crawler"
version=$("$work/crawler" version --json | sed 's/^{"version":"\([^"]*\)".*/\1/')
epoch=$(git log -1 --format=%ct 2>/dev/null || echo 0)

mkdir -p "$work/tree/man" "$work/tree/completions"
"$work/crawler" man "$work/tree/man/man1"
"$work/crawler" completion bash >"$work/tree/completions/crawler"
"$work/crawler" completion zsh >"$work/tree/completions/_crawler"
"$work/crawler" completion fish >"$work/tree/completions/crawler.fish"
cp -R LICENSE README.md CHANGELOG.md config.example.yaml deploy "$work/tree/"
rm "$work"/tree/deploy/*.sh "$work"/tree/deploy/*.go
chmod -R u=rwX,go=rX "$work/tree"

for platform; do
	GOOS=${platform%/*} GOARCH=${platform#*/} deploy/build.sh "$work/tree/crawler"
	name=crawler_${version}_${platform%/*}_${platform#*/}
	tar -C "$work/tree" --sort=name --mtime="@$epoch" --owner=0 --group=0 --numeric-owner \
		--transform "s,^\.,$name," -cf - . | gzip -9n >"$dir/$name.tar.gz"
	echo "$dir/$name.tar.gz"
done
cd "$dir" && sha256sum "crawler_${version}"_*.tar.gz >SHA256SUMS
