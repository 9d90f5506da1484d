package deploy_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// composeFile is what compose.yaml may say.
type composeFile struct {
	Name     string
	Services map[string]composeService
	Volumes  map[string]any
}

type composeService struct {
	Image string
	Build struct {
		Context string
		Args    []string
	}
	Environment     map[string]string
	Ports           []string
	Volumes         []string
	Restart         string
	StopGracePeriod string   `yaml:"stop_grace_period"`
	MemLimit        string   `yaml:"mem_limit"`
	ReadOnly        bool     `yaml:"read_only"`
	TmpFS           []string `yaml:"tmpfs"`
	CapDrop         []string `yaml:"cap_drop"`
	SecurityOpt     []string `yaml:"security_opt"`
}

// readCompose reads the one service of compose.yaml.
func readCompose(t *testing.T) composeService {
	t.Helper()
	data, err := os.ReadFile("compose.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var f composeFile
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	if err := dec.Decode(&f); err != nil {
		t.Fatal(err)
	}
	if len(f.Services) != 1 || len(f.Volumes) != 1 {
		t.Fatalf("%d services and %d volumes, want one of each", len(f.Services), len(f.Volumes))
	}
	return f.Services["crawler"]
}

// environment is that of the container, with the variables that the user sets.
func (s composeService) environment(user map[string]string) (env []string) {
	variable := regexp.MustCompile(`\$\{(\w+)[^}]*\}`)
	for key, val := range s.Environment {
		val = variable.ReplaceAllStringFunc(val, func(v string) string { return user[variable.FindStringSubmatch(v)[1]] })
		env = append(env, key+"="+val)
	}
	return env
}

func TestComposePublishesOnLoopbackAloneWhatTheImageExposes(t *testing.T) {
	s := readCompose(t)
	stages := readDockerfile(t, filepath.Join("..", "Dockerfile"))
	last := stages[len(stages)-1]
	port := last.only(t, "EXPOSE").rest
	if want := "127.0.0.1:" + port + ":" + port; len(s.Ports) != 1 || s.Ports[0] != want {
		t.Errorf("ports %q, want %s", s.Ports, want)
	}
	if got := s.Environment["EDGARD_LISTEN"]; got != "0.0.0.0:"+port {
		t.Errorf("the daemon listens at %s, which is not what is published", got)
	}
	if volume := last.only(t, "VOLUME").rest; len(s.Volumes) != 1 || s.Volumes[0] != "data:"+volume {
		t.Errorf("volumes %q, want data:%s", s.Volumes, volume)
	}
	if _, err := os.Stat(filepath.Join(s.Build.Context, "Dockerfile")); err != nil {
		t.Errorf("what is built: %v", err)
	}
	for _, key := range []string{"EDGARD_USER_AGENT", "EDGARD_TOKEN"} {
		if !strings.HasPrefix(s.Environment[key], "${"+key+":?") {
			t.Errorf("%s is %q: without it compose is to refuse", key, s.Environment[key])
		}
	}
}
