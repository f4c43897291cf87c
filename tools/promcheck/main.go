// Command promcheck holds Grafana dashboards and Prometheus alerting rules against what a program
// really exposes, so that a renamed meter leaves no empty panel and no alert that never fires.
//
//	go run . -exposition FILE FILE...
//
// The exposition is what a scrape returns, as text. Of each dashboard (.json) and rule file (.yaml,
// .yml) every expression must parse, by Prometheus' own parser, and every metric and label that it
// names must be there. Labels that come of the scrape are known: instance and job. Whether a value
// of a label can occur is not looked at.
//
// Prints a line for each problem: the file, where in it, the expression, what is wrong. Ends with 1
// if there is any, with 2 if a file cannot be read.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

func run(args []string, out, errors io.Writer) int {
	flags := flag.NewFlagSet("promcheck", flag.ContinueOnError)
	flags.SetOutput(errors)
	flags.Usage = func() {
		fmt.Fprintln(errors, "usage: promcheck -exposition FILE FILE...")
	}
	exposition := flags.String("exposition", "", "what a scrape returned")
	if flags.Parse(args) != nil {
		return 2
	}
	if *exposition == "" || flags.NArg() == 0 {
		flags.Usage()
		return 2
	}
	exposed, err := readExposition(*exposition)
	if err != nil {
		fmt.Fprintln(errors, err)
		return 2
	}
	c := newChecker(exposed)
	for _, file := range flags.Args() {
		expressions, err := readExpressions(file)
		if err != nil {
			fmt.Fprintf(errors, "%s: %v\n", file, err)
			return 2
		}
		for _, e := range expressions {
			c.check(e)
		}
	}
	for _, problem := range c.problems {
		fmt.Fprintln(out, problem)
	}
	if len(c.problems) > 0 {
		return 1
	}
	fmt.Fprintf(out, "promcheck: %d expressions, %d metrics, all exposed\n", c.expressions, len(c.used))
	return 0
}

// expression is one query of a file, its variables replaced.
type expression struct {
	file  string
	where string
	text  string
	// Labels that a legend or an annotation shows of the result.
	shown []string
	// What was found wrong before it could be parsed.
	problem string
}

func readExpressions(file string) ([]expression, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var found []expression
	switch ext := filepath.Ext(file); ext {
	case ".json":
		found, err = dashboardExpressions(text)
	case ".yaml", ".yml":
		found, err = alertExpressions(text)
	default:
		return nil, fmt.Errorf("is neither a dashboard (.json) nor a rule file (.yaml, .yml)")
	}
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("has no expression at all")
	}
	for i := range found {
		found[i].file = file
	}
	return found, nil
}
