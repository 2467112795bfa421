// Every key
//
// First paragraph.
//
// Second paragraph: ä, "quotes", \backslashes.
//
// Written by gomemlab go, for Go 1.1 and all that came after it. Prints
// runtime.MemStats as gomemlab run --csv does.
//
// run with GOGC=150

package main

import (
	"container/list"
	"fmt"
	mathrand "math/rand"
	"runtime"
	"runtime/debug"
	"sync"
	"time"
	"unsafe"
)

var makes int

// lockedSource is for goroutines that draw at the same time, as math/rand's own is.
type lockedSource struct {
	lock   sync.Mutex
	source mathrand.Source
}

func (s *lockedSource) Int63() int64 {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.source.Int63()
}

func (s *lockedSource) Seed(seed int64) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.source.Seed(seed)
}

// A generator of its own: since Go 1.24 rand.Seed does nothing.
var rand = mathrand.New(&lockedSource{source: mathrand.NewSource(-9223372036854775808)})

var last *node
var log []*node
var cache = make(map[int]*node)
var recent = &recentCache{entries: make(map[int]*list.Element)}
var blobs = make(map[int][]byte)

// recentCache keeps what was used last, 100 at most.
type recentCache struct {
	entries map[int]*list.Element
	order   list.List
}

type recentCacheItem struct {
	key   int
	value *node
}

func (c *recentCache) add(key int, value *node) {
	if e, ok := c.entries[key]; ok {
		c.order.MoveToFront(e)
		e.Value.(*recentCacheItem).value = value
		return
	}
	c.entries[key] = c.order.PushFront(&recentCacheItem{key, value})
	if c.order.Len() > 100 {
		e := c.order.Back()
		c.order.Remove(e)
		delete(c.entries, e.Value.(*recentCacheItem).key)
	}
}

func (c *recentCache) get(key int) *node {
	if e, ok := c.entries[key]; ok {
		c.order.MoveToFront(e)
		return e.Value.(*recentCacheItem).value
	}
	return nil
}

var zipf = mathrand.NewZipf(mathrand.New(mathrand.NewSource(-9223372036854775808)), 1.2, 1, 99)

func histogram() int {
	switch n := rand.Intn(4); {
	case n < 1:
		return 1
	}
	return rand.Intn(999) + 2
}

type header struct {
	from    int
	text    []byte
	subject string
	marks   []int
	hops    map[int]int
}

func newHeader() *header {
	h := new(header)
	h.fill()
	return h
}

// fill makes what h has not got.
func (h *header) fill() {
	if h.text == nil {
		h.text = make([]byte, rand.Intn(2033)+16)
	}
	h.text = h.text[:cap(h.text)]
	if h.subject == "" {
		h.subject = string(text[:rand.Intn(996)+5])
	}
	h.marks = h.marks[:0]
	for n := 0; n < 100; n++ {
		h.marks = append(h.marks, n)
	}
	if h.hops == nil {
		h.hops = make(map[int]int)
		for n, entries := 0, rand.Intn(21); n < entries; n++ {
			h.hops[n] = n
		}
	}
}

type node struct {
	left  *node
	right *node
	head  *header
	body  []byte
	other *header
	parts []*header
	any   interface{}
	none  interface{}
	done  chan int
}

func newNode() *node {
	x := new(node)
	x.fill()
	return x
}

func makeNodeTree(depth int) *node {
	n := newNode()
	if depth > 0 {
		n.left = makeNodeTree(depth - 1)
		n.right = makeNodeTree(depth - 1)
	}
	return n
}

func makeNodeList(length int) *node {
	var head *node
	for n := 0; n < length; n++ {
		cell := newNode()
		cell.left = head
		head = cell
	}
	return head
}

func makeNodeGraph(length int) *node {
	if length == 0 {
		return nil
	}
	nodes := make([]*node, length)
	for i := range nodes {
		nodes[i] = newNode()
	}
	for i, n := range nodes {
		n.left = nodes[(i+1)%length]
		n.right = nodes[rand.Intn(length)]
	}
	return nodes[0]
}

