package main

import (
	"math"
	"math/rand/v2"
	"reflect"
	"time"

	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	apiextensionsv1beta1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/intstr"
)

const maxDepth = 6

type filler struct{ *rand.Rand }

var (
	texts = []string{
		"", "a", "kube-system", "<a & b>", "grün € 😀", "quote \" and \\", "line\n\ttab\x00", "\u2028", "bad \xff\xe2\x82 end",
	}
	integers   = []int64{0, 0, 1, -1, 80, math.MinInt32, math.MaxInt32}
	longs      = []int64{math.MinInt64, math.MaxInt64}
	floats     = []float64{0, 1, 0.5, -2.25, 1e20, 1e21, 1.5e300, 1e-6, 9.99e-7, 5e-324, 123456789.125}
	quantities = []string{"0", "100m", "1Gi", "1.5", "-3", "1e3", "1n", "123456789012345678901234567890", "250Mi"}
	raws       = []string{`{"a":[1,2.50,"x"],"b":null}`, `"text"`, `12.0`, `true`, `{}`}
	durations  = []time.Duration{
		0, 1, 999, 1500, 1500000, time.Second, 90 * time.Minute, 1500 * time.Millisecond, -time.Hour, math.MinInt64, math.MaxInt64,
	}
	moments = []time.Time{
		{}, time.Unix(0, 0), time.Unix(1, 999_999_999), time.Unix(-1, 5_000), time.Unix(1_700_000_000, 123_456_789),
		time.Date(1, 1, 1, 0, 0, 1, 0, time.UTC), time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC),
	}
)

func pick[T any](f filler, from []T) T { return from[f.IntN(len(from))] }

func (f filler) raw() []byte {
	if f.IntN(3) == 0 {
		return nil
	}
	return []byte(pick(f, raws))
}

// fill leaves a third of all that can be nil so, and makes some of the rest empty.
func (f filler) fill(v reflect.Value, depth int) {
	if !v.CanSet() || depth > maxDepth || f.special(v) {
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if f.IntN(3) > 0 {
			v.Set(reflect.New(v.Type().Elem()))
			f.fill(v.Elem(), depth+1)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f.fill(v.Field(i), depth+1)
		}
	case reflect.Slice:
		if f.IntN(3) > 0 {
			v.Set(reflect.MakeSlice(v.Type(), f.IntN(3), 3))
			for i := range v.Len() {
				f.fill(v.Index(i), depth+1)
			}
		}
	case reflect.Map:
		f.fillMap(v, depth)
	default:
		f.scalar(v)
	}
}

func (f filler) fillMap(v reflect.Value, depth int) {
	if f.IntN(3) == 0 {
		return
	}
	v.Set(reflect.MakeMap(v.Type()))
	for range f.IntN(3) {
		key := reflect.New(v.Type().Key()).Elem()
		key.SetString(pick(f, texts[:7]))
		value := reflect.New(v.Type().Elem()).Elem()
		f.fill(value, depth+1)
		v.SetMapIndex(key, value)
	}
}

func (f filler) scalar(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(pick(f, texts))
	case reflect.Bool:
		v.SetBool(f.IntN(2) == 0)
	case reflect.Int32:
		v.SetInt(pick(f, integers))
	case reflect.Int64:
		v.SetInt(pick(f, append(longs, integers...)))
	case reflect.Float64:
		v.SetFloat(pick(f, floats))
	case reflect.Uint8:
		v.SetUint(uint64(f.IntN(256)))
	default:
		panic("unknown here: " + v.Type().String())
	}
}

// special fills the types that JSON has in a form of their own; the kind comes last, from outside.
func (f filler) special(v reflect.Value) bool {
	switch value := v.Addr().Interface().(type) {
	case *metav1.TypeMeta:
	case *metav1.Time:
		value.Time = pick(f, moments)
	case *metav1.MicroTime:
		value.Time = pick(f, moments)
	case *metav1.Duration:
		value.Duration = pick(f, durations)
	case *resource.Quantity:
		*value = resource.MustParse(pick(f, quantities))
	case *intstr.IntOrString:
		*value = intstr.FromInt32(int32(pick(f, integers)))
		if f.IntN(2) == 0 {
			*value = intstr.FromString(pick(f, texts))
		}
	case *runtime.RawExtension:
		value.Raw = f.raw()
	case *metav1.FieldsV1:
		value.Raw = f.raw()
	case *apiextensionsv1.JSON:
		value.Raw = f.raw()
	case *apiextensionsv1beta1.JSON:
		value.Raw = f.raw()
	default:
		return false
	}
	return true
}
