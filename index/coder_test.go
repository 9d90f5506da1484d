package index

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/klauspost/compress/zstd"
)

func TestWhatIsLeftOutOfAValueComesBack(t *testing.T) {
	s := openTemp(t)
	usual := func() *parse.Filing {
		f := made(1, "2024-01-03", 10, 9)
		f.URL = "https://www.sec.gov" + edgar.SubmissionPath(cik(9), f.Accession)
		f.SHA256 = pseudoHash(f.Accession)
		f.Filers[0].MailAddress = &parse.Address{Street1: "1 MADE STREET", City: "SPRINGFIELD", State: "IL", Zip: "62701"}
		f.Cover.Registrants[0].EIN, f.Cover.Phone = "12-3456789", "(217) 555-0100"
		f.Signatures = append(f.Signatures, f.Signatures[0])
		f.Exhibits[0].Description = "PRESS RELEASE"
		return withoutText(f)
	}
	for name, change := range map[string]func(f *parse.Filing){
		"nothing":                   func(*parse.Filing) {},
		"another URL":               func(f *parse.Filing) { f.URL = "http://127.0.0.1/x.txt" },
		"no URL":                    func(f *parse.Filing) { f.URL = "" },
		"phone with dashes":         func(f *parse.Filing) { f.Cover.Phone = "217-555-0100" },
		"another phone":             func(f *parse.Filing) { f.Cover.Phone = "none" },
		"phone, no header":          func(f *parse.Filing) { f.Filers = nil },
		"mail without business":     func(f *parse.Filing) { f.Filers[0].BusinessAddress = nil },
		"business without mail":     func(f *parse.Filing) { f.Filers[0].MailAddress = nil },
		"another mail":              func(f *parse.Filing) { f.Filers[0].MailAddress.Zip = "1" },
		"documents out of sequence": func(f *parse.Filing) { f.Documents[0].Sequence, f.Documents[1].Sequence = 7, 0 },
		"documents that overlap":    func(f *parse.Filing) { f.Documents[1].Offset = 3 },
		"another type of exhibit":   func(f *parse.Filing) { f.Exhibits[0].Type = "EX-99" },
		"exhibit nowhere":           func(f *parse.Filing) { f.Exhibits[0].Document = 99 },
		"a hash that is none":       func(f *parse.Filing) { f.SHA256 = "ABC" },
		"a hash in capitals":        func(f *parse.Filing) { f.SHA256 = strings.ToUpper(f.SHA256) },
		"a cut document": func(f *parse.Filing) {
			f.Documents[1].Cut = &parse.Cut{Size: 5, SHA256: f.SHA256}
		},
		"another signer's company": func(f *parse.Filing) { f.Signatures[1].Company = "Other" },
		"no cover":                 func(f *parse.Filing) { f.Cover = nil },
		"yes, no and nothing": func(f *parse.Filing) {
			yes, no := true, false
			f.Cover.SolicitingMaterial, f.Cover.EmergingGrowthCompany, f.Cover.PreCommencementTenderOffer = &yes, &no, nil
		},
		"zero bytes and marks": func(f *parse.Filing) { f.Items[0].Heading = "\x00\x01\x02\x01\x01\x02\x00" },
		"fractions of seconds": func(f *parse.Filing) { f.Recorded = f.Recorded.Add(123456789) },
		"a code unheard of":    func(f *parse.Filing) { f.Warnings = []parse.Warning{{Code: "made", Detail: "up"}} },
		"a form unheard of":    func(f *parse.Filing) { f.Form = form("8-K12G3/A") },
		"no times":             func(f *parse.Filing) { f.Seen, f.Recorded, f.Accepted = time.Time{}, time.Time{}, time.Time{} },
		"no days":              func(f *parse.Filing) { f.Filed, f.Period = edgar.Date{}, edgar.Date{} },
	} {
		f := usual()
		change(f)
		if diff := cmp.Diff(f, roundTrip(t, s, f), plain); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestNoFieldIsForgotten(t *testing.T) {
	f := new(parse.Filing)
	fill(t, reflect.ValueOf(f).Elem(), 0)
	c := coder{}
	c.fields(func() { c.filing(f) })
	got := new(parse.Filing)
	c = coder{reading: true, numbers: c.numbers, rest: string(c.text)}
	c.fields(func() { c.filing(got) })
	if diff := cmp.Diff(f, got, plain); diff != "" || c.bad {
		t.Errorf("bad %t (-want +got):\n%s", c.bad, diff)
	}
}

// The race detector sees what one of them writes.
func TestAFilingIsEncodedBesideItsReaders(t *testing.T) {
	f := new(parse.Filing)
	fill(t, reflect.ValueOf(f).Elem(), 0)
	f.Items[0].Source, f.Filers[0].Act = parse.SourceBoth, "34" // one of a few
	var values [4][]byte
	var wg sync.WaitGroup
	for i := range values {
		wg.Go(func() {
			c := coder{}
			c.fields(func() { c.filing(f) })
			values[i] = append(c.numbers, c.text...)
		})
	}
	wg.Wait()
	for i, v := range values {
		if !bytes.Equal(v, values[0]) {
			t.Errorf("value %d is %q, want %q", i, v, values[0])
		}
	}
}

// fill gives every field of v a value of its own, and every list two elements.
func fill(t *testing.T, v reflect.Value, n int) int {
	t.Helper()
	n++
	switch x := v.Addr().Interface().(type) {
	case *edgar.CIK:
		*x = cik(n)
		return n
	case *edgar.Accession:
		*x = acc(n)
		return n
	case *edgar.Form:
		*x = form(fmt.Sprint("8-K", n))
		return n
	case *edgar.Date:
		*x = day("2024-01-03").AddDays(n)
		return n
	case *time.Time:
		*x = noon.Add(time.Duration(n) * time.Second)
		return n
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		n = fill(t, v.Elem(), n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		n = fill(t, v.Index(1), fill(t, v.Index(0), n))
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				n = fill(t, v.Field(i), n)
			}
		}
	case reflect.String:
		v.SetString(fmt.Sprint("made ", n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(n))
	default:
		t.Fatalf("a field of kind %s", v.Kind())
	}
	return n
}

func TestTextThatIsNotUTF8IsMadeSo(t *testing.T) {
	f := made(1, "2024-01-03", 10)
	f.Items[0].Heading = "bad \xff byte"
	if got := roundTrip(t, openTemp(t), f).Items[0].Heading; got != "bad \ufffd byte" {
		t.Errorf("%q, want the byte replaced", got)
	}
}

func TestFlippedBitAnywhereInAValueIsDamage(t *testing.T) {
	s := openTemp(t)
	v, err := s.codec.encode(made(1, "2024-01-03", 10))
	must(t, err)
	for i := range v {
		for bit := range 8 {
			bad := bytes.Clone(v)
			bad[i] ^= 1 << bit
			if _, err := s.codec.decode(bad); !errors.Is(err, ErrDamaged) {
				t.Fatalf("bit %d of byte %d: %v, want ErrDamaged", bit, i, err)
			}
		}
	}
	for n := range v {
		if _, err := s.codec.decode(v[:n]); !errors.Is(err, ErrDamaged) {
			t.Fatalf("cut to %d bytes: %v, want ErrDamaged", n, err)
		}
	}
}

// firstValue is a value as schema 1 had it.
func firstValue(t testing.TB, f *parse.Filing) []byte {
	t.Helper()
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest),
		zstd.WithSingleSegment(true), zstd.WithEncoderDictRaw(1, firstDictionary()))
	must(t, err)
	b, err := json.Marshal(withoutText(f))
	must(t, err)
	return enc.EncodeAll(b, appendString([]byte{1}, foldedNames(f)))
}

func TestValuesOfTheFirstVersionCanBeRead(t *testing.T) {
	s := openTemp(t)
	for _, f := range append(corpusIfAny(t), made(1, "2024-01-03", 10, 11)) {
		got, err := s.codec.decode(firstValue(t, f))
		must(t, err)
		if diff := cmp.Diff(withoutText(f), got, plain, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", f.Accession, diff)
		}
	}
}

func TestNamesAreSearchedInFrontOfAValue(t *testing.T) {
	s := openTemp(t)
	f := made(1, "2024-01-03", 10, 11)
	v, err := s.codec.encode(f)
	must(t, err)
	for _, v := range [][]byte{v, firstValue(t, f)} {
		names, _, err := splitFiling(v)
		if err != nil || names != "made company 10\nmade company 11" {
			t.Errorf("names %q, %v; want both in small letters", names, err)
		}
	}
}
