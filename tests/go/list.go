// list
//
// The program that printed tests/traces/list.csv.
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

type node struct {
	next  *node
	value int
}

func makeNodeList(length int) *node {
	var head *node
	for n := 0; n < length; n++ {
		head = &node{next: head}
	}
	return head
}

func main() {
	rand.Seed(1)
	pool := make([]*node, 1000)
	var m runtime.MemStats
	fmt.Println("tick,heap_sys,heap_inuse,heap_idle,heap_released,heap_alloc,heap_objects," +
		"next_gc,num_gc,mallocs,frees")

	tick := 0
	for n := 0; n < 20000; n++ {
		b := makeNodeList(rand.Intn(1999) + 1)

		i := rand.Intn(len(pool))
		pool[i] = b
		tick++
		if tick%200 == 0 {
			runtime.ReadMemStats(&m)
			fmt.Printf("%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d\n",
				tick, m.HeapSys, m.HeapInuse, m.HeapIdle, m.HeapReleased, m.HeapAlloc,
				m.HeapObjects, m.NextGC, m.NumGC, m.Mallocs, m.Frees)
		}
	}
}
