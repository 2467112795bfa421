// Names: func, type, b
//
//  build ignore
// - a list
// # a heading
//
// Written by gomemlab go, for Go 1.1 and all that came after it. Prints
// runtime.MemStats as gomemlab run --csv does.
//
// run with GOGC=off

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
var rand = mathrand.New(&lockedSource{source: mathrand.NewSource(42)})

type typeType struct {
	fill2  int
	reset2 *typeType
	func2  string
	aB     string
	aB2    map[int]int
	len    []byte
}

func newTypeType() *typeType {
	t := new(typeType)
	t.fill()
	return t
}

// fill makes what t has not got.
func (t *typeType) fill() {
	if t.func2 == "" {
		t.func2 = string(make([]byte, rand.Intn(2097153)))
	}
	if t.aB == "" {
		t.aB = string(text[:10])
	}
	if t.aB2 == nil {
		t.aB2 = make(map[int]int)
		for n := 0; n < 3; n++ {
			t.aB2[n] = n
		}
	}
	if t.len == nil {
		t.len = make([]byte, rand.Intn(4))
	}
	t.len = t.len[:cap(t.len)]
}

// reset empties t; its slices keep their arrays.
func (t *typeType) reset() {
	t.fill2 = 0
	t.reset2 = nil
	t.func2 = ""
	t.aB = ""
	t.aB2 = nil
	t.len = t.len[:0]
}

type nType struct {
	n    *bType
	next *nType
	prev *nType
}

func newNType() *nType {
	x := new(nType)
	x.fill()
	return x
}

func makeNTypeTree(depth int) *nType {
	n := newNType()
	if depth > 0 {
		n.next = makeNTypeTree(depth - 1)
		n.prev = makeNTypeTree(depth - 1)
	}
	return n
}

func makeNTypeList(length int) *nType {
	var head *nType
	for n := 0; n < length; n++ {
		cell := newNType()
		cell.next = head
		head = cell
	}
	return head
}

// fill makes what x has not got.
func (x *nType) fill() {
	if x.n == nil {
		x.n = newBType()
	}
}

// reset empties x; its slices keep their arrays.
func (x *nType) reset() {
	x.n = nil
	x.next = nil
	x.prev = nil
}

type bType struct {
	int int
}

func newBType() *bType {
	return new(bType)
}

// What strings are cut from.
var text [10]byte

func makeMainBuffer() []byte {
	return make([]byte, 0)
}

func makeBuffer() []byte {
	return make([]byte, rand.Intn(2)+1)
}

// poolBytes is how many bytes are in the pool.
func poolBytes(pool [][]byte) int {
	bytes := 0
	for _, b := range pool {
		bytes += len(b)
	}
	return bytes
}

// resize makes a channel of capacity n, and moves into it what fits.
func resize(c chan []byte, n int) chan []byte {
	resized := make(chan []byte, n)
	for len(c) > 0 && len(resized) < n {
		resized <- <-c
	}
	return resized
}

type queuedTypeType struct {
	when   time.Time
	object *typeType
}

// resizeTypeType makes a channel of capacity n, and moves into it what fits.
func resizeTypeType(c chan *typeType, n int) chan *typeType {
	resized := make(chan *typeType, n)
	for len(c) > 0 && len(resized) < n {
		resized <- <-c
	}
	return resized
}

type queuedNType struct {
	when   time.Time
	object *nType
}

