// Package web is the edge: the one route table, the middleware and the one place where
// errors become pages. The areas' handlers and components live in the packages below it.
//
// Order of a request: recover, security headers, static files, deadline, who asks and in
// which language, forged requests, rate, handler. There is no request log: a line per POST
// would be the minute of each post.
//
// Invariants: a route without an entry in the table does not exist; the table says for each
// route who may use it, how often, and what a browser may keep. What this person may not
// open looks exactly like what does not exist.
package web
