package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Some metrics of each type, as Micrometer writes them; ExposedMetricsTest has the real ones.
const exposed = "testdata/exposition.txt"

// checked runs the program on one file of this text and gives its code and what it printed.
func checked(t *testing.T, name, text string) (int, string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, errors bytes.Buffer
	code := run([]string{"-exposition", exposed, file}, &out, &errors)
	return code, strings.ReplaceAll(out.String()+errors.String(), file, name)
}

func expect(t *testing.T, name, text string, wantCode int, want string) {
	t.Helper()
	code, printed := checked(t, name, text)
	if code != wantCode || !strings.Contains(printed, want) {
		t.Errorf("%s\nended with %d and printed\n%sinstead of %d and %q", text, code, printed, wantCode, want)
	}
}

func alertOf(expr, summary string) string {
	return "groups: [{name: g, rules: [{alert: A, for: 5m, expr: '" + expr + "', annotations: {summary: '" + summary + "'}}]}]"
}

func TestSoundAlertsPass(t *testing.T) {
	for _, expr := range []string{
		`freshet_cache_watching{job="a"} == 0`,
		`sum by (kind) (freshet_cache_objects) / sum by (kind) (freshet_cache_size_bytes)`,
		`histogram_quantile(0.9, sum by (le, kind) (rate(freshet_read_seconds_bucket[5m])))`,
		`max by (kind) (freshet_cache_age_seconds) > 1 and on (kind) rate(freshet_read_seconds_count{level="strong"}[5m])`,
		`{__name__=~"freshet_(cache|read)_.+", kind="pods"}`,
		`sum by (caller, kind) (label_replace(freshet_caller_requests_total, "kind", "$1", "caller", "(.*)"))`,
	} {
		expect(t, "alerts.yaml", alertOf(expr, "{{ $value }}"), 0, "promcheck: 1 expressions, ")
	}
	expect(t, "alerts.yml", alertOf(`freshet_cache_alarm == 1`, "{{ $labels.kind }} on {{ $labels.instance }}"), 0,
		"promcheck: 1 expressions, 1 metrics, all exposed")
}

func TestPlantedErrorsInAlertsAreFound(t *testing.T) {
	for _, planted := range []struct{ expr, summary, want string }{
		{`sum by (kind (freshet_cache_alarm)`, "", `alerts.yaml: alert "A": sum by (kind (freshet_cache_alarm): 1:`},
		{`rate(freshet_cache_alarm)`, "", `expected type range vector`},
		{`freshet_cache_watchin == 0`, "", `freshet_cache_watchin == 0: freshet_cache_watchin is not exposed`},
		{`freshet_read_seconds > 1`, "", `freshet_read_seconds is not exposed`},
		{`{__name__=~"freshet_cash_.+"}`, "", `is not exposed`},
		{`freshet_cache_alarm{kinds="pods"}`, "", `freshet_cache_alarm has no label "kinds"`},
		{`sum by (caller) (freshet_cache_alarm)`, "", `what sum groups has no label "caller"`},
		{`sum without (caller) (freshet_cache_alarm)`, "", `what sum groups has no label "caller"`},
		{`sum by (kind) (max by (namespace) (freshet_cache_alarm))`, "", `what sum groups has no label "kind"`},
		{`freshet_cache_alarm and on (caller) freshet_cache_watching`, "", `the left side has no label "caller"`},
		{`freshet_cache_alarm / sum by (kind) (freshet_cache_objects)`, "",
			`the sides have different labels, {instance, job, kind, namespace} and {kind}`},
		{`freshet_cache_alarm * on (kind) group_left (level) max by (kind) (freshet_cache_objects)`, "",
			`what is joined has no label "level"`},
		{`histogram_quantile(0.9, sum by (kind) (rate(freshet_read_seconds_bucket[5m])))`, "",
			`what histogram_quantile reads has no label "le"`},
		{`sum by (kind) (freshet_cache_alarm) > 0`, "of {{ $labels.namespace }}", `the result has no label "namespace"`},
		{` `, "", `has no expression`},
	} {
		expect(t, "alerts.yaml", alertOf(planted.expr, planted.summary), 1, planted.want)
	}
}

