// Command porcupine judges histories as the testkit records them, by the checker of the same name:
// a second opinion beside the testkit's own judge, from another author's code.
//
//	go run . FILE...
//
// It decides whether strong reads and all writes are linearizable, whether each session sees what
// it wrote and saw, and whether the readers of a token see what its maker had seen; whatever was
// read must have been the state of its version. Ages, streams, cuts, epochs, adopted and merged
// tokens, and answers without a version are left to the testkit's judge.
//
// Prints a line for each file. Ends with 1 if a history is not linearizable, with 2 if a file cannot
// be read, with 3 if a check took too long.
package main

import (
	"fmt"
	"os"
	"time"

	"github.com/anishathalye/porcupine"
)

const (
	// Beyond, porcupine's sets of operations grow too large; the testkit's judge has no such limit.
	maxOperations = 20_000
	checkWithin   = time.Minute
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: porcupine FILE...")
		os.Exit(2)
	}
	worst := 0
	for _, file := range os.Args[1:] {
		text, code := judge(file)
		fmt.Printf("%s: %s\n", file, text)
		worst = max(worst, code)
	}
	os.Exit(worst)
}

func judge(file string) (string, int) {
	h, err := readHistory(file)
	if err != nil {
		return err.Error(), 2
	}
	if len(h.operations) > maxOperations {
		return fmt.Sprintf("%d operations are more than porcupine can judge, %d", len(h.operations), maxOperations), 2
	}
	checks, err := allChecks(h)
	if err != nil {
		return err.Error(), 2
	}
	for _, c := range checks {
		switch c.run(checkWithin) {
		case porcupine.Illegal:
			return fmt.Sprintf("not linearizable: %s (%d operations%s)", c.name, len(c.acts), c.wrong()), 1
		case porcupine.Unknown:
			return fmt.Sprintf("undecided: %s took longer than %s", c.name, checkWithin), 3
		}
	}
	return fmt.Sprintf("linearizable: %d operations, %d checks", len(h.operations), len(checks)), 0
}

func allChecks(h *history) ([]*check, error) {
	collections := map[string]bool{}
	for _, op := range h.operations {
		switch op.Is {
		case "read":
			collections[op.Query.Collection] = true
		case "write":
			collections[op.Collection] = true
		}
	}
	var checks []*check
	for _, collection := range sorted(collections) {
		t := newTrial(h, collection)
		strong, err := t.strong()
		if err != nil {
			return nil, err
		}
		checks = append(checks, strong)
		for _, more := range []func() ([]*check, error){t.sessions, t.tokens} {
			some, err := more()
			if err != nil {
				return nil, err
			}
			checks = append(checks, some...)
		}
	}
	return checks, nil
}
