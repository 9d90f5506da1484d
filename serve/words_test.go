package serve

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"go.uber.org/zap"
	"golang.org/x/sync/semaphore"

	"example.com/edgard/archive"
	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/index/indextest"
	"example.com/edgard/parse"
)

func TestWordsAreFoundWhereWordsOfTheTextBeginSo(t *testing.T) {
	for _, tt := range []struct{ text, words, at string }{ // at: how the text goes on there, "" where it is not found
		{"a material weakness", "weak mater", "weakness"},
		{"the “Merger Agreement”", "merger", "Merger Agreement”"},
		{"Item 5.02\u00a0Departure", "departure", "Departure"},
		{"the plant—Durham’s—closes", "durham closes", "Durham’s—closes"},
		{"an immaterial breach", "material", ""},
		{"immaterial, and then material", "material", "material"},
		{"ÉCOLE und öl", "école öl", "ÉCOLE und öl"},
		{"école", "cole", ""},
		{"İİİİ ȺȺȺȺ KKKK then here", "here", "here"},
		{"İstanbul", "istan", "İstanbul"},
		{"\xff\xff\xff here", "here", "here"},
		{"Item 2.02 on 7 May", "2 02 7", "2.02 on 7 May"},
		{"one", "one two", ""},
		{"", "one", ""},
	} {
		at, ok := place(tt.text, wordsOf(tt.words))
		if ok != (tt.at != "") || ok && tt.text[at:] != tt.at {
			t.Errorf("%q in %q: %q, %t, want %q", tt.words, tt.text, tt.text[at:], ok, tt.at)
		}
	}
}

func TestThePlaceOfTheWordsIsShownWhicheverItemHasThem(t *testing.T) {
	for name, items := range map[string][]parse.Item{
		"exhibits":               {{Number: "2.02", Text: "Results."}, {Number: "9.01", Text: "A kelp report."}},
		"exhibits, before 2004":  {{Number: "5", Text: "Others."}, {Number: "7", Text: "A kelp report."}},
		"the second of a number": {{Number: "8.01", Text: "Others."}, {Number: "8.01", Text: "A kelp report."}},
		"a heading":              {{Number: "8.01", Heading: "A kelp report."}},
	} {
		if got, ok := passage(items, []string{"kelp"}); got != "A kelp report." || !ok {
			t.Errorf("%s: %q, %t", name, got, ok)
		}
	}
	if got, ok := passage([]parse.Item{{Text: "kelp"}, {Text: "lamp"}}, []string{"kelp", "lamp"}); ok {
		t.Errorf("words of two items are found: %q", got)
	}
}

func FuzzAPassageIsTextAroundItsPlace(f *testing.F) {
	f.Add(strings.Repeat("İ ", 200)+"kelp"+strings.Repeat("ⱥ", 300), "kelp")
	f.Add("\xff\xc3kelp", "KELP")
	f.Fuzz(func(t *testing.T, text, asked string) {
		words := wordsOf(asked)
		at, ok := place(text, words)
		if !ok || len(words) == 0 {
			return
		}
		if low := strings.ToLower(text[at:]); !strings.HasPrefix(low, words[0]) {
			t.Errorf("%q goes on %q, not %q", text, low, words[0])
		}
		if got := around(text, at); !utf8.ValidString(got) || len(got) > 400 {
			t.Errorf("%q: %d bytes, %q", text, len(got), got)
		}
	})
}

// slow is a Server of n filings of which the archive has none; each question to its
// index takes a while.
func slow(t *testing.T, n int, takes time.Duration) *Server {
	t.Helper()
	store, err := index.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	ar, err := archive.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close(); ar.Close() })
	people := indextest.NewPopulation(n)
	var all []*parse.Filing
	for f := range people.All() {
		all = append(all, f)
	}
	if err := store.Record(all...); err != nil {
		t.Fatal(err)
	}
	asking := func(ask func(index.Reader) error) error {
		time.Sleep(takes)
		return ask(store)
	}
	return &Server{Config: Config{Index: asking, Archive: ar, Log: zap.NewNop()}, room: semaphore.NewWeighted(maxReading), searching: make(chan struct{}, 1)}
}

func TestASearchEndsInTimeAndGoesOnWhereItEnded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const n = 43
		s := slow(t, n, searchTime*2/3)
		a := asked{words: []string{"kelp"}}
		read, searches := 0, 0
		for ; a.query.After != "" || searches == 0; searches++ {
			start := time.Now()
			got, err := s.search(t.Context(), a)
			if err != nil {
				t.Fatal(err)
			}
			if took := time.Since(start); took > 2*searchTime {
				t.Errorf("a search took %v", took)
			}
			if got.read != got.unread || got.read > 2*searchPiece {
				t.Errorf("%d of %d could not be read, want all, and few", got.unread, got.read)
			}
			read += got.read
			a.query.After = got.next
		}
		if read != n || searches < 3 {
			t.Errorf("%d filings were read in %d searches, want %d, in several", read, searches, n)
		}
	})
}

func TestWhoeverWaitsForASearchTooLongIsToldSo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := slow(t, 1, 0)
		s.searching <- struct{}{}
		start := time.Now()
		_, err := s.search(t.Context(), asked{words: []string{"kelp"}})
		if p := problemOf(err); p.Status != http.StatusServiceUnavailable || time.Since(start) != searchWait {
			t.Errorf("%v after %v, want %d after %v", err, time.Since(start), http.StatusServiceUnavailable, searchWait)
		}
	})
}

func TestASearchEndsWithItsRequest(t *testing.T) {
	s := slow(t, 3, 0)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if got, err := s.search(ctx, asked{words: []string{"kelp"}}); err == nil {
		t.Errorf("it found %+v", got)
	}
}

func TestASearchSaysHowFarItWent(t *testing.T) {
	back, err := edgar.ParseDate("2024-01-31")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		of   searched
		want string
	}{
		{searched{read: 1}, "Searched: the items of 1 filing."},
		{searched{read: 1200, unread: 3, next: "more", back: back},
			"Searched: the items of 1,200 filings, back to 2024-01-31. 3 of them could not be read from the archive: crawler verify names them."},
	} {
		if got := tt.of.says(); got != tt.want {
			t.Errorf("%+v says %q, want %q", tt.of, got, tt.want)
		}
	}
}
