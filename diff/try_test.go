package diff

import (
	"bytes"
	"fmt"
	"github.com/openconcord/concord/regime"
	"testing"
	"time"
)

func TestTry(t *testing.T) {
	t0 := time.Now()
	c, err := regime.Builtin()
	v, err := c.Newest()
	fmt.Println("newest", time.Since(t0))
	if err != nil {
		fmt.Println(err)
	}
	k, err := c.Compile(v, regime.Options{AnyDestination: true, Kinds: Goods(c.Vocabulary())})
	fmt.Println("compile", time.Since(t0))
	if err != nil {
		fmt.Println(err)
		return
	}
	r, err := Compare(k)
	fmt.Println("compare", time.Since(t0), err)
	var b bytes.Buffer
	WriteText(&b, r)
	fmt.Println("text", time.Since(t0))
}
