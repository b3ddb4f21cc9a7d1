package scope

import "math/big"

// bounds of a value in the base unit; nil is unbounded.
type bounds struct {
	lo, hi             *Number
	loClosed, hiClosed bool
	domain             bool // lo is where the attribute's values begin, not a threshold
}

func (b bounds) holds(n Number) bool {
	if b.lo != nil {
		if d := n.Cmp(*b.lo); d < 0 || d == 0 && !b.loClosed {
			return false
		}
	}
	if b.hi != nil {
		if d := n.Cmp(*b.hi); d > 0 || d == 0 && !b.hiClosed {
			return false
		}
	}
	return true
}

func (b bounds) whole() Number {
	if b.lo != nil && !b.domain || b.hi == nil && b.lo != nil {
		n := b.lo.ceil()
		if !b.holds(n) {
			n = n.Add(Int(1))
		}
		return n
	}
	if b.hi == nil {
		return Int(0)
	}
	n := b.hi.floor()
	if !b.holds(n) {
		n = n.Sub(Int(1))
	}
	return n
}

// simplest is a threshold that belongs to the interval, else the number in it that is shortest to write in one of the units.
func (b bounds) simplest(units []*Unit) Number {
	if b.lo != nil && b.loClosed && !b.domain {
		return *b.lo
	}
	if b.hi != nil && b.hiClosed {
		return *b.hi
	}
	var best Number
	found := false
	for _, u := range units {
		in := b
		if b.lo != nil {
			lo := u.from(*b.lo)
			in.lo = &lo
		}
		if b.hi != nil {
			hi := u.from(*b.hi)
			in.hi = &hi
		}
		n := u.base(in.short())
		if b.holds(n) && (!found || len(u.from(n).String()) < len(u.from(best).String())) {
			best, found = n, true
		}
	}
	if !found {
		return b.short()
	}
	return best
}

// short is the number with the fewest digits in the interval, near its ends.
func (b bounds) short() Number {
	lo, hi := b.lo, b.hi
	two, one := Int(2), Int(1)
	switch {
	case lo == nil && hi == nil:
		return one
	case lo == nil:
		n := hi.Sub(one)
		if hi.Cmp(Number{}) > 0 {
			n = hi.Div(two)
		} else if hi.Cmp(Number{}) < 0 {
			n = hi.Mul(two)
		}
		lo = &n
	case hi == nil:
		n := lo.Add(one)
		if lo.Cmp(Number{}) > 0 {
			n = lo.Mul(two)
		} else if lo.Cmp(Number{}) < 0 {
			n = lo.Div(two)
		}
		hi = &n
		b.hi, b.hiClosed = hi, true
	case b.domain && hi.Cmp(Number{}) > 0:
		if half := hi.Div(two); half.Cmp(*lo) > 0 {
			lo = &half
		}
	}
	width := hi.Sub(*lo).rat()
	if width.Sign() <= 0 {
		return *hi
	}
	digits := len(width.Num().String()) - len(width.Denom().String())
	for k := digits + 1; k > digits-40; k-- {
		for _, m := range []int64{1, 5, 2} {
			stepSize := power(k).Mul(Int(m))
			if m == 5 || m == 2 {
				stepSize = stepSize.Div(Int(10))
			}
			n := lo.Div(stepSize).floor().Add(one).Mul(stepSize)
			if b.holds(n) {
				return n
			}
		}
	}
	return lo.Add(*hi).Div(two)
}

func power(k int) Number {
	ten := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(k, -k))), nil)
	r := new(big.Rat).SetInt(ten)
	if k < 0 {
		r.Inv(r)
	}
	return numberOf(r)
}
