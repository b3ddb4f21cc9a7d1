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
// # Judgement
//
// [Loopholes] reads findings out of the facts. A [Finding] names what one list catches and another does not, and its
// kind: scope-gap (the other list has no control that touches those items), threshold-gap (it has one, which draws the
// line elsewhere) or exclusion-gap (its exceptions release them). Every difference carries a grade, see [scope.Grade]:
// none is dropped, each can be filtered.
//
// # Metrics
//
// [Metrics] are counts of certain regions, never bare scores; each [Share] is a pair of integers, and what it leaves out is given by the
// indices of its regions. [Coverage] is, of the regions that a regime controls and a participant's lists cover, how many one of them controls.
// Alignment is, of the regions that two lists or more cover, how many all of them control. [Reciprocity] is what each of two issuers controls
// and the other, covering it, does not. The unilateral share is, of all regions, those that one controls. Regions are
// not equally wide: a count says where to look, not how much trade there is.
//
// # What if, and what to do
//
// [WhatIf] compares again with hypothetical editions in force, and says what they gain, lose, close and open. [Plan] finds the fewest single
// edits of a list that bring it to catch what another list or a regime does; each is made in memory, compiled and compared before
// it is proposed.
//
// Only items of kinds that a list covers are held against it: of what an edition has not encoded nothing is claimed.
package diff
