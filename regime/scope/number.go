package scope

import (
	"fmt"
	"math/big"
	"math/bits"
	"regexp"
	"strings"
)

// A Number is an exact rational. The zero Number is 0. Numbers whose numerator and
// denominator fit into 63 bits, nearly all that laws use, compare without allocating.
type Number struct {
	num, den int64 // den 0 stands for 1, so that the zero value is zero
	big      *big.Rat
}

// maxExponent bounds the powers of ten that ParseNumber accepts, so that a few
// hostile bytes cannot ask for a gigabyte of digits.
const maxExponent = 400

var numberRE = regexp.MustCompile(`^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,4})|\s?[x×]\s?10\^([+-]?\d{1,4}))?$`)
var powerRE = regexp.MustCompile(`^([+-]?)10\^([+-]?\d{1,4})$`)
var quantityRE = regexp.MustCompile(`^([-+−]?\d[\d.]*(?:[eE][+-]?\d+|\s?[x×]\s?10\^[-+−]?\d+|\^[-+−]?\d+|/\d[\d.]*)?)\s*(.*)$`)

// ParseNumber reads a decimal number exactly: "1.3", "5600000", "1e-3", "2x10^-3", "10^-4", and the
// fraction of two integers "1/3". It never rounds.
func ParseNumber(s string) (Number, error) {
	t := strings.ReplaceAll(strings.TrimSpace(s), "−", "-")
	if len(t) > 200 {
		return Number{}, fmt.Errorf("number of %d characters; write at most 200", len(t))
	}
	if n, ok := plain10(t); ok {
		return n, nil
	}
	if m := powerRE.FindStringSubmatch(t); m != nil {
		t = m[1] + "1e" + m[2]
	}
	if a, b, ok := strings.Cut(t, "/"); ok {
		x, err := ParseNumber(a)
		if err != nil {
			return Number{}, err
		}
		y, err := ParseNumber(b)
		if err != nil || y.IsZero() || strings.Contains(b, "/") {
			return Number{}, fmt.Errorf("%q is not a number", s)
		}
		return x.Div(y), nil
	}
	m := numberRE.FindStringSubmatch(t)
	if m == nil {
		return Number{}, fmt.Errorf("%q is not a number; write digits with a decimal point, or 2x10^-3", s)
	}
	exp := m[4] + m[5]
	e := 0
	if exp != "" {
		if _, err := fmt.Sscanf(exp, "%d", &e); err != nil || e > maxExponent || e < -maxExponent {
			return Number{}, fmt.Errorf("exponent of %q is out of range; write between -%d and %d", s, maxExponent, maxExponent)
		}
	}
	digits := new(big.Int)
	digits.SetString(m[2]+m[3], 10)
	if m[1] == "-" {
		digits.Neg(digits)
	}
	e -= len(m[3])
	r := new(big.Rat).SetInt(digits)
	ten := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(e, -e))), nil)
	if e >= 0 {
		r.Mul(r, new(big.Rat).SetInt(ten))
	} else {
		r.Quo(r, new(big.Rat).SetInt(ten))
	}
	return numberOf(r), nil
}

// plain10 reads digits with at most one point in them; false for every other form, and for many digits.
func plain10(s string) (Number, bool) {
	if len(s) == 0 || len(s) > 9 || s[0] == '.' || s[len(s)-1] == '.' {
		return Number{}, false
	}
	num, den, after := int64(0), int64(1), false
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			num = 10*num + int64(c-'0')
			if after {
				den *= 10
			}
		case c == '.' && !after:
			after = true
		default:
			return Number{}, false
		}
	}
	return ratio(num, den), true
}

// Int is the Number i.
func Int(i int64) Number { return Number{num: i, den: 1} }

func numberOf(r *big.Rat) Number {
	if r.Num().IsInt64() && r.Denom().IsInt64() {
		return Number{num: r.Num().Int64(), den: r.Denom().Int64()}
	}
	return Number{big: r}
}

func (n Number) rat() *big.Rat {
	if n.big != nil {
		return n.big
	}
	return big.NewRat(n.num, n.denom())
}

func (n Number) denom() int64 {
	if n.den == 0 {
		return 1
	}
	return n.den
}

// Cmp is -1, 0 or +1 as n is less than, equal to or greater than m.
func (n Number) Cmp(m Number) int {
	if n.big != nil || m.big != nil {
		return n.rat().Cmp(m.rat())
	}
	nd, md := n.denom(), m.denom()
	if nd == md {
		switch {
		case n.num < m.num:
			return -1
		case n.num > m.num:
			return 1
		}
		return 0
	}
	if ns, ms := sign(n.num), sign(m.num); ns != ms || ns == 0 {
		return cmpInt(ns, ms)
	}
	ahi, alo := bits.Mul64(magnitude(n.num), uint64(md))
	bhi, blo := bits.Mul64(magnitude(m.num), uint64(nd))
	c := 0
	switch {
	case ahi < bhi || ahi == bhi && alo < blo:
		c = -1
	case ahi > bhi || ahi == bhi && alo > blo:
		c = 1
	}
	return c * sign(n.num)
}

