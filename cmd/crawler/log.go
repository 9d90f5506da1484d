package main

import (
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/buffer"
	"go.uber.org/zap/zapcore"

	"example.com/edgard/harmless"
)

// logger writes to the console: plain lines, or JSON when the configuration says
// so. On a terminal the progress line tells the outcomes, so that only warnings
// are logged there unless the level was asked for. A flood is thinned out, see
// thinned.
func (a *app) logger(eff *effective) *zap.Logger { return a.loggerAt(a.level(eff), eff.Log.Format) }

// loggerAt is logger for a level that may change while it is used.
func (a *app) loggerAt(level zapcore.LevelEnabler, format string) *zap.Logger {
	enc := harmlessEncoder{encoder(format, a.err.term)}
	return zap.New(a.flood.thinned(zapcore.NewCore(enc, a.err, level)), zap.ErrorOutput(a.err))
}

// level is from where on eff has things logged.
func (a *app) level(eff *effective) zapcore.Level {
	level, err := zapcore.ParseLevel(eff.Log.Level)
	if err != nil {
		level = zapcore.InfoLevel
	}
	if eff.origin["log.level"] == "default" && a.err.term.tty {
		level = zapcore.WarnLevel
	}
	if a.quiet {
		level = max(level, zapcore.ErrorLevel)
	}
	return level
}

func encoder(format string, t *terminal) zapcore.Encoder {
	conf := zapcore.EncoderConfig{
		TimeKey: "time", LevelKey: "level", MessageKey: "msg", NameKey: "logger",
		EncodeTime:     func(at time.Time, enc zapcore.PrimitiveArrayEncoder) { enc.AppendString(at.UTC().Format(time.RFC3339)) },
		EncodeLevel:    zapcore.LowercaseLevelEncoder,
		EncodeDuration: zapcore.StringDurationEncoder,
	}
	if format == "json" {
		return zapcore.NewJSONEncoder(conf)
	}
	conf.ConsoleSeparator = " "
	if t.colour {
		conf.EncodeLevel = zapcore.LowercaseColorLevelEncoder
	}
	return zapcore.NewConsoleEncoder(conf)
}

// harmlessEncoder makes log lines harmless on a terminal: messages and fields hold
// what servers and filings say.
type harmlessEncoder struct{ zapcore.Encoder }

// Clone implements zapcore.Encoder.
func (e harmlessEncoder) Clone() zapcore.Encoder { return harmlessEncoder{e.Encoder.Clone()} }

// EncodeEntry implements zapcore.Encoder. Fields are encoded as JSON, in which an
// escape means what it stands for.
func (e harmlessEncoder) EncodeEntry(entry zapcore.Entry, fields []zapcore.Field) (*buffer.Buffer, error) {
	entry.Message = harmless.Line(entry.Message)
	line, err := e.Encoder.EncodeEntry(entry, fields)
	if err != nil {
		return nil, err
	}
	safe := harmless.EscapeJSON(line.Bytes())
	line.Reset()
	_, err = line.Write(safe)
	return line, err
}
