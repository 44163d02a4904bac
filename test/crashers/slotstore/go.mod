module example.com/slotstore

go 1.23
