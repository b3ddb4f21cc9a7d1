// Package scope holds criteria, items, and an exact algebra of sets of items.
//
// A [Criterion] is what a paragraph of a control list states, an [Item] is a thing to classify, as far as it is known,
// and a [Scope] is the set of items that satisfy a criterion. Criteria and items speak of kinds, attributes, parts and
// functions that a [Vocabulary] declares. A [Space] compiles criteria to scopes:
//
//	space := scope.NewSpace(vocabulary)
//	before, err := space.Compile(oldCriterion)
//	after, err := space.Compile(newCriterion)
//	relation, residue := before.Compare(after)
//	released, ok := before.Minus(after).Witness()
//
// Scopes of one Space are closed under union, intersection, difference and complement. Whether a scope is empty, equal
// to another, contained in it or disjoint from it is decided, never sampled; where it is not empty [Scope.Witness] gives a
// simple item in it, and [Scope.Conditions] says in words what it holds.
//
// # Method
//
// Criteria compare attributes with constants only. All the constants that a Space has met for an attribute cut its
// line of values into finitely many points and intervals, before which stands one more value: the item has none of it.
// Booleans, terms, kinds, destinations and relations to a target are finite already. So a set of items is a yes/no
// function of finitely many variables, and is kept as an interval decision diagram: a directed graph in which each node
// asks for one variable, each edge is labelled with an interval between two cuts, and the leaves are yes and no. A cut
// stands before or after a number, so that > and >= differ by exactly one point. Numbers are rationals; units convert
// exactly; an integer is cut before whole numbers only, which makes "> 1" and ">= 2" one condition.
//
// Nodes are shared and reduced: there is one node for each function that occurs in a Space. Two criteria that say the
// same of every combination of values are one node, and comparing them is comparing two numbers. The order of variables
// that this needs is that in which the criteria compiled first mention them. It is a property of the Space, so diagrams
// are canonical within a Space and mean nothing across two: combining scopes of different Spaces panics.
//
// What is possible is not part of a diagram. Before any verdict the diagram is settled: attributes that things of a kind
// cannot have are none, a range begins at or below its end, a derived attribute agrees with the base attributes that
// the scope also speaks of, and the axioms of the vocabulary hold. Then the scope is empty if its diagram is "no", or if
// the part conditions on each way to "yes" cannot hold together.
//
// # Kinds
//
// Every item has one most specific kind, or two that are declared to overlap. Kinds of which neither is broader
// than the other exclude each other unless one names the other in Overlaps; overlapping is not inherited by narrower kinds, and
// no item is of three kinds. So the kind is one variable, with as many values as there are kinds and overlapping pairs.
//
// # Parts
//
// A condition "some part of this type lies in R" is a yes/no variable of its own, named by the part type, the region R
// of the space of parts, and the count. Regions overlap and imply each other, so not every combination of these variables
// is possible. Which ones are is decided only where it matters: on a way to "yes", parts are placed one by one into the
// regions demanded, each into as many as it can bear, and no part where the way says that there is none, or too many.
// A way on which that fails is left out. A type of part of which there is at most one gives way to one region. For a type
// that is closed downwards a region is first extended to everything above it, since a point above implies the point
// below. A part that is a thing of its own has a kind, and all that was said of items holds of it.
//
// # Purposes
//
// What an item is for is a second copy of all variables, at the next level, with one more: the relation of the item to
// it. What that is for is a third. A diagram speaks of one chain of purposes at a time. An item that is for several
// things is in a scope if it is in it for any one of them; so a scope of what is for development and a scope of what is
// for production have nothing in common, although an item that is for both is in each. A relation implies the broader
// ones that its [Function] names. The destination of a transfer is that of the item: in a target or a part, a condition
// on the destination means "to some destination".
//
// # Partly known items
//
// [Scope.Evaluate] walks down the diagram along the values that the item states. Where one is missing it asks the
// algebra whether possible items that agree with all that is stated lie inside, and whether some lie outside. So the
// answer is [Undetermined] only where both do: "x < 5 or x >= 5" is true of an item with unknown x if
// the vocabulary says that such items always have an x, and undetermined if x may be none. [Scope.Missing] names what
// would decide. Stated values stand even where they contradict a formula or an axiom, by rounding for example; where
// something else is unknown as well, such an item may stay undetermined.
//
// # Residue
//
// What a criterion does not model is a [Residue], a yes/no variable that no item states. Two lists that share its id
// agree on it. [Scope.Compare] answers [Unknown], with the ids, where the answer hangs on it; [Scope.Certain] is what is
// in a scope whatever residue says, [Scope.Conceivable] what may be.
//
// # Cost
//
// Combining two diagrams takes at most the product of their sizes, and every result is kept in the Space. The paragraphs
// of a list share few attributes, so whole lists stay small; a scope's [Scope.Size] tells. In the worst case a
// diagram is exponential in the number of variables, and placing parts is exponential in the number of conditions on parts
// of one type along one way, of which laws have a handful. Evaluating an item that states all that
// matters follows one path and does not allocate. A Space only grows, also with what partly known items state: make a
// new one for each comparison or batch, rather than one for the life of a server.
//
// A Space and its scopes may be used by many goroutines at once; its operations take turns. A Vocabulary is immutable.
//
// # Limits
//
// A derived attribute is a product or quotient of non-negative attributes, related to its bases by their bounds:
// exactly for bases that take every value, while for whole numbers and for powers of one attribute the bounds may
// allow what no rational number satisfies. Two derived attributes of the same bases are each tied to the bases, and to
// each other only through those that a scope speaks of. Part conditions within the region of a limit ("fewer than three")
// are placed by exhaustive search. Curves are declared and cannot be compared yet. Missing looks for sets of up to three
// properties. A scope holds what the criteria say: whether they say what the law says is not for this package to know.
package scope
