package main

import (
	"sort"
	"strconv"
	"strings"
)

// step is what etcd committed at one version: one event, or several that share it.
type step struct {
	rv     int64
	events []event
}

// truth is the state of one collection after each step: step 0 is the base.
type truth struct {
	steps []step
	// The version of each key before each step, for preconditions.
	before []map[string]int64
	// Per query, count and set hash of the selected objects after each step.
	views map[query][]view
	base  []event
}

type view struct {
	count int
	hash  int64
}

func newTruth(h *history, collection string) *truth {
	t := &truth{views: map[query][]view{}, steps: []step{{rv: h.baseRV}}}
	for _, e := range h.base {
		if e.Collection == collection {
			t.base = append(t.base, e)
		}
	}
	for _, e := range h.events {
		if e.Collection != collection {
			continue
		}
		if last := &t.steps[len(t.steps)-1]; last.rv == e.RV {
			last.events = append(last.events, e)
		} else {
			t.steps = append(t.steps, step{e.RV, []event{e}})
		}
	}
	t.fold()
	return t
}

func (t *truth) fold() {
	versions := map[string]int64{}
	for _, e := range t.base {
		versions[e.Key] = e.RV
	}
	for _, s := range t.steps {
		before := map[string]int64{}
		for _, e := range s.events {
			before[e.Key] = versions[e.Key]
			versions[e.Key] = e.RV
		}
		t.before = append(t.before, before)
	}
}

// at finds the step that holds at a version.
func (t *truth) at(rv int64) int {
	return sort.Search(len(t.steps), func(i int) bool { return t.steps[i].rv > rv }) - 1
}

// view gives count and set hash of a query after a step.
func (t *truth) view(q query, at int) (view, error) {
	views, known := t.views[q]
	if !known {
		var err error
		if views, err = t.fullView(q); err != nil {
			return view{}, err
		}
		t.views[q] = views
	}
	return views[at], nil
}

func (t *truth) fullView(q query) ([]view, error) {
	selects, err := newSelection(q)
	if err != nil {
		return nil, err
	}
	hashes := map[string]int64{}
	var sum int64
	apply := func(e event) {
		sum -= hashes[e.Key]
		delete(hashes, e.Key)
		if selects.selects(e) {
			hashes[e.Key] = itemHash(e)
			sum += hashes[e.Key]
		}
	}
	for _, e := range t.base {
		apply(e)
	}
	var views []view
	for _, s := range t.steps {
		for _, e := range s.events {
			apply(e)
		}
		views = append(views, view{len(hashes), sum})
	}
	return views, nil
}

// touches says whether a step changed anything in a namespace; empty means all.
func (s step) touches(namespace string) bool {
	for _, e := range s.events {
		if namespace == "" || strings.HasPrefix(e.Key, namespace+"/") {
			return true
		}
	}
	return false
}

// itemHash is the hash that the testkit's ItemHash describes: FNV-1a over the parts, each ended by
// a zero byte, then the mixer of SplitMix64.
func itemHash(e event) int64 {
	hash := uint64(0xcbf29ce484222325)
	for _, part := range []string{e.Key, e.UID, strconv.FormatInt(e.RV, 10), e.Tag} {
		for i := 0; i < len(part); i++ {
			hash = (hash ^ uint64(part[i])) * 0x100000001b3
		}
		hash *= 0x100000001b3
	}
	hash = (hash ^ hash>>30) * 0xbf58476d1ce4e5b9
	hash = (hash ^ hash>>27) * 0x94d049bb133111eb
	return int64(hash ^ hash>>31)
}
