package scope

import (
	"math/big"
	"math/rand"
	"strings"
	"testing"
)

func parse(t testing.TB, s string) Number {
	t.Helper()
	n, err := ParseNumber(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestParseNumber(t *testing.T) {
	for _, tt := range []struct {
		text, want string // want as a fraction
	}{
		{"0", "0/1"},
		{"-0", "0/1"},
		{"8", "8/1"},
		{"+8", "8/1"},
		{"-55", "-55/1"},
		{"−55", "-55/1"}, // the minus sign that laws print
		{" 1.3 ", "13/10"},
		{"0.50", "1/2"},
		{"5600000", "5600000/1"},
		{"007", "7/1"},
		{"1e-3", "1/1000"},
		{"1E3", "1000/1"},
		{"5.6x10^6", "5600000/1"},
		{"2 x 10^-3", "1/500"},
		{"2 × 10^−3", "1/500"},
		{"10^-4", "1/10000"},
		{"10^4", "10000/1"},
		{"1/3", "1/3"},
		{"-2/4", "-1/2"},
		{"-10^-4", "-1/10000"},
		{"505.62", "25281/50"},
		{"9223372036854775808", "9223372036854775808/1"},
		{"1e400", "1" + strings.Repeat("0", 400) + "/1"},
	} {
		n, err := ParseNumber(tt.text)
		if err != nil {
			t.Errorf("%q: %v", tt.text, err)
			continue
		}
		if got := n.rat().String(); got != tt.want {
			t.Errorf("%q is %s, want %s", tt.text, got, tt.want)
		}
	}
}

func TestParseNumberRefuses(t *testing.T) {
	for _, tt := range []struct {
		text, want string // want is part of the message
	}{
		{"", "is not a number"},
		{"ten", "write digits with a decimal point"},
		{"1,3", "write digits with a decimal point"}, // a German 1.3 and an English list of two
		{"1.", "is not a number"},
		{".5", "is not a number"},
		{"1.100.000", "is not a number"}, // a Spanish million: write 1100000
		{"1 000", "is not a number"},
		{"--1", "is not a number"},
		{"0x10", "is not a number"},
		{"NaN", "is not a number"},
		{"Inf", "is not a number"},
		{"1e999999", "is not a number"},
		{"1e9999", "out of range; write between -400 and 400"},
		{"1e-401", "out of range"},
		{"10^401", "out of range"},
		{"1/0", "is not a number"},
		{"1/2/3", "is not a number"},
		{"1/x", "is not a number"},
		{"x/1", "is not a number"},
		{strings.Repeat("1", 201), "number of 201 characters; write at most 200"},
	} {
		n, err := ParseNumber(tt.text)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%.20q: %v, %v; want an error with %q", tt.text, n, err, tt.want)
		}
	}
	if _, err := ParseNumber(strings.Repeat("1", 200)); err != nil {
		t.Errorf("200 digits: %v", err)
	}
}

func TestNumberString(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"0", "0"},
		{"0.50", "0.5"},
		{"-1.30", "-1.3"},
		{"1300000000", "1300000000"},
		{"13000000000000", "1.3x10^13"},
		{"1e12", "10^12"},
		{"-1e12", "-10^12"},
		{"0.001", "0.001"},
		{"0.0001", "0.0001"},
		{"0.00001", "10^-5"},
		{"0.0000256", "2.56x10^-5"},
		{"1/3", "1/3"},
		{"-2/6", "-1/3"},
		{"123.456", "123.456"},
	} {
		if got := parse(t, tt.text).String(); got != tt.want {
			t.Errorf("%s prints as %q, want %q", tt.text, got, tt.want)
		}
	}
}

// numbers are drawn around every boundary of the representation: small, large, at the ends of 63 bits, beyond.
func (r random) anyNumber() Number {
	digits := func(n int) *big.Int {
		x := new(big.Int).Rand(r.Rand, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil))
		if r.Intn(2) == 0 {
			x.Neg(x)
		}
		return x
	}
	num, den := digits(1+r.Intn(25)), big.NewInt(1)
	switch r.Intn(4) {
	case 0:
		den = digits(1 + r.Intn(25))
	case 1:
		den.Exp(big.NewInt(10), big.NewInt(int64(r.Intn(25))), nil)
	case 2:
		num = big.NewInt([]int64{0, 1, -1, 1<<63 - 1, -1 << 63}[r.Intn(5)])
		den = big.NewInt([]int64{1, 2, 1<<63 - 1}[r.Intn(3)])
	}
	if den.Sign() == 0 {
		den = big.NewInt(1)
	}
	return numberOf(new(big.Rat).SetFrac(num, den))
}

