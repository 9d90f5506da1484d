#!/bin/sh
# Builds crawler as releases and images have it: static, without paths of this machine,
# and the same byte for byte from the same commit and Go, in whatever folder.
#
#   deploy/build.sh FILE                                  for this machine
#   GOOS=linux GOARCH=arm64 deploy/build.sh FILE          for another
#   VERSION=v1.2.3 COMMIT=… DATE=… deploy/build.sh FILE   where there is no git to ask
set -eu
out=${1:?name the file to build}
case $out in /*) ;; *) out=$PWD/$out ;; esac
cd "$(dirname "$0")/.."

git() { command git "$@" 2>/dev/null || :; }
version=${VERSION:-$(git describe --tags --always --dirty)}
commit=${COMMIT:-$(git rev-parse HEAD)}
date=${DATE:-$(TZ=UTC0 git show -s --date=format-local:%Y-%m-%dT%H:%M:%SZ --format=%cd)}

# What the environment may say of other builds does not count.
export CGO_ENABLED=0 GOFLAGS= GOEXPERIMENT= GOFIPS140=off GOAMD64=v1 GOARM64=v8.0
exec go build -trimpath -buildvcs=false \
	-ldflags "-s -w -buildid= -X main.version=$version -X main.commit=$commit -X main.date=$date" \
	-o "$out" ./cmd/crawler