func magnitude(i int64) uint64 {
	if i < 0 {
		return uint64(-(i + 1)) + 1
	}
	return uint64(i)
}

func sign(i int64) int { return cmpInt64(i, 0) }

func cmpInt(a, b int) int { return cmpInt64(int64(a), int64(b)) }

func cmpInt64(a, b int64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// IsZero reports whether n is 0.
func (n Number) IsZero() bool { return n.big == nil && n.num == 0 }

// IsInt reports whether n is a whole number.
func (n Number) IsInt() bool { return n.rat().IsInt() }

// maxSmall bounds numerators and denominators whose products fit.
const maxSmall = 1 << 31

// small gives numerator and denominator where both are well below the limits of int64.
func (n Number) small() (num, den int64, ok bool) {
	den = n.denom()
	return n.num, den, n.big == nil && n.num < maxSmall && n.num > -maxSmall && den < maxSmall
}

// ratio is num / den in lowest terms; den is not 0.
func ratio(num, den int64) Number {
	a, b := num, den
	for b != 0 {
		a, b = b, a%b
	}
	if a < 0 != (den < 0) {
		a = -a
	}
	return Number{num: num / a, den: den / a}
}

// Add is n + m, exactly.
func (n Number) Add(m Number) Number {
	if m.IsZero() {
		return n
	}
	a, b, ok := n.small()
	if c, d, also := m.small(); ok && also && b == 1 && d == 1 {
		return Int(a + c)
	}
	return n.addRat(m)
}

func (n Number) addRat(m Number) Number { return numberOf(new(big.Rat).Add(n.rat(), m.rat())) }

// Sub is n - m, exactly.
func (n Number) Sub(m Number) Number { return numberOf(new(big.Rat).Sub(n.rat(), m.rat())) }

// Mul is n * m, exactly.
func (n Number) Mul(m Number) Number {
	a, b, ok := n.small()
	if c, d, also := m.small(); ok && also {
		return ratio(a*c, b*d)
	}
	return numberOf(new(big.Rat).Mul(n.rat(), m.rat()))
}

// Div is n / m, exactly; n / 0 is 0, which callers exclude first.
func (n Number) Div(m Number) Number {
	if m.IsZero() {
		return Number{}
	}
	a, b, ok := n.small()
	if c, d, also := m.small(); ok && also {
		return ratio(a*d, b*c)
	}
	return numberOf(new(big.Rat).Quo(n.rat(), m.rat()))
}

// floor is the largest whole number that is not above n.
func (n Number) floor() Number {
	r := n.rat()
	q, m := new(big.Int).DivMod(r.Num(), r.Denom(), new(big.Int))
	_ = m
	return numberOf(new(big.Rat).SetInt(q))
}

// ceil is the smallest whole number that is not below n.
func (n Number) ceil() Number {
	f := n.floor()
	if f.Cmp(n) == 0 {
		return f
	}
	return f.Add(Int(1))
}

// String is the shortest exact notation: a plain decimal where it is short, 2x10^-5 where a power of
// ten is shorter, and a fraction where no decimal is exact.
func (n Number) String() string {
	r := n.rat()
	digits, scale, ok := decimal(r)
	if !ok {
		return r.RatString()
	}
	neg := ""
	if strings.HasPrefix(digits, "-") {
		neg, digits = "-", digits[1:]
	}
	var plain string
	switch {
	case scale <= 0:
		if -scale <= 9 {
			plain = digits + strings.Repeat("0", -scale)
		}
	case scale < len(digits):
		plain = digits[:len(digits)-scale] + "." + digits[len(digits)-scale:]
	case scale-len(digits) <= 3:
		plain = "0." + strings.Repeat("0", scale-len(digits)) + digits
	}
	if plain != "" {
		return neg + plain
	}
	mantissa := digits
	if len(digits) > 1 {
		mantissa = digits[:1] + "." + digits[1:]
	}
	power := fmt.Sprintf("10^%d", len(digits)-1-scale)
	if mantissa == "1" {
		return neg + power
	}
	return neg + mantissa + "x" + power
}

// decimal writes r as digits / 10^scale, with no trailing zero digit, if that is exact.
func decimal(r *big.Rat) (digits string, scale int, ok bool) {
	den := new(big.Int).Set(r.Denom())
	twos, fives := 0, 0
	q, rem := new(big.Int), new(big.Int)
	for _, p := range []struct {
		by int64
		n  *int
	}{{2, &twos}, {5, &fives}} {
		b := big.NewInt(p.by)
		for q.QuoRem(den, b, rem); rem.Sign() == 0 && den.Cmp(big.NewInt(1)) > 0; q.QuoRem(den, b, rem) {
			den.Set(q)
			*p.n++
		}
	}
	if den.Cmp(big.NewInt(1)) != 0 {
		return "", 0, false
	}
	scale = max(twos, fives)
	num := new(big.Int).Mul(r.Num(), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil))
	num.Quo(num, r.Denom())
	digits = num.String()
	for len(digits) > 1 && strings.HasSuffix(digits, "0") {
		digits, scale = digits[:len(digits)-1], scale-1
	}
	if num.Sign() == 0 {
		return "0", 0, true
	}
	return digits, scale, true
}
