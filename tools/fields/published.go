package main

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
)

// published holds the fields of each message of the generated.proto files: number to type.
type published map[string]map[int]string

var (
	packageLine = regexp.MustCompile(`^package ([\w.]+);`)
	messageLine = regexp.MustCompile(`^message (\w+) \{`)
	fieldLine   = regexp.MustCompile(`^  (optional|repeated|map)(?:<string,)? *([\w.]+)>? \w+ = (\d+);`)
)

// readPublished reads the .proto files of all modules, and says which versions those are.
func readPublished() (published, string) {
	all := published{}
	versions := ""
	for _, module := range modules {
		out, err := exec.Command("go", "list", "-m", "-f", "{{.Version}} {{.Dir}}", module).Output()
		utilruntime.Must(err)
		version, dir, _ := strings.Cut(strings.TrimSpace(string(out)), " ")
		versions += " " + module + "@" + version
		utilruntime.Must(filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
			if err == nil && filepath.Base(path) == "generated.proto" {
				text, err := os.ReadFile(path)
				utilruntime.Must(err)
				all.read(string(text))
			}
			return err
		}))
	}
	return all, versions
}

func (p published) read(text string) {
	pkg, message := "", ""
	for line := range strings.Lines(text) {
		if found := packageLine.FindStringSubmatch(line); found != nil {
			pkg = found[1]
		} else if found := messageLine.FindStringSubmatch(line); found != nil {
			message = pkg + "." + found[1]
			p[message] = map[int]string{}
		} else if found := fieldLine.FindStringSubmatch(line); found != nil {
			number, err := strconv.Atoi(found[3])
			utilruntime.Must(err)
			kind := found[2]
			if strings.Contains(kind, ".") || kind[0] >= 'A' && kind[0] <= 'Z' {
				kind = qualified(pkg, kind)
			}
			p[message][number] = found[1] + " " + kind
		}
	}
}

func qualified(pkg, name string) string {
	name = strings.TrimPrefix(name, ".")
	if strings.Contains(name, ".") {
		return name
	}
	return pkg + "." + name
}

var scalars = map[string]string{
	"string": "s", "bool": "b", "int32": "i", "int64": "i", "double": "d", "bytes": "y",
}

// compare says where the struct tags and the .proto files tell different things.
func (t *tables) compare(all published) []string {
	var problems []string
	for _, name := range sortedKeys(t.messages) {
		m := t.messages[name]
		if all[name] == nil {
			problems = append(problems, name+" is not in the .proto files")
			continue
		}
		if len(all[name]) != len(m.fields) {
			problems = append(problems, fmt.Sprintf("%s has %d fields, in the .proto file %d", name, len(m.fields), len(all[name])))
		}
		for _, f := range m.fields {
			if got, want := f.published(), asFound(all[name][f.number]); got != want {
				problems = append(problems, fmt.Sprintf("%s.%s = %d is %q, in the .proto file %q", name, f.name, f.number, got, want))
			}
		}
	}
	return problems
}

func (f field) published() string {
	label := map[string]string{"": "optional", "[": "repeated", "{": "map"}[f.many]
	return label + " " + f.kind + f.ref
}

func asFound(declared string) string {
	label, kind, _ := strings.Cut(declared, " ")
	if short, ok := scalars[kind]; ok {
		kind = short
	}
	return label + " " + kind
}
