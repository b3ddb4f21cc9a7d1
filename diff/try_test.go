package diff
import ("testing";"fmt";"time";"github.com/openconcord/concord/regime")
func TestTry(t *testing.T) {
	t0 := time.Now()
	c, err := regime.Builtin()
	fmt.Println("builtin", time.Since(t0)); if err != nil { fmt.Println(err) }
	v, err := c.Newest(); fmt.Println("newest", time.Since(t0)); if err != nil { fmt.Println(err) }
	k, err := c.Compile(v, regime.Options{AnyDestination: true}); fmt.Println("compile", time.Since(t0)); if err != nil { fmt.Println(err); return }
	rs, err := Partition(k); fmt.Println("partition", len(rs), time.Since(t0), err)
	fs, err := Loopholes(k, rs); fmt.Println("loopholes", len(fs), time.Since(t0), err)
	for _, r := range rs { cs, _ := r.Conditions(3); fmt.Println(r.Name(), r.Signature, "not", r.Without, r.Class, r.UnderImplemented, r.Residue, lines(cs)) }
	for _, f := range fs { fmt.Println(f.Kind, f.Grade, f.Residue, f.Message()) }
}
