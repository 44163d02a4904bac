// nilfield reads a field of a parcel that was never loaded.
package main

import "fmt"

type address struct {
	street string
	city   string
}

type parcel struct {
	id     int
	weight int
	to     *address
}

//go:noinline
func (p *parcel) destination() string { return p.to.city }

//go:noinline
func label(parcels map[int]*parcel, id int) string {
	return fmt.Sprintf("%d: %s", id, parcels[id].destination())
}

func main() {
	parcels := map[int]*parcel{1: {id: 1, weight: 3}}
	fmt.Println(label(parcels, 1))
}
