// The memory benchmark's cases (see memory.c) for the Go that is installed.
package main

import (
	"fmt"
	"math/rand"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
)

const (
	ring  = 1024
	slots = 20
)

// Only a share-th of the work is done.
var share = 1

type node struct {
	left, right *node
	value       int
}

type (
	b8     [8]byte
	b16    [16]byte
	b32    [32]byte
	b64    [64]byte
	b256   [256]byte
	b1024  [1024]byte
	b8192  [8192]byte
	b32768 [32768]byte
)

type (
	l8  struct{ p *l8 }
	l16 struct {
		p *l16
		x [8]byte
	}
	l32 struct {
		p *l32
		x [24]byte
	}
	l64 struct {
		p *l64
		x [56]byte
	}
	l256 struct {
		p *l256
		x [248]byte
	}
	l1024 struct {
		p *l1024
		x [1016]byte
	}
	l8192 struct {
		p *l8192
		x [8184]byte
	}
	l32768 struct {
		p *l32768
		x [32760]byte
	}
)

func cpuNs() float64 {
	var u syscall.Rusage
	syscall.Getrusage(0, &u)
	return float64(u.Utime.Nano() + u.Stime.Nano())
}

func ringOf[T any](bytes int) float64 {
	slots := make([]*T, ring)
	count := (1 << 30) / (bytes + 64) / share
	for i := 0; i < count/8; i++ {
		slots[i%ring] = new(T)
	}
	start := cpuNs()
	for i := 0; i < count; i++ {
		slots[i%ring] = new(T)
	}
	took := cpuNs() - start
	runtime.KeepAlive(slots)
	return took / float64(count)
}

var rings = map[string]func(int) float64{
	"bytes-8": ringOf[b8], "bytes-16": ringOf[b16], "bytes-32": ringOf[b32], "bytes-64": ringOf[b64],
	"bytes-256": ringOf[b256], "bytes-1024": ringOf[b1024], "bytes-8192": ringOf[b8192],
	"bytes-32768": ringOf[b32768],
	"links-8":     ringOf[l8], "links-16": ringOf[l16], "links-32": ringOf[l32], "links-64": ringOf[l64],
	"links-256": ringOf[l256], "links-1024": ringOf[l1024], "links-8192": ringOf[l8192],
	"links-32768": ringOf[l32768],
}

func buildTree(depth int) *node {
	if depth == 0 {
		return &node{}
	}
	return &node{left: buildTree(depth - 1), right: buildTree(depth - 1)}
}

func walkTree(n *node) int {
	if n.left == nil {
		return 1
	}
	return 1 + walkTree(n.left) + walkTree(n.right)
}

func trees(depth int) float64 {
	for less := share; less > 1 && depth > 4; less /= 2 {
		depth--
	}
	start := cpuNs()
	nodes := walkTree(buildTree(depth + 1))
	kept := buildTree(depth)
	for d := 4; d <= depth; d += 2 {
		for i := 0; i < 1<<uint(depth-d+4); i++ {
			nodes += walkTree(buildTree(d))
		}
	}
	nodes += walkTree(kept)
	return (cpuNs() - start) / float64(nodes)
}

func buildSizedTree(count int) *node {
	n := &node{}
	left := (count - 1) / 2
	right := count - 1 - left
	if left > 0 {
		n.left = buildSizedTree(left)
	}
	if right > 0 {
		n.right = buildSizedTree(right)
	}
	return n
}

func buildShuffled(count int, tree bool) *node {
	nodes := make([]*node, count)
	for i := range nodes {
		nodes[i] = &node{}
	}
	rand.Shuffle(count, func(i, j int) { nodes[i], nodes[j] = nodes[j], nodes[i] })
	for i, n := range nodes {
		left := i + 1
		if tree {
			left = 2*i + 1
		}
		if left < count {
			n.left = nodes[left]
		}
		if tree && left+1 < count {
			n.right = nodes[left+1]
		}
	}
	return nodes[0]
}

func buildList(count int) *node {
	head := &node{}
	last := head
	for i := 1; i < count; i++ {
		last.left = &node{}
		last = last.left
	}
	return head
}

func collect(name string) float64 {
	graphNodes := 10000000 / share
	debug.SetGCPercent(-1)
	var root *node
	switch name {
	case "tree":
		root = buildSizedTree(graphNodes)
	case "list":
		root = buildList(graphNodes)
	default:
		root = buildShuffled(graphNodes, name == "shuffled-tree")
	}
	debug.SetGCPercent(100)
	runtime.GC()
	start := cpuNs()
	for i := 0; i < 3; i++ {
		runtime.GC()
	}
	took := cpuNs() - start
	runtime.KeepAlive(root)
	return took / 3 / float64(graphNodes)
}

func buffers(stride int) float64 {
	count := 3000 / share
	warm := count / 3
	pool := make([][]byte, slots)
	var start float64
	for i := 0; i < count+warm; i++ {
		if i == warm {
			start = cpuNs()
		}
		b := make([]byte, 5000000+rand.Intn(5000000))
		for at := 0; at < len(b); at += stride {
			b[at] = 1
		}
		pool[rand.Intn(slots)] = b
	}
	took := cpuNs() - start
	runtime.KeepAlive(pool) // else nobody reads it, and all it holds is garbage
	return took / float64(count)
}

func run(name string) float64 {
	if ringOf := rings[name]; ringOf != nil {
		bytes, _ := strconv.Atoi(strings.SplitN(name, "-", 2)[1])
		return ringOf(bytes)
	}
	if strings.HasPrefix(name, "trees-") {
		depth, _ := strconv.Atoi(name[len("trees-"):])
		return trees(depth)
	}
	if strings.HasPrefix(name, "collect-") {
		return collect(name[len("collect-"):])
	}
	switch name {
	case "buffers-touched":
		return buffers(4096)
	case "buffers-written":
		return buffers(64)
	}
	return 0
}

func main() {
	if len(os.Args) > 2 {
		share, _ = strconv.Atoi(os.Args[2])
	}
	figure := run(os.Args[1])
	if figure == 0 {
		os.Exit(3)
	}
	fmt.Printf("%.3f\n", figure)
}
