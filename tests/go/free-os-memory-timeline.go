// debug.FreeOSMemory(), now and then
//
// The garbage program, left alone for five minutes; then somebody calls debug.FreeOSMemory() once a
// while, as the talk's picture shows it. HeapReleased jumps up to HeapIdle, and crumbles away as the
// program takes the pages back.
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
	"runtime/debug"
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
		if slept == 5*time.Minute {
			debug.FreeOSMemory()
		}
		if slept == 8*time.Minute {
			debug.FreeOSMemory()
		}
		if slept == 11*time.Minute {
			debug.FreeOSMemory()
		}
		runtime.ReadMemStats(&m)
		fmt.Printf("%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d\n",
			slept/time.Millisecond, m.HeapSys, m.HeapInuse, m.HeapIdle, m.HeapReleased,
			m.HeapAlloc, m.HeapObjects, m.NextGC, m.NumGC, m.PauseTotalNs, m.Mallocs,
			m.Frees, m.Sys, poolBytes(pool), 0, makes)
	}
}
