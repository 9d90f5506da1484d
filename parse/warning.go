package parse

// Code is the kind of a Warning. The set is closed.
type Code string

// Warnings about a submission, its header and its documents.
const (
	CodeNoHeader    Code = "no_header"        // the submission begins with its first document
	CodeHeaderValue Code = "header_value"     // a header or document tag has a value that cannot be; Detail quotes it
	CodeCut         Code = "submission_cut"   // an end mark is missing: the submission was cut off
	CodeNoText      Code = "document_no_text" // a document without <TEXT>
	CodeStrayText   Code = "stray_text"       // text outside header and documents
	CodeLimit       Code = "limit"            // more of something than is kept; Detail says of what
)

// Warnings about the items. The header is the authority for which items a
// report has, the page for where they stand; neither is bent to the other.
const (
	CodeNoDocument          Code = "main_document_missing"  // no document that could be read as the report
	CodeNoItems             Code = "no_items"               // neither header nor page knows of any item
	CodeItemMissingInBody   Code = "item_missing_in_body"   // the header has an item without a heading on the page; Detail is its number
	CodeItemMissingInHeader Code = "item_missing_in_header" // the page has a heading of an item that the header does not list; Detail is its number
	CodeItemUnknown         Code = "item_unknown"           // the header has an item that the form does not know; Detail quotes it
	CodeItemCaption         Code = "item_caption"           // the heading prints another item's caption; Detail is the number, which stands
	CodeItemRepeated        Code = "item_repeated"          // more than one heading of an item; Detail is its number
)

// Warnings about the exhibits; Detail is the number.
const (
	CodeExhibitNotAttached Code = "exhibit_not_attached" // the page lists it, neither refers elsewhere nor holds it itself, and no document has it
	CodeExhibitNotListed   Code = "exhibit_not_listed"   // a document has it, the page lists it nowhere
)

// Warnings about the cover.
const (
	CodeCoverFact Code = "cover_fact_differs" // inline XBRL and the printed cover disagree; Detail says on what, and quotes both
)

// Warnings about the signatures.
const (
	CodeNoSignature Code = "no_signature" // the report has a signature part, and nobody's name in it
)

// Codes returns all codes, in the order of what they are about.
func Codes() []Code {
	return []Code{
		CodeNoHeader, CodeHeaderValue, CodeCut, CodeNoText, CodeStrayText, CodeLimit,
		CodeNoDocument, CodeNoItems, CodeItemMissingInBody, CodeItemMissingInHeader, CodeItemUnknown, CodeItemCaption, CodeItemRepeated,
		CodeExhibitNotAttached, CodeExhibitNotListed,
		CodeCoverFact, CodeNoSignature,
	}
}