// nTypeBytes is how many bytes are in the pool.
func nTypeBytes(pool []*nType) int {
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
	mainPool := make([][]byte, 3)
	makeBufferPool := make([][]byte, 2)
	finPool := make([]*nType, 4)
	makeChan := make(chan []byte, 3)
	poolChan := make(chan *typeType)
	freeList := make(chan *typeType, 2)
	freeListChan := make(chan *typeType, 2)
	timeout := make(chan []byte, 1)
	ns := make(chan *nType, 1)
	var m runtime.MemStats
	fmt.Println("ms,heap_sys,heap_inuse,heap_idle,heap_released,heap_alloc,heap_objects,next_gc," +
		"num_gc,pause_total_ns,mallocs,frees,sys,pool_bytes,idle_len,makes")

	// makeBuffer
	for i := 0; i < 2; i++ {
		go func(offset int) {
			for {
				rand.Intn(1)
				b := <-makeChan
				b = <-makeChan

				time.Sleep(90 * time.Minute)
				if b != nil {
					select {
					case timeout <- b:
						b = nil
					default:
					}
				}

				b = makeBuffer()
				makes += 1
				for k := offset; k < offset+1; k++ {
					makeBufferPool[k] = nil
				}
			}
		}(i)
	}

	// two
	for i := 0; i < 3; i++ {
		go func() {
			q := list.New()
			for {
				b := newTypeType()
				makes += 1
				b.fill()
				q.PushFront(queuedTypeType{time.Now(), b})
				if e := q.Front(); e != nil {
					q.Remove(e)
				}
				for e := q.Front(); e != nil; {
					next := e.Next()
					if time.Since(e.Value.(queuedTypeType).when) > time.Millisecond {
						q.Remove(e)
						e.Value = nil
					}
					e = next
				}

				front := q.Front()
				var ready chan *typeType // nil: its case has to wait
				var object *typeType
				if front != nil {
					ready = freeListChan
					object = front.Value.(queuedTypeType).object
				}
				timeout2 := time.NewTimer(time.Nanosecond)
				select {
				case b = <-freeList:
					timeout2.Stop()
					q.PushFront(queuedTypeType{time.Now(), b})
					b.reset()
				case poolChan <- b:
					timeout2.Stop()
					b = newTypeType()
					makes += 1
				case ready <- object:
					timeout2.Stop()
					q.PushFront(queuedTypeType{time.Now(), b})
				case <-timeout2.C:
					if rand.Intn(3) == 0 {
						b.fill()
					}
				}

				front2 := q.Front()
				var ready2 chan *typeType // nil: its case has to wait
				var object2 *typeType
				if front2 != nil {
					ready2 = freeList
					object2 = front2.Value.(queuedTypeType).object
				}
				timeout3 := time.NewTimer(1500 * time.Millisecond)
				select {
				case ready2 <- object2:
					timeout3.Stop()
					q.Remove(front2)
					if e := q.Front(); e != nil {
						q.Remove(e)
					}
				case b = <-poolChan:
					timeout3.Stop()
				case b = <-freeListChan:
					timeout3.Stop()
					select {
					case b = <-poolChan:
						q.PushFront(queuedTypeType{time.Now(), b})
					default:
					}
				case <-timeout3.C:
				}
			}
		}()
	}

	// queue
	go func() {
		q := list.New()
		for {
			if q.Len() == 0 {
				b := makeNTypeTree(0)
				makes += 1
				q.PushFront(queuedNType{time.Now(), b})
			}

			timeout4 := time.NewTimer(time.Second)
			select {
			case <-timeout4.C:
				for e := q.Front(); e != nil; {
					next := e.Next()
					if time.Since(e.Value.(queuedNType).when) > 2*time.Hour {
						q.Remove(e)
						e.Value = nil
					}
					e = next
				}

				select {
				case <-ns:
				default:
					makes += 1
					makeNTypeTree(0)
				}
			}
		}
	}()

	// fin
	for i := 0; i < 2; i++ {
		go func(offset int) {
			b := makeNTypeList(7)
			makes += 1
			b.fill()

			j := offset + rand.Intn(2)
			finPool[j] = b
			if finPool[j] != nil {
				finPool[j].reset()
			}
			select {
			case b = <-ns:
			default:
				makes += 1
				b = makeNTypeList(7)
			}
		}(i * 2)
	}

	go func() {
		var slept time.Duration
		timeline := 0 // how much of it is done
		for {
			time.Sleep(90 * time.Second)
			slept += 90 * time.Second
			if timeline == 0 && slept >= 100*time.Millisecond {
				timeline++
				timeout = resize(timeout, 0)
				freeList = resizeTypeType(freeList, 9)
			}
			if timeline == 1 && slept >= 3*time.Minute {
				timeline++
				debug.SetGCPercent(10)
			}
			if timeline == 2 && slept >= 7*time.Minute {
				timeline++
				debug.SetGCPercent(-1)
			}
			runtime.ReadMemStats(&m)
			fmt.Printf("%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d\n",
				slept/time.Millisecond, m.HeapSys, m.HeapInuse, m.HeapIdle, m.HeapReleased,
				m.HeapAlloc, m.HeapObjects, m.NextGC, m.NumGC, m.PauseTotalNs, m.Mallocs,
				m.Frees, m.Sys,
				poolBytes(mainPool)+poolBytes(makeBufferPool)+nTypeBytes(finPool),
				len(makeChan)+len(poolChan)+len(freeList)+len(freeListChan)+len(timeout)+len(ns),
				makes)
		}
	}()

	var b []byte
	i := 0
	round := 0
	if round <= 9 {
		b = makeMainBuffer()
		makes += 1
	}

	for n := 0; n < 2; n++ {
		time.Sleep(time.Second * time.Duration(rand.Intn(3601)))
	}
	for {
		round++
		for n := 0; n < 3; n++ {
			for n := 0; n < 2; n++ {
				if rand.Intn(3) < 2 {
					i = rand.Intn(len(mainPool))
					mainPool[i] = nil
				} else {
					for k := range mainPool {
						mainPool[k] = nil
					}
				}
			}
		}

		if mainPool[i] == nil {
			b = nil
		} else {
			mainPool[i] = b
		}

		if round <= 9223372036854775807 {
			if b != nil {
				makeChan <- b
			}
		} else {
			b = <-makeChan
		}

		time.Sleep(time.Microsecond * time.Duration(rand.Intn(1501)+500))
		b = makeMainBuffer()
		makes += 1
		b = makeMainBuffer()
		makes += 1
	}
}
