package scope

import "fmt"

// suggest names the declared identifier that is nearest to id, as " (did you mean ...?)", or "".
func (v *Vocabulary) suggest(id string) string {
	best, at := 3, ""
	consider := func(s string) {
		if d := distance(id, s, best); d < best {
			best, at = d, s
		}
	}
	for _, a := range v.Attributes {
		consider(a.ID)
	}
	for _, k := range v.Kinds {
		consider(k.ID)
	}
	for _, p := range v.Parts {
		consider(p.ID)
	}
	for _, f := range v.Functions {
		consider(f.ID)
	}
	for _, u := range v.Units {
		consider(u.ID)
	}
	if at == "" || at == id {
		return ""
	}
	return fmt.Sprintf(" (did you mean %q?)", at)
}

// distance is the edit distance of a and b, or limit if it is not smaller.
func distance(a, b string, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit || len(a) > 80 || len(b) > 80 {
		return limit
	}
	prev := make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur := make([]int, len(b)+1)
		cur[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
		}
		prev = cur
	}
	return min(prev[len(b)], limit)
}
