package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"example.com/edgard/serve/guard"
)

// tokenVariable holds the token itself: it is no key, and nothing prints it.
const tokenVariable = "EDGARD_TOKEN"

const maxTokenFile = 4096

// token is what whoever asks the server must know, "" for nothing: a flag's file
// before the variable before the file that configuration names.
func (a *app) token(eff *effective) (string, error) {
	val := strings.TrimSpace(a.getenv(tokenVariable))
	if eff.TokenFile == "" || val != "" && eff.origin["token_file"] != "--token-file" {
		if val == "" {
			return "", nil
		}
		if err := guard.CheckToken(val); err != nil {
			return "", misuse("%s: %w", tokenVariable, err)
		}
		return val, nil
	}
	val, err := readToken(eff.TokenFile)
	if err != nil {
		return "", misuse("%s: %w", eff.origin["token_file"], err)
	}
	return val, nil
}

// baseToken is what the mirror at base_url wants to be told, "" for nothing.
func baseToken(eff *effective) (string, error) {
	if eff.BaseToken == "" {
		return "", nil
	}
	val, err := readToken(eff.BaseToken)
	if err != nil {
		return "", misuse("%s: %w", eff.origin["base_token_file"], err)
	}
	return val, nil
}

// readToken reads the file that holds a token, and blanks around it perhaps.
func readToken(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxTokenFile+1))
	if err == nil && len(data) > maxTokenFile {
		err = errors.New("it is too long")
	}
	val := strings.TrimSpace(string(data))
	if err == nil {
		err = guard.CheckToken(val)
	}
	if err != nil {
		return "", fmt.Errorf("%s: %w", path, err)
	}
	return val, nil
}
