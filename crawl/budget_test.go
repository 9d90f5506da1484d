package crawl

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestALedgerThatCannotBeReadCountsAsEmpty(t *testing.T) {
	for name, data := range map[string]string{
		"garbage": "\x00\xff{", "cut": `{"next":"2000-`, "nothing": "",
		"a clock set wrong": `{"next":"2199-01-01T00:00:00Z","cool_down":"2199-01-01T00:00:00Z"}`,
	} {
		synctest.Test(t, func(t *testing.T) {
			b, err := newBudget(t.TempDir(), "sec.gov", 8)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(b.path, []byte(data), 0o600); err != nil {
				t.Fatal(err)
			}
			start := time.Now()
			if err := b.take(t.Context(), false); err != nil || time.Since(start) != 0 {
				t.Errorf("%s: a token after %v, %v; want one at once", name, time.Since(start), err)
			}
		})
	}
}

func TestHostsHaveBudgetsOfTheirOwnBelowTheStateDirectory(t *testing.T) {
	dir := t.TempDir()
	for _, host := range []string{"sec.gov", "127.0.0.1:8080", "../../etc/passwd", "[::1]:80"} {
		b, err := newBudget(dir, host, 8)
		if err != nil {
			t.Fatal(err)
		}
		if filepath.Dir(b.path) != dir || strings.ContainsAny(filepath.Base(b.path), ":/[") {
			t.Errorf("host %q has its budget at %s", host, b.path)
		}
	}
}

func TestAnUnlimitedBudgetStillKnowsACoolDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, err := newBudget(t.TempDir(), "127.0.0.1", 0)
		if err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		for range 1000 {
			if err := b.take(t.Context(), false); err != nil {
				t.Fatal(err)
			}
		}
		if time.Since(start) != 0 {
			t.Errorf("1,000 tokens took %v, want no time", time.Since(start))
		}
		if _, err := b.throttled(t.Context(), "test"); err != nil {
			t.Fatal(err)
		}
		if err := b.take(t.Context(), false); err == nil {
			t.Error("a token during the cool-down")
		}
	})
}

func TestAClockSetBackProlongsNoWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, err := newBudget(t.TempDir(), "sec.gov", 8)
		if err != nil {
			t.Fatal(err)
		}
		ahead := ledger{Next: time.Now().Add(40 * time.Minute), CoolDown: time.Now().Add(3 * time.Hour), Why: "before the clock was set back"}
		if err := b.write(ahead); err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		if err := b.take(t.Context(), true); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(start); took < CoolDown || took > CoolDown+time.Second {
			t.Errorf("a slot after %v, want one after a whole cool-down: %v", took, CoolDown)
		}
	})
}
