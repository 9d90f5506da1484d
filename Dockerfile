# A static binary, an unprivileged user and one volume; deploy/compose.yaml starts it.
#
#   docker build -t edgard \
#     --build-arg VERSION=$(git describe --tags --always) --build-arg COMMIT=$(git rev-parse HEAD) \
#     --build-arg DATE=$(TZ=UTC0 git show -s --date=format-local:%Y-%m-%dT%H:%M:%SZ --format=%cd) .
#   docker run -d --restart on-failure:10 -v edgard:/data -e EDGARD_USER_AGENT="Jane Doe jane@doe.org" edgard
#   docker run --rm -v edgard:/data -e EDGARD_USER_AGENT="Jane Doe jane@doe.org" edgard sync   # one pass instead
#
# The pages then listen inside the container alone. To be reached from the host they need
# an address that is not loopback, and with it a token: deploy/compose.yaml shows how.
FROM --platform=$BUILDPLATFORM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG TARGETOS TARGETARCH VERSION COMMIT DATE
RUN GOOS=$TARGETOS GOARCH=$TARGETARCH deploy/build.sh /out/crawler \
 && mkdir -p /out/root && mkdir -m 0750 /out/root/data && mkdir -m 1777 /out/root/tmp

FROM scratch
ARG VERSION COMMIT
LABEL org.opencontainers.image.title=edgard org.opencontainers.image.version=$VERSION org.opencontainers.image.revision=$COMMIT org.opencontainers.image.licenses=Apache-2.0
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /out/crawler /crawler
# Their parent is copied, so that /data and /tmp (which the demo needs) keep their modes.
COPY --from=build --chown=65532:65532 /out/root/ /
USER 65532:65532
# The request budget lies in the volume: containers that share it share the budget.
ENV EDGARD_DATA=/data EDGARD_STATE_DIR=/data/state
VOLUME /data
EXPOSE 8080
# The check opens the data directory, reads every entry of the index, and asks the daemon
# whether it is ready (/readyz): whether filings can be had and the crawl makes progress.
# While a pass holds the index, all is well.
HEALTHCHECK --interval=5m --timeout=30s --start-period=1m CMD ["/crawler", "status", "--check"]
ENTRYPOINT ["/crawler"]
CMD ["run"]
