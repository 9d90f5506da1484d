package filter_test

import (
	"errors"
	"fmt"
	"log"
	"net/url"
	"time"

	"example.com/edgard/index/filter"
)

// Make a query of the parameters of a URL.
func ExampleReader_Query() {
	values, err := url.ParseQuery("item=2.02,9.01&state=de&from=2024Q1&to=2024Q1&limit=20")
	if err != nil {
		log.Fatal(err)
	}
	words, err := filter.FromURL(values, filter.Listing())
	if err != nil {
		log.Fatal(err)
	}
	// An index is asked only where a ticker is to be looked up.
	q, err := filter.Reader{Now: time.Now()}.Query(words)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(q.Items, q.States, q.From, q.To, q.Limit)
	// Output:
	// [2.02 9.01] [DE] 2024-01-01 2024-03-31 20
}

// A mistake names the parameter, and says what is expected.
func ExampleMistake() {
	_, err := filter.FromURL(url.Values{"itme": {"2.02"}}, filter.Some("item", "from"))
	var mistake *filter.Mistake
	if errors.As(err, &mistake) {
		fmt.Println(mistake.Parameter)
		fmt.Println(mistake)
	}
	// Output:
	// itme
	// "itme": there is no such parameter; did you mean item? There are item, from
}
