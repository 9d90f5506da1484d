package crawl

import "testing"

const (
	throttlePage   = "<!DOCTYPE html>\n<html><head><title>SEC.gov | Request Rate Threshold Exceeded</title></head>"
	undeclaredPage = "<!DOCTYPE html PUBLIC \"x\">\n<html><head><title>SEC.gov | Your Request Originates from an Undeclared Automated Tool</title>"
	accessDenied   = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>AccessDenied</Code><Message>no</Message></Error>"
	noSuchKey      = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>NoSuchKey</Code><Key>edgar/data/1/x.txt</Key></Error>"
)

func TestAnswersAreToldApartByStatusAndBody(t *testing.T) {
	for _, c := range []struct {
		name   string
		status int
		body   string
		want   answer
	}{
		{"a submission", 200, "<SEC-DOCUMENT>0000000001-24-000001.txt : 20240102\n", answerOK},
		{"a submission that speaks of the page", 200, "<SEC-DOCUMENT>x\nRequest Rate Threshold Exceeded", answerOK},
		{"not modified", 304, "", answerUnchanged},
		{"moved", 301, "<html>moved</html>", answerRedirect},
		{"a listing of the future", 403, accessDenied, answerAbsent},
		{"a missing filing", 404, noSuchKey, answerAbsent},
		{"a missing page", 404, "<html>File Unavailable</html>", answerAbsent},
		{"too fast", 403, throttlePage, answerThrottled},
		{"too fast, modern", 429, "", answerThrottled},
		{"too fast, in disguise", 200, throttlePage, answerThrottled},
		{"too fast, xhtml", 403, "<?xml version='1.0'?>" + throttlePage, answerThrottled},
		{"a refusal without words", 403, "", answerThrottled},
		{"too fast, with the other page's heading", 403, throttlePage + "<h1>Your Request Originates from an Undeclared Automated Tool</h1>", answerThrottled},
		{"too fast, whatever the page", 429, undeclaredPage, answerThrottled},
		{"an unknown tool", 403, undeclaredPage, answerUndeclared},
		{"an unknown tool, in disguise", 200, undeclaredPage, answerUndeclared},
		{"their fault", 503, "<html>File Unavailable</html>", answerFault},
		{"a mirror that wants a token", 401, "this asks for a token", answerClosed},
		{"a teapot", 418, "", answerFault},
	} {
		if got := classify(c.status, []byte(c.body)); got != c.want {
			t.Errorf("%s: classify(%d) = %d, want %d", c.name, c.status, got, c.want)
		}
	}
}
