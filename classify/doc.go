// Package classify says what control lists do to an item: which paragraphs of each list catch it, and where what is
// known of the item does not decide, which missing facts would.
//
// A verdict is exact. [Undetermined] means that possible items which agree with everything stated lie on both sides
// of the line, and [NotEncoded] that the edition at hand says nothing of such items: silence is never
// [NotControlled]. Nothing here is legal advice.
package classify
