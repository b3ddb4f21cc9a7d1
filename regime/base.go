package regime

import (
	"slices"
	"strings"

	"github.com/openconcord/concord/regime/scope"
)

// removal is a code that a difference file takes out of its base.
type removal = codeAt

// On is the edition that a difference file makes of its base: each changed paragraph in the place of the one
// with its code and all below it, new ones in the order of their codes, and the removed ones gone; general
// notes by id; what it says it covers and how it is reviewed, or else what the base does. A complete edition is its own result.
//
// The error is a [scope.Errors] of changes that do not fit the base; the edition is nil then.
func (e *Edition) On(base *Edition) (*Edition, error) {
	if e.Base.IsZero() {
		return e, nil
	}
	out := *e
	out.Entries = base.Entries
	out.changes, out.removed = nil, nil
	if len(e.Covers.Codes)+len(e.Covers.Kinds) == 0 {
		out.Covers = base.Covers
	}
	if len(e.Review) == 0 {
		out.Review = base.Review
	}
	out.General = slices.Clone(base.General)
	for _, g := range e.General {
		if i := slices.IndexFunc(out.General, func(x GeneralNote) bool { return x.ID == g.ID }); i >= 0 {
			out.General[i] = g
		} else {
			out.General = append(out.General, g)
		}
	}
	var errs scope.Errors
	for _, r := range e.removed {
		if at := base.places[r.code]; at == nil || at.element != nil {
			errs = append(errs, errorf(r.pos, "unknown-code", "removed code %q is not a paragraph of the base %v%s", r.code, base.Date(), base.suggest(r.code)))
		} else {
			out.Entries = edited(out.Entries, at.chain, nil)
		}
	}
	seen := map[string]bool{}
	for _, p := range e.changes {
		at := base.places[p.Code]
		switch {
		case seen[p.Code]:
			errs = append(errs, errorf(p.Pos, "duplicate-code", "code %q is changed twice; keep one", p.Code))
		case at != nil && at.element != nil:
			errs = append(errs, errorf(p.Pos, "unknown-code", "code %q is a condition within paragraph %q of the base; change that paragraph", p.Code, at.paragraph().Code))
		case at != nil:
			if q := at.parent(); p.under.code != "" && (q == nil || q.Code != p.under.code) {
				errs = append(errs, errorf(p.under.pos, "under", "code %q stands in the base already, and not under %q; remove `under`", p.Code, p.under.code))
			}
			out.Entries = edited(out.Entries, at.chain, p)
		case p.under.code != "":
			up := base.places[p.under.code]
			if up == nil || up.element != nil {
				errs = append(errs, errorf(p.under.pos, "unknown-code", "parent %q is not a paragraph of the base %v%s", p.under.code, base.Date(), base.suggest(p.under.code)))
				break
			}
			out.Entries = edited(out.Entries, append(slices.Clone(up.chain), p), p)
		default:
			for _, q := range base.Entries {
				if isUnder(p.Code, q.Code) {
					errs = append(errs, errorf(p.Pos, "under", "paragraph %q is new; write the paragraph that it belongs to, such as `under: %q`", p.Code, q.Code))
				}
			}
			out.Entries = insert(out.Entries, p)
		}
		seen[p.Code] = true
	}
	errs = append(errs, out.index()...)
	if len(errs) > 0 {
		return nil, errs.Sorted()
	}
	return &out, nil
}

// edited is ps with the paragraph at the end of chain replaced by p, or inserted where it is not there,
// or gone where p is nil. What lies on the way is copied; the rest is shared.
func edited(ps []*Paragraph, chain []*Paragraph, p *Paragraph) []*Paragraph {
	i := slices.IndexFunc(ps, func(x *Paragraph) bool { return x.Code == chain[0].Code })
	switch {
	case i < 0 && (p == nil || len(chain) > 1): // gone with its parent
		return ps
	case i < 0:
		return insert(ps, p)
	case len(chain) > 1:
		up := *ps[i]
		up.Paragraphs = edited(up.Paragraphs, chain[1:], p)
		p = &up
	}
	out := slices.Clone(ps)
	if p == nil {
		return slices.Delete(out, i, i+1)
	}
	out[i] = p
	return out
}

// insert puts p after the last sibling whose code comes before its own.
func insert(ps []*Paragraph, p *Paragraph) []*Paragraph {
	at := 0
	for i, q := range ps {
		if compareCodes(q.Code, p.Code) < 0 {
			at = i + 1
		}
	}
	return slices.Insert(slices.Clone(ps), at, p)
}

// compareCodes orders codes as a reader does: runs of digits by their value, all else by character.
func compareCodes(a, b string) int {
	for a != "" && b != "" {
		x, y := digits(a), digits(b)
		if x > 0 && y > 0 {
			m, n := strings.TrimLeft(a[:x], "0"), strings.TrimLeft(b[:y], "0")
			if len(m) != len(n) {
				return len(m) - len(n)
			}
			if c := strings.Compare(m, n); c != 0 {
				return c
			}
			a, b = a[x:], b[y:]
			continue
		}
		if a[0] != b[0] {
			return int(a[0]) - int(b[0])
		}
		a, b = a[1:], b[1:]
	}
	return len(a) - len(b)
}

// digits is the length of the run of digits that s begins with.
func digits(s string) int {
	for i := range len(s) {
		if !digit(s[i]) {
			return i
		}
	}
	return len(s)
}

func digit(b byte) bool { return '0' <= b && b <= '9' }

func letter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

// isUnder reports whether code is group or, at a boundary of its parts, begins with it: "3A001.a" and "3A001"
// are under "3A"; "3A010" is not under "3A01".
func isUnder(code, group string) bool {
	rest, ok := strings.CutPrefix(code, group)
	switch {
	case !ok || group == "":
		return false
	case rest == "" || strings.ContainsRune(".(#", rune(rest[0])):
		return true
	case strings.ContainsAny(group, ".("):
		return false
	}
	a, b := group[len(group)-1], rest[0]
	return letter(a) && digit(b) || digit(a) && letter(b)
}

// suggest is ` (did you mean "...?")` with the nearest code, or "".
func (e *Edition) suggest(code string) string {
	names := make([]string, 0, len(e.places))
	for c := range e.places {
		names = append(names, c)
	}
	slices.Sort(names)
	return suggest(code, names)
}
