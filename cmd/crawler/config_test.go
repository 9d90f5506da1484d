package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"example.com/edgard/edgar"
)

func compareConfigs() cmp.Option { return cmp.AllowUnexported(edgar.Form{}) }

func TestExampleConfigurationNamesEveryKeyAndEqualsTheDefaults(t *testing.T) {
	path := filepath.Join("..", "..", "config.example.yaml")
	eff, err := loadConfig(path, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := defaultConfig()
	want.Issuers, want.Hosts, want.Watch = []string{}, []string{}, []watchRule{}
	if diff := cmp.Diff(want, eff.config, compareConfigs()); diff != "" {
		t.Errorf("example differs from the defaults (-want +got):\n%s", diff)
	}
	for _, s := range settings() {
		if !strings.Contains(eff.origin[s.key], "config.example.yaml:") {
			t.Errorf("key %s is not in the example (origin %q)", s.key, eff.origin[s.key])
		}
	}
}

func TestEveryKeyHasAVariableThatSetsIt(t *testing.T) {
	examples := map[string]string{
		"user_agent": "Jane Doe jane@doe.org", "data": "/srv/edgard", "base_url": "http://127.0.0.1:9", "base_token_file": "/run/mirror", "from": "2024Q1", "forms": "8-K, 8-K/A",
		"issuers": "320193, BRK.B", "rate": "2.5", "feeds": "xbrlrss", "listen": "off", "hosts": "edgard.example, 192.0.2.1", "token_file": "/run/token", "archive.backend": "directory", "archive.keep": "text",
		"index.backend": "bbolt", "search.enabled": "true", "watch": `[{name: results, items: ["2.02"]}]`, "log.level": "debug", "log.format": "json",
	}
	shown := map[string]string{"watch": "results"}
	for _, s := range settings() {
		given, ok := examples[s.key]
		if !ok {
			t.Errorf("no example for %s", s.key)
			continue
		}
		eff, err := loadConfig("", []string{s.env() + "=" + given}, nil)
		if err != nil {
			t.Errorf("%s=%s: %v", s.env(), given, err)
			continue
		}
		want := given
		if w, ok := shown[s.key]; ok {
			want = w
		}
		if got := s.get(&eff.config); got != want {
			t.Errorf("%s=%s: got %q, want %q", s.env(), given, got, want)
		}
		if got := eff.origin[s.key]; got != s.env() {
			t.Errorf("%s: origin %q, want %q", s.key, got, s.env())
		}
	}
}

func TestFlagBeatsEnvironmentBeatsFileBeatsDefault(t *testing.T) {
	file := filepath.Join(t.TempDir(), "edgard.yaml")
	if err := os.WriteFile(file, []byte("rate: 1\ndata: /file\nlisten: off\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	env := []string{"EDGARD_RATE=2", "EDGARD_DATA=/env"}
	flags := []assignment{{"rate", textValue("3"), "--rate"}}
	eff, err := loadConfig(file, env, flags)
	if err != nil {
		t.Fatal(err)
	}
	got := []any{eff.Rate, eff.Data, eff.Listen, eff.Log.Level}
	want := []any{3.0, "/env", "off", "info"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("values (-want +got):\n%s", diff)
	}
	origins := []string{eff.origin["rate"], eff.origin["data"], eff.origin["listen"], eff.origin["log.level"]}
	if diff := cmp.Diff([]string{"--rate", "EDGARD_DATA", file + ":3", "default"}, origins); diff != "" {
		t.Errorf("origins (-want +got):\n%s", diff)
	}
}

func TestOnlyAServerOnThisMachineIsAskedWithoutAName(t *testing.T) {
	for base, want := range map[string]string{
		"": "", "http://mirror.example:8080": "", "http://127.0.0.1:8080": localAgent, "http://localhost:8080": localAgent,
	} {
		eff, err := loadConfig("", []string{"EDGARD_BASE_URL=" + base}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if eff.UserAgent != want {
			t.Errorf("base URL %q is asked as %q, want %q", base, eff.UserAgent, want)
		}
	}
	eff, err := loadConfig("", []string{"EDGARD_BASE_URL=http://127.0.0.1:8080", "EDGARD_USER_AGENT=Jane Doe jane@doe.org"}, nil)
	if err != nil || eff.UserAgent != "Jane Doe jane@doe.org" {
		t.Errorf("it is asked as %q, %v; want the name that was given", eff.UserAgent, err)
	}
}

func TestAnEmptyVariableAndAnEmptyKeyCountAsNotSet(t *testing.T) {
	file := filepath.Join(t.TempDir(), "edgard.yaml")
	if err := os.WriteFile(file, []byte("# nothing\nrate:\nlog:\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	eff, err := loadConfig(file, []string{"EDGARD_RATE="}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(defaultConfig(), eff.config, compareConfigs()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAMisspelledVariableIsNoted(t *testing.T) {
	eff, err := loadConfig("", []string{"EDGARD_RAET=3", "EDGARD_STATE_DIR=/x", "OTHER=1"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"environment variable EDGARD_RAET is unknown and unused; did you mean EDGARD_RATE?"}
	if diff := cmp.Diff(want, eff.notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
}

// Each *.bad.yaml holds mistakes, and in comments beginning "# want: " the
// messages they must draw, in order, without the path.
func TestMistakesInAFileAreAllReportedWithLineAndRemedy(t *testing.T) {
	files, err := filepath.Glob("testdata/config/*.bad.yaml")
	if err != nil || len(files) < 10 {
		t.Fatalf("found %d files of mistakes: %v", len(files), err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var want []string
			for line := range strings.Lines(string(data)) {
				if w, ok := strings.CutPrefix(line, "# want: "); ok {
					want = append(want, strings.TrimSpace(w))
				}
			}
			_, err = loadConfig(file, nil, nil)
			if err == nil {
				t.Fatal("loaded without a complaint")
			}
			if got := exitCode(t.Context(), err); got != exitMisuse {
				t.Errorf("exit code %d, want %d", got, exitMisuse)
			}
			got := strings.Split(strings.NewReplacer(file+": ", "", file+":", "").Replace(err.Error()), "\n")
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("messages (-want +got):\n%s", diff)
			}
		})
	}
}

func TestADocumentThatHoldsNothingIsNoSecondOne(t *testing.T) {
	for _, text := range []string{"rate: 2\n---\n", "---\nrate: 2\n...\n", "rate: 2\n---\n# nothing\n---\n"} {
		given, wrong := parseConfig("f", []byte(text))
		if len(given) != 1 || len(wrong) > 0 {
			t.Errorf("%q: %d keys, mistakes %q; want one key", text, len(given), wrong)
		}
	}
}

func FuzzAConfigurationLoadsOrIsRefusedInWords(f *testing.F) {
	f.Add([]byte("rate: 8\nlog: {level: info}\n"))
	f.Add([]byte("watch: [{name: a, items: ['2.02']}]\n"))
	f.Add([]byte("a: &x {b: *x}\n"))
	f.Add([]byte("forms: *x\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		given, wrong := parseConfig("f", data)
		for _, m := range wrong {
			if m == "" {
				t.Error("a mistake without words")
			}
		}
		c := defaultConfig()
		for _, a := range given {
			for _, s := range settings() {
				if s.key == a.key {
					_ = s.set(&c, a.value)
					_ = s.get(&c)
				}
			}
		}
	})
}

func TestValuesOfAliasesAreRefused(t *testing.T) {
	n := &yaml.Node{Kind: yaml.AliasNode}
	if _, err := (value{n}).text(); err == nil {
		t.Error("text of an alias: no complaint")
	}
	if _, err := (value{n}).list(); err == nil {
		t.Error("list of an alias: no complaint")
	}
}
