// Nodes of lists, trees and graphs make their other fields
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

type node struct {
	next  *node
	other *node
	text  []byte
	leaf  *leaf
}

func newNode() *node {
	x := new(node)
	x.fill()
	return x
}

func makeNodeTree(depth int) *node {
	n := newNode()
	if depth > 0 {
		n.next = makeNodeTree(depth - 1)
		n.other = makeNodeTree(depth - 1)
	}
	return n
}

func makeNodeList(length int) *node {
	var head *node
	for n := 0; n < length; n++ {
		cell := newNode()
		cell.next = head
		head = cell
	}
	return head
}

func makeNodeGraph(length int) *node {
	if length == 0 {
		return nil
	}
	nodes := make([]*node, length)
	for i := range nodes {
		nodes[i] = newNode()
	}
	for i, n := range nodes {
		n.next = nodes[(i+1)%length]
		n.other = nodes[rand.Intn(length)]
	}
	return nodes[0]
}

// fill makes what x has not got.
func (x *node) fill() {
	if x.text == nil {
		x.text = make([]byte, 100000)
	}
	x.text = x.text[:cap(x.text)]
	if x.leaf == nil {
		x.leaf = newLeaf()
	}
}

type leaf struct {
	number int
}

func newLeaf() *leaf {
	return new(leaf)
}

func main() {
	runtime.GOMAXPROCS(1) // as Go 1.1 has it
	var m runtime.MemStats
	fmt.Println("ms,heap_sys,heap_inuse,heap_idle,heap_released,heap_alloc,heap_objects,next_gc," +
		"num_gc,pause_total_ns,mallocs,frees,sys,pool_bytes,idle_len,makes")

	// tree
	go func() {
		for {
			makeNodeTree(3)
			makes += 1

			time.Sleep(time.Second)
		}
	}()

	// graph
	go func() {
		for {
			makeNodeGraph(5)
			makes += 1

			time.Sleep(time.Second)
		}
	}()

	var slept time.Duration
	for {
		makeNodeList(10)
		makes += 1
		runtime.ReadMemStats(&m)
		fmt.Printf("%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d\n",
			slept/time.Millisecond, m.HeapSys, m.HeapInuse, m.HeapIdle, m.HeapReleased,
			m.HeapAlloc, m.HeapObjects, m.NextGC, m.NumGC, m.PauseTotalNs, m.Mallocs,
			m.Frees, m.Sys, 0, 0, makes)

		time.Sleep(time.Second)
		slept += time.Second
	}
}