// fill makes what x has not got.
func (x *node) fill() {
	if x.head == nil {
		x.head = newHeader()
	}
	if x.body == nil {
		x.body = make([]byte, 1500)
	}
	x.body = x.body[:cap(x.body)]
	if x.other == nil {
		x.other = newHeader()
	}
	if len(x.parts) == 0 {
		for n, entries := 0, rand.Intn(4); n < entries; n++ {
			x.parts = append(x.parts, newHeader())
		}
	}
	if x.any == nil {
		x.any = newHeader()
	}
	if x.done == nil {
		x.done = make(chan int, rand.Intn(9))
	}
}

// reset empties x; its slices keep their arrays.
func (x *node) reset() {
	x.left = nil
	x.right = nil
	x.head = nil
	x.body = x.body[:0]
	x.other = nil
	x.parts = x.parts[:0]
	x.any = nil
	x.none = nil
	x.done = nil
}

// What strings are cut from.
var text [1000]byte

func makeBuffer() []byte {
	return make([]byte, rand.Intn(5000000)+5000000)
}

type queuedNode struct {
	when   time.Time
	object *node
}

// nodeBytes is how many bytes are in the pool.
func nodeBytes(pool []*node) int {
	bytes := 0
	for _, b := range pool {
		if b != nil {
			bytes += int(unsafe.Sizeof(*b))
		}
	}
	return bytes
}

// holdNode keeps b alive for the time d.
func holdNode(b *node, d time.Duration) {
	time.AfterFunc(d, func() { _ = b })
}

// resizeNode makes a channel of capacity n, and moves into it what fits.
func resizeNode(c chan *node, n int) chan *node {
	resized := make(chan *node, n)
	for len(c) > 0 && len(resized) < n {
		resized <- <-c
	}
	return resized
}

