// Printed elsewhere
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

var makes int

func makeBuffer() []byte {
	return make([]byte, rand.Intn(1001)+1000)
}

func main() {
	runtime.GOMAXPROCS(1) // as Go 1.1 has it
	rand.Seed(1)
	var m runtime.MemStats
	fmt.Println("ms,heap_sys,heap_inuse,heap_idle,heap_released,heap_alloc,heap_objects,next_gc," +
		"num_gc,pause_total_ns,mallocs,frees,sys,pool_bytes,idle_len,makes")
	debug.SetGCPercent(200)

	// printer
	go func() {
		var slept time.Duration
		timeline := 0 // how much of it is done
		runtime.ReadMemStats(&m)
		fmt.Printf("%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d\n",
			slept/time.Millisecond, m.HeapSys, m.HeapInuse, m.HeapIdle, m.HeapReleased,
			m.HeapAlloc, m.HeapObjects, m.NextGC, m.NumGC, m.PauseTotalNs, m.Mallocs,
			m.Frees, m.Sys, 0, 0, makes)
		for {
			if rand.Intn(2) == 0 {
				d := time.Millisecond * time.Duration(rand.Intn(5)+1)
				time.Sleep(d)
				slept += d
				runtime.ReadMemStats(&m)
				fmt.Printf("%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d\n",
					slept/time.Millisecond, m.HeapSys, m.HeapInuse, m.HeapIdle, m.HeapReleased,
					m.HeapAlloc, m.HeapObjects, m.NextGC, m.NumGC, m.PauseTotalNs, m.Mallocs,
					m.Frees, m.Sys, 0, 0, makes)
			} else {
				d2 := time.Millisecond * time.Duration(rand.Intn(5)+1)
				time.Sleep(d2)
				slept += d2
			}
			if timeline == 0 && slept >= 10*time.Millisecond {
				timeline++
				runtime.GC()
			}
		}
	}()

	for {
		makeBuffer()
		makes += 1

		time.Sleep(time.Millisecond)
	}
}
