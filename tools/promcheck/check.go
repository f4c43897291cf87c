package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/prometheus/prometheus/promql/parser"
)

// checker collects what is wrong with expressions.
type checker struct {
	exposed     exposition
	used        map[string]bool
	expressions int
	problems    []string
}

func newChecker(exposed exposition) *checker {
	return &checker{exposed: exposed, used: map[string]bool{}}
}

func (c *checker) check(e expression) {
	c.expressions++
	var found []string
	complain := func(format string, args ...any) {
		found = append(found, fmt.Sprintf(format, args...))
	}
	switch {
	case e.problem != "":
		complain("%s", e.problem)
	case strings.TrimSpace(e.text) == "":
		complain("has no expression")
	default:
		c.checkText(e, complain)
	}
	line := strings.Join(strings.Fields(e.text), " ")
	slices.Sort(found)
	for _, problem := range slices.Compact(found) {
		c.problems = append(c.problems, fmt.Sprintf("%s: %s: %s: %s", e.file, e.where, line, problem))
	}
}

func (c *checker) checkText(e expression, complain func(string, ...any)) {
	parsed, err := promql.ParseExpr(e.text)
	if err != nil {
		complain("%v", err)
		return
	}
	s := scope{c.exposed, c.used, complain}
	result := s.of(parsed)
	for _, label := range e.shown {
		result.needs(label, "the result", complain)
	}
}

// series is what is known of the labels of a result.
type series struct {
	labels names
	// Labels may be any: of something unknown, which has been complained of already.
	open bool
}

func (s series) needs(label, what string, complain func(string, ...any)) {
	if !s.open && !s.labels[label] {
		complain("%s has no label %q", what, label)
	}
}

func (s series) and(labels ...string) series {
	more := series{names{}, s.open}
	for label := range s.labels {
		more.labels[label] = true
	}
	for _, label := range labels {
		more.labels[label] = true
	}
	return more
}

func (s series) without(labels ...string) series {
	less := s.and()
	for _, label := range labels {
		delete(less.labels, label)
	}
	return less
}

// only keeps those of the labels that are there.
func (s series) only(labels ...string) series {
	some := series{names{}, s.open}
	for _, label := range labels {
		if s.labels[label] {
			some.labels[label] = true
		}
	}
	return some
}

func (s series) String() string {
	return "{" + strings.Join(slices.Sorted(maps.Keys(s.labels)), ", ") + "}"
}

// or is what either may have.
func (s series) or(other series) series {
	both := s.and()
	both.open = s.open || other.open
	for label := range other.labels {
		both.labels[label] = true
	}
	return both
}

// scope is where one expression is looked at.
type scope struct {
	exposed  exposition
	used     map[string]bool
	complain func(string, ...any)
}

// of says which labels an expression's result has, and complains on the way.
func (s scope) of(expr parser.Expr) series {
	switch e := expr.(type) {
	case *parser.VectorSelector:
		return s.selected(e)
	case *parser.MatrixSelector:
		return s.of(e.VectorSelector)
	case *parser.SubqueryExpr:
		return s.of(e.Expr)
	case *parser.ParenExpr:
		return s.of(e.Expr)
	case *parser.UnaryExpr:
		return s.of(e.Expr)
	case *parser.StepInvariantExpr:
		return s.of(e.Expr)
	case *parser.AggregateExpr:
		return s.aggregated(e)
	case *parser.BinaryExpr:
		return s.combined(e)
	case *parser.Call:
		return s.called(e)
	}
	// Numbers and strings.
	return series{labels: names{}}
}
