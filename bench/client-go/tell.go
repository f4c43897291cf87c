package main

import (
	"encoding/json"
	"os"
	"slices"
	"time"
)

const (
	warmUp      = 500 * time.Millisecond
	measureFor  = time.Second
	fewestCalls = 3
)

// tell answers with one JSON line.
func tell(line map[string]any) {
	if err := json.NewEncoder(os.Stdout).Encode(line); err != nil {
		panic(err)
	}
}

func measured(measure string, value float64, unit string) {
	tell(map[string]any{"measure": measure, "value": value, "unit": unit})
}

// once measures one call, in milliseconds.
func once(measure string, call func() error) error {
	start := time.Now()
	if err := call(); err != nil {
		return err
	}
	measured(measure, millis(time.Since(start)), "ms")
	return nil
}

// often measures a call again and again for a second after a warm-up: the median, in milliseconds.
func often(measure string, call func() error) error {
	for start := time.Now(); time.Since(start) < warmUp; {
		if err := call(); err != nil {
			return err
		}
	}
	var all []time.Duration
	for begin := time.Now(); len(all) < fewestCalls || time.Since(begin) < measureFor; {
		start := time.Now()
		if err := call(); err != nil {
			return err
		}
		all = append(all, time.Since(start))
	}
	slices.Sort(all)
	measured(measure, millis(all[len(all)/2]), "ms")
	return nil
}

func millis(d time.Duration) float64 {
	return float64(d.Nanoseconds()) / 1e6
}
