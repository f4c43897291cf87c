package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	corelisters "k8s.io/client-go/listers/core/v1"
	"k8s.io/client-go/metadata"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/clientcmd"
)

const (
	protobuf     = "application/vnd.kubernetes.protobuf"
	syncedWithin = 5 * time.Minute
	gets         = 1000
)

// informed is a shared informer of all Pods with a lister.
type informed struct {
	kubeconfig string
	close      func()
	informer   cache.SharedIndexInformer
	lister     corelisters.PodLister
	noted      sync.Map
}

func config(kubeconfig string) (*rest.Config, error) {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return nil, err
	}
	config.ContentType = protobuf
	config.AcceptContentTypes = protobuf + ",application/json"
	config.QPS = -1
	return config, nil
}

func (c *informed) sync() error {
	return once("first sync", c.fill)
}

func (c *informed) again() error {
	c.letGo()
	return once("second cache", c.fill)
}

func (c *informed) fill() error {
	config, err := config(c.kubeconfig)
	if err != nil {
		return err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	factory := informers.NewSharedInformerFactoryWithOptions(
		client, 0, informers.WithTransform(withoutManagedFields))
	pods := factory.Core().V1().Pods()
	synced := pods.Informer().HasSynced
	stop := make(chan struct{})
	factory.Start(stop)
	// WaitForCacheSync looks every 100 ms only.
	for start := time.Now(); !synced(); time.Sleep(time.Millisecond) {
		if time.Since(start) > syncedWithin {
			return fmt.Errorf("no cache after %v", syncedWithin)
		}
	}
	c.informer = pods.Informer()
	c.lister = pods.Lister()
	c.close = func() {
		close(stop)
		factory.Shutdown()
	}
	return nil
}

func withoutManagedFields(object any) (any, error) {
	if pod, ok := object.(*corev1.Pod); ok {
		pod.ManagedFields = nil
	}
	return object, nil
}

func (c *informed) letGo() {
	c.close()
	c.informer = nil
	c.lister = nil
	c.close = nil
}

func (c *informed) digest() (string, error) {
	pods, err := c.lister.List(labels.Everything())
	if err != nil {
		return "", err
	}
	var lines []string
	for _, pod := range pods {
		lines = append(lines, pod.Namespace+"/"+pod.Name+"@"+pod.ResourceVersion+"\n")
	}
	slices.Sort(lines)
	sum := sha256.Sum256([]byte(strings.Join(lines, "")))
	return fmt.Sprintf("%d:%s", len(lines), hex.EncodeToString(sum[:])), nil
}

// sink keeps what is read from being optimised away.
var sink int

func (c *informed) list(percent, label string) error {
	selector := labels.SelectorFromSet(labels.Set{label: "yes"})
	for _, shape := range []struct {
		name string
		see  func(pod *corev1.Pod)
	}{
		{"keys", func(pod *corev1.Pod) { sink += len(pod.Namespace) + len(pod.Name) }},
		{"field", func(pod *corev1.Pod) { sink += len(pod.Status.PodIP) }},
		{"objects", func(pod *corev1.Pod) { sink += len(pod.Spec.Containers) }},
		{"copies", func(pod *corev1.Pod) { sink += len(pod.DeepCopy().Spec.Containers) }},
	} {
		err := often("list "+percent+" % "+shape.name, func() error {
			pods, err := c.lister.List(selector)
			for _, pod := range pods {
				shape.see(pod)
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *informed) get() error {
	pods, err := c.lister.List(labels.Everything())
	if err != nil {
		return err
	}
	pods = pods[:min(gets, len(pods))]
	err = often("1000 objects copied", func() error {
		for _, pod := range pods {
			sink += len(pod.DeepCopy().Spec.Containers)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, shape := range []struct {
		name string
		see  func(pod *corev1.Pod)
	}{
		{"get 1000 versions", func(pod *corev1.Pod) { sink += len(pod.ResourceVersion) }},
		{"get 1000 objects", func(pod *corev1.Pod) { sink += len(pod.Spec.Containers) }},
	} {
		err := often(shape.name, func() error {
			for _, pod := range pods {
				found, err := c.lister.Pods(pod.Namespace).Get(pod.Name)
				if err != nil {
					return err
				}
				shape.see(found)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *informed) direct(label string) error {
	config, err := config(c.kubeconfig)
	if err != nil {
		return err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	some := metav1.ListOptions{LabelSelector: label + "=yes"}
	err = often("direct list whole", func() error {
		pods, err := client.CoreV1().Pods("").List(context.Background(), some)
		if err == nil {
			sink += len(pods.Items)
		}
		return err
	})
	if err != nil {
		return err
	}
	ofMetadata, err := metadata.NewForConfig(config)
	if err != nil {
		return err
	}
	return often("direct list metadata", func() error {
		pods, err := ofMetadata.Resource(corev1.SchemeGroupVersion.WithResource("pods")).
			List(context.Background(), some)
		if err == nil {
			sink += len(pods.Items)
		}
		return err
	})
}

func (c *informed) crowd(label string) error {
	config, err := config(c.kubeconfig)
	if err != nil {
		return err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	some := metav1.ListOptions{LabelSelector: label + "=yes"}
	var seen atomic.Int64
	return perSecond("64 readers direct", func() error {
		pods, err := client.CoreV1().Pods("").List(context.Background(), some)
		if err == nil {
			for i := range pods.Items {
				seen.Add(int64(len(pods.Items[i].Namespace) + len(pods.Items[i].Name)))
			}
		}
		return err
	})
}

func (c *informed) follow() error {
	_, err := c.informer.AddEventHandler(cache.ResourceEventHandlerFuncs{
		UpdateFunc: func(_, now any) {
			if pod, ok := now.(*corev1.Pod); ok {
				c.noted.LoadOrStore(pod.ResourceVersion, time.Now().UnixMicro())
			}
		},
	})
	return err
}

func (c *informed) seen() map[string]int64 {
	seen := map[string]int64{}
	c.noted.Range(func(version, micros any) bool {
		seen[version.(string)] = micros.(int64)
		return true
	})
	return seen
}

// memory is what the heap loses when the cache goes.
func (c *informed) memory() error {
	pods, err := c.lister.List(labels.Everything())
	if err != nil {
		return err
	}
	count := len(pods)
	pods = nil
	with := heap()
	c.letGo()
	without := heap()
	measured("heap per object", float64(with-without)/float64(count), "B")
	measured("memory left", float64(without), "B")
	return nil
}

func heap() int64 {
	// The first finds what is dead, the second what only finalizers had kept.
	runtime.GC()
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapAlloc)
}
