package content_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/parse"
	"example.com/edgard/parse/content"
)

// submission is one with a document of each text.
func submission(texts ...string) string {
	var b strings.Builder
	b.WriteString("<SEC-DOCUMENT>0000900001-24-000007.txt : 20240205\n<SEC-HEADER>\nACCESSION NUMBER:\t\t0000900001-24-000007\n</SEC-HEADER>\n")
	for i, text := range texts {
		fmt.Fprintf(&b, "<DOCUMENT>\n<TYPE>EX-99\n<SEQUENCE>%d\n<TEXT>\n%s</TEXT>\n</DOCUMENT>\n", i+1, text)
	}
	return b.String() + "</SEC-DOCUMENT>\n"
}

func documents(t testing.TB, text string) []parse.Document {
	t.Helper()
	s, err := parse.ReadSubmission(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return s.Documents
}

// encoded is "Cat" and "Dog!" as uuencode has them.
const encoded = "begin 644 cat.gif\n#0V%T\n$1&]G(0``\n`\nend\n"

func TestEveryWrappingIsTakenOff(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"plain text", "  Press release\n\n", "  Press release\n\n"},
		{"an encoding", encoded, "CatDog!"},
		{"an encoding with check characters", "begin 644 cat.gif\n#0V%TX\n$1&]G(0``X\n`\nend\n", "CatDog!"},
		{"an encoded PDF", "<PDF>\n" + encoded + "</PDF>\n", "CatDog!"},
		{"XBRL", "<XBRL>\n<?xml version='1.0'?>\n<schema/>\n</XBRL>\n", "<?xml version='1.0'?>\n<schema/>\n"},
		{"a tag that is not closed", "<XML>\n<r/>", "<r/>"},
		{"an encoding of nothing", "begin 644 x\n`\nend\n", ""},
		{"a sentence that begins", "begin 644\n", "begin 644\n"},
	} {
		text := submission(tt.text)
		var got bytes.Buffer
		if err := content.Copy(&got, strings.NewReader(text), &documents(t, text)[0]); err != nil || got.String() != tt.want {
			t.Errorf("%s: got %q, %v, want %q", tt.name, got.String(), err, tt.want)
		}
	}
}

func TestDashesOfAnEnvelopeAreTakenOff(t *testing.T) {
	long := strings.Repeat("- -", 5000)[2:] // one line in several pieces
	text := "-----BEGIN PRIVACY-ENHANCED MESSAGE-----\nProc-Type: 2001,MIC-CLEAR\n\n" + submission("- -- ten --\nplain - -\n- -----\n"+long+"\n") + "-----END PRIVACY-ENHANCED MESSAGE-----\n"
	var got bytes.Buffer
	err := content.Copy(&got, strings.NewReader(text), &documents(t, text)[0])
	if want := "-- ten --\nplain - -\n-----\n" + long + "\n"; err != nil || got.String() != want {
		t.Errorf("got %q, %v, want %q", got.String(), err, want)
	}
}

