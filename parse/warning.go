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
