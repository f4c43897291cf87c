package main

import (
	"encoding/json"
	"fmt"
	"reflect"
	"sort"
	"strconv"
	"strings"

	"k8s.io/apimachinery/pkg/runtime"

	"freshet.dev/tools/fields/kinds"
)

type tables struct {
	messages map[string]*message
	kinds    []kind
	jsonOnly []string
}

type kind struct{ apiVersion, name, message string }

type message struct {
	name   string
	form   string
	fields []field
}

type field struct {
	number int
	name   string
	many   string // "", "[" or "{"
	kind   string // s b i d y; empty if ref names a message
	ref    string
	flags  string
}

// forms are the messages that JSON writes in a way of their own.
var forms = map[string]string{
	"k8s.io.apimachinery.pkg.api.resource.Quantity":                                              "quantity",
	"k8s.io.apimachinery.pkg.util.intstr.IntOrString":                                            "intOrString",
	"k8s.io.apimachinery.pkg.apis.meta.v1.Time":                                                  "time",
	"k8s.io.apimachinery.pkg.apis.meta.v1.MicroTime":                                             "microTime",
	"k8s.io.apimachinery.pkg.apis.meta.v1.Duration":                                              "duration",
	"k8s.io.apimachinery.pkg.apis.meta.v1.FieldsV1":                                              "raw",
	"k8s.io.apimachinery.pkg.runtime.RawExtension":                                               "raw",
	"k8s.io.apiextensions_apiserver.pkg.apis.apiextensions.v1.JSON":                              "raw",
	"k8s.io.apiextensions_apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool":             "schemaOrBool",
	"k8s.io.apiextensions_apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrArray":            "schemaOrArray",
	"k8s.io.apiextensions_apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrStringArray":      "schemaOrStrings",
	"k8s.io.apiextensions_apiserver.pkg.apis.apiextensions.v1beta1.JSON":                         "raw",
	"k8s.io.apiextensions_apiserver.pkg.apis.apiextensions.v1beta1.JSONSchemaPropsOrBool":        "schemaOrBool",
	"k8s.io.apiextensions_apiserver.pkg.apis.apiextensions.v1beta1.JSONSchemaPropsOrArray":       "schemaOrArray",
	"k8s.io.apiextensions_apiserver.pkg.apis.apiextensions.v1beta1.JSONSchemaPropsOrStringArray": "schemaOrStrings",
}

// timestamps stand for structs that hold a time.Time and have no tags of their own.
var timestamps = []field{
	{number: 1, name: "seconds", kind: "i"}, {number: 2, name: "nanos", kind: "i"},
}

var (
	marshaler   = reflect.TypeFor[json.Marshaler]()
	unmarshaler = reflect.TypeFor[interface{ Unmarshal([]byte) error }]()
)

func collect(scheme *runtime.Scheme) *tables {
	t := &tables{messages: map[string]*message{}}
	for gvk, goType := range scheme.AllKnownTypes() {
		if gvk.Version == runtime.APIVersionInternal || kinds.RegisteredEverywhere(gvk.GroupVersion().String(), goType) {
			continue
		}
		if !reflect.PointerTo(goType).Implements(unmarshaler) {
			t.jsonOnly = append(t.jsonOnly, fmt.Sprintf("json %s %s", gvk.GroupVersion(), gvk.Kind))
			continue
		}
		t.kinds = append(t.kinds, kind{gvk.GroupVersion().String(), gvk.Kind, t.add(goType)})
	}
	sort.Strings(t.jsonOnly)
	return t
}

func (t *tables) kindsOf(pkg string) []string {
	var lines []string
	for _, k := range t.kinds {
		if packageOf(k.message) != pkg {
			continue
		}
		line := fmt.Sprintf("kind %s %s", k.apiVersion, k.name)
		if simple(k.message) != k.name {
			line += "=" + simple(k.message)
		}
		lines = append(lines, line)
	}
	sort.Strings(lines)
	return lines
}

