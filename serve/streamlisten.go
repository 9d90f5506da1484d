package serve

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"example.com/edgard/index"
)

const (
	heartbeat      = 15 * time.Second
	readerPatience = 10 * time.Second // with a client that does not read
	catchUpPause   = time.Second      // when the index cannot be read
	eventPiece     = 32 << 10         // of events written at once
)

// A listener is a client of a stream and the place that it has come to.
type listener struct {
	feed   *feed
	query  index.Query
	data   func(change) (string, error)
	at     index.Edition // all changes up to it were sent, or are not wanted
	lost   bool          // but the client named another place, which means nothing here
	events events
}

// listen sends events until the client has gone, or does not read, or the feed ends.
func (l *listener) listen(ctx context.Context) {
	l.events.raw("retry: 3000\n")
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	told := l.begin()
	for told == nil {
		var wait <-chan struct{}
		if wait, told = l.forward(ctx); told != nil {
			return
		}
		select {
		case <-wait:
		case <-beat.C:
			told = l.events.heartbeat(l.at)
		case <-ctx.Done():
			return
		case <-l.feed.ended:
			return
		}
	}
}

// begin tells where the stream begins.
func (l *listener) begin() error {
	if !l.lost {
		return l.events.id(l.at)
	}
	if err := l.events.event("reset", l.at, reset(l.at)); err != nil {
		return err
	}
	return l.events.flush()
}

// forward sends what is there, and returns what to wait for.
func (l *listener) forward(ctx context.Context) (wait <-chan struct{}, err error) {
	for {
		cs, now, news, ok := l.feed.after(l.at)
		if ok {
			return news, l.send(cs, now)
		}
		cs, now, err := l.feed.catchUp(ctx, l.at)
		switch {
		case err != nil || now == l.at: // the poll tells of errors
			return soon(ctx), l.events.flush()
		case now.Epoch != l.at.Epoch || now.Sequence < l.at.Sequence:
			err = l.events.event("reset", now, reset(now))
			l.at = now
		default:
			err = l.send(cs, now)
		}
		if err != nil {
			return nil, err
		}
	}
}

// soon is closed in a while.
func soon(ctx context.Context) <-chan struct{} {
	ctx, cancel := context.WithTimeout(ctx, catchUpPause)
	context.AfterFunc(ctx, cancel)
	return ctx.Done()
}

// send sends those of the changes that are wanted, and moves on.
func (l *listener) send(cs []change, now index.Edition) error {
	for _, c := range cs {
		if !l.query.Match(c.filing, c.listed...) {
			continue
		}
		data, err := l.data(c)
		if err != nil {
			return err
		}
		if err := l.events.event("filing", index.Edition{Epoch: now.Epoch, Sequence: c.sequence}, data); err != nil {
			return err
		}
	}
	l.at = now
	return l.events.flush()
}

// events writes server-sent events, as the HTML standard has them.
type events struct {
	w       http.ResponseWriter
	control *http.ResponseController
	b       bytes.Buffer
	last    index.Edition // the id sent last
}

func (e *events) raw(s string) { e.b.WriteString(s) }

// event adds an event to what is to be sent.
func (e *events) event(name string, id index.Edition, data string) error {
	fmt.Fprintf(&e.b, "event: %s\nid: %s\n", name, id)
	for line := range strings.Lines(data) {
		e.b.WriteString("data: " + strings.TrimRight(line, "\r\n") + "\n")
	}
	e.b.WriteByte('\n')
	e.last = id
	if e.b.Len() < eventPiece {
		return nil
	}
	return e.flush()
}

// id tells where the stream is, without an event.
func (e *events) id(at index.Edition) error {
	fmt.Fprintf(&e.b, "id: %s\n\n", at)
	e.last = at
	return e.flush()
}

// heartbeat shows that somebody is there.
func (e *events) heartbeat(at index.Edition) error {
	e.raw(": nothing new\n")
	if at != e.last {
		return e.id(at)
	}
	e.raw("\n")
	return e.flush()
}

// flush sends what there is. It fails when the client does not take it in time.
func (e *events) flush() error {
	if e.b.Len() == 0 {
		return nil
	}
	_ = e.control.SetWriteDeadline(time.Now().Add(readerPatience)) // in tests there may be no socket
	_, err := e.w.Write(e.b.Bytes())
	e.b.Reset()
	if err != nil {
		return err
	}
	return e.control.Flush()
}
