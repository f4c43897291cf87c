package main

import (
	"encoding/json"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

const (
	warmUp     = 500 * time.Millisecond
	measureFor = 500 * time.Millisecond

	crowd        = 64
	crowdWarmUp  = 2 * time.Second
	crowdMeasure = 4 * time.Second
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

// often measures a call again and again for half a second, at least once, after a warm-up of as
// long: the median, in milliseconds.
func often(measure string, call func() error) error {
	for start := time.Now(); time.Since(start) < warmUp; {
		if err := call(); err != nil {
			return err
		}
	}
	var all []time.Duration
	for begin := time.Now(); len(all) == 0 || time.Since(begin) < measureFor; {
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

// perSecond counts how many calls end in a second while a crowd calls again and again; over four
// seconds, after a warm-up of two.
func perSecond(measure string, call func() error) error {
	var ended atomic.Int64
	var failed atomic.Pointer[error]
	var running sync.WaitGroup
	begin := time.Now()
	for range crowd {
		running.Go(func() {
			for time.Since(begin) < crowdWarmUp+crowdMeasure && failed.Load() == nil {
				if err := call(); err != nil {
					failed.Store(&err)
					return
				}
				ended.Add(1)
			}
		})
	}
	time.Sleep(crowdWarmUp)
	before, start := ended.Load(), time.Now()
	time.Sleep(crowdMeasure)
	measured(measure, float64(ended.Load()-before)/time.Since(start).Seconds(), "/s")
	running.Wait()
	if err := failed.Load(); err != nil {
		return *err
	}
	return nil
}

func millis(d time.Duration) float64 {
	return float64(d.Nanoseconds()) / 1e6
}
