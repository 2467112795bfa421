// Test garbage making program
//
// The talk's first program. It makes a buffer of 5 to 10 MB every second, puts it into a random one
// of 20 slots, and forgets what was there. At most 20 buffers are alive, some 150 MB, yet the heap
// grows to more than twice that: GOGC=100 lets as much garbage pile up as there is live memory.
//
// Look for: HeapAlloc climbs like a saw and drops at each collection; HeapSys only ever grows.
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
	makes := 0
	var m runtime.MemStats
	fmt.Println("ms,heap_sys,heap_inuse,heap_idle,heap_released,heap_alloc,heap_objects,next_gc," +
		"num_gc,pause_total_ns,mallocs,frees,sys,pool_bytes,idle_len,makes")

	var slept time.Duration
	for {
		b := makeBuffer()
		makes += 1

		i := rand.Intn(len(pool))
		pool[i] = b

		time.Sleep(time.Second)
		slept += time.Second
		runtime.ReadMemStats(&m)
		fmt.Printf("%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d\n",
			slept/time.Millisecond, m.HeapSys, m.HeapInuse, m.HeapIdle, m.HeapReleased,
			m.HeapAlloc, m.HeapObjects, m.NextGC, m.NumGC, m.PauseTotalNs, m.Mallocs,
			m.Frees, m.Sys, poolBytes(pool), 0, makes)
	}
}
