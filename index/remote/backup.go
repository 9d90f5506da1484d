package remote

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"example.com/edgard/index"
)

const (
	snapshotHeader = "Edgard-Snapshot"
	faultTrailer   = "Edgard-Fault"

	slowest = 4 << 20     // bytes a second that a copy must be taken with, on the average
	grace   = time.Minute // before that counts
)

// errSlow is told to who takes a copy too slowly.
var errSlow = fmt.Errorf("the copy was taken at less than %d MiB a second, and cut off, because the index grows meanwhile: back up to a faster disk, and copy from there", slowest>>20)

// backup writes a copy of the database.
func (s *Server) backup(w http.ResponseWriter, r *http.Request) {
	select {
	case s.copying <- struct{}{}:
		defer func() { <-s.copying }()
	case <-r.Context().Done():
		return
	}
	begun := false
	err := s.ix.Backup(func(snap index.Snapshot) (io.Writer, error) {
		about, err := json.Marshal(snap)
		if err != nil {
			return nil, err
		}
		begun = true
		w.Header().Set("Content-Type", "application/octet-stream")
		w.Header().Set(snapshotHeader, string(about))
		w.Header().Set("Trailer", faultTrailer)
		limit := grace + time.Duration(snap.Bytes/slowest)*time.Second
		return &paced{w: w, control: http.NewResponseController(w), end: time.Now().Add(limit)}, nil
	})
	switch {
	case err == nil:
	case !begun:
		reply(w, http.StatusUnprocessableEntity, faultOf(err))
	default:
		_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(takingTime))
		if line, jsonErr := json.Marshal(faultOf(err)); jsonErr == nil {
			w.Header().Set(faultTrailer, string(line))
		}
	}
}

// paced writes to a client that must keep taking.
type paced struct {
	w       io.Writer
	control *http.ResponseController
	end     time.Time // for all of it
}

func (p *paced) Write(b []byte) (int, error) {
	now := time.Now()
	if now.After(p.end) {
		return 0, errSlow
	}
	deadline := now.Add(takingTime)
	if p.end.Before(deadline) {
		deadline = p.end
	}
	_ = p.control.SetWriteDeadline(deadline) // else the server's
	return p.w.Write(b)
}

// Backup is [index.Store.Backup]. It ends when nothing comes for a minute.
func (c *Client) Backup(begin func(index.Snapshot) (io.Writer, error)) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	idle := time.AfterFunc(answerTime, cancel)
	defer idle.Stop()
	resp, err := c.send(ctx, http.MethodPost, "backup", nil)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var snap index.Snapshot
	if err := json.Unmarshal([]byte(resp.Header.Get(snapshotHeader)), &snap); err != nil {
		return c.gone(err)
	}
	w, err := begin(snap)
	if err != nil {
		return err
	}
	return c.take(w, resp, snap, idle)
}

// take writes what comes to w.
func (c *Client) take(w io.Writer, resp *http.Response, snap index.Snapshot, idle *time.Timer) error {
	from := &watched{r: io.LimitReader(resp.Body, snap.Bytes+1), idle: idle}
	n, err := io.Copy(w, from)
	if err != nil && from.err == nil {
		return err // of w
	}
	if line := resp.Trailer.Get(faultTrailer); err == nil && line != "" {
		return c.fault(resp, bytes.NewReader([]byte(line)))
	}
	if err == nil && n != snap.Bytes {
		err = fmt.Errorf("%d bytes of %d came", n, snap.Bytes)
	}
	if err != nil {
		return c.gone(errors.Join(errors.New("the copy was cut off"), err))
	}
	return nil
}

// watched puts off the end for as long as something comes.
type watched struct {
	r    io.Reader
	idle *time.Timer
	err  error
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.r.Read(p)
	if n > 0 {
		w.idle.Reset(answerTime)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		w.err = err
	}
	return n, err
}
