// golden-p1
//
// The program that printed tests/traces/golden-p1.csv.
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
	fmt.Println("heap_sys,pool_bytes,heap_alloc,heap_idle,heap_released,makes")

	for {
		b := makeBuffer()
		makes += 1

		i := rand.Intn(len(pool))
		pool[i] = b

		time.Sleep(time.Second)
		runtime.ReadMemStats(&m)
		fmt.Printf("%d,%d,%d,%d,%d,%d\n",
			m.HeapSys, poolBytes(pool), m.HeapAlloc, m.HeapIdle, m.HeapReleased, makes)
	}
}
