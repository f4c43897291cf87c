package main

import (
	"fmt"
	"strings"
)

// requirement is one condition of a label selector.
type requirement struct {
	key    string
	values []string
	// How the label's value relates to values; "exists" and "absent" look at the key alone.
	operator string
}

// selection is a query as a predicate over objects.
type selection struct {
	prefix       string
	key          string
	requirements []requirement
}

func newSelection(q query) (selection, error) {
	s := selection{}
	if q.Namespace != "" {
		s.prefix = q.Namespace + "/"
	}
	if q.Name != "" {
		s.key = s.prefix + q.Name
	}
	rest := strings.TrimSpace(q.Labels)
	for rest != "" {
		var one requirement
		var err error
		if one, rest, err = parseRequirement(rest); err != nil {
			return s, err
		}
		s.requirements = append(s.requirements, one)
	}
	return s, nil
}

// parseRequirement reads the first requirement and returns what comes after its comma.
func parseRequirement(text string) (requirement, string, error) {
	if open := strings.IndexByte(text, '('); open >= 0 && !strings.Contains(text[:open], ",") {
		closing := strings.IndexByte(text, ')')
		words := strings.Fields(text[:open])
		if closing < open || len(words) != 2 || (words[1] != "in" && words[1] != "notin") {
			return requirement{}, "", fmt.Errorf("cannot read the selector %q", text)
		}
		values := strings.Split(text[open+1:closing], ",")
		for i := range values {
			values[i] = strings.TrimSpace(values[i])
		}
		rest := strings.TrimPrefix(strings.TrimSpace(text[closing+1:]), ",")
		return requirement{words[0], values, words[1]}, strings.TrimSpace(rest), nil
	}
	part, rest, _ := strings.Cut(text, ",")
	part, rest = strings.TrimSpace(part), strings.TrimSpace(rest)
	if key, value, found := strings.Cut(part, "!="); found {
		return requirement{strings.TrimSpace(key), []string{strings.TrimSpace(value)}, "notin"}, rest, nil
	}
	if key, value, found := strings.Cut(part, "="); found {
		value = strings.TrimPrefix(value, "=")
		return requirement{strings.TrimSpace(key), []string{strings.TrimSpace(value)}, "in"}, rest, nil
	}
	if key, found := strings.CutPrefix(part, "!"); found {
		return requirement{strings.TrimSpace(key), nil, "absent"}, rest, nil
	}
	if part == "" {
		return requirement{}, "", fmt.Errorf("empty requirement in the selector %q", text)
	}
	return requirement{part, nil, "exists"}, rest, nil
}

func (s selection) selects(e event) bool {
	if e.Deleted || !strings.HasPrefix(e.Key, s.prefix) || (s.key != "" && e.Key != s.key) {
		return false
	}
	for _, r := range s.requirements {
		if !r.holds(e.Labels) {
			return false
		}
	}
	return true
}

func (r requirement) holds(labels map[string]string) bool {
	value, there := labels[r.key]
	listed := false
	for _, v := range r.values {
		listed = listed || v == value
	}
	switch r.operator {
	case "in":
		return there && listed
	case "notin":
		return !there || !listed
	case "exists":
		return there
	default:
		return !there
	}
}