func TestEachProblemIsALine(t *testing.T) {
	_, printed := checked(t, "alerts.yaml",
		alertOf(`freshet_cache_alarm{a="b", c="d"} + freshet_cache_alarm{a="b"} + nothing`, ""))
	if strings.Count(printed, "\n") != 3 {
		t.Errorf("three problems were printed as\n%s", printed)
	}
}

func dashboardOf(variables, panels string) string {
	return `{"templating": {"list": [{"name": "kind", "type": "custom"}` + variables + `]}, "panels": [` + panels + `]}`
}

func panelOf(expr, legend string) string {
	return `{"title": "P", "targets": [{"refId": "A", "expr": "` + expr + `", "legendFormat": "` + legend + `"}]}`
}

func TestSoundDashboardsPass(t *testing.T) {
	rate := `sum by (kind) (rate(freshet_cache_events_total{kind=~\"$kind\", kind=~\"${kind:regex}\", kind=~\"[[kind]]\"}[$__rate_interval]))`
	expect(t, "d.json", dashboardOf(
		`, {"name": "caller", "type": "query", "query": {"query": "label_values(freshet_caller_waiting{job=~\"$kind\"}, caller)"}}`+
			`, {"name": "job", "type": "query", "query": "label_values(job)"}`+
			`, {"name": "all", "type": "query", "query": "query_result(sum(freshet_cache_objects))"}`,
		panelOf(rate, "{{kind}}")+`, {"title": "a row", "panels": [`+panelOf(`max_over_time(freshet_server_pause_seconds[$__range])`, "now")+`]}`),
		0, "promcheck: 5 expressions, ")
}

func TestPlantedErrorsInDashboardsAreFound(t *testing.T) {
	row := `{"title": "a row", "panels": [` + panelOf("no_such_metric", "") + `]}`
	for _, planted := range []struct{ variables, panels, want string }{
		{"", panelOf("rate(freshet_cache_events_total[$__interval]", ""), `d.json: panel "P" A: rate(freshet_cache_events_total[1m]: 1:`},
		{"", panelOf("no_such_metric", ""), `panel "P" A: no_such_metric: no_such_metric is not exposed`},
		{"", row, `no_such_metric is not exposed`},
		{"", panelOf("", ""), `has no expression`},
		{"", panelOf(`freshet_cache_alarm{kind=\"$nobody\"}`, ""), `the dashboard has no variable "nobody"`},
		{"", panelOf("sum by (kind) (freshet_cache_alarm)", "{{namespace}}"), `the result has no label "namespace"`},
		{`, {"name": "v", "type": "query", "query": "label_values(freshet_cache_alarm, caller)"}`, panelOf("freshet_cache_alarm", ""),
			`variable "v": freshet_cache_alarm: the result has no label "caller"`},
		{`, {"name": "v", "type": "query", "query": "freshet_cache_alarm"}`, "", `is neither label_values`},
	} {
		expect(t, "d.json", dashboardOf(planted.variables, planted.panels), 1, planted.want)
	}
}

func TestWhatCannotBeReadIsNotPassed(t *testing.T) {
	expect(t, "alerts.yaml", `groups: [{name: g, rules: [{alert: A, exp: up}]}]`, 2, "field exp not found")
	expect(t, "alerts.yaml", `groups: [{name: g, rules: [{alert: A, for: soon, expr: up}]}]`, 2, "not a valid duration")
	expect(t, "alerts.yaml", `groups: []`, 2, "has no expression at all")
	expect(t, "d.json", `{"panels": [`, 2, "unexpected end")
	expect(t, "d.txt", ``, 2, "is neither a dashboard")
}

func TestExpositionIsRead(t *testing.T) {
	read, err := readExposition(exposed)
	if err != nil {
		t.Fatal(err)
	}
	if !read["freshet_caller_waiting"]["caller"] || read["freshet_read_seconds"] != nil || !read["freshet_read_seconds_bucket"]["le"] {
		t.Errorf("it was read as %v", read)
	}
	for line, want := range map[string]string{
		"freshet_ready":              "no value",
		`freshet_ready{a="b" 1`:      "no value",
		`freshet_ready{a="b",,} 1`:   "is no sample",
		"freshet_ready one":          "no value",
		`freshet_ready{a=b} 1`:       "is no sample",
		`freshet_ready{a="}"} NaN`:   "",
		"freshet_ready 1 1700000000": "",
	} {
		err := exposition{}.add(line)
		if (want == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s gives %v instead of %q", line, err, want)
		}
	}
}
