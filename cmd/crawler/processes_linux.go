package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// maxComm is how much of a name the kernel keeps.
const maxComm = 15

// processes returns those of that name, this one aside.
func processes(name string) (ps []running) {
	names, _ := filepath.Glob("/proc/[0-9]*/comm") // the pattern is sound
	for _, path := range names {
		comm, err := os.ReadFile(path)
		if err != nil || strings.TrimSpace(string(comm)) != name[:min(len(name), maxComm)] {
			continue // it has ended, or is another program
		}
		pid, err := strconv.Atoi(filepath.Base(filepath.Dir(path)))
		info, gone := os.Stat(filepath.Dir(path))
		if err != nil || gone != nil || pid == os.Getpid() {
			continue
		}
		if st, ok := info.Sys().(*syscall.Stat_t); ok {
			ps = append(ps, running{pid, int(st.Uid)})
		}
	}
	return ps
}
