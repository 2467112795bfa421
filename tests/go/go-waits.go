// Main waits
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
	return make([]byte, 5)
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

func main() {
	runtime.GOMAXPROCS(1) // as Go 1.1 has it
	rand.Seed(1)
	pool := make([][]byte, 1)
	cChan := make(chan []byte, 1)
	var m runtime.MemStats
	fmt.Println("ms,heap_sys,heap_inuse,heap_idle,heap_released,heap_alloc,heap_objects,next_gc," +
		"num_gc,pause_total_ns,mallocs,frees,sys,pool_bytes,idle_len,makes")

	go func() {
		var slept time.Duration
		timeline := 0 // how much of it is done
		for {
			select {
			case <-cChan:
			default:
				makes += 1
				makeBuffer()
			}

			time.Sleep(3 * time.Second)
			slept += 3 * time.Second
			if timeline == 0 && slept >= 9*time.Second {
				timeline++
				cChan = resize(cChan, 2)
			}
			runtime.ReadMemStats(&m)
			fmt.Printf("%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d\n",
				slept/time.Millisecond, m.HeapSys, m.HeapInuse, m.HeapIdle, m.HeapReleased,
				m.HeapAlloc, m.HeapObjects, m.NextGC, m.NumGC, m.PauseTotalNs, m.Mallocs,
				m.Frees, m.Sys, poolBytes(pool), len(cChan), makes)

			j := rand.Intn(len(pool))
			if pool[j] != nil {
				select {
				case cChan <- pool[j]:
					pool[j] = nil
				default:
				}
			}

			time.Sleep(time.Millisecond)
			slept += time.Millisecond
		}
	}()

	select {}
}
