// Things other than []byte
//
// "This works for things other than []byte; just need some way to reset." A message is a struct with
// a slice and pointers. It is recycled through a channel; before it goes back, reset() empties
// the slice, keeps its array, and lets go of what the message points to.
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
	"unsafe"
)

var makes int

type header struct {
	from    int
	to      int
	subject string
	hops    map[int]int
}

func newHeader() *header {
	h := new(header)
	h.fill()
	return h
}

// fill makes what h has not got.
func (h *header) fill() {
	if h.subject == "" {
		h.subject = string(text[:rand.Intn(56)+5])
	}
	if h.hops == nil {
		h.hops = make(map[int]int)
		for n, entries := 0, rand.Intn(20)+1; n < entries; n++ {
			h.hops[n] = n
		}
	}
}

type message struct {
	id    int
	body  []byte
	marks []int
	head  *header
	next  *message
}

func newMessage() *message {
	m := new(message)
	m.fill()
	return m
}

// fill makes what m has not got.
func (m *message) fill() {
	if m.body == nil {
		m.body = make([]byte, rand.Intn(59001)+1000)
	}
	m.body = m.body[:cap(m.body)]
	m.marks = m.marks[:0]
	for n, entries := 0, rand.Intn(100)+1; n < entries; n++ {
		m.marks = append(m.marks, n)
	}
	if m.head == nil {
		m.head = newHeader()
	}
}

// reset empties m; its slices keep their arrays.
func (m *message) reset() {
	m.id = 0
	m.body = m.body[:0]
	m.marks = m.marks[:0]
	m.head = nil
	m.next = nil
}

// What strings are cut from.
var text [60]byte

// messageBytes is how many bytes are in the pool.
func messageBytes(pool []*message) int {
	bytes := 0
	for _, b := range pool {
		if b != nil {
			bytes += int(unsafe.Sizeof(*b))
		}
	}
	return bytes
}

func main() {
	runtime.GOMAXPROCS(1) // as Go 1.1 has it
	rand.Seed(1)
	pool := make([]*message, 1000)
	idle := make(chan *message, 50)
	var m runtime.MemStats
	fmt.Println("ms,heap_sys,heap_inuse,heap_idle,heap_released,heap_alloc,heap_objects,next_gc," +
		"num_gc,pause_total_ns,mallocs,frees,sys,pool_bytes,idle_len,makes")

	for i := 0; i < 10; i++ {
		go func(offset int) {
			for {
				var b *message
				select {
				case b = <-idle:
				default:
					makes += 1
					b = newMessage()
				}

				b.fill()

				j := offset + rand.Intn(100)
				if pool[j] != nil {
					pool[j].reset()
				}
				if pool[j] != nil {
					select {
					case idle <- pool[j]:
						pool[j] = nil
					default:
					}
				}

				pool[j] = b

				time.Sleep(time.Millisecond * time.Duration(rand.Intn(500)))
			}
		}(i * 100)
	}

	var slept time.Duration
	for {
		time.Sleep(time.Second)
		slept += time.Second
		runtime.ReadMemStats(&m)
		fmt.Printf("%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d\n",
			slept/time.Millisecond, m.HeapSys, m.HeapInuse, m.HeapIdle, m.HeapReleased,
			m.HeapAlloc, m.HeapObjects, m.NextGC, m.NumGC, m.PauseTotalNs, m.Mallocs,
			m.Frees, m.Sys, messageBytes(pool), len(idle), makes)
	}
}
