// Package synthetic is an EDGAR of any size that takes next to no memory, for
// measuring what reads one: quarterly listings with millions of rows, and the
// submissions of their 8-Ks.
//
// Nothing is stored but the bodies of a few dozen submissions. A listing is
// computed row by row while it is served; a submission is a header computed from
// its accession number before one of those bodies. The same Plan makes the same
// bytes, in every process.
//
// Bodies imitate the 8-Ks of the 2020s that weigh a few hundred kilobytes: an html
// report with cover page and items, a press release with tables, XBRL in XML, and
// uuencoded pictures and archives, in those proportions. What gzip makes of them is
// what it makes of real ones, about a quarter; of a large one, nearly all of it
// pictures, three quarters.
//
// A body is compressed when it is made and then served as it is, as one member of
// a gzip stream of several (RFC 1952, 2.2), so that the server's own work does not
// disturb what is measured on the same machine.
package synthetic
