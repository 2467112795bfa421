// A leak by a forgotten map entry
//
// Each login puts a session into a map, each logout deletes it. But one login in fifty never logs
// out, and nobody wrote what happens then: the entry stays, and with it the session, its user, and
// all it has in its cart. To the collector this is not garbage. It is reachable; it is only forgotten.
//
// Live memory climbs by a straight line, and NextGC with it. No GOGC helps, and no FreeOSMemory. Ask
// what keeps a session alive, and the answer is the map. A map's buckets never get fewer, either.
//
// To see it: ":goto 5m", then ":object session": variable, map, buckets, the key, the session.
// Up and Enter look into the buckets; many of their slots are empty.
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

var sessions = make(map[int]*session)

type user struct {
	name    string
	picture []byte
}

func newUser() *user {
	u := new(user)
	u.fill()
	return u
}

// fill makes what u has not got.
func (u *user) fill() {
	if u.name == "" {
		u.name = string(text[:rand.Intn(26)+5])
	}
	if u.picture == nil {
		u.picture = make([]byte, int(rand.ExpFloat64()*3000))
	}
	u.picture = u.picture[:cap(u.picture)]
}

type session struct {
	id    int
	owner *user
	cart  []int
}

func newSession() *session {
	s := new(session)
	s.fill()
	return s
}

// fill makes what s has not got.
func (s *session) fill() {
	if s.owner == nil {
		s.owner = newUser()
	}
	s.cart = s.cart[:0]
	for n, entries := 0, rand.Intn(50)+1; n < entries; n++ {
		s.cart = append(s.cart, n)
	}
}

// What strings are cut from.
var text [30]byte

func main() {
	runtime.GOMAXPROCS(1) // as Go 1.1 has it
	rand.Seed(1)
	var m runtime.MemStats
	fmt.Println("ms,heap_sys,heap_inuse,heap_idle,heap_released,heap_alloc,heap_objects,next_gc," +
		"num_gc,pause_total_ns,mallocs,frees,sys,pool_bytes,idle_len,makes")

	for i := 0; i < 20; i++ {
		go func() {
			for {
				k := rand.Intn(1000000000)
				b := newSession()
				makes += 1
				sessions[k] = b

				time.Sleep(time.Duration(rand.ExpFloat64() * float64(500*time.Millisecond)))
				if rand.Intn(50) < 49 {
					delete(sessions, k)
				}

				b = nil
			}
		}()
	}

	var slept time.Duration
	for {
		time.Sleep(time.Second)
		slept += time.Second
		runtime.ReadMemStats(&m)
		fmt.Printf("%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d\n",
			slept/time.Millisecond, m.HeapSys, m.HeapInuse, m.HeapIdle, m.HeapReleased,
			m.HeapAlloc, m.HeapObjects, m.NextGC, m.NumGC, m.PauseTotalNs, m.Mallocs,
			m.Frees, m.Sys, 0, 0, makes)
	}
}
