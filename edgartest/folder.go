package edgartest

import (
	"crypto/md5"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"example.com/edgard/edgar"
)

var kinds = []string{"company", "crawler", "form", "master"}

// findFull finds what is below full-index/: quarters, their listings, and on top
// the listings of the running quarter.
func (w *World) findFull(rest string) *resource {
	first, last := w.span()
	if !strings.Contains(rest, "/") {
		if rest == "index.json" {
			return folderJSON("full-index/", w.years(first, last), w.fullItems(last))
		}
		return w.fullListing(last, rest)
	}
	if year, ok := strings.CutSuffix(rest, "/index.json"); ok && len(year) == 4 {
		return w.yearJSON("full-index/", year, first, last)
	}
	q, name, ok := cutQuarter(rest)
	if !ok || !w.hasQuarter(q) {
		return nil
	}
	if name == "index.json" {
		return folderJSON("full-index/"+quarterDir(q), w.fullItems(q))
	}
	return w.fullListing(q, name)
}

func (w *World) fullListing(q edgar.Quarter, name string) *resource {
	kind, ext, _ := strings.Cut(name, ".")
	if descriptions[kind] == "" || ext != "idx" && (ext != "gz" || kind == "crawler") {
		return nil
	}
	l, modified := w.quarterly(q)
	return listingFile(name, l.write(kind), modified)
}

// findDaily finds what is below daily-index/.
func (w *World) findDaily(rest string) *resource {
	first, last := w.span()
	if opening := firstDaily().Quarter(); first.Compare(opening) < 0 {
		first = opening
	}
	if rest == "index.json" {
		return folderJSON("daily-index/", w.years(first, last))
	}
	if year, ok := strings.CutSuffix(rest, "/index.json"); ok && len(year) == 4 {
		return w.yearJSON("daily-index/", year, first, last)
	}
	q, name, ok := cutQuarter(rest)
	if !ok || q.Compare(first) < 0 || last.Compare(q) < 0 {
		return nil
	}
	if name == "index.json" {
		return folderJSON("daily-index/"+quarterDir(q), w.dailyItems(q))
	}
	day, err := edgar.ParseDailyName(name, q)
	if err != nil || !w.hasDaily(day.Date) || name != w.DailyName(day.Kind, day.Date) {
		return nil
	}
	l, modified := w.dailyListing(day.Date)
	return listingFile(name, l.write(day.Kind), modified)
}

// listingFile makes the file called name, compressed when the name says so.
func listingFile(name string, text []byte, modified time.Time) *resource {
	kind := plainText
	if plain, gz := strings.CutSuffix(name, ".gz"); gz {
		kind = octetStream
		text = compress(strings.TrimSuffix(plain, ".idx")+".idx", text)
	}
	return &resource{kind: kind, body: text, sum: md5.Sum(text), modified: modified, file: kind == plainText}
}

// cutQuarter takes 2024/QTR1/name apart.
func cutQuarter(rest string) (q edgar.Quarter, name string, ok bool) {
	parts := strings.Split(rest, "/")
	if len(parts) != 3 || len(parts[0]) != 4 || !strings.HasPrefix(parts[1], "QTR") {
		return q, "", false
	}
	q, err := edgar.ParseQuarter(parts[0] + "Q" + parts[1][3:])
	return q, parts[2], err == nil
}

func quarterDir(q edgar.Quarter) string { return fmt.Sprintf("%04d/QTR%d/", q.Year(), q.Number()) }

// folderItem is one line of an index.json of the index folders.
type folderItem struct {
	Modified string `json:"last-modified"`
	Name     string `json:"name"`
	Type     string `json:"type"`
	Href     string `json:"href"`
	Size     string `json:"size"`
}

func fileItem(name string, size int, modified time.Time) folderItem {
	return folderItem{folderTime(modified), name, "file", name, strconv.Itoa(max(1, (size+512)/1024)) + " KB"}
}

func dirItem(name string, modified time.Time) folderItem {
	return folderItem{folderTime(modified), name, "dir", name + "/", "4 KB"}
}

func folderTime(t time.Time) string { return t.In(edgar.Eastern()).Format("01/02/2006 03:04:05 PM") }

// folderJSON writes an index.json as sec.gov does: on one line, slashes escaped.
func folderJSON(name string, items ...[]folderItem) *resource {
	all := []folderItem{}
	for _, list := range items {
		all = append(all, list...)
	}
	var f struct {
		Directory struct {
			Item   []folderItem `json:"item"`
			Name   string       `json:"name"`
			Parent string       `json:"parent-dir"`
		} `json:"directory"`
	}
	f.Directory.Item, f.Directory.Name, f.Directory.Parent = all, name, "../"
	b, err := json.Marshal(f)
	if err != nil {
		return nil
	}
	return &resource{kind: jsonType, body: []byte(strings.ReplaceAll(string(b), "/", `\/`)), cache: uncached}
}

func (w *World) years(first, last edgar.Quarter) []folderItem {
	var items []folderItem
	for y := first.Year(); y <= last.Year(); y++ {
		items = append(items, dirItem(strconv.Itoa(y), w.now()))
	}
	return items
}

func (w *World) yearJSON(root, year string, first, last edgar.Quarter) *resource {
	var items []folderItem
	for q := first; q.Compare(last) <= 0; q = q.Next() {
		if strconv.Itoa(q.Year()) == year {
			_, modified := w.quarterly(q)
			items = append(items, dirItem("QTR"+strconv.Itoa(q.Number()), modified))
		}
	}
	if items == nil {
		return nil
	}
	return folderJSON(root+year+"/", items)
}

func (w *World) fullItems(q edgar.Quarter) []folderItem {
	l, modified := w.quarterly(q)
	var items []folderItem
	for _, kind := range kinds {
		text := l.write(kind)
		if kind != "crawler" {
			items = append(items, fileItem(kind+".gz", len(text)/5, modified))
		}
		items = append(items, fileItem(kind+".idx", len(text), modified))
	}
	return items
}

func (w *World) dailyItems(q edgar.Quarter) []folderItem {
	var items []folderItem
	days := w.dailyDays(q)
	for _, kind := range kinds {
		for _, d := range days {
			l, modified := w.dailyListing(d)
			items = append(items, fileItem(w.DailyName(kind, d), 700+130*len(l.rows), modified))
		}
	}
	return items
}
