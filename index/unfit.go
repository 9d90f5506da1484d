package index

import (
	"errors"
	"fmt"
	"strings"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
)

// UnfitError says that a filing cannot be kept in the index, whatever is tried.
type UnfitError struct {
	Accession edgar.Accession
	Reason    string
}

func (e *UnfitError) Error() string {
	return fmt.Sprintf("filing %s cannot be kept: %s", e.Accession, e.Reason)
}

// Bounds on a filing beside those of its types.
const (
	maxFiling     = 16 << 20 // bytes of its JSON, without text
	maxItemNumber = 40       // bytes
	maxFilers     = 20_000   // of a filing, or CIKs of an entry: a journal line holds both
)

// fit reports what keeps a filing out of the index before it is encoded.
func fit(f *parse.Filing) error {
	if f == nil {
		return errors.New("filing is nil")
	}
	if f.Accession.IsZero() {
		return errors.New("filing has no accession number")
	}
	if lacks := lacks(f); lacks != "" {
		return &UnfitError{f.Accession, "it lacks " + lacks}
	}
	if len(f.Filers) > maxFilers {
		return &UnfitError{f.Accession, fmt.Sprintf("it has %d filers: at most %d", len(f.Filers), maxFilers)}
	}
	for _, it := range f.Items {
		if len(it.Number) > maxItemNumber || strings.ContainsRune(it.Number, 0) {
			return &UnfitError{f.Accession, fmt.Sprintf("item number %q cannot be a key", clip(it.Number, 2*maxItemNumber))}
		}
	}
	return nil
}

// lacks names what a filing must carry and does not.
func lacks(f *parse.Filing) string {
	var lacks []string
	for _, field := range []struct {
		name string
		none bool
	}{
		{"form", f.Form.IsZero()}, {"filed", f.Filed.IsZero()},
		{"recorded", f.Recorded.IsZero()}, {"sha256", f.SHA256 == ""}, {"size", f.Size <= 0}, {"revision", f.Revision <= 0},
	} {
		if field.none {
			lacks = append(lacks, field.name)
		}
	}
	return strings.Join(lacks, ", ")
}
