package archive_test

import (
	"fmt"
	"io"
	"log"
	"os"
	"strings"
	"time"

	"example.com/edgard/archive"
	"example.com/edgard/edgar"
)

func Example() {
	dir, err := os.MkdirTemp("", "archive")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	store, err := archive.Open(dir)
	if err != nil {
		log.Fatal(err)
	}
	defer store.Close()

	accession, err := edgar.ParseAccession("0009990001-25-000017")
	if err != nil {
		log.Fatal(err)
	}
	keep := func(body io.Reader) {
		w, err := store.Create(accession)
		if err != nil {
			log.Fatal(err)
		}
		defer w.Abort()
		if _, err := io.Copy(w, body); err != nil {
			log.Fatal(err)
		}
		info, err := w.Commit(time.Date(2025, 3, 4, 21, 30, 0, 0, time.UTC))
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("revision %d, %d bytes, created %t\n", info.Revision, info.Size, info.Created)
	}
	keep(strings.NewReader("<SEC-DOCUMENT> as first sent"))
	keep(strings.NewReader("<SEC-DOCUMENT> as first sent"))
	keep(strings.NewReader("<SEC-DOCUMENT> header corrected"))

	r, info, err := store.Open(accession, 0)
	if err != nil {
		log.Fatal(err)
	}
	defer r.Close()
	body, err := io.ReadAll(r)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("newest is %d: %s\n", info.Revision, body)

	// Output:
	// revision 1, 28 bytes, created true
	// revision 1, 28 bytes, created false
	// revision 2, 31 bytes, created true
	// newest is 2: <SEC-DOCUMENT> header corrected
}
