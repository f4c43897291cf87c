// Command client-go is a contender of ./build bench: client-go as a program would use it, or, with
// the argument "wire", no client at all: bytes received and thrown away.
//
// Orders come on standard input, a line each; each is answered by JSON lines of measures and one
// that says that it is done. It ends when its orders do.
package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
)

// contender is what orders are carried out by.
type contender interface {
	// sync fills a cache, or receives everything once.
	sync() error
	// again lets the cache go and fills another.
	again() error
	digest() (string, error)
	list(percent, label string) error
	get() error
	direct(label string) error
	// crowd lets many readers at once list from the server.
	crowd(label string) error
	// follow begins to note when each new version is seen.
	follow() error
	// seen tells it, in microseconds of the wall clock.
	seen() map[string]int64
	memory() error
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "client-go:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 2 {
		return fmt.Errorf("give client-go or wire, and a kubeconfig file")
	}
	var who contender
	switch args[0] {
	case "client-go":
		who = &informed{kubeconfig: args[1]}
	case "wire":
		who = &wire{kubeconfig: args[1]}
	default:
		return fmt.Errorf("there is no contender %q", args[0])
	}
	orders := bufio.NewScanner(os.Stdin)
	for orders.Scan() {
		if err := carryOut(who, strings.Fields(orders.Text())); err != nil {
			return fmt.Errorf("%s: %w", orders.Text(), err)
		}
		tell(map[string]any{"done": orders.Text()})
	}
	return orders.Err()
}

func carryOut(who contender, order []string) error {
	switch order[0] {
	case "sync":
		return who.sync()
	case "again":
		return who.again()
	case "digest":
		digest, err := who.digest()
		if err == nil && digest != "" {
			tell(map[string]any{"digest": digest})
		}
		return err
	case "list":
		return who.list(order[1], order[2])
	case "get":
		return who.get()
	case "direct":
		return who.direct(order[1])
	case "crowd":
		return who.crowd(order[1])
	case "follow":
		return who.follow()
	case "seen":
		tell(map[string]any{"seen": who.seen()})
		return nil
	case "memory":
		return who.memory()
	}
	return fmt.Errorf("unknown order")
}
