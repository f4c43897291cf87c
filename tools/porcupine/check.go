package main

import (
	"fmt"
	"math"
	"sort"
	"time"

	"github.com/anishathalye/porcupine"
)

// Times before and after everything; porcupine sorts by them only.
const (
	always = math.MinInt64 / 2
	never  = math.MaxInt64 / 2
)

// act is one operation as porcupine sees it.
type act struct {
	// The state that it makes or shows.
	step  int
	write bool
	call  int64
	end   int64
	// Whether it made or showed what etcd has at that step.
	right bool
	id    int64
}

// check is a set of operations that must be linearizable together.
type check struct {
	name string
	acts []act
}

// run decides whether there is an order of the acts that respects their intervals.
//
// Each act carries a version, so the order of those that change the state is known, and so is the
// state that each reader saw. Readers of one state commute; if any order of them respects their
// intervals, so does that of their ends. Hence there is one candidate for the whole order, and the
// model admits no other: porcupine needs no search, and histories of thousands of operations are
// decided in a moment.
func (c *check) run(timeout time.Duration) porcupine.CheckResult {
	sort.SliceStable(c.acts, func(i, j int) bool {
		a, b := c.acts[i], c.acts[j]
		if a.step != b.step {
			return a.step < b.step
		}
		if a.write != b.write {
			return a.write
		}
		return a.end < b.end
	})
	var operations []porcupine.Operation
	for place, a := range c.acts {
		operations = append(operations, porcupine.Operation{
			Input: place, Output: a.right, Call: a.call, Return: a.end,
		})
	}
	model := porcupine.Model{
		Init: func() any { return 0 },
		Step: func(state, input, output any) (bool, any) {
			return input.(int) == state.(int) && output.(bool), state.(int) + 1
		},
	}
	return porcupine.CheckOperationsTimeout(model, operations, timeout)
}

// wrong lists the acts that no order can save.
func (c *check) wrong() string {
	for _, a := range c.acts {
		if !a.right {
			return fmt.Sprintf(", operation %d alone is wrong already", a.id)
		}
	}
	return ""
}
