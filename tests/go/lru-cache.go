// A cache with a bound
//
// A cache keeps the 2000 pages that were asked for last. Which page is asked for is Zipf's law: a few
// all the time, most hardly ever. A miss makes a page of 1 to 20 kB and puts it in front; what has
// been at the back for longest goes.
//
// The cache is a map of list elements, as one writes it in Go. Live memory grows until the bound is
// reached, and stays. But an entry that is evicted is old by then: it has survived collections,
// was marked each time, and dies all the same. Watch makes: they are the misses.
//
// Written by gomemlab go, for Go 1.1 and all that came after it. Prints
// runtime.MemStats as gomemlab run --csv does.
//
// math/rand begins with seed 1 in Go 1.1 to 1.19. For the same numbers, Go 1.20 needs
// rand.Seed in main, and later ones this line:

//go:debug randautoseed=0

package main

import (
	"container/list"
	"fmt"
	"math/rand"
	"runtime"
	"time"
)

var makes int

var pages = &pagesCache{entries: make(map[int]*list.Element)}

// pagesCache keeps what was used last, 2000 at most.
type pagesCache struct {
	entries map[int]*list.Element
	order   list.List
}

type pagesCacheItem struct {
	key   int
	value []byte
}

func (c *pagesCache) add(key int, value []byte) {
	if e, ok := c.entries[key]; ok {
		c.order.MoveToFront(e)
		e.Value.(*pagesCacheItem).value = value
		return
	}
	c.entries[key] = c.order.PushFront(&pagesCacheItem{key, value})
	if c.order.Len() > 2000 {
		e := c.order.Back()
		c.order.Remove(e)
		delete(c.entries, e.Value.(*pagesCacheItem).key)
	}
}

func (c *pagesCache) get(key int) []byte {
	if e, ok := c.entries[key]; ok {
		c.order.MoveToFront(e)
		return e.Value.(*pagesCacheItem).value
	}
	return nil
}

var zipf = rand.NewZipf(rand.New(rand.NewSource(1)), 1.1000000000000001, 8, 19999)

func makeBuffer() []byte {
	return make([]byte, rand.Intn(19001)+1000)
}

func main() {
	runtime.GOMAXPROCS(1) // as Go 1.1 has it
	rand.Seed(1)
	var m runtime.MemStats
	fmt.Println("ms,heap_sys,heap_inuse,heap_idle,heap_released,heap_alloc,heap_objects,next_gc," +
		"num_gc,pause_total_ns,mallocs,frees,sys,pool_bytes,idle_len,makes")

	for i := 0; i < 4; i++ {
		go func() {
			for {
				for n := 0; n < 10; n++ {
					k := int(zipf.Uint64())
					b := pages.get(k)
					if b == nil {
						b = makeBuffer()
						makes += 1
						pages.add(k, b)
					}
				}

				time.Sleep(time.Millisecond * time.Duration(rand.Intn(100)))
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
			m.Frees, m.Sys, 0, 0, makes)
	}
}
