// bytes-small
//
// The program that printed tests/traces/bytes-small.csv.
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
)

func main() {
	rand.Seed(1)
	pool := make([][]byte, 20000)
	var m runtime.MemStats
	fmt.Println("tick,heap_sys,heap_inuse,heap_idle,heap_released,heap_alloc,heap_objects," +
		"next_gc,num_gc,mallocs,frees")

	tick := 0
	for n := 0; n < 2000; n++ {
		for n := 0; n < 1000; n++ {
			b := make([]byte, rand.Intn(2047)+1)

			i := rand.Intn(len(pool))
			pool[i] = b
		}

		tick++
		if tick%20 == 0 {
			runtime.ReadMemStats(&m)
			fmt.Printf("%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d\n",
				tick, m.HeapSys, m.HeapInuse, m.HeapIdle, m.HeapReleased, m.HeapAlloc,
				m.HeapObjects, m.NextGC, m.NumGC, m.Mallocs, m.Frees)
		}
	}
}