// TestNumberIsExact: every operation and comparison agrees with math/big, on small and large, positive and negative
// numbers; and what String writes reads back as the same number.
func TestNumberIsExact(t *testing.T) {
	r := random{rand.New(rand.NewSource(7))}
	for range 20000 {
		a, b := r.anyNumber(), r.anyNumber()
		x, y := a.rat(), b.rat()
		if got, want := a.Cmp(b), x.Cmp(y); got != want {
			t.Fatalf("%v compares to %v as %d, want %d", x, y, got, want)
		}
		for _, o := range []struct {
			name string
			got  Number
			want *big.Rat
		}{
			{"+", a.Add(b), new(big.Rat).Add(x, y)},
			{"-", a.Sub(b), new(big.Rat).Sub(x, y)},
			{"*", a.Mul(b), new(big.Rat).Mul(x, y)},
		} {
			if o.got.rat().Cmp(o.want) != 0 {
				t.Fatalf("%v %s %v is %v, want %v", x, o.name, y, o.got, o.want)
			}
		}
		if !b.IsZero() && a.Div(b).Mul(b).Cmp(a) != 0 {
			t.Fatalf("%v / %v * %v is not %v", a, b, b, a)
		}
		floor, ceil := a.floor(), a.ceil()
		if !floor.IsInt() || !ceil.IsInt() || floor.Cmp(a) > 0 || ceil.Cmp(a) < 0 || floor.Add(Int(1)).Cmp(a) <= 0 || ceil.Sub(Int(1)).Cmp(a) >= 0 {
			t.Fatalf("%v lies between %v and %v", a, floor, ceil)
		}
		text := a.String()
		if len(text) > 200 {
			continue
		}
		back, err := ParseNumber(text)
		if err != nil || back.Cmp(a) != 0 {
			t.Fatalf("%v prints as %q, which reads as %v, %v", x, text, back, err)
		}
	}
}

func TestZeroNumber(t *testing.T) {
	var zero Number
	if !zero.IsZero() || !zero.IsInt() || zero.Cmp(Int(0)) != 0 || zero.Cmp(Int(1)) != -1 || zero.Cmp(Int(-1)) != 1 || zero.String() != "0" {
		t.Errorf("the zero Number is %v, want 0", zero)
	}
	if got := Int(5).Div(zero); !got.IsZero() {
		t.Errorf("5 / 0 is %v; callers exclude it, and it is 0", got)
	}
}

func TestCompareDoesNotAllocate(t *testing.T) {
	a, b := parse(t, "1.3e9"), parse(t, "0.0127")
	if n := testing.AllocsPerRun(100, func() { a.Cmp(b) }); n != 0 {
		t.Errorf("comparing allocates %v times", n)
	}
}

func FuzzParseNumber(f *testing.F) {
	for _, s := range []string{"1.3", "-55", "2x10^-3", "10^-4", "1/3", "1e400", "1e999999", "1,3", "−1 × 10^−3"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := ParseNumber(s)
		if err != nil {
			return
		}
		text := n.String()
		if len(text) > 200 {
			return
		}
		back, err := ParseNumber(text)
		if err != nil || back.Cmp(n) != 0 {
			t.Errorf("%q is %v, which prints as %q, which reads as %v, %v", s, n.rat(), text, back, err)
		}
	})
}

// Small numbers are computed without big ones, and give the same.
func TestArithmeticAgrees(t *testing.T) {
	values := []int64{0, 1, -1, 2, -3, 7, 10, 1000, 1<<31 - 1, 1 << 31, -(1 << 31), 1 << 40, 1<<62 + 1}
	var numbers []Number
	var rats []*big.Rat
	for _, a := range values {
		for _, b := range values {
			if b != 0 {
				r := big.NewRat(a, b)
				rats = append(rats, r)
				numbers = append(numbers, numberOf(r))
			}
		}
	}
	check := func(op string, i, j int, got Number, want *big.Rat) {
		if w := numberOf(want); got.Cmp(w) != 0 || keyOf(got) != keyOf(w) {
			t.Errorf("%s %s %s is %s, want %s", rats[i].RatString(), op, rats[j].RatString(), got, want.RatString())
		}
	}
	for i, n := range numbers {
		for j, m := range numbers {
			check("+", i, j, n.Add(m), new(big.Rat).Add(rats[i], rats[j]))
			check("-", i, j, n.Sub(m), new(big.Rat).Sub(rats[i], rats[j]))
			check("*", i, j, n.Mul(m), new(big.Rat).Mul(rats[i], rats[j]))
			if rats[j].Sign() != 0 {
				check("/", i, j, n.Div(m), new(big.Rat).Quo(rats[i], rats[j]))
			}
		}
	}
}
