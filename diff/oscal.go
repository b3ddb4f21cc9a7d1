package diff

import (
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// namespace qualifies what OSCAL has no name for, and the identifiers of its parts.
const namespace = "https://github.com/openconcord/concord/ns/oscal"

// The parts of the OSCAL 1.2.0 control mapping model that [WriteOSCAL] uses.
type (
	oscalDocument struct {
		Collection oscalCollection `json:"mapping-collection"`
	}
	oscalCollection struct {
		UUID       string          `json:"uuid"`
		Metadata   oscalMetadata   `json:"metadata"`
		Provenance oscalProvenance `json:"provenance"`
		Mappings   []oscalMapping  `json:"mappings"`
		BackMatter oscalBackMatter `json:"back-matter"`
	}
	oscalMetadata struct {
		Title        string `json:"title"`
		LastModified string `json:"last-modified"`
		Version      string `json:"version"`
		OSCALVersion string `json:"oscal-version"`
	}
	oscalProvenance struct {
		Method      string `json:"method"`
		Rationale   string `json:"matching-rationale"`
		Status      string `json:"status"`
		Description string `json:"mapping-description"`
	}
	oscalMapping struct {
		UUID   string      `json:"uuid"`
		Source oscalRef    `json:"source-resource"`
		Target oscalRef    `json:"target-resource"`
		Maps   []oscalMap  `json:"maps"`
		Props  []oscalProp `json:"props,omitempty"`
	}
	oscalRef struct {
		Type string `json:"type"`
		Href string `json:"href"`
	}
	oscalMap struct {
		UUID         string      `json:"uuid"`
		Relationship string      `json:"relationship"`
		Sources      []oscalItem `json:"sources"`
		Targets      []oscalItem `json:"targets"`
		Remarks      string      `json:"remarks,omitempty"`
	}
	oscalItem struct {
		Type string `json:"type"`
		ID   string `json:"id-ref"`
	}
	oscalProp struct {
		Name    string `json:"name"`
		NS      string `json:"ns"`
		Value   string `json:"value"`
		Remarks string `json:"remarks,omitempty"`
	}
	oscalBackMatter struct {
		Resources []oscalResource `json:"resources"`
	}
	oscalResource struct {
		UUID        string      `json:"uuid"`
		Title       string      `json:"title"`
		Description string      `json:"description,omitempty"`
		Links       []oscalLink `json:"rlinks,omitempty"`
	}
	oscalLink struct {
		Href string `json:"href"`
	}
)

// WriteOSCAL writes mappings of the lists of c as an OSCAL 1.2.0 mapping collection in JSON. A relation that residue
// decides has no place among the relationships of OSCAL, and the identifiers that OSCAL allows in a gap summary begin
// with a letter: so undecided pairs and gaps are properties ("undecided", "source-gap", "target-gap") of their mapping. Mappings
// without a relation are left out, and there must be one that is not. Identifiers are made of what they name, the
// time is the date of the newest edition: the same mappings are the same bytes.
func WriteOSCAL(w io.Writer, c *regime.Compiled, mappings []Mapping) error {
	out := oscalCollection{
		Metadata: oscalMetadata{Title: "Relations between paragraphs of export control lists", OSCALVersion: "1.2.0"},
		Provenance: oscalProvenance{"automation", "functional", "not-complete",
			"Relations of the sets of items that paragraphs catch, computed from their encoded criteria, among items that both lists cover as far as they are encoded. A subset of the items caught is a looser control. Not legal advice: the official texts decide."},
		Mappings: []oscalMapping{}, BackMatter: oscalBackMatter{[]oscalResource{}},
	}
	last := regime.Date{}
	for i := range c.Lists {
		e := c.Lists[i].Edition
		if d := e.Date().Last(); last.Before(d) {
			last = d
		}
		x := oscalResource{UUID: resourceID(e.List, e.Date().String()), Title: e.List + " " + e.Date().String(), Description: e.Instrument}
		if e.Cite != "" {
			x.Links = []oscalLink{{e.Cite}}
		}
		out.BackMatter.Resources = append(out.BackMatter.Resources, x)
	}
	out.Metadata.Version = last.String()
	out.Metadata.LastModified = last.String() + "T00:00:00Z"
	for _, m := range mappings {
		if x := oscalOf(m); len(x.Maps) > 0 {
			out.Mappings = append(out.Mappings, x)
		}
	}
	if len(out.Mappings) == 0 {
		return fmt.Errorf("no paragraphs of the lists are related; an OSCAL mapping collection holds at least one relation")
	}
	content, err := json.Marshal(out)
	if err != nil {
		return err
	}
	out.UUID = identifier("collection", string(content))
	e := json.NewEncoder(w)
	e.SetIndent("", " ")
	return e.Encode(oscalDocument{out})
}

func oscalOf(m Mapping) oscalMapping {
	out := oscalMapping{
		UUID:   identifier("mapping", m.Source.List, m.Target.List),
		Source: oscalRef{"catalog", "#" + resourceID(m.Source.List, m.Source.Edition)},
		Target: oscalRef{"catalog", "#" + resourceID(m.Target.List, m.Target.Edition)},
	}
	for _, r := range m.Relations {
		if r.Relation == scope.Unknown {
			out.Props = append(out.Props, oscalProp{"undecided", namespace, r.Source + " " + r.Target, r.Reading()})
			continue
		}
		out.Maps = append(out.Maps, oscalMap{
			UUID:         identifier("map", m.Source.List, r.Source, m.Target.List, r.Target),
			Relationship: string(r.Relation),
			Sources:      []oscalItem{{"statement", r.Source}}, Targets: []oscalItem{{"statement", r.Target}},
			Remarks: remarks(r),
		})
	}
	for _, code := range m.SourceGaps {
		out.Props = append(out.Props, oscalProp{"source-gap", namespace, code, ""})
	}
	for _, code := range m.TargetGaps {
		out.Props = append(out.Props, oscalProp{"target-gap", namespace, code, ""})
	}
	return out
}

// remarks are the policy reading of a relation, and the items that show it.
func remarks(r ParagraphRelation) string {
	out := []string{r.Reading()}
	for _, x := range []struct {
		what string
		item *scope.Item
	}{{"both catch", r.Common}, {"only the source catches", r.SourceOnly}, {"only the target catches", r.TargetOnly}} {
		if x.item != nil {
			out = append(out, x.what+" "+Describe(*x.item))
		}
	}
	return strings.Join(out, "; ")
}

func resourceID(list, edition string) string { return identifier("resource", list, edition) }

// identifier is a UUID of version 5 that is made of the parts.
func identifier(parts ...string) string {
	sum := sha1.Sum([]byte(strings.Join(slices.Concat([]string{namespace}, parts), "\x00")))
	sum[6], sum[8] = sum[6]&0x0f|0x50, sum[8]&0x3f|0x80
	x := hex.EncodeToString(sum[:16])
	return strings.Join([]string{x[:8], x[8:12], x[12:16], x[16:20], x[20:]}, "-")
}
