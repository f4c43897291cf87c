// Command sparse writes objects of every kind, empty and sparsely filled, in protobuf and in the JSON
// that the API server would make of that protobuf. The samples that the Kubernetes modules publish are
// filled in every field; these hold the zeros, nils and odd values between.
//
//	go run ./sparse ../../core/src/test/resources/dev/freshet/kubernetes/sparse.zip
package main

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"os"
	"reflect"
	"sort"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer/protobuf"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"

	"freshet.dev/tools/fields/kinds"
)

const perKind = 3

type message interface {
	runtime.Object
	Marshal() ([]byte, error)
	Unmarshal([]byte) error
}

func main() {
	scheme := kinds.Scheme()
	file, err := os.Create(os.Args[1])
	utilruntime.Must(err)
	archive := zip.NewWriter(file)
	archive.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(out, flate.BestCompression)
	})
	for _, gvk := range withProtobuf(scheme) {
		hash := fnv.New64a()
		hash.Write([]byte(gvk.String()))
		random := rand.New(rand.NewPCG(hash.Sum64(), 1))
		for i := range perKind {
			write(archive, scheme, gvk, i, random)
		}
	}
	utilruntime.Must(archive.Close())
	utilruntime.Must(file.Close())
}

func withProtobuf(scheme *runtime.Scheme) []schema.GroupVersionKind {
	var found []schema.GroupVersionKind
	for gvk, goType := range scheme.AllKnownTypes() {
		_, ok := reflect.New(goType).Interface().(message)
		// WatchEvent has no kind of its own in JSON.
		if ok && gvk.Version != runtime.APIVersionInternal && gvk.Kind != "WatchEvent" &&
			!kinds.RegisteredEverywhere(gvk.GroupVersion().String(), goType) {
			found = append(found, gvk)
		}
	}
	sort.Slice(found, func(i, j int) bool { return found[i].String() < found[j].String() })
	return found
}

// write makes one object; the first of each kind stays empty.
func write(archive *zip.Writer, scheme *runtime.Scheme, gvk schema.GroupVersionKind, index int, random *rand.Rand) {
	object := create(scheme, gvk)
	if index > 0 {
		filler{random}.fill(reflect.ValueOf(object).Elem(), 0)
	}
	object.GetObjectKind().SetGroupVersionKind(gvk)
	wire, err := object.Marshal()
	utilruntime.Must(err)
	// What protobuf cannot say is lost in the server's own storage too.
	stored := create(scheme, gvk)
	utilruntime.Must(stored.Unmarshal(wire))
	stored.GetObjectKind().SetGroupVersionKind(gvk)
	text, err := json.Marshal(stored)
	utilruntime.Must(err)
	var envelope bytes.Buffer
	utilruntime.Must(protobuf.NewSerializer(scheme, scheme).Encode(stored, &envelope))
	name := fmt.Sprintf("%s.%s.%s-%d", group(gvk), gvk.Version, gvk.Kind, index)
	add(archive, name+".pb", envelope.Bytes())
	add(archive, name+".json", text)
}

func create(scheme *runtime.Scheme, gvk schema.GroupVersionKind) message {
	object, err := scheme.New(gvk)
	utilruntime.Must(err)
	return object.(message)
}

func group(gvk schema.GroupVersionKind) string {
	if gvk.Group == "" {
		return "core"
	}
	return gvk.Group
}

func add(archive *zip.Writer, name string, content []byte) {
	out, err := archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
	utilruntime.Must(err)
	_, err = out.Write(content)
	utilruntime.Must(err)
}
