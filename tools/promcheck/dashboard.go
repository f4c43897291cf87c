package main

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

// dashboard is what matters here of Grafana's classic JSON.
type dashboard struct {
	Panels     []panel `json:"panels"`
	Templating struct {
		List []variable `json:"list"`
	} `json:"templating"`
	Annotations struct {
		List []struct {
			Name string `json:"name"`
			Expr string `json:"expr"`
		} `json:"list"`
	} `json:"annotations"`
}

type panel struct {
	Title string `json:"title"`
	// Of a row that is collapsed.
	Panels  []panel  `json:"panels"`
	Targets []target `json:"targets"`
}

type target struct {
	RefID  string `json:"refId"`
	Expr   string `json:"expr"`
	Legend string `json:"legendFormat"`
}

type variable struct {
	Name  string `json:"name"`
	Type  string `json:"type"`
	Query any    `json:"query"`
}

func dashboardExpressions(text []byte) ([]expression, error) {
	var d dashboard
	if err := json.Unmarshal(text, &d); err != nil {
		return nil, err
	}
	known := grafanaVariables()
	for _, v := range d.Templating.List {
		known[v.Name] = "any"
	}
	var all []expression
	for _, v := range d.Templating.List {
		if v.Type == "query" {
			all = append(all, known.replaced(variableExpression(v)))
		}
	}
	for _, a := range d.Annotations.List {
		if a.Expr != "" {
			all = append(all, known.replaced(expression{where: fmt.Sprintf("annotation %q", a.Name), text: a.Expr}))
		}
	}
	for _, e := range panelExpressions(d.Panels) {
		all = append(all, known.replaced(e))
	}
	return all, nil
}

var legendLabel = regexp.MustCompile(`\{\{\s*(\w+)\s*\}\}`)

func panelExpressions(panels []panel) []expression {
	var all []expression
	for _, p := range panels {
		for _, t := range p.Targets {
			e := expression{where: fmt.Sprintf("panel %q %s", p.Title, t.RefID), text: t.Expr}
			for _, label := range legendLabel.FindAllStringSubmatch(t.Legend, -1) {
				e.shown = append(e.shown, label[1])
			}
			all = append(all, e)
		}
		all = append(all, panelExpressions(p.Panels)...)
	}
	return all
}

var (
	labelValues = regexp.MustCompile(`(?s)^\s*label_values\(\s*(?:(.+),)?\s*(\w+)\s*\)\s*$`)
	queryResult = regexp.MustCompile(`(?s)^\s*query_result\((.+)\)\s*$`)
)

// variableExpression gives the query of a variable as PromQL: label_values shows a label of a
// selector.
func variableExpression(v variable) expression {
	e := expression{where: fmt.Sprintf("variable %q", v.Name), text: queryText(v.Query)}
	if found := labelValues.FindStringSubmatch(e.text); found != nil {
		e.text, e.shown = found[1], []string{found[2]}
		if e.text == "" {
			e.text = `{__name__=~".+"}`
		}
	} else if found := queryResult.FindStringSubmatch(e.text); found != nil {
		e.text = found[1]
	} else {
		e.problem = "is neither label_values(…) nor query_result(…)"
	}
	return e
}

// queryText reads what older editors of Grafana write as text and newer ones as an object.
func queryText(query any) string {
	switch q := query.(type) {
	case string:
		return q
	case map[string]any:
		text, _ := q["query"].(string)
		return text
	}
	return ""
}

// variables are the names that Grafana replaces, each with a value that it could have.
type variables map[string]string

func grafanaVariables() variables {
	return variables{
		"__interval":         "1m",
		"__interval_ms":      "60000",
		"__rate_interval":    "5m",
		"__rate_interval_ms": "300000",
		"__range":            "1h",
		"__range_s":          "3600",
		"__range_ms":         "3600000",
		"__from":             "1700000000000",
		"__to":               "1700003600000",
	}
}

// Either $name, ${name} and ${name:format}, or [[name]] and [[name:format]].
var use = regexp.MustCompile(`\$([A-Za-z_]\w*)|\$\{(\w+)(?::[^}]*)?\}|\[\[(\w+)(?::[^]]*)?\]\]`)

func (known variables) replaced(e expression) expression {
	e.text = use.ReplaceAllStringFunc(e.text, func(found string) string {
		name := strings.Join(use.FindStringSubmatch(found)[1:], "")
		value, isKnown := known[name]
		if !isKnown && e.problem == "" {
			e.problem = fmt.Sprintf("the dashboard has no variable %q", name)
		}
		return value
	})
	return e
}