// add collects a message and all that it refers to.
func (t *tables) add(goType reflect.Type) string {
	name := messageName(goType)
	if t.messages[name] != nil {
		return name
	}
	m := &message{name: name, form: "-"}
	t.messages[name] = m
	form, special := forms[name]
	switch {
	case goType.Kind() == reflect.Slice:
		m.form = "items"
		m.fields = []field{t.items(goType)}
	case form == "time" || form == "microTime":
		m.form = form
		m.fields = timestamps
	case form == "duration":
		m.form = form
		m.fields = []field{{number: 1, name: "duration", kind: "i"}}
	case form == "quantity":
		m.form = form
		m.fields = []field{{number: 1, name: "string", kind: "s"}}
	case special:
		m.form = form
		m.fields = t.fields(goType)
	case goType.Implements(marshaler) || reflect.PointerTo(goType).Implements(marshaler):
		panic(name + " writes JSON in a way that is unknown here")
	default:
		m.fields = t.fields(goType)
	}
	return name
}

func messageName(goType reflect.Type) string {
	pkg := strings.NewReplacer("/", ".", "-", "_").Replace(goType.PkgPath())
	return pkg + "." + goType.Name()
}

// items is the one field of a named slice that is a message of its own.
func (t *tables) items(goType reflect.Type) field {
	f := field{number: 1, name: "items", many: "["}
	t.setKind(&f, goType.Elem())
	return f
}

func (t *tables) fields(goType reflect.Type) []field {
	var fields []field
	for i := range goType.NumField() {
		goField := goType.Field(i)
		tag, ok := goField.Tag.Lookup("protobuf")
		if !ok || tag == "-" {
			continue
		}
		fields = append(fields, t.field(goType, goField, tag))
	}
	return fields
}

func (t *tables) field(owner reflect.Type, goField reflect.StructField, tag string) field {
	number, err := strconv.Atoi(strings.Split(tag, ",")[1])
	if err != nil {
		panic(fmt.Sprintf("%s.%s: %v", owner, goField.Name, err))
	}
	options := strings.Split(goField.Tag.Get("json"), ",")
	f := field{number: number, name: options[0]}
	goType := goField.Type
	if goType.Kind() == reflect.Pointer {
		f.flags += "*"
		goType = goType.Elem()
	}
	inlined := goField.Anonymous && f.name == ""
	for _, option := range options[1:] {
		switch option {
		case "omitempty":
			f.flags += "?"
		case "omitzero":
			f.flags += "0"
		case "inline":
		default:
			panic(fmt.Sprintf("%s.%s: option %s is unknown here", owner, goField.Name, option))
		}
	}
	if inlined {
		f.flags += "^"
	} else if f.name == "" || f.name == "-" {
		// JSON names it by the Go field, or is written by the form of the message.
		f.name = goField.Name
	}
	t.setType(&f, goType)
	return f
}

func (t *tables) setType(f *field, goType reflect.Type) {
	switch {
	case isMessage(goType) || goType == reflect.TypeFor[[]byte]():
		t.setKind(f, goType)
	case goType.Kind() == reflect.Slice && goType.Elem().Kind() != reflect.Uint8:
		f.many = "["
		t.setKind(f, goType.Elem())
	case goType.Kind() == reflect.Map && goType.Key().Kind() == reflect.String:
		f.many = "{"
		t.setKind(f, goType.Elem())
	default:
		t.setKind(f, goType)
	}
}

func isMessage(goType reflect.Type) bool {
	return goType.PkgPath() != "" && reflect.PointerTo(goType).Implements(unmarshaler)
}

func (t *tables) setKind(f *field, goType reflect.Type) {
	if isMessage(goType) {
		f.ref = t.add(goType)
		return
	}
	switch goType.Kind() {
	case reflect.String:
		f.kind = "s"
	case reflect.Bool:
		f.kind = "b"
	case reflect.Int32, reflect.Int64:
		f.kind = "i"
	case reflect.Float64:
		f.kind = "d"
	case reflect.Slice:
		if goType.Elem().Kind() == reflect.Uint8 {
			f.kind = "y"
			return
		}
		panic(fmt.Sprintf("a list of %s is unknown here", goType))
	default:
		panic(fmt.Sprintf("a field of type %s is unknown here", goType))
	}
}
