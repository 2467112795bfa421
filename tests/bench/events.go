// The events benchmark's cases (see events.c) for the Go that is installed.
//
// A case may have several figures: container/heap as the queue, time.Timer.Reset as the queue, and
// for rounds a goroutine for each process with channels to a scheduler that has the heap.
package main

import (
	"container/heap"
	"fmt"
	"math"
	"math/rand"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const delays = 1 << 16

var share uint64 = 1
var sink uint64

func cpuNs() float64 {
	var r syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &r)
	return float64(r.Utime.Nano() + r.Stime.Nano())
}

type event struct {
	at, seq uint64
	who     int
}

type queue []event

func (q queue) Len() int      { return len(q) }
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q queue) Less(i, j int) bool {
	return q[i].at < q[j].at || q[i].at == q[j].at && q[i].seq < q[j].seq
}
func (q *queue) Push(x any) { *q = append(*q, x.(event)) }
func (q *queue) Pop() any {
	last := len(*q) - 1
	e := (*q)[last]
	*q = (*q)[:last]
	return e
}

func delayOf(kind string, r *rand.Rand) uint64 {
	switch kind {
	case "exp":
		return uint64(-math.Log(1-r.Float64()) * 1e6)
	case "wide":
		return uint64(r.Float64() * 400e6)
	}
	if r.Intn(10) < 9 {
		return uint64(r.Float64() * 20e3)
	}
	return uint64(r.Float64() * 20e6)
}

// Take the first, push it again, with container/heap.
func holdHeap(kind string, pending int) float64 {
	r := rand.New(rand.NewSource(1))
	var table [delays]uint64
	for i := range table {
		table[i] = delayOf(kind, r)
	}
	q := make(queue, pending)
	var seq uint64
	for i := range q {
		seq++
		q[i] = event{delayOf(kind, r), seq, i}
	}
	heap.Init(&q)
	hold := func(count uint64) {
		for i := uint64(0); i < count; i++ {
			e := heap.Pop(&q).(event)
			seq++
			heap.Push(&q, event{e.at + table[i%delays], seq, e.who})
		}
	}
	count := 2000000 / share
	hold(count/4 + uint64(pending))
	start := cpuNs()
	hold(count)
	return (cpuNs() - start) / float64(count)
}

// Pending timers are reset to times that never come.
func resetTimers(pending int) float64 {
	timers := make([]*time.Timer, pending)
	r := rand.New(rand.NewSource(1))
	for i := range timers {
		timers[i] = time.NewTimer(time.Hour + time.Duration(r.Intn(int(time.Hour))))
	}
	count := 2000000 / share
	start := cpuNs()
	for i := uint64(0); i < count; i++ {
		timers[i%uint64(pending)].Reset(time.Hour + time.Duration(r.Intn(int(time.Hour))))
	}
	return (cpuNs() - start) / float64(count)
}

// The natural way to write a simulation in Go: a goroutine for each process, and one that has the
// queue and wakes them.
func rounds(count int) float64 {
	type request struct {
		who   int
		delay uint64
	}
	sleep := make(chan request)
	wake := make([]chan bool, count)
	held := make([][]byte, count)
	r := rand.New(rand.NewSource(1)) // one process runs at a time
	for i := range wake {
		wake[i] = make(chan bool)
		go func(i int) {
			for {
				sleep <- request{i, uint64(r.Intn(4*count)) * 1000}
				<-wake[i]
				held[i] = make([]byte, 57+r.Intn(8))
			}
		}(i)
	}
	q := make(queue, 0, count)
	var seq, now uint64
	run := func(times uint64) {
		for i := uint64(0); i < times; i++ {
			e := heap.Pop(&q).(event)
			now = e.at
			wake[e.who] <- true
			next := <-sleep
			seq++
			heap.Push(&q, event{now + next.delay, seq, next.who})
		}
	}
	for range wake {
		next := <-sleep
		seq++
		heap.Push(&q, event{next.delay, seq, next.who})
	}
	times := 1000000 / share
	run(times/4 + uint64(count))
	start := cpuNs()
	run(times)
	return (cpuNs() - start) / float64(times)
}

func numbers(name string) float64 {
	r := rand.New(rand.NewSource(1))
	count := 100000000 / share
	if name == "seed" {
		count = 200000 / share
	}
	start := cpuNs()
	switch name {
	case "int63":
		for i := uint64(0); i < count; i++ {
			sink += uint64(r.Int63())
		}
	case "intn":
		for i := uint64(0); i < count; i++ {
			sink += uint64(r.Intn(1000))
		}
	case "seed":
		for i := uint64(0); i < count; i++ {
			r.Seed(int64(i))
			sink += uint64(r.Int63())
		}
	}
	return (cpuNs() - start) / float64(count)
}

func main() {
	name, impl := os.Args[1], os.Args[2]
	if len(os.Args) > 3 {
		share, _ = strconv.ParseUint(os.Args[3], 10, 64)
	}
	parts := strings.Split(name, "-")
	count, _ := strconv.Atoi(parts[len(parts)-1])
	figure := 0.0
	switch {
	case parts[0] == "queue" && impl == "go-heap":
		figure = holdHeap(parts[1], count)
	case parts[0] == "queue" && parts[1] == "wide" && impl == "go-timer":
		figure = resetTimers(count)
	case parts[0] == "round" && impl == "go" && count <= 100000:
		figure = rounds(count)
	case len(parts) == 1 && impl == "go":
		figure = numbers(name)
	}
	if figure == 0 {
		os.Exit(3)
	}
	fmt.Printf("%.3f\n", figure)
}
