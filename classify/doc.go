// Package classify says what control lists do to an item: which paragraphs of each list catch it, and where what is
// known of the item does not decide, which missing facts would. It determines whether a transfer of the item needs a licence.
//
// A verdict is exact. [Undetermined] means that possible items which agree with everything stated lie on both sides
// of the line, and [NotEncoded] that the edition at hand says nothing of such items: silence is never
// [NotControlled]. Nothing here is legal advice.
//
// # One item
//
// [Item] gives each list's verdict with the paragraphs behind it, the smallest sets of facts that would decide an open
// one, and the residue that only a person can judge; [Verdicts] gives the verdicts alone, without allocating.
// [NewExplainer] explains every verdict as a tree in the list's own order, each condition with what the item states and
// where it stands; [WriteText] and [WriteMarkdown] print it. [NearMisses] names the paragraphs that one property keeps
// out, and by how much; [Flips] the stated values that carry a verdict; [Questions] what to ask next.
//
// # Many items
//
// [ReadItems] reads YAML, JSON, NDJSON and CSV; an item that is wrong has an error with its position and loses no
// other. [Stream] classifies long files on every core, in order, in constant memory.
//
// # Licences
//
// [NewLicenser] applies the licensing rules of the origin's authority and of its bloc, which are data under
// regime/licensing: requirements by reason and destination, exceptions and general authorisations with their terms,
// catch-alls by end use. What nobody stated of a transfer stays unknown, and the answer says what it hangs on.
package classify