func main() {
	runtime.GOMAXPROCS(1) // as Go 1.1 has it
	workerPool := make([]*node, 200)
	keeperPool := make([]*node, 1)
	idle := make(chan *node, 5)
	jobs := make(chan *node)
	bytesChan := make(chan []byte, 1000000)
	var m runtime.MemStats
	fmt.Println("ms,heap_sys,heap_inuse,heap_idle,heap_released,heap_alloc,heap_objects,next_gc," +
		"num_gc,pause_total_ns,mallocs,frees,sys,pool_bytes,idle_len,makes")
	runtime.GC()

	// worker
	for i := 0; i < 10; i++ {
		go func(offset int) {
			b := newNode()
			makes += 1
			_ = b
			b = nil
			for round := 1; ; round++ {
				var b *node
				select {
				case b = <-idle:
				default:
					makes += 1
					b = newNode()
				}

				j := offset + rand.Intn(20)
				if workerPool[j] != nil {
					select {
					case idle <- workerPool[j]:
						workerPool[j] = nil
					default:
					}
				}

				if workerPool[j] != nil {
					select {
					case idle <- workerPool[j]:
						workerPool[j] = nil
					default:
					}
				}

				if b != nil {
					select {
					case idle <- b:
						b = nil
					default:
					}
				}

				workerPool[j] = b
				workerPool[j] = nil
				for k := offset; k < offset+20; k++ {
					workerPool[k] = nil
				}

				time.Sleep(time.Millisecond * time.Duration(rand.Intn(1000)))
				if rand.Intn(2) == 0 {
					time.Sleep(1500 * time.Millisecond)
				}

				if rand.Intn(3) == 0 {
					time.Sleep(time.Second * time.Duration(rand.Intn(90)+1))
				} else {
					time.Sleep(0)
				}

				if round <= 60 {
					b = <-jobs
				} else {
					if b != nil {
						jobs <- b
					}
				}

				if workerPool[j] == nil {
					if b != nil {
						b.fill()
					}
				}

				for n := 0; n < 3; n++ {
					if b != nil {
						jobs <- b
					}
					if workerPool[j] != nil {
						jobs <- workerPool[j]
					}
				}

				if workerPool[j] != nil {
					workerPool[j].reset()
				}
				if b != nil {
					b.reset()
				}
				if workerPool[j] != nil {
					workerPool[j].fill()
				}
				debug.SetGCPercent(50)
				debug.SetGCPercent(-1)
				runtime.GC()
				debug.FreeOSMemory()
			}
		}(i * 20)
	}

	// keeper
	go func() {
		q := list.New()
		for {
			b := makeNodeTree(6)
			makes += 1
			holdNode(b, time.Second*time.Duration(rand.Intn(9)+1))
			q.PushFront(queuedNode{time.Now(), b})

			j := rand.Intn(len(keeperPool))
			if q.Len() == 0 {
				b = makeNodeTree(6)
				makes += 1
			} else {
				if e := q.Front(); e != nil {
					q.Remove(e)
				}
			}

			for e := q.Front(); e != nil; {
				next := e.Next()
				if time.Since(e.Value.(queuedNode).when) > time.Minute {
					q.Remove(e)
					e.Value = nil
				}
				e = next
			}

			k := int(zipf.Uint64())

			time.Sleep(time.Millisecond * time.Duration(histogram()))

			time.Sleep(time.Duration(rand.ExpFloat64() * float64(1500*time.Millisecond)))
			k++
			cache[k] = b
			last = b
			b = recent.get(k)
			if b == nil {
				b = makeNodeTree(6)
				makes += 1
				recent.add(k, b)
			}

			b.left = last
			if keeperPool[j] != nil {
				keeperPool[j].right = b
			}
			b = b.left
			log = append(log, b)
			for _ = range log {
				if len(log) > 5 {
					if len(log) > 0 {
						log = log[1:]
					}
				}

				if q.Len() > 3 {
					if e := q.Back(); e != nil {
						q.Remove(e)
					}
				}
			}

			for k := range cache {
				delete(cache, k)
			}

			log = nil
			cache = make(map[int]*node)
			front := q.Front()
			var ready chan *node // nil: its case has to wait
			var object *node
			if front != nil {
				ready = idle
				object = front.Value.(queuedNode).object
			}
			var ready2 chan *node // nil: its case has to wait
			if keeperPool[j] != nil {
				ready2 = idle
			}
			var ready3 chan *node // nil: its case has to wait
			if b != nil {
				ready3 = idle
			}
			var ready4 chan *node // nil: its case has to wait
			if b != nil {
				ready4 = idle
			}
			timeout := time.NewTimer(250 * time.Millisecond)
			select {
			case b = <-jobs:
				timeout.Stop()
				q.PushFront(queuedNode{time.Now(), b})
			case ready <- object:
				timeout.Stop()
				q.Remove(front)
			case ready2 <- keeperPool[j]:
				timeout.Stop()
			case ready3 <- b:
				timeout.Stop()
			case ready4 <- b:
				timeout.Stop()
			case <-timeout.C:
			}

			select {
			case b = <-idle:
			default:
				b = nil
			}
		}
	}()

	// graphs
	go func() {
		b := makeNodeGraph(9)
		makes += 1
		b.parts = append(b.parts, newHeader())
	}()

	// lists
	go func() {
		makeNodeList(rand.Intn(1001))
		makes += 1
	}()

	// bytes
	go func() {
		for {
			b := makeBuffer()
			makes += 1
			bytesChan <- b
		}
	}()

	var slept time.Duration
	tick := 0
	for {
		time.Sleep(time.Second)
		slept += time.Second
		if slept == time.Minute {
			runtime.GC()
		}
		if slept == 90*time.Second {
			debug.SetGCPercent(0)
		}
		if slept == 5*time.Minute {
			debug.FreeOSMemory()
			debug.SetGCPercent(-1)
			jobs = resizeNode(jobs, 7)
		}
		tick++
		if tick%2 == 0 {
			runtime.ReadMemStats(&m)
			fmt.Printf("%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d\n",
				slept/time.Millisecond, m.HeapSys, m.HeapInuse, m.HeapIdle, m.HeapReleased,
				m.HeapAlloc, m.HeapObjects, m.NextGC, m.NumGC, m.PauseTotalNs, m.Mallocs,
				m.Frees, m.Sys, nodeBytes(workerPool)+nodeBytes(keeperPool),
				len(idle)+len(jobs)+len(bytesChan), makes)
		}
	}
}
