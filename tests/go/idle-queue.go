// Use a buffered channel
//
// Before it makes a buffer the program looks into a queue of idle ones, a buffered channel of 5; and
// what a slot gives up goes back into that queue. After a few seconds nearly every buffer is reused.
//
// Look for: `makes` stops at about 20, HeapSys at about 150 MB, and collections become rare: the only
// ones left are those the scavenger forces after two minutes.
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

func makeBuffer() []byte {
	return make([]byte, rand.Intn(5000000)+5000000)
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
	rand.Seed(1)
	pool := make([][]byte, 20)
	idle := make(chan []byte, 5)
	makes := 0
	var m runtime.MemStats
	fmt.Println("ms,heap_sys,heap_inuse,heap_idle,heap_released,heap_alloc,heap_objects,next_gc," +
		"num_gc,pause_total_ns,mallocs,frees,sys,pool_bytes,idle_len,makes")

	var slept time.Duration
	for {
		var b []byte
		select {
		case b = <-idle:
		default:
			makes += 1
			b = makeBuffer()
		}

		i := rand.Intn(len(pool))
		if pool[i] != nil {
			select {
			case idle <- pool[i]:
				pool[i] = nil
			default:
			}
		}

		pool[i] = b

		time.Sleep(time.Second)
		slept += time.Second
		runtime.ReadMemStats(&m)
		fmt.Printf("%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d\n",
			slept/time.Millisecond, m.HeapSys, m.HeapInuse, m.HeapIdle, m.HeapReleased,
			m.HeapAlloc, m.HeapObjects, m.NextGC, m.NumGC, m.PauseTotalNs, m.Mallocs,
			m.Frees, m.Sys, poolBytes(pool), len(idle), makes)
	}
}
