// Package diff says where control lists agree, diverge and leave loopholes, exactly and with evidence.
//
// # Facts
//
// [Partition] is the primitive. N lists cut the items of every kind into regions by which of them control the item;
// every other answer is a reading of it. A [Region] carries the conditions that describe it, a witness that was
// classified again before it was returned, and the paragraphs on every side.
//
// [Relate] says how two lists relate as wholes, in the terms of NIST IR 8477 (Mapping Relationships Between
// Documentary Standards): equal-to, subset-of, superset-of, intersects-with, no-relationship, or unknown where
// residue decides. These speak of the items caught: a list that catches a subset is the looser control.
//
// [Equivalents] says of every list whether it has an equivalent control of what a paragraph catches, or a stricter, looser or
// mixed one, or none, with the paragraphs and an item on each side; [Concordance] says the same for every paragraph of a
// list against one other, across unlike numbering. What one list splits over several paragraphs is compared together.
//
// # Judgement
//
// [Loopholes] reads findings out of the facts. A [Finding] names what one list catches and another does not, and its
// kind: scope-gap (the other list has no control that touches those items), threshold-gap (it has one, which draws the
// line elsewhere) or exclusion-gap (its exceptions release them). Every difference carries a grade, see [scope.Grade]:
// none is dropped, each can be filtered.
//
// Other ways out lie between laws rather than lines. [TechnologyGaps] finds goods that a list catches and not the technology or
// software for them; [LicenceGaps] what is listed and goes without a licence by an exception or general authorisation;
// [Routes] chains of transfers that need no licence, to where the direct one does; [MembershipGaps] what a regime controls
// and a supplier outside it does not; [SunsetGaps] controls that lapse or are due for review while others stay. Gaps in
// controls of end use and in the activities that a law covers are not computed: they take provisions beyond lists.
//
// Only items of kinds that a list covers are held against it: of what an edition has not encoded nothing is claimed.
package diff
