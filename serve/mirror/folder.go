package mirror

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
)

// folderName is the file that says what is in a folder.
const folderName = "index.json"

// item is one line of an index.json of the folders of listings.
type item struct {
	Modified string `json:"last-modified"`
	Name     string `json:"name"`
	Type     string `json:"type"`
	Href     string `json:"href"`
	Size     string `json:"size"`
}

func fileItem(name string, f file, modified time.Time) item {
	return item{folderTime(modified), name, "file", name, strconv.Itoa(max(1, (len(f.body)+512)/1024)) + " KB"}
}

func dirItem(name string, modified time.Time) item {
	return item{folderTime(modified), name, "dir", name + "/", "4 KB"}
}

func folderTime(t time.Time) string { return t.In(edgar.Eastern()).Format("01/02/2006 03:04:05 PM") }

// directory writes an index.json as EDGAR does: on one line, slashes escaped.
func directory(name string, items []item) *resource {
	var f struct {
		Directory struct {
			Item   []item `json:"item"`
			Name   string `json:"name"`
			Parent string `json:"parent-dir"`
		} `json:"directory"`
	}
	f.Directory.Item, f.Directory.Name, f.Directory.Parent = items, name, "../"
	b, _ := json.Marshal(f) // of strings
	return static("application/json", []byte(strings.ReplaceAll(string(b), "/", `\/`)))
}

func quarterPath(q edgar.Quarter) string {
	return strconv.Itoa(q.Year()) + "/QTR" + strconv.Itoa(q.Number()) + "/"
}

// quarterFolder lists the files of a quarter's listings.
func (v *volume) quarterFolder(q edgar.Quarter) *resource {
	var items []item
	for _, k := range kinds() {
		if k.name != "crawler" {
			items = append(items, fileItem(k.name+".gz", v.file(k, true), v.modified))
		}
		items = append(items, fileItem(k.name+".idx", v.file(k, false), v.modified))
	}
	return directory("full-index/"+quarterPath(q), items)
}

// daysFolder lists the files of a quarter's daily listings, nil when there are none.
func (m *Mirror) daysFolder(s *shelf, known synced) *resource {
	days := make(map[edgar.Date][]row)
	for _, r := range s.rows {
		days[r.filed] = append(days[r.filed], r)
	}
	var vs []*volume
	for d := s.quarter.First(); !s.quarter.Last().Before(d); d = d.AddDays(1) {
		if v := m.ofDay(s, known, d, days[d]); v != nil {
			vs = append(vs, v)
		}
	}
	if vs == nil {
		return nil
	}
	var items []item
	for _, k := range kinds() {
		for _, v := range vs {
			items = append(items, fileItem(dailyName(k, v.last), v.file(k, false), v.modified))
		}
	}
	return directory("daily-index/"+quarterPath(s.quarter), items)
}

// dailyName is what EDGAR called a day's listing at that time.
func dailyName(k kind, d edgar.Date) string {
	day := d.Compact()
	switch {
	case d.Year() < 1995:
		day = day[4:] + day[2:4]
	case day <= "19980331":
		day = day[2:]
	}
	return k.name + "." + day + ".idx"
}

// yearFolder finds the index.json of the years and of one year, and nothing, without
// an error, under any other name.
func (m *Mirror) yearFolder(root, rest string) (*resource, error) {
	year, one := strings.CutSuffix(rest, "/"+folderName)
	if rest != folderName && (!one || len(year) != 4) {
		return nil, nil
	}
	quarters, err := m.quarters()
	if err != nil {
		return nil, err
	}
	var items []item
	for _, q := range quarters {
		at := q.First().Midnight()
		switch y := strconv.Itoa(q.Year()); {
		case one && y == year:
			items = append(items, dirItem("QTR"+strconv.Itoa(q.Number()), at))
		case !one && (len(items) == 0 || items[len(items)-1].Name != y):
			items = append(items, dirItem(y, at))
		}
	}
	switch {
	case items == nil:
		return nil, errDenied
	case one:
		return directory(root+year+"/", items), nil
	}
	return directory(root, items), nil
}

// quarters are those of which something was recorded, or a listing read, oldest first.
func (m *Mirror) quarters() ([]edgar.Quarter, error) {
	all := make(map[edgar.Quarter]bool)
	err := m.Index(func(ix index.Reader) error {
		st, err := ix.Status(time.Now())
		if err != nil {
			return err
		}
		for _, q := range st.Quarters {
			if q.Recorded > 0 {
				all[q.Quarter] = true
			}
		}
		ls, err := ix.Listings()
		for _, l := range ls {
			if q, err := edgar.ParseQuarter(l.Key); err == nil && taken(l) {
				all[q] = true
			} else if d, err := edgar.ParseDate(l.Key); err == nil && taken(l) {
				all[d.Quarter()] = true
			}
		}
		return err
	})
	return slices.SortedFunc(maps.Keys(all), edgar.Quarter.Compare), err
}
