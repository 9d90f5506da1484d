// Package layout lays filings out as folders of plain files that people can open.
//
//	DIR/Tidewater Lens Works (CIK 900001)/2024-02-05 8-K 0000900001-24-000007/
//	    index.html     what the filing is, with links to the rest
//	    filing.json    the filing as programs read it, and which file is which document
//	    d8k.htm        each document, under the name that its filer gave it
//	    logo.jpg       encoded ones as the bytes they stand for
//
// Html is left as it is, so that its pictures, which lie beside it, are shown. A
// document without a name gets one from its place and type; one that was cut out of
// the archived copy has no file.
//
// # Promises
//
//  1. Nothing is written outside DIR, whatever names a submission holds and
//     whatever links lie in DIR (os.Root).
//  2. A filing's folder appears whole: it is made beside its place and renamed. One
//     that is there already is compared, and only files that differ are replaced;
//     files that are not of the filing stay.
//  3. Names are safe on every common file system: no separators, control or
//     invisible characters, no names that Windows keeps for devices, no blank or
//     dot at either end, at most 100 bytes, no two alike but for case.
//  4. Bodies are streamed: memory does not grow with a submission.
package layout
