// Package remote lets other processes read an index that one process holds: bbolt
// admits only one. The holder serves the reading half of its index on a unix
// socket in the data directory ([Serve]), and whoever wants to read asks there
// ([Dial]). When nobody listens, the file is free, or its holder does not share it.
//
// # Socket
//
// The socket is DIR/index.sock, for its owner alone (0600). Only who holds the
// lock of the index binds it, in place of whatever a killed process left there, so
// that a socket on which nobody listens is never in anybody's way. A path too long
// for a socket's address is reached through the folder's descriptor on Linux;
// elsewhere Serve says that it cannot be.
//
// # Protocol
//
// HTTP/1.1, a connection for each question: GET /hello, to see whether somebody is
// there, and POST /METHOD with the argument of the method of [index.Reader] as
// JSON, answered with its result as JSON, or with a status that is not 200 and
//
//	{"code": "not_found", "message": "filing 0009000001-15-000001: not in the index"}
//
// The code brings the error's identity across (errors.Is), the message its words.
// POST /backup is answered with a [index.Snapshot] in the header Edgard-Snapshot and
// the bytes of the database; an error that comes after that is in the trailer
// Edgard-Fault.
//
// Each side says in the header Edgard-Version which program it is; two that are
// not the same refuse each other ([VersionError]), and so the protocol need
// not be understood by another version.
//
// # Bounds
//
// A handler reads its answer out of the index and only then writes it: no slow or
// vanished client keeps a transaction open. At most 4 questions are answered at
// a time, over at most 64 connections; a question is at most 1 MiB long and must
// have come within 5 seconds, an answer must be taken within 10 seconds of being
// ready. An answer is at most 256 MiB long. A copy of the database is the exception:
// it is written out of an open transaction, one at a time, and cut off when less than
// 4 MiB a second are taken on the average, after a minute's grace, or nothing for 10
// seconds. A transaction that stayed open would keep the file growing. 1 accept ⇒ n handlers, all of
// which Close waits for.
package remote
