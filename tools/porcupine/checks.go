package main

import (
	"fmt"
	"sort"
	"strings"
)

// trial is one collection of a history with what etcd did to it.
type trial struct {
	history    *history
	collection string
	truth      *truth
	// The write that made each step; steps without one were made by strangers.
	authors map[int]operation
	// Acknowledged writes that are not in etcd.
	lost []operation
}

func newTrial(h *history, collection string) *trial {
	t := &trial{h, collection, newTruth(h, collection), map[int]operation{}, nil}
	for _, acknowledged := range []bool{true, false} {
		for _, op := range h.operations {
			if op.Is == "write" && op.Collection == collection {
				t.resolve(op, acknowledged)
			}
		}
	}
	return t
}

// resolve finds the step of a write: by the version of its answer, else by its tag or uid.
func (t *trial) resolve(op operation, acknowledged bool) {
	if (op.Outcome.Is == "done") != acknowledged || op.Outcome.Is == "refused" {
		return
	}
	for i, s := range t.truth.steps {
		for _, e := range s.events {
			made := e.Key == op.Key && !e.Deleted && e.Tag == op.Tag && op.Verb == "PUT" &&
				(!acknowledged || e.RV == op.Outcome.RV)
			removed := e.Key == op.Key && e.Deleted && e.UID == op.UID && op.Verb == "DELETE"
			if made || removed {
				if _, taken := t.authors[i]; !taken {
					t.authors[i] = op
				}
				// A put whose version has an author already repeated what was there.
				return
			}
		}
	}
	for _, e := range t.truth.base {
		if e.Key == op.Key && e.Tag == op.Tag && e.RV == op.Outcome.RV {
			return
		}
	}
	if acknowledged {
		t.lost = append(t.lost, op)
	}
}

// writes gives an act for each step that touches a namespace; only those whose author is heeded
// keep their intervals.
func (t *trial) writes(namespace string, heeded func(operation) bool) []act {
	var acts []act
	for i, s := range t.truth.steps {
		if i == 0 || !s.touches(namespace) {
			continue
		}
		a := act{step: i, write: true, call: always, end: never, right: true}
		if op, known := t.authors[i]; known && heeded(op) {
			a.call, a.id = op.Invoked, op.ID
			if op.Outcome.Is == "done" {
				a.end = op.Returned
			}
			a.right = op.PreconditionRV == unknown ||
				op.PreconditionRV == t.truth.before[i][op.Key]
		}
		acts = append(acts, a)
	}
	return acts
}

// shown gives the act of a read or sighting: all that is known is that its state was there at its
// end. Any narrower interval is for the caller to set.
func (t *trial) shown(op operation) (act, error) {
	rv := op.RV
	if op.Is == "read" {
		rv = op.Answer.AsOf
	}
	step := t.truth.at(rv)
	a := act{step: max(step, 0), call: always, end: op.Returned, right: step >= 0, id: op.ID}
	if op.Is == "read" && a.right {
		expected, err := t.truth.view(op.Query, step)
		if err != nil {
			return a, err
		}
		a.right = expected == view{op.Answer.Items.Count, op.Answer.Items.Hash}
	}
	return a, nil
}

// concerns says whether an operation shows the state of this collection, at least in a namespace.
func (t *trial) concerns(op operation, namespace string) bool {
	where, collection := op.Namespace, op.Collection
	switch op.Is {
	case "read":
		where, collection = op.Query.Namespace, op.Query.Collection
		if op.Answer.AsOf == unknown {
			return false
		}
	case "saw":
	default:
		return false
	}
	return collection == t.collection && (namespace == "" || where == "" || where == namespace)
}

// strong is the check of all clients together. It is stricter than the testkit's: a strong read of
// one namespace has to be at the newest version of the whole kind.
func (t *trial) strong() (*check, error) {
	c := &check{name: t.collection + ": strong"}
	c.acts = t.writes("", func(operation) bool { return true })
	for _, op := range t.lost {
		c.acts = append(c.acts, act{call: op.Invoked, end: op.Returned, id: op.ID})
	}
	for _, op := range t.history.operations {
		if !t.concerns(op, "") {
			continue
		}
		a, err := t.shown(op)
		if err != nil {
			return nil, err
		}
		if op.Level.Is == "strong" && op.Answer.Satisfied {
			a.call = op.Invoked
		}
		c.acts = append(c.acts, a)
	}
	return c, nil
}

