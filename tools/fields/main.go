// Command fields prints the field tables of Kubernetes protobuf, as freshet-core reads them.
//
// It reflects over the struct tags of the published Go types: the .proto files beside them lack
// inlining, what JSON omits, and some JSON names. Those files then serve as the second opinion: where
// a message or a number differs, the program fails.
//
//	go run . > ../../core/src/main/resources/dev/freshet/protobuf/fields.txt
package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"sort"
	"strings"

	utilruntime "k8s.io/apimachinery/pkg/util/runtime"

	"freshet.dev/tools/fields/kinds"
)

var modules = []string{
	"k8s.io/api", "k8s.io/apimachinery", "k8s.io/apiextensions-apiserver", "k8s.io/kube-aggregator",
}

const header = `# Field tables of Kubernetes protobuf: facts taken from the struct tags of
#%s
# Made by ./build fields (tools/fields); do not edit.
#
# package ALIAS NAME            what follows belongs to this package
# kind APIVERSION KIND[=MESSAGE]  a kind, and its message if that has another name
# json APIVERSION KIND          a kind that has no protobuf
# MESSAGE FORM FIELD...         a message; FORM is - for a plain struct, else how JSON writes it
# FIELD is NUMBER:NAME:TYPE[:FLAGS], in the order of the Go struct; NAME is the one in JSON.
# TYPE is s string, b bool, i integer, d double, y bytes, or a message (ALIAS.NAME, or NAME of the same
# package); [TYPE is repeated, {TYPE a map from string.
# FLAGS: * pointer, ? omitempty, 0 omitzero, ^ inlined in JSON.
`

func main() {
	published, versions := readPublished()
	tables := collect(kinds.Scheme())
	if problems := tables.compare(published); len(problems) > 0 {
		fmt.Fprintln(os.Stderr, strings.Join(problems, "\n"))
		os.Exit(1)
	}
	out := bufio.NewWriter(os.Stdout)
	fmt.Fprintf(out, header, versions)
	tables.print(out)
	utilruntime.Must(out.Flush())
}

func (t *tables) print(out io.Writer) {
	packages := map[string][]string{}
	for name := range t.messages {
		pkg := packageOf(name)
		packages[pkg] = append(packages[pkg], name)
	}
	for _, pkg := range sortedKeys(packages) {
		fmt.Fprintf(out, "package %s %s\n", alias(pkg), pkg)
		for _, line := range t.kindsOf(pkg) {
			fmt.Fprintln(out, line)
		}
		names := packages[pkg]
		sort.Strings(names)
		for _, name := range names {
			t.messages[name].print(out)
		}
	}
	for _, line := range t.jsonOnly {
		fmt.Fprintln(out, line)
	}
}

func (m *message) print(out io.Writer) {
	fmt.Fprintf(out, "%s %s", simple(m.name), m.form)
	for _, f := range m.fields {
		kind := f.kind
		if f.ref != "" {
			kind = strings.TrimPrefix(alias(packageOf(f.ref))+"."+simple(f.ref), alias(packageOf(m.name))+".")
		}
		fmt.Fprintf(out, " %d:%s:%s%s", f.number, f.name, f.many, kind)
		if f.flags != "" {
			fmt.Fprintf(out, ":%s", f.flags)
		}
	}
	fmt.Fprintln(out)
}

// alias is the package without what all packages share.
func alias(pkg string) string {
	for _, prefix := range []string{
		"k8s.io.apiextensions_apiserver.pkg.apis.", "k8s.io.kube_aggregator.pkg.apis.",
		"k8s.io.apimachinery.pkg.apis.", "k8s.io.apimachinery.pkg.", "k8s.io.api.",
	} {
		if rest, ok := strings.CutPrefix(pkg, prefix); ok {
			return rest
		}
	}
	return pkg
}

func packageOf(name string) string { return name[:strings.LastIndexByte(name, '.')] }

func simple(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}
