module example.com/freed

go 1.23
