package diff
import ("testing";"fmt";"time";"github.com/openconcord/concord/regime")
func TestTry(t *testing.T) {
	t0 := time.Now()
	c, err := regime.Builtin()
	fmt.Println("builtin", time.Since(t0)); if err != nil { fmt.Println(err) }
	v, err := c.Newest(); fmt.Println("newest", time.Since(t0)); if err != nil { fmt.Println(err) }
	k, err := c.Compile(v); fmt.Println("compile", time.Since(t0)); if err != nil { fmt.Println(err); return }
	cells := k.Joint.Partition(); fmt.Println("cells", len(cells), time.Since(t0))
	n := map[string]int{}
	for _, x := range cells { n[fmt.Sprint(x.Kinds)]++ }
	fmt.Println(n)
	rs, err := Partition(k); fmt.Println("partition", len(rs), time.Since(t0), err)
}
