package scope
import ("testing";"math/rand")
func TestZZ(t *testing.T) {
	v := toyVocabulary(t)
	for seed := range 4 {
	r := random{rand.New(rand.NewSource(int64(100+seed)))}
	d := func() Criterion { c := When{Attribute: r.pick("tpp", "area", "density"), Constraint: r.pick(r.comparison("", "0", "1", "2", "0.7", "3","1.2"),"none","any")}; if r.Intn(3)==0 {return Not{c}}; return c }
	cl := func() Criterion { a := All{kind("chip")}; for range 1+r.Intn(3) { if r.Intn(2)==0 {a=append(a,d())} else {a=append(a,Any{d(),d()})}}; return a }
	n:=0
	for range 700 {
		s := NewSpace(v)
		ca, cb := cl(), cl()
		a, b := mustCompile(t, s, ca), mustCompile(t, s, cb)
		for _, x := range []struct{x Scope; ia, ib bool}{{a.Minus(b),true,false},{b.Minus(a),false,true},{a.Intersect(b),true,true}} {
			w, ok := x.x.Witness()
			if ok == x.x.Empty() { t.Fatal("witness/empty") }
			if ok {
				if a.Evaluate(&w)!=truth(x.ia) || b.Evaluate(&w)!=truth(x.ib) { j,_:=w.MarshalJSON(); t.Fatalf("%s %v %v\n%#v\n%#v",j,a.Evaluate(&w),b.Evaluate(&w),ca,cb)}
				// consistent with formula
				tp,ok1:=w.Attributes["tpp"];ar,ok2:=w.Attributes["area"];de,ok3:=w.Attributes["density"]
				if ok1&&ok2&&ok3 {
					und := tp.None||ar.None||ar.Number.IsZero()
					if und!=de.None || !und && tp.Number.Div(ar.Number).Cmp(de.Number)!=0 { n++; j,_:=w.MarshalJSON(); if n<4 {t.Errorf("inconsistent %s\n%v\n%#v\n%#v",j,x.x,ca,cb)}}
				}
			} else {
				for range 60 { it := r.item(0); ia,ib := naive(v,ca,&it,""),naive(v,cb,&it,""); if ia==x.ia&&ib==x.ib { t.Fatalf("empty but %+v\n%#v\n%#v", it,ca,cb)} }
			}
		}
	}
	t.Log("inconsistent", n)
	}
}
