// More realistic, idle length 5
//
// Each of ten goroutines always tries to give a random buffer back, and half of the time takes a new
// one for that slot. Compare the idle lengths 5, 20 and 50: the longer the queue, the fewer buffers
// are made, and the smaller the heap.
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

var makes int

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
	runtime.GOMAXPROCS(1) // as Go 1.1 has it
	rand.Seed(1)
	pool := make([][]byte, 200)
	idle := make(chan []byte, 5)
	var m runtime.MemStats
	fmt.Println("ms,heap_sys,heap_inuse,heap_idle,heap_released,heap_alloc,heap_objects,next_gc," +
		"num_gc,pause_total_ns,mallocs,frees,sys,pool_bytes,idle_len,makes")

	for i := 0; i < 10; i++ {
		go func(offset int) {
			for {
				j := offset + rand.Intn(20)
				if pool[j] != nil {
					select {
					case idle <- pool[j]:
						pool[j] = nil
					default:
					}
				}

				if rand.Intn(2) == 0 {
					var b []byte
					select {
					case b = <-idle:
					default:
						makes += 1
						b = makeBuffer()
					}

					pool[j] = b
				}

				time.Sleep(time.Millisecond * time.Duration(rand.Intn(1000)))
			}
		}(i * 20)
	}

	var slept time.Duration
	for {
		time.Sleep(time.Second)
		slept += time.Second
		runtime.ReadMemStats(&m)
		fmt.Printf("%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d\n",
			slept/time.Millisecond, m.HeapSys, m.HeapInuse, m.HeapIdle, m.HeapReleased,
			m.HeapAlloc, m.HeapObjects, m.NextGC, m.NumGC, m.PauseTotalNs, m.Mallocs,
			m.Frees, m.Sys, poolBytes(pool), len(idle), makes)
	}
}