// within is the check of one session, or of the readers of one token, in one namespace. A floor is
// something that was seen or done; a demand has to see it.
func (t *trial) within(
	name, namespace string, floor func(operation) bool, demand func(operation) bool, end func(operation) int64,
) (*check, error) {
	c := &check{name: fmt.Sprintf("%s: %s, namespace %q", t.collection, name, namespace)}
	c.acts = t.writes(namespace, floor)
	for _, op := range t.history.operations {
		if !t.concerns(op, namespace) || !(floor(op) || demand(op)) {
			continue
		}
		a, err := t.shown(op)
		if err != nil {
			return nil, err
		}
		// What the step did to other namespaces is no matter here, nor are the objects.
		a.right = true
		if demand(op) {
			a.call, a.end = op.Invoked, end(op)
		}
		c.acts = append(c.acts, a)
	}
	t.compress(c, namespace)
	return c, nil
}

// compress renumbers steps so that only those of a namespace count.
func (t *trial) compress(c *check, namespace string) {
	number := make([]int, len(t.truth.steps))
	for i := 1; i < len(number); i++ {
		number[i] = number[i-1]
		if t.truth.steps[i].touches(namespace) {
			number[i]++
		}
	}
	for i := range c.acts {
		c.acts[i].step = number[c.acts[i].step]
	}
}

func (t *trial) namespaces() []string {
	found := map[string]bool{}
	for _, s := range t.truth.steps {
		for _, e := range s.events {
			namespace, _, namespaced := strings.Cut(e.Key, "/")
			if !namespaced {
				namespace = ""
			}
			found[namespace] = true
		}
	}
	return sorted(found)
}

// sessions gives a check for each session that was promised its own writes.
func (t *trial) sessions() ([]*check, error) {
	promised := map[string]bool{}
	for _, op := range t.history.operations {
		if op.Level.Is == "readYourWrites" {
			promised[op.Caller.Session] = true
		}
	}
	var checks []*check
	for _, session := range sorted(promised) {
		own := func(op operation) bool { return op.Caller.Session == session }
		demand := func(op operation) bool {
			return own(op) && op.Level.Is == "readYourWrites" && op.Answer.Satisfied
		}
		returned := func(op operation) int64 { return op.Returned }
		for _, namespace := range t.namespaces() {
			c, err := t.within("session "+session, namespace, own, demand, returned)
			if err != nil {
				return nil, err
			}
			checks = append(checks, c)
		}
	}
	return checks, nil
}

// tokens gives a check for each token of a session or of one answer that somebody read by.
func (t *trial) tokens() ([]*check, error) {
	var checks []*check
	for _, minted := range t.history.operations {
		if minted.Is != "minted" || !t.readBy(minted.Token) {
			continue
		}
		var floor func(operation) bool
		switch minted.Source.Is {
		case "session":
			floor = func(op operation) bool {
				return op.Caller.Session == minted.Caller.Session && op.Returned < minted.Invoked
			}
		case "read":
			floor = func(op operation) bool { return op.Is == "read" && op.ID == minted.Source.Read }
		default:
			continue
		}
		demand := func(op operation) bool {
			return op.Level.Is == "atLeast" && op.Level.Token == minted.Token && op.Answer.Satisfied
		}
		// Its readers are not ordered among each other.
		open := func(operation) int64 { return never }
		for _, namespace := range t.namespaces() {
			c, err := t.within("token "+minted.Token, namespace, floor, demand, open)
			if err != nil {
				return nil, err
			}
			checks = append(checks, c)
		}
	}
	return checks, nil
}

func (t *trial) readBy(token string) bool {
	for _, op := range t.history.operations {
		if op.Level.Is == "atLeast" && op.Level.Token == token {
			return true
		}
	}
	return false
}

func sorted(set map[string]bool) []string {
	var names []string
	for name := range set {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
