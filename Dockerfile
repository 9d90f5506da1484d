# A static binary, an unprivileged user and one volume.
FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /out/crawler ./cmd/crawler \
 && mkdir -m 0750 /out/data

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /out/crawler /crawler
COPY --from=build --chown=65532:65532 /out/data /data
USER 65532:65532
# The request budget lies in the volume: containers that share it share the budget.
ENV EDGARD_DATA=/data EDGARD_STATE_DIR=/data/state
VOLUME /data
HEALTHCHECK --interval=5m --timeout=10s CMD ["/crawler", "config", "check", "--quiet"]
ENTRYPOINT ["/crawler"]
CMD ["sync"]
