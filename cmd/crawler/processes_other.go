//go:build !linux

package main

// processes are not known here.
func processes(string) []running { return nil }