func TestDocumentsAreReadInTurnHoweverMuchOfEachIsRead(t *testing.T) {
	text := submission("one\n", encoded, strings.Repeat("three\n", 20_000), "four\n")
	docs := documents(t, text)
	r := content.NewReader(iotest.OneByteReader(strings.NewReader(text)))
	var got []string
	for _, i := range []int{0, 1, 2, 3} {
		b, err := r.Open(&docs[i])
		if err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		if i != 2 { // which is left unread
			err = b.Decode(&text)
		}
		got = append(got, fmt.Sprint(b.Name, b.Encoded, text.String(), err))
	}
	if diff := cmp.Diff([]string{"falseone\n<nil>", "cat.giftrueCatDog!<nil>", "false<nil>", "falsefour\n<nil>"}, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if _, err := r.Open(&docs[0]); err == nil {
		t.Error("a document was opened that lies behind")
	}
}

func TestABrokenEncodingIsToldFromABrokenReader(t *testing.T) {
	for name, text := range map[string]string{
		"cut":            encoded[:25],
		"a short line":   strings.Replace(encoded, "(0``", "(0`", 1),
		"a wrong letter": strings.Replace(encoded, "V", "~", 1),
		"no end":         strings.Replace(encoded, "end\n", "\n", 1),
		"more":           encoded + "and more\n",
		"much more":      encoded + strings.Repeat("and more\n", 1000),
		"no length":      strings.Replace(encoded, "\n#", "\n~", 1),
		"a long line":    "begin 644 x\n" + strings.Repeat("#", 5000),
	} {
		text := submission(text)
		if err := content.Copy(io.Discard, strings.NewReader(text), &documents(t, text)[0]); !errors.Is(err, content.ErrEncoding) {
			t.Errorf("%s: got %v, want ErrEncoding", name, err)
		}
	}
	text := submission(encoded)
	d := documents(t, text)[0]
	broken := errors.New("the disk is on fire")
	for _, n := range []int64{0, d.Offset, d.Offset + 30} {
		r := io.MultiReader(strings.NewReader(text[:n]), iotest.ErrReader(broken))
		if err := content.Copy(io.Discard, r, &d); !errors.Is(err, broken) || errors.Is(err, content.ErrEncoding) {
			t.Errorf("a reader that breaks at %d: got %v, want its own error", n, err)
		}
	}
}

func TestASubmissionThatIsTooShortIsToldOf(t *testing.T) {
	for _, text := range []string{submission(strings.Repeat("words\n", 1000)), submission(encoded)} {
		d := documents(t, text)[0]
		for _, n := range []int64{0, d.Offset - 1, d.Offset, d.Offset + 20, d.Offset + d.Length - 1} {
			if err := content.Copy(io.Discard, strings.NewReader(text[:n]), &d); !errors.Is(err, io.ErrUnexpectedEOF) {
				t.Errorf("%d bytes of %d: got %v, want %v", n, d.Offset+d.Length, err, io.ErrUnexpectedEOF)
			}
		}
	}
}

// onceBroken fails when it has given its bytes, and says nothing of it later.
type onceBroken struct {
	r   io.Reader
	err error
}

func (o *onceBroken) Read(p []byte) (int, error) {
	n, err := o.r.Read(p)
	if err == io.EOF {
		err, o.err = o.err, io.EOF
	}
	return n, err
}

func TestAnErrorIsToldThoughItsReaderForgetsIt(t *testing.T) {
	text := "-----BEGIN PRIVACY-ENHANCED MESSAGE-----\n\n" + submission("- -- ten --\nplain\n")
	d := documents(t, text)[0]
	broken := errors.New("the disk is on fire")
	for n := range d.Offset + d.Length {
		if err := content.Copy(io.Discard, &onceBroken{strings.NewReader(text[:n]), broken}, &d); !errors.Is(err, broken) {
			t.Errorf("broken at %d: got %v, want %v", n, err, broken)
		}
	}
}

func FuzzCopy(f *testing.F) {
	f.Add(submission(encoded, "<PDF>\n"+encoded+"</PDF>\n"))
	f.Add("-----BEGIN PRIVACY-ENHANCED MESSAGE-----\n\n" + submission("- -x\n"))
	f.Fuzz(func(t *testing.T, text string) {
		s, err := parse.ReadSubmission(strings.NewReader(text))
		if err != nil {
			return
		}
		r := content.NewReader(strings.NewReader(text))
		for i := range s.Documents {
			var got bytes.Buffer
			b, err := r.Open(&s.Documents[i])
			if err != nil {
				t.Fatalf("document %d: %v", i+1, err)
			}
			if err := b.Decode(&got); err != nil && !errors.Is(err, content.ErrEncoding) {
				t.Errorf("document %d: %v", i+1, err)
			}
			if int64(got.Len()) > 63*s.Documents[i].Length { // blanks at the end of a line may be missing
				t.Errorf("document %d: %d bytes out of %d", i+1, got.Len(), s.Documents[i].Length)
			}
		}
	})
}
