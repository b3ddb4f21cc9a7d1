package regime

import (
	"errors"
	"fmt"
	"slices"

	"github.com/openconcord/concord/regime/scope"
)

// Errors that callers branch on; every fault of data is also a [scope.Error] and matches [scope.ErrData].
var (
	ErrNoList    = errors.New("no such list")
	ErrNoEdition = errors.New("no such edition")
	ErrNoCode    = errors.New("no such code")
)

func errorf(pos scope.Pos, rule, format string, args ...any) *scope.Error {
	return &scope.Error{Pos: pos, Rule: rule, Msg: fmt.Sprintf(format, args...)}
}

// asError is nil for no errors, and not an interface that holds an empty list.
func asError(errs scope.Errors) error {
	if len(errs) == 0 {
		return nil
	}
	return errs.Sorted()
}

// asErrors is the errors of data within err.
func asErrors(err error) scope.Errors {
	var list scope.Errors
	var one *scope.Error
	switch {
	case err == nil:
	case errors.As(err, &list):
		return list
	case errors.As(err, &one):
		return scope.Errors{one}
	default:
		return scope.Errors{{Rule: "read", Msg: err.Error()}}
	}
	return nil
}

// also adds to first what of more stands elsewhere: what a schema says of a value needs no second report.
func also(first, more scope.Errors) scope.Errors {
	out := slices.Clone(first)
	for _, e := range more {
		if !slices.ContainsFunc(first, func(x *scope.Error) bool { return x.Pos == e.Pos }) {
			out = append(out, e)
		}
	}
	return out
}
