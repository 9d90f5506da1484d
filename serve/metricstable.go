package serve

import "github.com/prometheus/client_golang/prometheus"

// metric describes one of ours in /metrics. deploy/prometheus/README.md says the
// same, which a test sees to.
type metric struct {
	name, kind string
	labels     []string
	meaning    string
}

const (
	counterKind   = "counter"
	gaugeKind     = "gauge"
	histogramKind = "histogram"
)

// described is every metric of ours, those of the crawl first.
func described() []metric {
	host, outcome := "host", "outcome"
	return []metric{
		{"edgard_requests_total", counterKind, []string{host, outcome}, "Requests to EDGAR, by host and by what became of them: ok, unchanged, redirect, absent, throttled, undeclared, fault, unanswered."},
		{"edgard_requests_second_max", gaugeKind, nil, "The most requests sent within any one second, wherever it begins, since the process began."},
		{"edgard_requests_per_second_limit", gaugeKind, nil, "Requests a second that the crawl may make; 0 for any number."},
		{"edgard_request_wait_seconds", histogramKind, nil, "How long requests waited for their turn under the limit, pauses aside."},
		{"edgard_received_bytes_total", counterKind, nil, "Bytes of EDGAR's answers, as they came over the wire, without headers."},
		{"edgard_parse_seconds", histogramKind, nil, "How long it took to make a filing of a submission."},
		{"edgard_freshness_seconds", histogramKind, nil, "How long after SEC accepted it a filing was recorded, of filings accepted while the crawl was at work."},
		{"edgard_crawl_halted", gaugeKind, nil, "1 while nothing is fetched because of the disk, else 0."},
		{"edgard_activity_silence_seconds", gaugeKind, []string{"activity"}, "How long ago each activity of the crawl showed a sign of life; after 300 it counts as stuck."},

		{"edgard_pause_seconds", gaugeKind, nil, "How long no request may be made yet, because SEC said that we ask too fast; 0 when there is no such pause."},
		{"edgard_entries", gaugeKind, []string{"state"}, "Submissions that EDGAR lists, by where we stand with them: discovered, deferred, recorded, rejected, withdrawn."},
		{"edgard_due", gaugeKind, nil, "Submissions to be fetched now."},
		{"edgard_due_oldest_seconds", gaugeKind, nil, "How long something has been due: the deferred submission whose time came first, or the discovered one of the oldest filing date; 0 when nothing is."},
		{"edgard_listings_missing", gaugeKind, nil, "Listings of past quarters and days that the archive covers and does not have, or has not read whole."},
		{"edgard_whole_pass_timestamp_seconds", gaugeKind, nil, "When the last pass ended that read every listing of its scope; absent before the first."},
		{"edgard_feed_read_timestamp_seconds", gaugeKind, []string{"feed"}, "When a live source was read last, noted every ten minutes unless it brings something new; absent before the first time."},
		{"edgard_index_up", gaugeKind, nil, "1 when the index answered for the figures above, else 0, and they are absent."},
		{"edgard_ready", gaugeKind, nil, "1 when /readyz says that filings can be had and the crawl, if there is one, is alive, else 0."},
		{"edgard_index_bytes", gaugeKind, nil, "The size of the index."},
		{"edgard_archive_bytes", gaugeKind, nil, "The size of the archive's files, as measured last, within the hour; absent until it has been for the first time."},
		{"edgard_archive_files", gaugeKind, nil, "The number of the archive's files, as measured last."},
		{"edgard_disk_free_bytes", gaugeKind, nil, "What is free on the disk of the data directory."},
		{"edgard_disk_reserve_bytes", gaugeKind, nil, "What must be free there for a crawl not to pause."},

		{"edgard_http_answers_total", counterKind, []string{"route", "status"}, "Answers of this server, by route and status; of route guard those to requests that were turned away before they reached another, or whose handler broke."},
		{"edgard_http_answer_seconds", histogramKind, []string{"route"}, "How long answers took, those of streams aside."},
		{"edgard_streams", gaugeKind, nil, "Live streams that are open."},
		{"edgard_build_info", gaugeKind, []string{"version", "commit", "date"}, "1, with what was built as labels."},
	}
}

// help is what a metric means.
func help(name string) string {
	for _, m := range described() {
		if m.name == name {
			return m.meaning
		}
	}
	return ""
}

// describe makes the descriptions of metrics that are made when they are asked for.
func describe() map[string]*prometheus.Desc {
	all := make(map[string]*prometheus.Desc)
	for _, m := range described() {
		all[m.name] = prometheus.NewDesc(m.name, m.meaning, m.labels, nil)
	}
	return all
}
