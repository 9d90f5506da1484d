package deploy_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// A stage is what one FROM of a Dockerfile begins.
type stage struct {
	name, from string
	steps      []step
}

// A step is one instruction.
type step struct {
	word  string
	flags map[string]string // of COPY and the like, without their dashes
	rest  string
}

// readDockerfile reads what this repository's Dockerfile is made of: comments,
// instructions, and lines that a backslash continues.
func readDockerfile(t *testing.T, name string) (stages []stage) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(strings.ReplaceAll(withoutComments(string(data)), "\\\n", " ")) {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		if word == "" {
			continue
		}
		s := step{word: word, flags: map[string]string{}, rest: strings.TrimSpace(rest)}
		for strings.HasPrefix(s.rest, "--") {
			flag, after, _ := strings.Cut(s.rest, " ")
			key, val, _ := strings.Cut(flag[2:], "=")
			s.flags[key], s.rest = val, strings.TrimSpace(after)
		}
		if word == "FROM" {
			from, as, _ := strings.Cut(s.rest, " AS ")
			stages = append(stages, stage{name: as, from: from})
			continue
		}
		if len(stages) == 0 {
			t.Fatalf("%s before any FROM", word)
		}
		last := &stages[len(stages)-1]
		last.steps = append(last.steps, s)
	}
	return stages
}

func withoutComments(text string) string {
	return strings.Join(slices.DeleteFunc(strings.SplitAfter(text, "\n"), func(l string) bool { return strings.HasPrefix(l, "#") }), "")
}

// only returns the one instruction of that word.
func (s stage) only(t *testing.T, word string) step {
	t.Helper()
	found := slices.DeleteFunc(slices.Clone(s.steps), func(x step) bool { return x.word != word })
	if len(found) != 1 {
		t.Fatalf("%d instructions %s, want one", len(found), word)
	}
	return found[0]
}

// words reads the exec form: ["/crawler", "run"].
func (s step) words(t *testing.T) (words []string) {
	t.Helper()
	if err := json.Unmarshal([]byte(strings.TrimPrefix(s.rest, "CMD ")), &words); err != nil {
		t.Fatalf("%s %s: %v: there is no shell in the image", s.word, s.rest, err)
	}
	return words
}

// owner reads USER and --chown.
func owner(t *testing.T, text string) (uid, gid uint32) {
	t.Helper()
	if n, err := fmt.Sscanf(text, "%d:%d", &uid, &gid); n != 2 || err != nil {
		t.Fatalf("%q: want numbers, as there is no /etc/passwd in the image", text)
	}
	return uid, gid
}
