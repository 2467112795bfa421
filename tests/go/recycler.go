// The recycler goroutine
//
// One goroutine keeps idle buffers in a linked list, each with the time it came back, and serves them
// through a pair of channels. When nobody has asked for a minute, it lets go of those that have been
// idle longer than that.
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

func makeBuffer() []byte {
	return make([]byte, rand.Intn(5000000)+5000000)
}

type queued struct {
	when  time.Time
	slice []byte
}

// poolBytes is how many bytes are in the pool.
func poolBytes(pool [][]byte) int {
	bytes := 0
	for _, b := range pool {
		bytes += len(b)
	}
	return bytes
}

func main() {
	runtime.GOMAXPROCS(1) // as Go 1.1 has it
	rand.Seed(1)
	pool := make([][]byte, 20)
	get := make(chan []byte)
	give := make(chan []byte)
	var m runtime.MemStats
	fmt.Println("ms,heap_sys,heap_inuse,heap_idle,heap_released,heap_alloc,heap_objects,next_gc," +
		"num_gc,pause_total_ns,mallocs,frees,sys,pool_bytes,idle_len,makes")

	// recycler
	go func() {
		q := list.New()
		for {
			if q.Len() == 0 {
				b := makeBuffer()
				makes += 1
				q.PushFront(queued{time.Now(), b})
			}

			front := q.Front()
			timeout := time.NewTimer(time.Minute)
			select {
			case b := <-give:
				timeout.Stop()
				q.PushFront(queued{time.Now(), b})
			case get <- front.Value.(queued).slice:
				timeout.Stop()
				q.Remove(front)
			case <-timeout.C:
				for e := q.Front(); e != nil; {
					next := e.Next()
					if time.Since(e.Value.(queued).when) > time.Minute {
						q.Remove(e)
						e.Value = nil
					}
					e = next
				}
			}
		}
	}()

	var slept time.Duration
	for {
		b := <-get

		i := rand.Intn(len(pool))
		if pool[i] != nil {
			give <- pool[i]
		}
		pool[i] = b

		time.Sleep(time.Second)
		slept += time.Second
		runtime.ReadMemStats(&m)
		fmt.Printf("%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d\n",
			slept/time.Millisecond, m.HeapSys, m.HeapInuse, m.HeapIdle, m.HeapReleased,
			m.HeapAlloc, m.HeapObjects, m.NextGC, m.NumGC, m.PauseTotalNs, m.Mallocs,
			m.Frees, m.Sys, poolBytes(pool), len(get)+len(give), makes)
	}
}
