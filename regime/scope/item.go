package scope

// An Item is a thing to classify, as far as it is known.
type Item struct {
	ID    string
	Kinds []string // its most specific kinds; it is of these and everything broader, and of nothing else

	// Attributes holds what is stated; an attribute that is not here is unknown, unless no thing of the
	// item's kinds has it.
	// NoOtherAttributes says that it has none of the others, also where an axiom would give it one: state what axioms
	// tie to a stated value. Attributes of the transfer ("transfer.value-usd") are not the item's, and stay unknown.
	Attributes        map[string]Value
	NoOtherAttributes bool

	// Parts lists parts and coupled-value points. A type with an entry here is listed completely; a type
	// without one is unknown, unless NoOtherParts says that there are no others.
	Parts        []ItemPart
	NoOtherParts bool

	// For lists the item's relations to targets, completely where ForKnown is set or the list is not empty.
	For      []Purpose
	ForKnown bool

	// To is the destination of the transfer, an ISO 3166 alpha-2 code; empty is unknown.
	To string

	Pos Pos
}

// An ItemPart is Count identical parts of a type (0 with Absent set: the item has none of it).
type ItemPart struct {
	Type   string
	Count  int // 0 means 1 unless Absent
	Absent bool
	Item   Item // the part's attributes, parts, and kinds where the part is a thing of its own
}

// A Purpose is one thing that the item is for.
type Purpose struct {
	Function string
	Target   Item
}

// A Value is a stated attribute value: None (the thing has none of it), a quantity, a boolean, terms, or the
// bounds of a range. Numbers are in the base unit of the attribute's dimension.
type Value struct {
	None     bool
	Number   Number   // number, integer, derived
	Bool     bool     // boolean
	Terms    []string // term: one; set: all that apply
	Min, Max Number   // range
	Text     string   // as written, for printing
}
