// Requests and responses
//
// Fifty clients send requests to twenty handlers; how long a client thinks is exponential, how large
// a request is follows a histogram: most are small, one in fifty carries an upload. A handler parses
// headers into a map, appends to a trace, sends the same object back. Then the client forgets it.
//
// Everything of a request dies together: the object, its path, its map with buckets, its body, each
// array that append outgrew. Nobody has to know all the pieces; the collector does. Live stays small
// and flat, garbage is what GOGC allows: with 100 half of the heap is garbage right before a
// collection. What does the rate of collections do with GOGC 400?
//
// Written by gomemlab go, for Go 1.1 and all that came after it. Prints
// runtime.MemStats as gomemlab run --csv does.
//
// math/rand begins with seed 1 in Go 1.1 to 1.19. For the same numbers, Go 1.20 needs
// rand.Seed in main, and later ones this line:

//go:debug randautoseed=0

package main

import (
	"fmt"
	"math/rand"
	"runtime"
	"time"
)

var makes int

func histogram() int {
	switch n := rand.Intn(100); {
	case n < 80:
		return rand.Intn(1801) + 200
	case n < 98:
		return rand.Intn(48001) + 2000
	}
	return rand.Intn(3000001) + 1000000
}

type request struct {
	id      int
	path    string
	headers map[int]int
	trace   []int
	body    []byte
}

func newRequest() *request {
	r := new(request)
	r.fill()
	return r
}

// fill makes what r has not got.
func (r *request) fill() {
	if r.path == "" {
		r.path = string(text[:rand.Intn(71)+10])
	}
	if r.headers == nil {
		r.headers = make(map[int]int)
		for n, entries := 0, rand.Intn(16)+5; n < entries; n++ {
			r.headers[n] = n
		}
	}
	r.trace = r.trace[:0]
	for n := 0; n < 4; n++ {
		r.trace = append(r.trace, n)
	}
	if r.body == nil {
		r.body = make([]byte, histogram())
	}
	r.body = r.body[:cap(r.body)]
}

// What strings are cut from.
var text [80]byte

func main() {
	runtime.GOMAXPROCS(1) // as Go 1.1 has it
	rand.Seed(1)
	requests := make(chan *request, 100)
	responses := make(chan *request, 100)
	var m runtime.MemStats
	fmt.Println("ms,heap_sys,heap_inuse,heap_idle,heap_released,heap_alloc,heap_objects,next_gc," +
		"num_gc,pause_total_ns,mallocs,frees,sys,pool_bytes,idle_len,makes")

	// client
	for i := 0; i < 50; i++ {
		go func() {
			for {
				time.Sleep(time.Duration(rand.ExpFloat64() * float64(500*time.Millisecond)))
				b := newRequest()
				makes += 1
				requests <- b
				b = <-responses
			}
		}()
	}

	// handler
	for i := 0; i < 20; i++ {
		go func() {
			for {
				b := <-requests
				for n := 0; n < 30; n++ {
					b.trace = append(b.trace, 0)
				}

				k := rand.Intn(100)
				b.headers[k] = k

				time.Sleep(time.Duration(rand.ExpFloat64() * float64(20*time.Millisecond)))
				responses <- b
			}
		}()
	}

	var slept time.Duration
	for {
		time.Sleep(time.Second)
		slept += time.Second
		runtime.ReadMemStats(&m)
		fmt.Printf("%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d\n",
			slept/time.Millisecond, m.HeapSys, m.HeapInuse, m.HeapIdle, m.HeapReleased,
			m.HeapAlloc, m.HeapObjects, m.NextGC, m.NumGC, m.PauseTotalNs, m.Mallocs,
			m.Frees, m.Sys, 0, len(requests)+len(responses), makes)
	}
}
