package main

import (
	"bytes"
	"fmt"
	"regexp"

	"github.com/prometheus/common/model"
	"go.yaml.in/yaml/v3"
)

// rules is a file of alerting rules; anything that is not among these fields is a mistake.
type rules struct {
	Groups []struct {
		Name        string            `yaml:"name"`
		Interval    model.Duration    `yaml:"interval"`
		QueryOffset model.Duration    `yaml:"query_offset"`
		Limit       int               `yaml:"limit"`
		Labels      map[string]string `yaml:"labels"`
		Rules       []alert           `yaml:"rules"`
	} `yaml:"groups"`
}

type alert struct {
	Alert         string            `yaml:"alert"`
	Expr          string            `yaml:"expr"`
	For           model.Duration    `yaml:"for"`
	KeepFiringFor model.Duration    `yaml:"keep_firing_for"`
	Labels        map[string]string `yaml:"labels"`
	Annotations   map[string]string `yaml:"annotations"`
}

var templateLabel = regexp.MustCompile(`(?:\$labels|\.Labels)\.(\w+)`)

func alertExpressions(text []byte) ([]expression, error) {
	var file rules
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(&file); err != nil {
		return nil, err
	}
	var all []expression
	for _, group := range file.Groups {
		for _, rule := range group.Rules {
			e := expression{where: fmt.Sprintf("alert %q", rule.Alert), text: rule.Expr}
			for _, templates := range []map[string]string{rule.Labels, rule.Annotations} {
				for _, template := range templates {
					for _, label := range templateLabel.FindAllStringSubmatch(template, -1) {
						e.shown = append(e.shown, label[1])
					}
				}
			}
			all = append(all, e)
		}
	}
	return all, nil
}
