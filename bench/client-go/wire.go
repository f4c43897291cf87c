package main

import (
	"fmt"
	"io"
	"net/http"

	"k8s.io/client-go/rest"
)

const (
	allPods      = "/api/v1/pods"
	metadataList = ";as=PartialObjectMetadataList;g=meta.k8s.io;v=v1"
)

// wire is what no client can beat: the list in protobuf and gzip, received and thrown away.
type wire struct {
	kubeconfig string
}

func (w *wire) sync() error {
	return w.receiveOnce("first sync")
}

func (w *wire) again() error {
	return w.receiveOnce("second cache")
}

// receiveOnce is on a new connection, as that of a new cache.
func (w *wire) receiveOnce(measure string) error {
	return once(measure, func() error {
		receive, err := w.open()
		if err != nil {
			return err
		}
		return receive(allPods, protobuf)
	})
}

func (w *wire) direct(label string) error {
	receive, err := w.open()
	if err != nil {
		return err
	}
	some := allPods + "?labelSelector=" + label + "%3Dyes"
	err = often("direct list whole", func() error { return receive(some, protobuf) })
	if err != nil {
		return err
	}
	return often("direct list metadata", func() error { return receive(some, protobuf+metadataList) })
}

func (w *wire) crowd(label string) error {
	receive, err := w.open()
	if err != nil {
		return err
	}
	some := allPods + "?labelSelector=" + label + "%3Dyes"
	return perSecond("64 readers direct", func() error { return receive(some, protobuf) })
}

func (w *wire) open() (func(path, accept string) error, error) {
	config, err := config(w.kubeconfig)
	if err != nil {
		return nil, err
	}
	client, err := rest.HTTPClientFor(config)
	if err != nil {
		return nil, err
	}
	return func(path, accept string) error {
		request, err := http.NewRequest(http.MethodGet, config.Host+path, nil)
		if err != nil {
			return err
		}
		request.Header.Set("Accept", accept)
		// Said by us, it is not undone by the transport.
		request.Header.Set("Accept-Encoding", "gzip")
		answer, err := client.Do(request)
		if err != nil {
			return err
		}
		defer answer.Body.Close()
		if answer.StatusCode != http.StatusOK {
			return fmt.Errorf("%s: %s", path, answer.Status)
		}
		_, err = io.Copy(io.Discard, answer.Body)
		return err
	}, nil
}

// It has no cache.

func (w *wire) digest() (string, error) { return "", nil }
func (w *wire) list(_, _ string) error  { return nil }
func (w *wire) get() error              { return nil }
func (w *wire) follow() error           { return nil }
func (w *wire) seen() map[string]int64  { return nil }
func (w *wire) memory() error           { return nil }
