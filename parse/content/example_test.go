package content_test

import (
	"log"
	"os"
	"strings"

	"example.com/edgard/parse"
	"example.com/edgard/parse/content"
)

// Decode an attachment of a submission.
func ExampleCopy() {
	submission := "<DOCUMENT>\n<TYPE>GRAPHIC\n<SEQUENCE>2\n<FILENAME>note.txt\n<TEXT>\n" +
		"begin 644 note.txt\n#0V%T\n`\nend\n</TEXT>\n</DOCUMENT>\n"
	s, err := parse.ReadSubmission(strings.NewReader(submission))
	if err != nil {
		log.Fatal(err)
	}
	if err := content.Copy(os.Stdout, strings.NewReader(submission), &s.Documents[0]); err != nil {
		log.Fatal(err)
	}
	// Output:
	// Cat
}
