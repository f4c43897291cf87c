package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
)

// unknown is how a history writes a version or a time that was not told.
const unknown = -1

// event is one change of one key in etcd.
type event struct {
	RV         int64             `json:"rv"`
	Collection string            `json:"collection"`
	Key        string            `json:"key"`
	UID        string            `json:"uid"`
	Deleted    bool              `json:"deleted"`
	Labels     map[string]string `json:"labels"`
	Tag        string            `json:"tag"`
}

type query struct {
	Collection string `json:"collection"`
	Namespace  string `json:"namespace"`
	Name       string `json:"name"`
	Labels     string `json:"labels"`
}

// operation holds the fields of every kind of operation; Is says which of them are there.
type operation struct {
	Is     string `json:"is"`
	ID     int64  `json:"id"`
	Caller struct {
		Session string `json:"session"`
	} `json:"caller"`
	Invoked  int64 `json:"invokedNanos"`
	Returned int64 `json:"returnedNanos"`

	// Of a write; Collection of a sighting too.
	Collection     string  `json:"collection"`
	Key            string  `json:"key"`
	Verb           string  `json:"verb"`
	UID            string  `json:"uid"`
	PreconditionRV int64   `json:"preconditionRv"`
	Tag            string  `json:"tag"`
	Outcome        outcome `json:"outcome"`

	// Of a read.
	Query  query  `json:"query"`
	Level  level  `json:"level"`
	Answer answer `json:"answer"`

	// Of a sighting.
	Namespace string `json:"namespace"`
	RV        int64  `json:"rv"`

	// Of a token.
	Token  string `json:"token"`
	Source struct {
		Is   string `json:"is"`
		Read int64  `json:"read"`
	} `json:"source"`
}

type outcome struct {
	Is string `json:"is"`
	RV int64  `json:"rv"`
}

type level struct {
	Is    string `json:"is"`
	Token string `json:"token"`
}

type answer struct {
	AsOf      int64 `json:"asOf"`
	Satisfied bool  `json:"satisfied"`
	Items     struct {
		Count int   `json:"count"`
		Hash  int64 `json:"hash"`
	} `json:"items"`
}

// history is one epoch of etcd with everything that clients did in it.
type history struct {
	baseRV     int64
	base       []event
	events     []event
	operations []operation
}

// readHistory reads a file as the testkit's HistoryFile writes it.
func readHistory(path string) (*history, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var in io.Reader = file
	if strings.HasSuffix(path, ".gz") {
		if in, err = gzip.NewReader(file); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	read := &history{}
	lines := bufio.NewReader(in)
	ended := false
	for number := 1; ; number++ {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			if ended, err = read.take(line, err); err != nil && err != io.EOF {
				return nil, fmt.Errorf("%s, line %d: %w", path, number, err)
			}
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	if !ended {
		return nil, fmt.Errorf("%s breaks off: its last line is not the end of a history", path)
	}
	return read, nil
}

// take adds one line and says whether it is the last one; it passes on the state of the reader.
func (h *history) take(line []byte, state error) (bool, error) {
	var kind struct {
		Is     string `json:"is"`
		BaseRV int64  `json:"baseRv"`
		Event  event  `json:"event"`
	}
	if err := json.Unmarshal(line, &kind); err != nil {
		return false, err
	}
	switch kind.Is {
	case "epoch":
		if h.baseRV != 0 {
			return false, fmt.Errorf("a second epoch: porcupine judges histories of one epoch")
		}
		h.baseRV = kind.BaseRV
	case "base":
		h.base = append(h.base, kind.Event)
	case "event":
		h.events = append(h.events, kind.Event)
	case "end":
		return true, state
	default:
		var op operation
		if err := json.Unmarshal(line, &op); err != nil {
			return false, err
		}
		h.operations = append(h.operations, op)
	}
	return false, state
}
