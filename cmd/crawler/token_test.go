package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestWhereTheTokenComesFrom(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	good := file("good", " 0123456789abcdef\n")
	tests := []struct {
		name                   string
		variable, path, origin string
		want, wrong            string
	}{
		{"nowhere", "", "", "default", "", ""},
		{"from the file", "", good, "edgard.yaml:3", "0123456789abcdef", ""},
		{"from the variable", "fedcba9876543210\n", "", "default", "fedcba9876543210", ""},
		{"the variable before the file", "fedcba9876543210", good, "edgard.yaml:3", "fedcba9876543210", ""},
		{"the flag before the variable", "fedcba9876543210", good, "--token-file", "0123456789abcdef", ""},
		{"a file that is missing", "", filepath.Join(dir, "none"), "edgard.yaml:3", "", "edgard.yaml:3: open "},
		{"a short one", "", file("short", "0123"), "--token-file", "", "a token of 4 characters is too easy to guess"},
		{"an empty file", "", file("empty", ""), "--token-file", "", "a token of 0 characters"},
		{"a file of something else", "", file("long", strings.Repeat("a", 5000)), "--token-file", "", "it is too long"},
		{"two lines", "", file("two", "0123456789abcdef\n0123456789abcdef\n"), "--token-file", "", "without blanks"},
		{"a short variable", "0123", "", "default", "", "EDGARD_TOKEN: a token of 4 characters"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := &app{getenv: func(name string) string { return map[string]string{tokenVariable: tt.variable}[name] }}
			got, err := a.token(&effective{config: config{TokenFile: tt.path}, origin: map[string]string{"token_file": tt.origin}})
			if got != tt.want || (err == nil) != (tt.wrong == "") || err != nil && !strings.Contains(err.Error(), tt.wrong) {
				t.Errorf("token = %q, %v; want %q, %q", got, err, tt.want, tt.wrong)
			}
			if err != nil && tt.variable != "" && strings.Contains(err.Error(), tt.variable+" ") {
				t.Errorf("%v shows the token", err)
			}
		})
	}
}
