// Package plot draws numbers as SVG for pages made on the server: [Bars], stacked
// when there are several series, and [Heat], a grid of coloured cells.
//
// What HTML returns is one figure: title, what the plot says in a sentence, a
// legend, the drawing, and in a details element every number as a table, which
// is what a screen reader and a keyboard get. It has no script and no style
// attribute; the classes, all of which begin with plot, are in the style sheet
// static/plot.css of package serve.
//
// # Promises
//
// All text is taken as untrusted: it is escaped, control and direction characters
// are replaced, and in the drawing it is shortened where it has no room; the table
// has it whole. Any numbers make a plot with round ticks: NaN and negative
// numbers count as zero, and those above [MaxValue] as MaxValue. Nothing is drawn
// outside the view box. Colours next to each other differ in lightness, and
// each is hatched in its own way, so that they can be told apart in grey.
//
// A unit of the drawing is a sixteenth of the page's font size and does not shrink
// on narrow screens: a wide plot scrolls within its figure instead.
package plot
