package crawl

import (
	"bytes"
	"net/http"

	"example.com/edgard/vital"
)

// An answer is what a response means. Status alone does not tell: SEC uses 403
// for an object that does not exist, for a client that is too fast and for one
// it does not know, and has been seen to send its block page with 200.
type answer int

const (
	answerOK         answer = iota
	answerUnchanged         // 304: the validators still hold
	answerRedirect          // the client follows, through the same door
	answerAbsent            // no such object
	answerThrottled         // too fast
	answerUndeclared        // User-Agent refused
	answerClosed            // a mirror that wants a token, or another one
	answerFault             // their side, or a status we do not know
)

// outcome is the word for a in the vital signs.
func (a answer) outcome() vital.Outcome {
	return [...]vital.Outcome{
		answerOK: vital.OK, answerUnchanged: vital.Unchanged, answerRedirect: vital.Redirect, answerAbsent: vital.Absent,
		answerThrottled: vital.Throttled, answerUndeclared: vital.Undeclared, answerClosed: vital.Undeclared, answerFault: vital.Fault,
	}[a]
}

// headSize is how much of a body classify wants to see.
const headSize = 4096

// classify decides by status and the first bytes of the (decoded) body.
func classify(status int, head []byte) answer {
	page := isHTML(head)
	undeclared := page && containsFold(head, "undeclared automated tool")
	tooFast := page && containsFold(head, "request rate threshold exceeded")
	switch {
	case tooFast, status == http.StatusTooManyRequests: // the page for too fast may speak of undeclared tools, too
		return answerThrottled
	case undeclared:
		return answerUndeclared
	case status == http.StatusUnauthorized:
		return answerClosed
	case status == http.StatusOK:
		return answerOK
	case status == http.StatusNotModified:
		return answerUnchanged
	case isRedirect(status):
		return answerRedirect
	case status == http.StatusForbidden && isS3Error(head):
		return answerAbsent
	case status == http.StatusForbidden:
		return answerThrottled
	case status == http.StatusNotFound, status == http.StatusGone:
		return answerAbsent
	}
	return answerFault
}

func isRedirect(status int) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}

func isHTML(head []byte) bool {
	start := bytes.ToLower(bytes.TrimLeft(head[:min(len(head), 256)], "\ufeff \t\r\n"))
	return bytes.HasPrefix(start, []byte("<!doctype html")) || bytes.HasPrefix(start, []byte("<html")) ||
		bytes.HasPrefix(start, []byte("<?xml")) && bytes.Contains(bytes.ToLower(head), []byte("<html"))
}

func isS3Error(head []byte) bool {
	return bytes.Contains(head, []byte("<Error>")) && bytes.Contains(head, []byte("<Code>"))
}

func containsFold(head []byte, phrase string) bool {
	return bytes.Contains(bytes.ToLower(head), []byte(phrase))
}
