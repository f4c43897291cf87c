package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
)

// names is a set of labels.
type names map[string]bool

// exposition holds the labels that the samples of each metric have; a histogram is there as its
// _bucket, _count and _sum.
type exposition map[string]names

// readExposition reads the text format, as a scrape returns it.
func readExposition(path string) (exposition, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	exposed := exposition{}
	lines := bufio.NewScanner(file)
	for number := 1; lines.Scan(); number++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := exposed.add(line); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, number, err)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(exposed) == 0 {
		return nil, fmt.Errorf("%s: exposes nothing", path)
	}
	return exposed, nil
}

// add takes one sample: its series, its value, perhaps more.
func (e exposition) add(line string) error {
	series, rest := cutSeries(line)
	value, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	if _, err := strconv.ParseFloat(value, 64); err != nil {
		return fmt.Errorf("%q is no sample: no value", line)
	}
	metric, err := promql.ParseMetric(series)
	if err != nil {
		return fmt.Errorf("%q is no sample: %w", line, err)
	}
	name := metric.Get(labels.MetricName)
	if e[name] == nil {
		// Prometheus itself adds these.
		e[name] = names{"instance": true, "job": true}
	}
	metric.Range(func(l labels.Label) {
		e[name][l.Name] = true
	})
	return nil
}

// cutSeries cuts a line after the name, or after the brace that ends the labels.
func cutSeries(line string) (series, rest string) {
	end := strings.IndexAny(line, " {")
	if end < 0 || line[end] == ' ' {
		series, rest, _ = strings.Cut(line, " ")
		return series, rest
	}
	quoted := false
	for i := end; i < len(line); i++ {
		switch {
		case line[i] == '\\':
			i++
		case line[i] == '"':
			quoted = !quoted
		case line[i] == '}' && !quoted:
			return line[:i+1], line[i+1:]
		}
	}
	return line, ""
}

var promql = parser.NewParser(parser.Options{})
