package main

import (
	"maps"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
)

// selected looks for the metrics of a selector; where only a pattern names them, any that match.
func (s scope) selected(selector *parser.VectorSelector) series {
	found, matched := series{labels: names{}}, false
	for metric, own := range s.exposed {
		if matches(selector, metric) {
			matched = true
			s.used[metric] = true
			found = found.or(series{labels: own})
		}
	}
	if !matched {
		s.complain("%s is not exposed", described(selector))
		return series{names{}, true}
	}
	for _, matcher := range selector.LabelMatchers {
		found.needs(matcher.Name, described(selector), s.complain)
	}
	return found
}

func matches(selector *parser.VectorSelector, metric string) bool {
	for _, matcher := range selector.LabelMatchers {
		if matcher.Name == labels.MetricName && !matcher.Matches(metric) {
			return false
		}
	}
	return true
}

func described(selector *parser.VectorSelector) string {
	if selector.Name != "" {
		return selector.Name
	}
	return selector.String()
}

func (s scope) aggregated(e *parser.AggregateExpr) series {
	inner := s.of(e.Expr)
	for _, label := range e.Grouping {
		inner.needs(label, "what "+e.Op.String()+" groups", s.complain)
	}
	switch e.Op {
	case parser.TOPK, parser.BOTTOMK, parser.LIMITK, parser.LIMIT_RATIO:
		return inner
	case parser.COUNT_VALUES:
		if text, ok := e.Param.(*parser.StringLiteral); ok {
			return inner.only(e.Grouping...).and(text.Val)
		}
	}
	if e.Without {
		return inner.without(e.Grouping...).without(labels.MetricName)
	}
	return inner.only(e.Grouping...)
}

func (s scope) combined(e *parser.BinaryExpr) series {
	left, right := s.of(e.LHS), s.of(e.RHS)
	matching := e.VectorMatching
	if matching == nil {
		// A number on one side.
		return left.or(right)
	}
	for _, label := range matching.MatchingLabels {
		left.needs(label, "the left side", s.complain)
		right.needs(label, "the right side", s.complain)
	}
	if !matching.On && e.Op != parser.LOR {
		s.requireMatch(left, right, matching.MatchingLabels)
	}
	switch matching.Card {
	case parser.CardManyToMany:
		if e.Op == parser.LOR {
			return left.or(right)
		}
		return left
	case parser.CardManyToOne:
		return s.joined(left, right, matching.Include)
	case parser.CardOneToMany:
		return s.joined(right, left, matching.Include)
	}
	if matching.On {
		return left.only(matching.MatchingLabels...)
	}
	return left.without(matching.MatchingLabels...)
}

// requireMatch finds sides of which no two series can match.
func (s scope) requireMatch(left, right series, ignoring []string) {
	left = left.without(ignoring...).without(labels.MetricName)
	right = right.without(ignoring...).without(labels.MetricName)
	if !left.open && !right.open && !maps.Equal(left.labels, right.labels) {
		s.complain("the sides have different labels, %s and %s", left, right)
	}
}

func (s scope) joined(many, one series, include []string) series {
	for _, label := range include {
		one.needs(label, "what is joined", s.complain)
	}
	return many.and(include...)
}

func (s scope) called(e *parser.Call) series {
	result := series{labels: names{}}
	for _, arg := range e.Args {
		result = result.or(s.of(arg))
	}
	switch e.Func.Name {
	case "histogram_quantile":
		result.needs(labels.BucketLabel, "what histogram_quantile reads", s.complain)
		return result.without(labels.BucketLabel)
	case "label_replace", "label_join":
		if text, ok := e.Args[1].(*parser.StringLiteral); ok {
			return result.and(text.Val)
		}
	case "scalar", "time":
		return series{labels: names{}}
	}
	return result
}
